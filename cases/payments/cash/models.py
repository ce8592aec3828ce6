"""Receipts for cash (Quittungen) and what was paid in at the bank."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class CashDeposit(Base):
    """What one person paid in to the trust account at once (Einzahlung)."""

    __tablename__ = "cash_deposits"
    __retention__ = Retention.BOOKS
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    paid_in_on: Mapped[date]
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"), unique=True)
    entered_at: Mapped[datetime]
    entered_by: Mapped[int | None]


class CashReceipt(Base):
    """A numbered receipt: reserved for a visit, then written or left unused. No number is lost."""

    __tablename__ = "cash_receipts"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        Index("uq_cash_receipts_number", "year", "serial", unique=True),
        Index(
            "ix_cash_receipts_on_hand",
            "received_by",
            postgresql_where=text(
                "journal_id IS NOT NULL AND deposit_id IS NULL AND taken_back_at IS NULL"
            ),
        ),
        Index("ix_cash_receipts_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str]  # As it stands on the paper: Q-2026-0418.
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    reserved_at: Mapped[datetime]
    currency: Mapped[str] = mapped_column(String(3))
    # Empty until money was taken.
    amount_cents: Mapped[int | None]
    received_on: Mapped[date | None]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # Who has the money.
    payer: Mapped[str | None]
    journal_id: Mapped[int | None] = mapped_column(ForeignKey("journals.id"), unique=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))  # As it was set.
    deposit_id: Mapped[int | None] = mapped_column(ForeignKey("cash_deposits.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_because: Mapped[str | None]
