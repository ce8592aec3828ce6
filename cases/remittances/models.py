"""Pay-out runs and the remittances in them: one creditor, one currency, one settlement."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class RunState(StrEnum):
    """Where a pay-out run is."""

    PREPARED = "prepared"  # Figures stand; nothing is booked.
    RELEASED = "released"  # Booked by a second person's word; the bank file may be fetched.
    DROPPED = "dropped"  # Given up before its release.


class RemittanceState(StrEnum):
    """Where a remittance is."""

    PREPARED = "prepared"
    ORDERED = "ordered"  # Booked and in the bank file.
    CARRIED = "carried"  # Booked; below the threshold or owed by the creditor: nothing is paid.
    PAID = "paid"  # The bank's statement shows it.
    REJECTED = "rejected"  # The bank did not carry it out; the money waits for the next run.
    DROPPED = "dropped"


class PayeeCheck(StrEnum):
    """What the bank says of the payee's name (Regulation (EU) 2024/886, Art. 5c)."""

    FITS = "RCVC"
    NEARLY = "RVMC"  # The bank tells the right name.
    DIFFERS = "RVNM"
    UNKNOWN = "RVNA"


#: States whose settlement counts: what they settled is not settled again.
SETTLED = (
    RemittanceState.ORDERED, RemittanceState.CARRIED, RemittanceState.PAID,
    RemittanceState.REJECTED,
)  # fmt: skip


class PayoutRun(Base):
    """One run over creditors (Auszahlungslauf): prepared, released by a second person, sent."""

    __tablename__ = "payout_runs"
    __retention__ = Retention.BOOKS

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    currency: Mapped[str] = mapped_column(String(3))
    as_of: Mapped[date]
    state: Mapped[RunState] = mapped_column(default=RunState.PREPARED)
    prepared_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    prepared_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    share_cents: Mapped[int] = mapped_column(default=0)  # Our own share, settled by it.
    sepa_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    sepa_sha256: Mapped[str | None]
    #: Creditors that cannot be paid, each with the reason.
    left_out: Mapped[list[dict[str, Any]]] = mapped_column(default=list)


class Remittance(Base):
    """The settlement with one creditor and what is paid to him (Auskehrung, Abrechnung)."""

    __tablename__ = "remittances"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        UniqueConstraint("id", "creditor_id"),
        UniqueConstraint("run_id", "creditor_id"),
        CheckConstraint("payout_cents >= 0", name="never_negative"),
        Index("ix_remittances_creditor_id", "creditor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    run_id: Mapped[int] = mapped_column(ForeignKey("payout_runs.id"))
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    number: Mapped[str | None] = mapped_column(unique=True)  # Also the transfer's reference.
    currency: Mapped[str] = mapped_column(String(3))
    as_of: Mapped[date]
    state: Mapped[RemittanceState] = mapped_column(default=RemittanceState.PREPARED)
    iban: Mapped[str | None]
    received_cents: Mapped[int]
    direct_cents: Mapped[int]  # Paid to the creditor himself.
    costs_kept_cents: Mapped[int]
    fee_net_cents: Mapped[int]
    vat_cents: Mapped[int]
    vat_paid_by_debtors_cents: Mapped[int]
    outlays_cents: Mapped[int]
    carried_cents: Mapped[int]
    payout_cents: Mapped[int]
    carry_forward_cents: Mapped[int]
    #: What the house earned by treatment of VAT (`Taxed`), as its invoice states it.
    taxed: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    invoice_number: Mapped[str | None] = mapped_column(unique=True)
    invoice_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    statement_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    bank_entry_id: Mapped[int | None] = mapped_column(ForeignKey("bank_entries.id"))
    decided_at: Mapped[datetime | None]  # Paid or rejected.
    reject_reason: Mapped[str | None]
    payee_check: Mapped[PayeeCheck | None]
    payee_name: Mapped[str | None]  # As the bank knows it, where it is not ours.


class RemittanceCase(Base):
    """One case of a remittance: what came in since the last one, and what it was settled to."""

    __tablename__ = "remittance_cases"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        UniqueConstraint("remittance_id", "case_id"),
        Index("ix_remittance_cases_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    remittance_id: Mapped[int] = mapped_column(ForeignKey("remittances.id"))
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    principal_cents: Mapped[int]
    interest_cents: Mapped[int]
    fee_costs_cents: Mapped[int]
    creditor_costs_cents: Mapped[int]
    direct_principal_cents: Mapped[int]
    direct_interest_cents: Mapped[int]
    direct_costs_cents: Mapped[int]
    waived_cents: Mapped[int] = mapped_column(default=0, server_default="0")  # Let go for him.
    base_cents: Mapped[int]  # Of the fee, all remittances together.
    fee_cents: Mapped[int]  # Of this remittance.
    costs_kept_cents: Mapped[int]

    @property
    def received_cents(self) -> int:
        """What reached us since the last settlement."""
        return (
            self.principal_cents
            + self.interest_cents
            + self.fee_costs_cents
            + self.creditor_costs_cents
        )
