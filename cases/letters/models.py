"""Letters and where they went."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class LetterKind(StrEnum):
    """What a letter is for."""

    FIRST_DEMAND = "first_demand"  # Erstes Mahnschreiben
    OBJECTION_REPLY = "objection_reply"  # Begründete Antwort auf einen Einwand
    REMINDER = "reminder"  # Zweite Zahlungsaufforderung
    REQUEST_ANSWER = "request_answer"  # Antwort auf eine Anfrage
    PROMISE_CONFIRMATION = "promise_confirmation"  # Bestätigung einer Zahlungszusage
    INFORMATION = "information"  # Auskunft nach § 13a Abs. 2 RDG
    CLOSING = "closing"  # Letztes Wort: bezahlt oder zurückgegeben
    BEFORE_COURT = "before_court"  # Letzte Zahlungsaufforderung vor dem Gericht
    PLAN_OFFER = "plan_offer"  # Angebot einer Ratenzahlung
    SETTLEMENT = "settlement"  # Bestätigung eines Vergleichs
    APPOINTMENT = "appointment"  # Ankündigung eines Besuchs oder Gesprächs
    ADDRESS_CHECK = "address_check"  # Bitte um Bestätigung der Anschrift
    PLAN_REMINDER = "plan_reminder"  # Erinnerung an eine Rate
    SEPA_MANDATE = "sepa_mandate"  # Mandat zur Unterschrift
    DEBIT_NOTICE = "debit_notice"  # Vorabankündigung der Lastschriften
    CLAIMS_STATEMENT = "claims_statement"  # Aufstellung nach § 305 Abs. 2 InsO


class LetterState(StrEnum):
    """How far a letter is."""

    QUEUED = "queued"  # Released; a worker renders it.
    SENT = "sent"  # Rendered, stored and handed over.
    CANCELLED = "cancelled"  # The case ended before a worker came to it; it never left.


class Channel(StrEnum):
    """How a letter leaves the house."""

    PRINT = "print"  # As a file for the print and mail service.
    EMAIL = "email"


class Letter(Base):
    """One letter to one debtor. Its content is frozen when it is released.

    The database lets the program change the state of a letter and nothing else.
    """

    __tablename__ = "letters"
    __retention__ = Retention.LETTERS
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("ix_letters_case_id", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    number: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"))
    kind: Mapped[LetterKind]
    channel: Mapped[Channel] = mapped_column(default=Channel.PRINT)
    state: Mapped[LetterState] = mapped_column(default=LetterState.QUEUED)
    language: Mapped[str] = mapped_column(default="de")
    template_version: Mapped[str]
    content: Mapped[dict[str, Any]]  # All that the template receives; what was known that day.
    demanded_cents: Mapped[int | None]
    dispatched_on: Mapped[date]
    pay_by: Mapped[date | None]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    released_at: Mapped[datetime] = mapped_column(server_default=func.now())


class LetterDraft(Base):
    """A letter that somebody is writing: what was typed is kept, right or wrong."""

    __tablename__ = "letter_drafts"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("ix_letter_drafts_open", "case_id", postgresql_where=text("released_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    kind: Mapped[LetterKind]
    language: Mapped[str] = mapped_column(default="de")
    text: Mapped[str]
    term_days: Mapped[int] = mapped_column(default=10, server_default="10")
    next_step: Mapped[str] = mapped_column(default="call", server_default="call")
    contract_circumstances: Mapped[str] = mapped_column(default="", server_default="")
    # When, where and who, where it announces a visit or a meeting.
    appointment: Mapped[str] = mapped_column(default="", server_default="")
    written_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]
    released_at: Mapped[datetime | None]


class TextState(StrEnum):
    """Whether letters begin with a text."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"


class LetterText(Base):
    """The text that letters of a kind begin with (Vorlage), by version; what ships is a file."""

    __tablename__ = "letter_texts"
    __retention__ = Retention.SETTINGS
    __table_args__ = (
        UniqueConstraint("kind", "language", "number"),
        Index(
            "uq_letter_texts_draft", "kind", "language", unique=True,
            postgresql_where=text("state = 'draft'"),
        ),
        Index(
            "uq_letter_texts_live", "kind", "language", unique=True,
            postgresql_where=text("state = 'live'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    kind: Mapped[LetterKind]
    language: Mapped[str]
    number: Mapped[int]
    state: Mapped[TextState] = mapped_column(default=TextState.DRAFT)
    body: Mapped[str]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]
    live_from: Mapped[date | None]


class LetterAttachment(Base):
    """A document that goes with a letter; its name stands in the letter, its bytes beside it."""

    __tablename__ = "letter_attachments"
    __retention__ = Retention.CASE
    __table_args__ = (UniqueConstraint("draft_id", "file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    draft_id: Mapped[int] = mapped_column(ForeignKey("letter_drafts.id", ondelete="CASCADE"))
    creditor_id: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    name: Mapped[str]
    pages: Mapped[int]


class SentLetter(Base):
    """The bytes of a letter that left the house. Never changed, never rendered again."""

    __tablename__ = "sent_letters"
    __retention__ = Retention.LETTERS

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    creditor_id: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    sha256: Mapped[str]
    pages: Mapped[int]
    sent_at: Mapped[datetime]


class Announcement(Base):
    """A consequence that a letter announced: from then on a dated duty of ours."""

    __tablename__ = "announcements"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("(dropped_at IS NULL) = (dropped_reason IS NULL)", name="dropped_why"),
        Index(
            "ix_announcements_open",
            "due_on",
            postgresql_where=text("kept_at IS NULL AND dropped_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)
    step: Mapped[str]  # What was announced: a code of the strategy.
    due_on: Mapped[date]
    kept_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    dropped_reason: Mapped[str | None]  # Paid, held, withdrawn: why it need not happen.
