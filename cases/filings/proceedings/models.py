"""Proceedings and their events; deadlines, titles, money owed to courts, the liability log."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention
from legal.proceeding import CourtEventKind, State


class Proceeding(Base):
    """The proceeding against one debtor. State and court number follow from its events."""

    __tablename__ = "proceedings"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        UniqueConstraint("own_ref", "position"),
        Index("ix_proceedings_court_number", "court_number"),
        Index("ix_proceedings_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int] = mapped_column(index=True)
    creditor_id: Mapped[int]
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"), index=True)
    position: Mapped[int]  # Of the defendant in the application, from 0.
    own_ref: Mapped[str]  # TGZ
    court_number: Mapped[str | None]  # Gerichtsnummer, once the court has named it.
    court: Mapped[str]  # XJustiz id
    place: Mapped[str]  # Whose holidays count: the seat of the court.
    trial_court: Mapped[str]
    trial_place: Mapped[str]
    applied_on: Mapped[date]
    state: Mapped[State]
    state_since: Mapped[date]


class ProceedingEvent(Base):
    """One thing that happened in a proceeding. Never changed; a mistake is revoked by a new row."""

    __tablename__ = "proceeding_events"
    __retention__ = Retention.CASE
    __table_args__ = (
        Index("ix_proceeding_events_proceeding_id", "proceeding_id", "id"),
        Index("uq_proceeding_events_revokes_id", "revokes_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proceeding_id: Mapped[int] = mapped_column(ForeignKey("proceedings.id"))
    creditor_id: Mapped[int]
    kind: Mapped[CourtEventKind]
    happened_on: Mapped[date]
    is_partial: Mapped[bool]
    received_on: Mapped[date | None]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("court_messages.id"))
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filings.id"))
    note: Mapped[str | None]
    revokes_id: Mapped[int | None] = mapped_column(ForeignKey("proceeding_events.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class DeadlineState(StrEnum):
    """Whether a deadline still runs."""

    OPEN = "open"
    CLOSED = "closed"


class LegalDeadline(Base):
    """One deadline of one debtor, with its rule, its start event and its computed day."""

    __tablename__ = "legal_deadlines"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("uq_legal_deadlines_event_rule", "event_id", "rule_id", unique=True),
        Index("ix_legal_deadlines_open", "last_day", "id", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int] = mapped_column(index=True)
    creditor_id: Mapped[int]
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"))
    proceeding_id: Mapped[int] = mapped_column(ForeignKey("proceedings.id"), index=True)
    rule_id: Mapped[str]
    name: Mapped[str]  # Of the rule: a code of its law.
    whose: Mapped[str]  # ours, opponent, earliest or house.
    event_id: Mapped[int] = mapped_column(ForeignKey("proceeding_events.id"))  # What opened it.
    started_on: Mapped[date]
    computed_day: Mapped[date]  # By the rule.
    last_day: Mapped[date]  # As it counts: moved by a person, or the computed one.
    law: Mapped[str]
    notes: Mapped[list[str]]
    state: Mapped[DeadlineState] = mapped_column(default=DeadlineState.OPEN)
    closed_by_event_id: Mapped[int | None] = mapped_column(ForeignKey("proceeding_events.id"))
    closed_reason: Mapped[str | None]
    closed_at: Mapped[datetime | None]


class LiabilityEntry(Base):
    """Who changed a deadline or a filing date, when, before and after. Never changed."""

    __tablename__ = "liability_log"
    __retention__ = Retention.TRAIL
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("ix_liability_log_case_id", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    deadline_id: Mapped[int | None] = mapped_column(ForeignKey("legal_deadlines.id"))
    subject: Mapped[str]  # Code of the deadline, or what was filed.
    action: Mapped[str]  # opened, moved, closed, reopened, filed, handed_over ...
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    reason: Mapped[str | None]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Title(Base):
    """An enforceable title (Vollstreckungsbescheid) against one debtor, good for 30 years."""

    __tablename__ = "titles"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int] = mapped_column(index=True)
    creditor_id: Mapped[int]
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"))
    proceeding_id: Mapped[int] = mapped_column(ForeignKey("proceedings.id"), unique=True)
    court: Mapped[str]
    court_number: Mapped[str | None]
    issued_on: Mapped[date]
    served_on: Mapped[date | None]
    final_on: Mapped[date | None]
    expires_on: Mapped[date | None]  # Thirty years from finality.
    follow_up_on: Mapped[date]  # When somebody looks at enforcement.


class PayableState(StrEnum):
    """Whether a court has its money."""

    OPEN = "open"
    PAID = "paid"


class CourtPayable(Base):
    """What a court asks for, with its reference and day (Gerichtskostenrechnung)."""

    __tablename__ = "court_payables"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", name="paid_has_day"),
        Index("ix_court_payables_open", "due_on", "id", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int] = mapped_column(index=True)
    creditor_id: Mapped[int]
    own_ref: Mapped[str]  # Of the application: joint debtors owe the fee once.
    message_id: Mapped[int] = mapped_column(ForeignKey("court_messages.id"), unique=True)
    payee: Mapped[str]
    iban: Mapped[str]
    reference: Mapped[str]
    amount_cents: Mapped[int]
    due_on: Mapped[date]
    state: Mapped[PayableState] = mapped_column(default=PayableState.OPEN)
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"))
    paid_on: Mapped[date | None]
    paid_from: Mapped[str | None]  # operating or advance.
    paid_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    payment_journal_id: Mapped[int | None] = mapped_column(ForeignKey("journals.id"))
