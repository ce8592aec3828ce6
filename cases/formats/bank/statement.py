"""What a bank statement says, whatever its format: statements, entries, details, findings.

Every reader of bank files builds these values. Amounts are whole minor units of their currency,
negative for debits. Nothing is booked from a statement that is `held_back`: a statement goes into
the books whole or not at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from legal.findings import Finding, Severity


class EntryStatus(StrEnum):
    """Whether an entry is money yet; only booked entries are."""

    BOOKED = "booked"
    PENDING = "pending"  # vorgemerkt
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Counterparty:
    """The other side: who paid, or who was paid."""

    name: str | None = None
    iban: str | None = None  # Or an account number of another kind.
    bic: str | None = None
    ultimate_name: str | None = None  # On whose behalf (Ultimate Debtor or Creditor).


@dataclass(frozen=True, slots=True)
class References:
    """The references that a payment carries; `NOTPROVIDED` and its like are left out."""

    end_to_end: str | None = None
    structured: str | None = None  # The first of `structured_all`.
    mandate: str | None = None
    creditor_id: str | None = None
    bank: str | None = None  # The bank's own (AcctSvcrRef, in MT940 after //).
    customer: str | None = None  # MT940: the account owner's (KREF, NONREF left out).
    instruction: str | None = None
    structured_all: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryDetail:
    """One transaction of an entry; a batch has many.

    `amount_cents` is None when the bank gives no amount of its own to the detail.
    """

    amount_cents: int | None
    currency: str
    counterparty: Counterparty = Counterparty()
    references: References = References()
    purpose: str = ""
    return_reason: str | None = None
    charges_cents: int = 0  # Bank fee, positive; may be contained in the amount.
    original_cents: int | None = None  # As instructed, before charges or conversion.
    original_currency: str | None = None


@dataclass(frozen=True, slots=True)
class BankEntry:
    """One line of a statement (Umsatz)."""

    booked_on: date | None
    value_on: date | None
    amount_cents: int
    currency: str
    status: EntryStatus = EntryStatus.BOOKED
    is_reversal: bool = False  # The bank takes back an earlier entry; the sign is already real.
    is_return: bool = False  # A returned direct debit or transfer (R-transaction).
    is_batch: bool = False
    counterparty: Counterparty = Counterparty()
    references: References = References()
    purpose: str = ""
    code: str = ""  # Kind of transaction: PMNT/RCDT/ESCT, or GVC such as 166.
    info: str = ""  # The bank's own words (Buchungstext).
    return_reason: str | None = None
    charges_cents: int = 0
    original_cents: int | None = None
    original_currency: str | None = None
    details: tuple[EntryDetail, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class BankStatement:
    """The entries of one account, with the balances around them."""

    account: str
    currency: str
    opening_cents: int | None
    closing_cents: int | None
    entries: tuple[BankEntry, ...]
    number: str = ""  # As the bank counts (ElctrncSeqNb, :28C:).
    page: int | None = None  # Of several pages of one statement.
    last_page: bool = True
    owner: str | None = None
    closing_on: date | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def held_back(self) -> bool:
        """Whether something is wrong with it that forbids booking any of it."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class StatementFile:
    """What a reader made of one file; `findings` are all of them, those of the statements too."""

    format: str
    statements: tuple[BankStatement, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    @property
    def bookable(self) -> tuple[BankStatement, ...]:
        """The statements that may be booked."""
        return tuple(each for each in self.statements if not each.held_back)


def file_of(
    format_name: str,
    statements: Iterable[BankStatement],
    findings: Iterable[Finding] = (),
) -> StatementFile:
    """A statement file whose findings include those of its statements."""
    kept = tuple(statements)
    within = tuple(finding for each in kept for finding in each.findings)
    return StatementFile(format_name, kept, tuple(findings) + within)


def refused(code: str, format_name: str = "unknown", **params: str | int) -> StatementFile:
    """A file of which nothing could be read."""
    return StatementFile(format_name, (), (Finding(code, Severity.ERROR, params=params),))


def balances_agree(
    opening_cents: int | None,
    closing_cents: int | None,
    entries: Iterable[BankEntry],
) -> bool:
    """Whether opening balance plus booked entries makes the closing balance, as far as known."""
    if opening_cents is None or closing_cents is None:
        return True
    booked = sum(each.amount_cents for each in entries if each.status is EntryStatus.BOOKED)
    return opening_cents + booked == closing_cents
