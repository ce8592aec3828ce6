"""Visits with window and purpose, the client's word on them, papers, and what to beware of."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class VisitState(StrEnum):
    """Where a visit is."""

    PLANNED = "planned"
    ASKED = "asked"  # Waits for the client.
    REFUSED = "refused"  # The client does not want it.
    REPORTED = "reported"
    CANCELLED = "cancelled"


class VisitPurpose(StrEnum):
    """What somebody goes there for."""

    PAYMENT = "payment"  # Settle the payment, or instalments.
    CLARIFY = "clarify"  # What is not agreed on.
    DOCUMENTS = "documents"  # Hand papers over, or fetch them.
    ADDRESS = "address"  # See who lives or trades there.


class PaperKind(StrEnum):
    """What a paper from a visit is; there is no kind for pictures of people and rooms."""

    RECEIPT = "receipt"  # The signed copy of ours.
    PAYMENT_PROOF = "payment_proof"  # A transfer, a statement.
    DOCUMENT = "document"  # Contract, invoice, delivery note.
    LETTER = "letter"  # What the debtor wrote.


class Visit(Base):
    """One visit, from the plan to its report."""

    __tablename__ = "visits"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("ends_at > begins_at", name="window"),
        Index("ix_visits_route", "visitor_id", "begins_at"),
        Index(
            "ix_visits_open", "begins_at", postgresql_where=text("state IN ('planned', 'asked')")
        ),
        Index("ix_visits_case_id", "case_id", "begins_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"), index=True)
    visitor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # Who goes.
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    purpose: Mapped[VisitPurpose]
    with_whom: Mapped[str | None]
    place_note: Mapped[str | None]  # Workshop in the yard, second floor.
    state: Mapped[VisitState]
    overridden_because: Mapped[str | None]  # Why a soft rule of contact did not stop it.
    letter_draft_id: Mapped[int | None] = mapped_column(
        ForeignKey("letter_drafts.id", ondelete="SET NULL")
    )
    receipt_id: Mapped[int] = mapped_column(ForeignKey("cash_receipts.id"))  # Its number.
    planned_by: Mapped[int | None]
    planned_at: Mapped[datetime]
    ended_because: Mapped[str | None]  # Why it was cancelled, or the client refused it.
    contact_id: Mapped[int | None]  # The entry of the log that reports it.
    reported_at: Mapped[datetime | None]
    cost_cents: Mapped[int | None]  # What it cost us; asked of the debtor only by the rules.
    cost_words: Mapped[str | None]


class VisitPaper(Base):
    """A paper that was photographed or fetched at a visit: a document or a receipt."""

    __tablename__ = "visit_papers"
    __retention__ = Retention.VOUCHERS

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    kind: Mapped[PaperKind]
    added_on: Mapped[date]
    added_by: Mapped[int | None]


class SafetyNote(Base):
    """What to beware of at a debtor's. Staff only: no letter, no export and no portal has it."""

    __tablename__ = "safety_notes"
    __retention__ = Retention.MASTER

    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"), primary_key=True)
    words: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
