"""Contacts, the promises a debtor makes in them, and what we promise in return."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention
from cases.parties.debtor_models import DebtorRole


class ContactChannel(StrEnum):
    """By which way we were in contact."""

    LETTER = "letter"
    EMAIL = "email"
    SMS = "sms"
    PHONE = "phone"
    VISIT = "visit"
    MEETING = "meeting"
    PORTAL = "portal"  # What the creditor passed on.
    PAGE = "page"  # The debtor's own page.


class ContactDirection(StrEnum):
    """Who began it."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"


class ContactOutcome(StrEnum):
    """What came of a call or visit."""

    REACHED_PAYS = "reached_pays"
    PROMISE = "promise"
    INSTALMENTS = "instalments"
    OBJECTION = "objection"
    CALL_BACK = "call_back"
    WRONG_NUMBER = "wrong_number"
    NOT_REACHED = "not_reached"
    REFUSES = "refuses"
    QUESTION = "question"  # Only in writing; whoever asks on the phone is answered or called back.
    CASH = "cash"  # Paid in cash at a visit.
    MOVED = "moved"  # Nobody of that name lives or trades there.


class NonPaymentReason(StrEnum):
    """Why the debtor has not paid (Grund der Nichtzahlung): no objection and no hold."""

    CANNOT_PAY = "cannot_pay"
    FORGOT = "forgot"
    NOT_RECEIVED = "not_received"
    INTERNAL_DELAY = "internal_delay"
    DISPUTE = "dispute"
    REFUSES = "refuses"
    UNKNOWN = "unknown"


class Contact(Base):
    """One entry of the contact log. Never changed."""

    __tablename__ = "contacts"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("ix_contacts_case_id_at", "case_id", "at", "id"),
        Index("ix_contacts_user_id", "user_id", "occurred_on"),
    )

    # The day is part of the key so that the table can be partitioned by year.
    occurred_on: Mapped[date] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    public_id: Mapped[str | None] = mapped_column(default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    debtor_id: Mapped[int | None] = mapped_column(ForeignKey("debtors.id"))
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    channel: Mapped[ContactChannel]
    direction: Mapped[ContactDirection] = mapped_column(default=ContactDirection.OUTBOUND)
    outcome: Mapped[ContactOutcome | None]
    person: Mapped[str | None]  # Who was spoken to.
    right_person: Mapped[bool | None]  # Whether that person decides on the payment.
    reason: Mapped[NonPaymentReason | None]
    number_used: Mapped[str | None]
    note: Mapped[str | None]
    # As what that person was spoken to, and who of those we know it was.
    role: Mapped[DebtorRole | None]
    debtor_contact_id: Mapped[int | None] = mapped_column(ForeignKey("debtor_contacts.id"))
    corrects_id: Mapped[int | None]  # The entry that this one puts right.
    # The debtor had to remind us of what we owe him: an answer, a document, a call.
    chaser: Mapped[bool] = mapped_column(default=False, server_default="false")
    next_step: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    guide: Mapped[str | None]  # Rows of the guide that were shown, with its version.
    seconds: Mapped[int | None]  # How long it took.
    overridden_because: Mapped[str | None]  # Why a soft rule of contact did not stop it.


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    PART_KEPT = "part_kept"
    BROKEN = "broken"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"  # The case ended; nobody waits for it any more.


class Promise(Base):
    """Amount and day that the debtor promised (Zahlungszusage)."""

    __tablename__ = "promises"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        Index("ix_promises_open", "due_on", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(index=True)
    creditor_id: Mapped[int]
    contact_id: Mapped[int | None]
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    due_on: Mapped[date]
    state: Mapped[PromiseState] = mapped_column(default=PromiseState.OPEN)
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class CommitmentKind(StrEnum):
    """What we promised."""

    CALL_BACK = "call_back"
    COPY = "copy"  # Of a document.
    CLARIFICATION = "clarification"
    ANSWER = "answer"


class Commitment(Base):
    """What we promised (Zusage des Büros): a call back, a document, a clarification."""

    __tablename__ = "commitments"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index(
            "ix_commitments_open",
            "due_at",
            postgresql_where=text("kept_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int] = mapped_column(index=True)
    creditor_id: Mapped[int]
    kind: Mapped[CommitmentKind] = mapped_column(
        default=CommitmentKind.CALL_BACK, server_default="call_back"
    )
    what: Mapped[str]
    due_at: Mapped[datetime]
    first_due_at: Mapped[datetime | None]  # As it was promised; None: never moved.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kept_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]  # The case ended before.
    moved_reason: Mapped[str | None]
