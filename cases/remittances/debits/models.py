"""Mandates of debtors, and the runs that collect instalments by them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id, stored_enum
from cases.core.retention import Retention
from cases.remittances.models import RunState


class DebitState(StrEnum):
    """Where a debit is."""

    PREPARED = "prepared"
    ORDERED = "ordered"  # In the order file.
    PAID = "paid"  # The bank's statement shows it.
    RETURNED = "returned"  # Taken back, by the payer or his bank.
    DROPPED = "dropped"


#: An instalment with such a debit is not collected once more.
LIVE_DEBIT = (DebitState.PREPARED, DebitState.ORDERED, DebitState.PAID, DebitState.RETURNED)


class Mandate(Base):
    """What lets us collect the instalments of one plan from an account (SEPA-Lastschriftmandat)."""

    __tablename__ = "plan_mandates"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index(
            "uq_plan_mandates_open", "plan_id", unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]  # Of whoever holds the account.
    iban: Mapped[str]
    asked_on: Mapped[date]
    asked_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    signed_on: Mapped[date | None]
    noticed_on: Mapped[date | None]  # When amounts and days were announced.
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]


class DebitRun(Base):
    """Debits that go to the bank in one file, released by a second person."""

    __tablename__ = "debit_runs"
    __retention__ = Retention.BOOKS

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    made_on: Mapped[date]
    state: Mapped[RunState] = mapped_column(
        stored_enum(RunState, "debit_run_state"), default=RunState.PREPARED
    )
    prepared_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    prepared_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    sepa_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    sepa_sha256: Mapped[str | None] = mapped_column(String(64))


class Debit(Base):
    """One instalment that is collected from the debtor's account (Lastschrift)."""

    __tablename__ = "debits"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        Index("ix_debits_run_id", "run_id"),
        Index("ix_debits_bank_entry_id", "bank_entry_id"),
        Index(
            "uq_debits_instalment", "plan_id", "instalment", unique=True,
            postgresql_where=text("state <> 'dropped'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("debit_runs.id"))
    mandate_id: Mapped[int] = mapped_column(ForeignKey("plan_mandates.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    instalment: Mapped[int]
    number: Mapped[str] = mapped_column(unique=True)  # Its end-to-end reference.
    collect_on: Mapped[date]
    amount_cents: Mapped[int]
    state: Mapped[DebitState] = mapped_column(default=DebitState.PREPARED)
    bank_entry_id: Mapped[int | None] = mapped_column(ForeignKey("bank_entries.id"))
