"""What a debtor is dissatisfied with, and why things went wrong."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.contacts.models import NonPaymentReason
from cases.core.database import Base, new_public_id, stored_enum
from cases.core.retention import Retention


class Cause(StrEnum):
    """Why it came to this; the creditor can do something about it."""

    INVOICE_NEVER_ARRIVED = "invoice_never_arrived"
    WRONG_ADDRESS = "wrong_address"
    WRONG_ORDER_NUMBER = "wrong_order_number"
    DELIVERY_FAULT = "delivery_fault"
    PRICE = "price"
    ADVICE = "advice"  # Something else was said when it was sold.
    OTHER = "other"


class Complaint(Base):
    """Dissatisfaction without an objection, answered by the creditor (Beschwerde)."""

    __tablename__ = "complaints"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered_with_words"),
        Index("ix_complaints_case_id", "case_id", "id"),
        Index(
            "ix_complaints_open", "creditor_id", "due_on",
            postgresql_where=text("answered_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    words: Mapped[str]
    raised_on: Mapped[date]
    due_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class RootCause(Base):
    """Why an objection, a complaint or a failure to pay came about. The newest of each counts."""

    __tablename__ = "root_causes"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("num_nonnulls(objection_id, complaint_id, reason) = 1", name="of_one"),
        Index("ix_root_causes_creditor_id", "creditor_id", "noted_at"),
        Index("ix_root_causes_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    objection_id: Mapped[int | None] = mapped_column(ForeignKey("objections.id"))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"))
    reason: Mapped[NonPaymentReason | None] = mapped_column(
        stored_enum(NonPaymentReason, "cause_reason")
    )
    cause: Mapped[Cause]
    noted_at: Mapped[datetime]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
