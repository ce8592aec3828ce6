"""Documents that a creditor adds to what he hands in: contract, delivery note, letters."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class DocumentKind(StrEnum):
    """What a document is."""

    CONTRACT = "contract"  # Vertrag
    ORDER = "order"  # Bestellung, Auftrag
    DELIVERY_NOTE = "delivery_note"  # Lieferschein, Leistungsnachweis
    INVOICE = "invoice"  # Rechnung
    TERMS = "terms"  # Allgemeine Geschäftsbedingungen
    REMINDER = "reminder"  # Mahnung
    CORRESPONDENCE = "correspondence"  # Schriftwechsel
    ACCOUNT_OPENING = "account_opening"  # Kundenkontoeröffnung


class ClaimDocument(Base):
    """A document of a creditor about a row, an upload, a claim or a case (Beleg)."""

    __tablename__ = "claim_documents"
    __retention__ = Retention.VOUCHERS
    __table_args__ = (
        ForeignKeyConstraint(
            ["submission_id", "creditor_id"], ["submissions.id", "submissions.creditor_id"]
        ),
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("submission_id IS NOT NULL OR case_id IS NOT NULL", name="belongs"),
        CheckConstraint("line IS NULL OR submission_id IS NOT NULL", name="line_of_submission"),
        CheckConstraint("claim_id IS NULL OR case_id IS NOT NULL", name="claim_of_case"),
        Index("ix_claim_documents_submission_id_line", "submission_id", "line"),
        Index("ix_claim_documents_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    submission_id: Mapped[int | None]
    # The row by its line, which stays when a list is read anew; None: for all its rows.
    line: Mapped[int | None]
    case_id: Mapped[int | None]
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), index=True)
    kind: Mapped[DocumentKind]
    # The day that stands on it: by this a reminder proves one of the claim's reminder days.
    dated_on: Mapped[date | None]
    handed_on: Mapped[date | None]  # When the customer got it: terms, account opening.
    # Who signed an order or form for the debtor, as what, and when somebody made sure that he may.
    signed_by: Mapped[str | None]
    signed_as: Mapped[str | None]
    authority_checked_on: Mapped[date | None]
    uploaded_by: Mapped[int]
    uploaded_at: Mapped[datetime]
