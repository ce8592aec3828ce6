"""Bank files with their statements and entries, and the payments that came of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class EntryState(StrEnum):
    """What became of a bank entry."""

    WAITING = "waiting"  # In the books as suspense; a worker has not tried to match it yet.
    BOOKED = "booked"  # Matched to a case by itself.
    SUSPENSE = "suspense"  # Not matched yet: money we hold and cannot place.
    ASSIGNED = "assigned"  # Matched by hand.
    REFUNDED = "refunded"
    OUTGOING = "outgoing"  # A debit of the operating account; nothing to match.
    RETURNED = "returned"  # A return that took a payment back.
    FOREIGN = "foreign"  # Another currency than that of its case: never matched silently.
    OPERATING = "operating"  # Came in on our operating account: shown, to be moved to trust.
    SETTLED = "settled"  # A debit or a transfer of our own: what it was is booked.
    DOUBTFUL = "doubtful"  # May be a booking known from another format: not booked, asked.
    SAME = "same"  # A person said that it is that booking.
    TAKEN_BACK = "taken_back"  # Its statement was taken back whole.


class BankFileState(StrEnum):
    """How far the work on a bank file is."""

    WAITING = "waiting"  # Stored; a worker will read it.
    BOOKING = "booking"  # Its statements are in the books; payments are being matched.
    DONE = "done"
    REFUSED = "refused"  # Nothing in it could be booked; the findings say why.


class BankFile(Base):
    """One upload of bank statements, kept as it came, and how far the work on it is."""

    __tablename__ = "bank_files"
    __retention__ = Retention.VOUCHERS

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), index=True)
    state: Mapped[BankFileState] = mapped_column(default=BankFileState.WAITING)
    format: Mapped[str | None]
    findings: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    received_at: Mapped[datetime]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    finished_at: Mapped[datetime | None]
    # The proof of the trust account after this file, by currency; see cases.ledger.trust.
    trust_proof: Mapped[dict[str, Any] | None]


class BankImport(Base):
    """One statement of one account, as the bank sent it."""

    __tablename__ = "bank_imports"
    __retention__ = Retention.VOUCHERS
    __table_args__ = (
        UniqueConstraint("bank_file_id", "position"),
        Index("ix_bank_imports_account_closing", "iban", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    bank_file_id: Mapped[int] = mapped_column(ForeignKey("bank_files.id"))
    position: Mapped[int]  # In the file, from 1.
    iban: Mapped[str]  # As the bank names the account, if it is none of ours.
    refused_code: Mapped[str | None]  # Why nothing of it was booked.
    entries_new: Mapped[int]
    entries_known: Mapped[int]  # Delivered before, so not booked again.
    statement_number: Mapped[str | None]
    currency: Mapped[str] = mapped_column(String(3))
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    opening_cents: Mapped[int | None]
    closing_cents: Mapped[int | None]
    findings: Mapped[list[dict[str, Any]]]
    imported_at: Mapped[datetime] = mapped_column(server_default=func.now())
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    taken_back_why: Mapped[str | None]


class BankEntry(Base):
    """One entry of a bank statement, or one payment of a batch; never booked twice."""

    __tablename__ = "bank_entries"
    __retention__ = Retention.VOUCHERS
    __table_args__ = (
        # Whole or in parts, an entry begins with part 1, so it cannot come in both ways.
        UniqueConstraint("iban", "fingerprint", "part"),
        Index(
            "ix_bank_entries_suspense",
            "value_on",
            "id",
            postgresql_where=text("state IN ('suspense', 'foreign', 'doubtful')"),
        ),
        Index("ix_bank_entries_amount", "amount_cents", "value_on"),  # What a return takes back.
        # What the books hold of an account by the bank's own days.
        Index(
            "ix_bank_entries_account",
            "iban",
            "currency",
            "booked_on",
            postgresql_include=["amount_cents"],
            postgresql_where=text("journal_id IS NOT NULL AND state <> 'taken_back'"),
        ),
        Index("ix_bank_entries_rule", "rule_id", postgresql_where=text("rule_id IS NOT NULL")),
        Index("ix_bank_entries_refunded", "id", postgresql_where=text("state = 'refunded'")),
        Index(
            "ix_bank_entries_payer",
            "counterparty_iban",
            postgresql_where=text("state IN ('booked', 'assigned')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    import_id: Mapped[int] = mapped_column(ForeignKey("bank_imports.id"), index=True)
    iban: Mapped[str]  # Our account.
    fingerprint: Mapped[str]
    part: Mapped[int]  # Of a batch whose payments are told apart; else 1 of 1.
    parts: Mapped[int]
    booked_on: Mapped[date]
    value_on: Mapped[date]
    amount_cents: Mapped[int]  # Negative for debits.
    currency: Mapped[str] = mapped_column(String(3))
    counterparty_name: Mapped[str | None]
    counterparty_iban: Mapped[str | None]
    end_to_end: Mapped[str | None]
    structured_reference: Mapped[str | None]
    purpose: Mapped[str]
    is_return: Mapped[bool]
    charges_cents: Mapped[int] = mapped_column(default=0, server_default="0")  # Of the bank.
    original_cents: Mapped[int | None]  # As instructed, before charges.
    twin_id: Mapped[int | None] = mapped_column(ForeignKey("bank_entries.id"))  # May be the same.
    state: Mapped[EntryState]
    reason: Mapped[str]  # Why it was matched, or why not: a code of cases.payments.matching.
    # Trust bank against suspense; what becomes of the money is booked out of suspense.
    journal_id: Mapped[int | None] = mapped_column(ForeignKey("journals.id"))
    # What a person said it was: a refund noted, a fee of the bank, a transfer of our own.
    settled_journal_id: Mapped[int | None] = mapped_column(ForeignKey("journals.id"))
    # The rule of the accounts that said it; it stays when a person takes the booking back.
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("bank_rules.id"))


class Payment(Base):
    """Money that was allocated to a case (Zahlungseingang)."""

    __tablename__ = "payments"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        Index("ix_payments_case_id", "case_id", "value_on"),
        Index(
            "ix_payments_surplus",
            "bank_entry_id",
            postgresql_where=text("surplus_cents > 0 AND reversed_at IS NULL"),
        ),
        # A bank entry may be shared by cases, and pays each of them once at a time.
        Index(
            "uq_payments_bank_entry_live",
            "bank_entry_id",
            "case_id",
            unique=True,
            postgresql_where=text("reversed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    bank_entry_id: Mapped[int | None] = mapped_column(ForeignKey("bank_entries.id"))
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"), unique=True)
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    value_on: Mapped[date]
    booked_on: Mapped[date]
    costs_cents: Mapped[int]
    interest_cents: Mapped[int]
    principal_cents: Mapped[int]
    surplus_cents: Mapped[int]
    # What the debtor wanted paid; a new allocation keeps to it. Law: BGB §§ 366(1), 367(2).
    designated_claims: Mapped[list[int]] = mapped_column(JSONB, default=list, server_default="[]")
    principal_first: Mapped[bool] = mapped_column(default=False, server_default="false")
    # Paid to the creditor himself: his report, as we accepted it. No bank entry of ours has it.
    report_id: Mapped[int | None] = mapped_column(ForeignKey("creditor_reports.id"))
    received_at: Mapped[datetime]
    reversed_at: Mapped[datetime | None]
    reversed_reason: Mapped[str | None]
