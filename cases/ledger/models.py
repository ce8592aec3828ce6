"""The claim account (Forderungskonto) and the double-entry journals beside it."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base
from cases.core.retention import Retention
from legal.allocation import Component


class Direction(StrEnum):
    """Which way an entry goes on the claim account."""

    DEBIT = "debit"  # More is owed.
    CREDIT = "credit"  # Less is owed.


class EntryKind(StrEnum):
    """What an entry stands for."""

    PRINCIPAL = "principal"
    INTEREST_ARREARS = "interest_arrears"  # Computed by the creditor before us, or titled.
    COLLECTION_FEE = "collection_fee"
    OUTLAYS = "outlays"
    REMINDER_COSTS = "reminder_costs"
    LUMP_SUM = "lump_sum"  # § 288(5) BGB
    VAT = "vat"
    SETTLEMENT_FEE = "settlement_fee"
    COURT_COSTS = "court_costs"
    ENFORCEMENT_COSTS = "enforcement_costs"
    PAYMENT = "payment"
    DIRECT_PAYMENT = "direct_payment"  # Made to the creditor; never touched the trust account.
    CREDIT_NOTE = "credit_note"
    WAIVER = "waiver"  # Verzicht: the debtor is let off.
    # Interest after our letter, let go because what it demanded was paid in time.
    PAID_IN_TIME = "paid_in_time"
    WRITE_OFF = "write_off"  # Ausbuchung: not pursued any more; the debtor is not let off.
    SETTLEMENT = "settlement"
    REVERSAL = "reversal"


class Account(StrEnum):
    """The accounts of the house's double entry."""

    TRUST_BANK = "trust_bank"  # Fremdgeldkonto, as the bank's statements have it.
    # Ordered from or to the trust account, not on a statement yet (Geldtransit).
    TRUST_IN_TRANSIT = "trust_in_transit"
    # Cash taken at a door, until it is paid in to the trust account (Kasse).
    CASH_ON_HAND = "cash_on_hand"
    OPERATING_BANK = "operating_bank"  # Geschäftskonto
    SUSPENSE = "suspense"  # Ungeklärte Zahlungseingänge
    CREDITOR_PAYABLES = "creditor_payables"
    CREDITOR_ADVANCES = "creditor_advances"
    CREDITOR_RECEIVABLES = "creditor_receivables"  # What a creditor owes the agency.
    REFUNDS_DUE = "refunds_due"  # Overpayments: they belong to the debtor.
    SHARE_IN_TRUST = "share_in_trust"  # Our share, not yet withdrawn.
    COURT_PAYABLES = "court_payables"
    COURT_COSTS_ADVANCED = "court_costs_advanced"
    AGENCY_INCOME = "agency_income"
    BANK_CHARGES = "bank_charges"  # Nebenkosten des Geldverkehrs; never other people's money.
    VAT_PAYABLE = "vat_payable"
    # Memorandum accounts: claims are the creditors', not ours; they mirror the claim accounts.
    CLAIMS_DUE = "claims_due"
    CLAIMS_HELD = "claims_held"


class Journal(Base):
    """One business transaction; its lines sum to zero (checked when it is committed)."""

    __tablename__ = "journals"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        Index("ix_journals_booked_on", "booked_on", "id"),
        # At most one journal reverses another.
        Index("uq_journals_reverses_id", "reverses_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booked_on: Mapped[date]  # The business day; periods close by it.
    posted_at: Mapped[datetime]
    posted_by: Mapped[int | None]
    kind: Mapped[str]
    reference: Mapped[str | None]  # The voucher: bank entry, letter, court message.
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("journals.id"))


class JournalLine(Base):
    """One side of a journal: positive is debit, negative is credit."""

    __tablename__ = "journal_lines"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        CheckConstraint("amount_cents <> 0", name="amount_not_zero"),
        Index("ix_journal_lines_account", "account", "creditor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"), index=True)
    account: Mapped[Account]
    creditor_id: Mapped[int | None] = mapped_column(ForeignKey("creditors.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))


class Entry(Base):
    """One line of the claim account (Buchung). Never changed; a mistake is reversed."""

    __tablename__ = "ledger_entries"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        # Costs and the interest on them may be owed for the whole case; principal never is.
        CheckConstraint("component <> 'principal' OR claim_id IS NOT NULL", name="claim_named"),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="reversal_named"),
        Index("ix_ledger_entries_case_id", "case_id", "value_on", "id"),
        Index("ix_ledger_entries_creditor_id", "creditor_id", "kind", "booked_on"),
        Index("uq_ledger_entries_reverses_id", "reverses_id", unique=True),
        Index("ix_ledger_entries_claim_id", "claim_id", postgresql_where=text("claim_id > 0")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"))
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"), index=True)
    value_on: Mapped[date]  # Wertstellung: the day from which the amount counts.
    booked_on: Mapped[date]  # The business day; periods close by it.
    posted_at: Mapped[datetime]  # When we knew it.
    direction: Mapped[Direction]
    component: Mapped[Component]
    kind: Mapped[EntryKind]
    bears_interest: Mapped[bool] = mapped_column(default=False)  # Titled costs.
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    words: Mapped[str | None]  # How the amount was computed, for the debtor to follow (German).
    # The steps behind the words, so that they can be said in another language.
    computation: Mapped[list[dict[str, Any]] | None]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"))


class ClosedPeriod(Base):
    """A month that accepts no more bookings."""

    __tablename__ = "closed_periods"
    __retention__ = Retention.BOOKS

    last_day: Mapped[date] = mapped_column(primary_key=True)
    closed_at: Mapped[datetime]
    closed_by: Mapped[int | None]


class PeriodBalance(Base):
    """What stood on an account when a period was closed, by creditor and currency.

    Balances are read from here on: nothing older can be booked any more.
    """

    __tablename__ = "period_balances"
    __retention__ = Retention.BOOKS
    __table_args__ = (Index("ix_period_balances_last_day", "last_day", "account", "creditor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    last_day: Mapped[date] = mapped_column(ForeignKey("closed_periods.last_day"))
    account: Mapped[Account]
    creditor_id: Mapped[int | None] = mapped_column(ForeignKey("creditors.id"), index=True)
    currency: Mapped[str] = mapped_column(String(3))
    amount_cents: Mapped[int]


class BankComparison(Base):
    """What the bank said last of the trust account, against the books; one row by currency.

    Written by whoever books statements; while it differs nothing is paid out and nothing closed.
    """

    __tablename__ = "bank_comparisons"
    __retention__ = Retention.BOOKS

    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    last_day: Mapped[date | None]  # The end of the latest statement that names a balance.
    bank_cents: Mapped[int]
    books_cents: Mapped[int]
    places: Mapped[int]  # How many gaps and differences there are.
    compared_at: Mapped[datetime]

    @property
    def holds(self) -> bool:
        """Whether the bank and the books say the same, without a gap."""
        return self.bank_cents == self.books_cents and self.places == 0


class LawRate(Base):
    """A base rate that the agency entered before a release brought it; the newest row counts.

    Rows are added, never changed: a correction is a newer row for the same half-year.
    """

    __tablename__ = "law_rates"
    __retention__ = Retention.SETTINGS
    __table_args__ = (CheckConstraint("valid_to > valid_from", name="span"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    jurisdiction: Mapped[str] = mapped_column(String(2), default="de")
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    rate_percent: Mapped[Decimal]
    source: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by: Mapped[int | None]
