"""Runs of transfers, one order file each, and the transfers in them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id, stored_enum
from cases.core.retention import Retention
from cases.payments.own_accounts import HouseAccount
from cases.remittances.models import RunState


class TransferKind(StrEnum):
    """What a transfer is for."""

    REFUND = "refund"  # Money of a payer that nobody here is owed.
    BILL = "bill"  # A third party's bill that was laid out for a client.
    SHARE = "share"  # Our own share, from trust to our own account.


class TransferState(StrEnum):
    """Where a transfer is."""

    PREPARED = "prepared"
    ORDERED = "ordered"  # Booked and in the order file.
    PAID = "paid"  # The bank's statement shows it.
    REJECTED = "rejected"  # The bank did not carry it out; it is owed again.
    DROPPED = "dropped"


#: States in which what it pays is not to be paid once more.
LIVE = (TransferState.PREPARED, TransferState.ORDERED, TransferState.PAID)


class TransferRun(Base):
    """Transfers from one account of the house, released together (Überweisungsauftrag)."""

    __tablename__ = "transfer_runs"
    __retention__ = Retention.BOOKS

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    account: Mapped[HouseAccount] = mapped_column(stored_enum(HouseAccount, "transfer_account"))
    currency: Mapped[str] = mapped_column(String(3))
    made_on: Mapped[date]
    state: Mapped[RunState] = mapped_column(
        stored_enum(RunState, "transfer_run_state"), default=RunState.PREPARED
    )
    prepared_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    prepared_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    sepa_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    sepa_sha256: Mapped[str | None]


class Transfer(Base):
    """One transfer: to whom, how much, what it pays, and what became of it."""

    __tablename__ = "transfers"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("(kind = 'refund') = (entry_id IS NOT NULL)", name="refund_of_entry"),
        CheckConstraint("(kind = 'bill') = (bill_id IS NOT NULL)", name="bill_of_bill"),
        Index("ix_transfers_run_id", "run_id"),
        Index("ix_transfers_entry_id", "entry_id", postgresql_where=text("entry_id IS NOT NULL")),
        Index(
            "uq_transfers_bill_live", "bill_id", unique=True,
            postgresql_where=text("state IN ('prepared', 'ordered', 'paid')"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    run_id: Mapped[int | None] = mapped_column(
        ForeignKey("transfer_runs.id")
    )  # None: paid outside.
    kind: Mapped[TransferKind]
    state: Mapped[TransferState] = mapped_column(default=TransferState.PREPARED)
    number: Mapped[str | None] = mapped_column(unique=True)  # Also its end-to-end reference.
    # A refund: of which bank entry, and of which case that was paid too much.
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("bank_entries.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    bill_id: Mapped[int | None] = mapped_column(ForeignKey("bills.id"))
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    name: Mapped[str]
    iban: Mapped[str]
    purpose: Mapped[str]
    other_account: Mapped[bool] = mapped_column(default=False)  # Not the one that paid.
    journal_ids: Mapped[list[int]] = mapped_column(JSONB, default=list)  # Booked by its release.
    bank_entry_id: Mapped[int | None] = mapped_column(
        ForeignKey("bank_entries.id")
    )  # That shows it.
    decided_at: Mapped[datetime | None]
    reject_reason: Mapped[str | None]
