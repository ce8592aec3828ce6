"""What a person is shown for money in suspense: cases it may belong to, payments it may undo."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import and_, literal, or_, select

from cases.claims.models import Case, Phase
from cases.claims.queries import list_cases_by_number
from cases.claims.search import CaseFilter, first_debtor_names, list_cases
from cases.core import clock
from cases.core.database import db
from cases.ledger.queries import shown_statement
from cases.parties.queries import get_creditor
from cases.payments.lookups import CandidateLookups
from cases.payments.matching import RANK, Reason, propose_matches
from cases.payments.models import BankEntry, EntryState
from cases.payments.placing import payment_of
from cases.payments.queries import EntryLine, with_cases

MOST = 8
SHORTEST_NAME = 3
ENDED = frozenset({Phase.CLOSED})
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
    known = _candidates(entry, [(cases[each.case_number], each.reason) for each in proposals])
    return [*known, *_by_name(entry, {each.case.id for each in known})][:MOST]


def _by_name(entry: BankEntry, known: Collection[int]) -> list[Candidate]:
    """Open cases against somebody of the payer's name; the exact open amount stands first."""
    name = (entry.counterparty_name or "").strip()
    if len(name) < SHORTEST_NAME:
        return []
    found = [each.case for each in list_cases(CaseFilter(text=name), limit=MOST)]
    wanted = [(c, Reason.PAYER_NAME) for c in found if c.id not in known and c.phase not in ENDED]
    shown: list[Candidate] = []
    for each in _candidates(entry, wanted):
        exact = each.open_cents == entry.amount_cents and not each.refused
        reason = Reason.PAYER_NAME_AND_AMOUNT if exact else Reason.PAYER_NAME
        shown.append(replace(each, reason=reason))
    return sorted(shown, key=lambda each: RANK.index(each.reason or Reason.PAYER_NAME))


def search_candidates(entry: BankEntry, text: str) -> list[Candidate]:
    """The cases that fit what a person looks for: a number, an invoice, a name."""
    found = list_cases(CaseFilter(text=text), limit=MOST)
    return _candidates(entry, [(each.case, None) for each in found])


def list_originals(entry: BankEntry) -> list[EntryLine]:
    """The payments that a return may take back: same account, and its amount or reference.

    A bank may take its charge with the return, so the amount may be larger by that, or name the
    original one. What fits best stands first, then the latest.
    """
    if entry.amount_cents >= 0:
        return []
    query = (
        select(BankEntry)
        .where(
            or_(
                BankEntry.amount_cents.in_(taken_cents(entry)),
                and_(
                    literal(bool(entry.end_to_end)),
                    BankEntry.end_to_end == (entry.end_to_end or ""),
                    BankEntry.amount_cents.between(1, -entry.amount_cents),
                ),
            ),
            BankEntry.iban == entry.iban,
            BankEntry.currency == entry.currency,
            BankEntry.value_on <= entry.value_on,
            BankEntry.state.in_(TAKEABLE),
        )
        .order_by(BankEntry.value_on.desc(), BankEntry.id.desc())
        .limit(MOST)
    )
    lines = with_cases(list(db.session.scalars(query)))
    return sorted(lines, key=lambda line: _unlike(entry, line.entry))


def taken_cents(entry: BankEntry) -> set[int]:
    """What a return may have taken back: its amount, less the charge, or as the bank names it."""
    cents = -entry.amount_cents
    found = {cents, cents - entry.charges_cents, abs(entry.original_cents or cents)}
    return {each for each in found if 0 < each <= cents}


def _unlike(entry: BankEntry, original: BankEntry) -> tuple[bool, bool, bool]:
    """What speaks against one undoing the other: reference, then the amount that the bank names
    as the original one, then the account."""
    named = abs(entry.original_cents or 0) or -entry.amount_cents - entry.charges_cents
    same_reference = bool(entry.end_to_end) and entry.end_to_end == original.end_to_end
    same_payer = bool(entry.counterparty_iban) and (
        entry.counterparty_iban == original.counterparty_iban
    )
    return not same_reference, original.amount_cents != named, not same_payer


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
