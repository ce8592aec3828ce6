"""Applications to courts (Anträge), their files, and what was declared for them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class FilingKind(StrEnum):
    """Which application it is (Belegart)."""

    PAYMENT_ORDER = "01"  # Mahnbescheid
    ORDER_NEW_SERVICE = "07"
    ENFORCEMENT_ORDER = "08"  # Vollstreckungsbescheid
    ENFORCEMENT_NEW_SERVICE = "10"
    QUERY_ANSWER = "20"  # Monierungsantwort
    WITHDRAWAL = "25"  # Rücknahme oder Erledigterklärung
    LITIGATION = "29"  # Abgabe an das Prozessgericht


class FilingState(StrEnum):
    """How far an application is."""

    DRAFT = "draft"
    BATCHED = "batched"  # In a file that waits for its release or its hand-over.
    HANDED_OVER = "handed_over"
    DROPPED = "dropped"


class BatchState(StrEnum):
    """How far a file for a court is."""

    MAKING = "making"  # Released by one person; each application is checked, then encoded.
    RELEASED = "released"  # Its bytes are fixed.
    CONFIRMED = "confirmed"  # By a second one: ready to be handed over.
    HANDED_OVER = "handed_over"
    RECEIVED = "received"  # The court's receipt is there.
    SENT_BACK = "sent_back"  # The second person did not agree; nothing left the house.


class CourtSettings(Base):
    """How the house files: one row."""

    __tablename__ = "court_settings"
    __retention__ = Retention.SETTINGS
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("credit_in IN ('fee', 'costs')", name="credit_in_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_letters: Mapped[str]  # The three letters the courts gave us (EDAID).
    last_file_number: Mapped[int] = mapped_column(default=0)
    confirmed_fields: Mapped[list[str]]  # Places of the format that our court has confirmed.
    query_days: Mapped[int] = mapped_column(default=14)  # Our own; a query has no legal period.
    payment_days: Mapped[int] = mapped_column(default=14)  # Our own aim for paying a court.
    # Where half of the pre-court fee is credited: in the "fee" of the agency, or in the "costs".
    credit_in: Mapped[str] = mapped_column(default="costs")
    four_eyes: Mapped[bool] = mapped_column(default=True)


class CourtMemory(Base):
    """What was entered for one creditor's application and holds for the next one too.

    It is copied into a new draft, shown there with the case it is from, and changed there.
    """

    __tablename__ = "court_memories"
    __retention__ = Retention.MASTER

    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)  # See `memory`.
    value: Mapped[str]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))  # Where it was entered.
    kept_on: Mapped[date]  # Of a declaration: the day on which the creditor gave it.
    kept_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class FilingBatch(Base):
    """One file for one court (Stapel), from its first release on; its bytes never change."""

    __tablename__ = "filing_batches"
    __retention__ = Retention.LETTERS
    __table_args__ = (
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> released_by", name="four_eyes"),
        Index("ix_filing_batches_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    court: Mapped[str]  # XJustiz id
    kind: Mapped[FilingKind]
    state: Mapped[BatchState] = mapped_column(default=BatchState.RELEASED)
    file_number: Mapped[str]  # EDAID
    # Typed by a person into the courts' online application or a form: its bytes, in which no place
    # of a field had to be confirmed, say what was typed and never leave the program.
    is_typed: Mapped[bool] = mapped_column(default=False)
    made_on: Mapped[date]
    filings_count: Mapped[int]
    principal_cents: Mapped[int]
    court_fees_cents: Mapped[int]
    sums: Mapped[dict[str, Any]]  # The control sums of the file.
    released_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    released_at: Mapped[datetime]
    done_count: Mapped[int] = mapped_column(default=0)  # Applications checked while it is made.
    returned: Mapped[list[str]]  # Numbers of cases that were not ready any more.
    bank_entry_id: Mapped[int] = mapped_column(default=0)  # The newest one when it was checked.
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]
    fetched_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    fetched_at: Mapped[datetime | None]  # When its bytes first left the program.
    handed_over_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    handed_over_at: Mapped[datetime | None]
    channel: Mapped[str | None]  # The safe channel that was used.
    received_at: Mapped[datetime | None]
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("court_messages.id"))
    note: Mapped[str | None]


class CourtFile(Base):
    """The bytes of a batch as they left the house, with their hash. Never changed."""

    __tablename__ = "court_files"
    __retention__ = Retention.LETTERS

    batch_id: Mapped[int] = mapped_column(ForeignKey("filing_batches.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    sha256: Mapped[str]
    size_bytes: Mapped[int]
    made_at: Mapped[datetime]


class Filing(Base):
    """One application of a case (Antrag); frozen with its batch."""

    __tablename__ = "filings"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        # One open application of a kind for a case, and for a proceeding.
        Index(
            "uq_filings_open",
            "case_id",
            "kind",
            sql("coalesce(proceeding_id, 0)"),
            unique=True,
            postgresql_where=sql("state IN ('draft', 'batched')"),
        ),
        Index("ix_filings_state", "state", "court", "id"),
        Index("ix_filings_own_ref", "own_ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int] = mapped_column(index=True)
    creditor_id: Mapped[int]
    kind: Mapped[FilingKind]
    state: Mapped[FilingState] = mapped_column(default=FilingState.DRAFT)
    own_ref: Mapped[str]
    proceeding_id: Mapped[int | None] = mapped_column(ForeignKey("proceedings.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("court_messages.id")
    )  # What it answers.
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("filing_batches.id"), index=True)
    court: Mapped[str | None]  # XJustiz id; None until it is known.
    content: Mapped[dict[str, Any]]  # What a person has entered, by its path in the application.
    # Path -> the number of the case from which that entry was remembered, until somebody saves it.
    remembered: Mapped[dict[str, Any]]
    reasons: Mapped[dict[str, Any]]  # Code of a warning -> why legal files all the same.
    findings: Mapped[list[dict[str, Any]]]  # Of the last check.
    errors: Mapped[int]
    warnings: Mapped[int]
    checked_at: Mapped[datetime | None]
    principal_cents: Mapped[int]
    costs_cents: Mapped[int]  # The court fee that this application makes due.
    # Open less received when it was released: whatever is booked afterwards changes it.
    released_balance_cents: Mapped[int | None]
    because: Mapped[str]  # Why it was recommended.
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class CourtDeclaration(Base):
    """What somebody has declared or what legal has asked, with its day. Never changed."""

    __tablename__ = "court_declarations"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("ix_court_declarations_case_id", "case_id", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    kind: Mapped[str]  # performance, direct_payments or list_enclosed.
    answer: Mapped[str]
    declared_on: Mapped[date]
    note: Mapped[str | None]
    # Number of the case in which the creditor declared it for all its claims; None: for this one.
    remembered_from: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
