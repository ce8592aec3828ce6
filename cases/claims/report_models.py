"""What a creditor reports about a case after it was handed over."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class ReportKind(StrEnum):
    """What the creditor tells us."""

    DIRECT_PAYMENT = "direct_payment"  # The debtor has paid to him.
    CREDIT_NOTE = "credit_note"  # He has let go of a part.
    WITHDRAWAL = "withdrawal"  # We should stop.
    MESSAGE = "message"


class CreditorReport(Base):
    """A report of the creditor (Meldung): a proposal or message until we have answered."""

    __tablename__ = "creditor_reports"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("amount_cents IS NULL OR amount_cents > 0", name="amount_positive"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered_with_words"),
        Index("ix_creditor_reports_case_id", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    kind: Mapped[ReportKind]
    amount_cents: Mapped[int | None]
    happened_on: Mapped[date | None]  # Day of the payment or the credit note.
    words: Mapped[str | None]
    reported_at: Mapped[datetime]
    reported_by: Mapped[int]
    hold_id: Mapped[int | None]  # What stands still until it is answered.
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None]
