"""Money we must know of before anything is filed: bank statements read, nothing unmatched.

Who files although the debtor has paid bears the costs and misleads the court. Law: ZPO §§ 91a,
138(1), 269(3).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from cases.claims.models import Claim
from cases.claims.queries import DebtorInCase
from cases.core import clock
from cases.core.database import db
from cases.filings.applications.models import FilingKind
from cases.filings.errors import BankNeverImported, BankNotImported
from cases.parties.queries import get_agency
from cases.payments.models import BankEntry, BankImport, EntryState
from legal.banking_days import last_banking_day
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "bank_days_missing": N_("Bank statements are imported until {day} only."),
    "bank_never_imported": N_("No bank statement has been imported yet."),
    "suspense_candidate": N_("{count} unmatched payments may belong to this case."),
}
_IMPORT = N_("Import the bank statements up to the last banking day ({needed}).")
REMEDIES = {
    "bank_days_missing": _IMPORT,
    "bank_never_imported": _IMPORT,
    "suspense_candidate": N_("Clear the unmatched payments first."),
}
#: These claim money, so what the debtor has paid must be known first.
NEED_BANK = frozenset({FilingKind.PAYMENT_ORDER, FilingKind.ENFORCEMENT_ORDER})
#: Money that is there and stands on no case: also what came in on our other account, and what may
#: be a booking known from another format.
_UNMATCHED = (
    EntryState.WAITING, EntryState.SUSPENSE, EntryState.FOREIGN, EntryState.OPERATING,
    EntryState.DOUBTFUL,
)  # fmt: skip
#: Shorter words say nothing about whose payment it is.
SHORTEST_MARK = 4


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Money that came in and belongs to nobody yet, with all its words made comparable."""

    words: str
    amount_cents: int


@dataclass(frozen=True, slots=True)
class Bank:
    """What the bank has told us: until when, by when it should have, and what is unmatched."""

    last_day: date | None
    needed_day: date
    unmatched: tuple[Unmatched, ...]


def read_bank(after_id: int = 0) -> Bank:
    """What the bank has told us; unmatched money only of entries after this one."""
    agency = get_agency()
    return Bank(
        last_day=last_bank_day(agency.trust_iban),
        needed_day=last_banking_day(clock.today(), agency.place),
        unmatched=tuple(_list_unmatched(after_id)),
    )


def last_bank_day(iban: str) -> date | None:
    """The last day that a statement of this account covers."""
    return db.session.scalar(
        select(func.max(BankImport.last_day)).where(
            BankImport.iban == iban, BankImport.refused_code.is_(None)
        )
    )


def check_money(bank: Bank, marks: Collection[str], amounts: Collection[int]) -> Iterator[Finding]:
    """What the bank still has to tell us before this case is filed."""
    needed = bank.needed_day.isoformat()
    if bank.last_day is None:
        yield _error("bank_never_imported", "bank", needed=needed)
    elif bank.last_day < bank.needed_day:
        yield _error("bank_days_missing", "bank", day=bank.last_day.isoformat(), needed=needed)
    if count := count_candidates(bank.unmatched, marks, amounts):
        yield _error("suspense_candidate", "suspense", count=count)


def require_bank(bank: Bank) -> None:
    """The bank must have been read; raises BankNeverImported, BankNotImported."""
    if bank.last_day is None:
        raise BankNeverImported
    if bank.last_day < bank.needed_day:
        raise BankNotImported(day=bank.last_day)


def count_candidates(
    unmatched: Sequence[Unmatched], marks: Collection[str], amounts: Collection[int]
) -> int:
    """Unmatched money that may belong to a case: careful, so rather one too many."""
    return sum(
        entry.amount_cents in amounts or any(mark in entry.words for mark in marks)
        for entry in unmatched
    )


def marks_of(*words: str) -> list[str]:
    """Words by which a payer may name a case, made comparable."""
    return [mark for mark in map(bare, words) if len(mark) >= SHORTEST_MARK]


def marks_of_case(
    number: str, claims: Sequence[Claim], debtors: Sequence[DebtorInCase]
) -> list[str]:
    """The words by which a payer may name a case: its number, an invoice, a debtor's name."""
    invoices = (claim.invoice_number for claim in claims)
    return marks_of(number, *invoices, *(party.debtor.name for party in debtors))


def bare(text: str) -> str:
    """A text as it is compared: letters and digits, without capitals."""
    return "".join(c for c in text.casefold() if c.isalnum())


def cases_with_money(unmatched: Sequence[Unmatched], marks: Mapping[int, list[str]]) -> set[int]:
    """The cases, of many, that unmatched money names."""
    return {
        case_id
        for case_id, words in marks.items()
        if any(mark in entry.words for entry in unmatched for mark in words)
    }


def last_bank_entry() -> int:
    """The newest bank entry we know; what comes later is looked at when a file is confirmed."""
    return db.session.scalar(select(func.max(BankEntry.id))) or 0


def _list_unmatched(after_id: int) -> Iterator[Unmatched]:
    query = select(BankEntry).where(
        BankEntry.state.in_(_UNMATCHED), BankEntry.amount_cents > 0, BankEntry.id > after_id
    )
    for row in db.session.scalars(query):
        words = (row.purpose, row.counterparty_name, row.end_to_end, row.structured_reference)
        yield Unmatched(bare(" ".join(word for word in words if word)), row.amount_cents)


def _error(code: str, path: str, **params: str | int) -> Finding:
    return Finding(code, Severity.ERROR, field=path, params=params)
