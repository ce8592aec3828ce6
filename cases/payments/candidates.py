"""What a person is shown for money in suspense: cases it may belong to, payments it may undo."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from cases.claims.models import Case, Phase
from cases.claims.queries import list_cases_by_number
from cases.claims.search import CaseFilter, first_debtor_names, list_cases
from cases.core import clock
from cases.core.database import db
from cases.ledger.queries import shown_statement
from cases.parties.queries import get_creditor
from cases.payments.lookups import CandidateLookups
from cases.payments.matching import Reason, propose_matches
from cases.payments.models import BankEntry, EntryState
from cases.payments.placing import payment_of
from cases.payments.queries import EntryLine, with_cases

MOST = 8
#: What a return can take back.
TAKEABLE = (EntryState.BOOKED, EntryState.ASSIGNED, EntryState.SUSPENSE, EntryState.FOREIGN)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that money may belong to: why, and what would be left open."""

    case: Case
    debtor_name: str
    creditor_name: str
    reason: Reason | None  # None: it was searched for.
    open_cents: int
    left_cents: int
    surplus_cents: int
    refused: str | None  # Why it cannot take this money: a code of cases.payments.errors.


def list_candidates(entry: BankEntry) -> list[Candidate]:
    """The cases that matching proposes for an entry, the best first."""
    payment = payment_of(entry)
    if payment.amount_cents <= 0:
        return []
    proposals = propose_matches(payment, CandidateLookups([payment]))[:MOST]
    cases = {
        case.number: case for case in list_cases_by_number([each.case_number for each in proposals])
    }
    return _candidates(entry, [(cases[each.case_number], each.reason) for each in proposals])


def search_candidates(entry: BankEntry, text: str) -> list[Candidate]:
    """The cases that fit what a person looks for: a number, an invoice, a name."""
    found = list_cases(CaseFilter(text=text), limit=MOST)
    return _candidates(entry, [(each.case, None) for each in found])


def list_originals(entry: BankEntry) -> list[EntryLine]:
    """The payments that a return may take back: same account and amount, the latest first."""
    if entry.amount_cents >= 0:
        return []
    query = (
        select(BankEntry)
        .where(
            BankEntry.amount_cents == -entry.amount_cents,
            BankEntry.iban == entry.iban,
            BankEntry.currency == entry.currency,
            BankEntry.value_on <= entry.value_on,
            BankEntry.state.in_(TAKEABLE),
        )
        .order_by(BankEntry.value_on.desc(), BankEntry.id.desc())
        .limit(MOST)
    )
    lines = with_cases(list(db.session.scalars(query)))
    return sorted(lines, key=lambda line: not _alike(entry, line.entry))


def _alike(entry: BankEntry, original: BankEntry) -> bool:
    """Whether account or reference say that one undoes the other."""
    same_payer = bool(entry.counterparty_iban) and (
        entry.counterparty_iban == original.counterparty_iban
    )
    return same_payer or (bool(entry.end_to_end) and entry.end_to_end == original.end_to_end)


def _candidates(entry: BankEntry, found: Iterable[tuple[Case, Reason | None]]) -> list[Candidate]:
    pairs = list(found)
    names = first_debtor_names([case.id for case, _ in pairs])
    return [_candidate(entry, case, reason, names.get(case.id, "")) for case, reason in pairs]


def _candidate(entry: BankEntry, case: Case, reason: Reason | None, debtor_name: str) -> Candidate:
    account = shown_statement(case.id, max(clock.today(), entry.value_on))
    owed = account.open_cents
    paid = min(entry.amount_cents, max(owed, 0))
    return Candidate(
        case,
        debtor_name,
        get_creditor(case.creditor_id).name,
        reason,
        owed,
        left_cents=max(owed, 0) - paid,
        surplus_cents=entry.amount_cents - paid,
        refused="not_computable" if account.failures else _refused(entry, case, owed),
    )


def _refused(entry: BankEntry, case: Case, owed_cents: int) -> str | None:
    if case.currency != entry.currency:
        return "currency_differs"
    if case.phase is Phase.CLOSED:
        return "case_takes_no_money"
    return "nothing_owed" if owed_cents <= 0 else None
