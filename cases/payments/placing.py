"""Money in suspense finds its case: what is certain is allocated, the rest waits for a person."""

from sqlalchemy import select

from cases.claims.models import Case
from cases.claims.queries import lock_cases
from cases.core.database import db
from cases.ledger.queries import statement
from cases.payments.booking import book_payment, money_of
from cases.payments.designation import NONE, Designation, recognise
from cases.payments.errors import (
    CaseNotComputable,
    CaseTakesNoMoney,
    CurrencyDiffers,
    NothingOwed,
)
from cases.payments.lookups import ExactLookups
from cases.payments.matching import Certainty, MatchProposal, Payment, Reason, propose_matches
from cases.payments.models import BankEntry, BankImport, EntryState
from cases.payments.standing import Standing
from legal.errors import LawError

BATCH = 100
_WHY_NOT: dict[type[Exception], Standing | Reason] = {
    CaseTakesNoMoney: Standing.CASE_CLOSED,
    CurrencyDiffers: Reason.OTHER_CURRENCY,
    NothingOwed: Standing.NOTHING_OWED,
    CaseNotComputable: Standing.NOT_COMPUTABLE,
}


def place_batch(bank_file_id: int, limit: int = BATCH) -> int:
    """Match the next entries of a file that wait, in the order of value days; returns how many."""
    entries = list(
        db.session.scalars(
            select(BankEntry)
            .join(BankImport, BankImport.id == BankEntry.import_id)
            .where(BankImport.bank_file_id == bank_file_id, BankEntry.state == EntryState.WAITING)
            .order_by(BankEntry.value_on, BankEntry.id)
            .limit(limit)
            .with_for_update(of=BankEntry, key_share=True)
            .execution_options(populate_existing=True)
        )
    )
    payments = {entry.id: payment_of(entry) for entry in entries}
    lookups = ExactLookups(payments.values())
    proposals = {entry.id: propose_matches(payments[entry.id], lookups) for entry in entries}
    cases = _lock_certain(proposals, lookups)
    for entry in entries:
        _place(entry, proposals[entry.id], cases)
    return len(entries)


def payment_of(entry: BankEntry) -> Payment:
    """An entry as matching reads it."""
    return Payment(
        amount_cents=entry.amount_cents,
        currency=entry.currency,
        structured=tuple((entry.structured_reference or "").splitlines()),
        end_to_end=entry.end_to_end or "",
        purpose=entry.purpose,
        iban=entry.counterparty_iban or "",
        undoes=entry.is_return or entry.amount_cents <= 0,
    )


def _lock_certain(
    proposals: dict[int, list[MatchProposal]], lookups: ExactLookups
) -> dict[str, Case]:
    """The cases that something will be booked on, all locked before the first booking."""
    numbers = {found[0].case_number for found in proposals.values() if _is_certain(found)}
    ids = {case.id for number in numbers if (case := lookups.cases.get(number))}
    return {case.number: case for case in lock_cases(ids).values()} if ids else {}


def _place(entry: BankEntry, proposals: list[MatchProposal], cases: dict[str, Case]) -> None:
    if not _is_certain(proposals):
        reason = proposals[0].reason if proposals else _no_proposal(entry)
        foreign = reason is Reason.OTHER_CURRENCY
        entry.state = EntryState.FOREIGN if foreign else EntryState.SUSPENSE
        entry.reason = reason.value
        return
    case = cases[proposals[0].case_number]
    try:
        wish = wish_of(entry, case)
        if not wish.certain:
            entry.state, entry.reason = EntryState.SUSPENSE, Standing.DESIGNATED.value
            return
        with db.session.begin_nested():  # One case that refuses leaves nothing half done.
            book_payment(case, money_of(entry, wish))
    except tuple(_WHY_NOT) as refusal:
        entry.state, entry.reason = EntryState.SUSPENSE, _WHY_NOT[type(refusal)].value
    else:
        entry.state, entry.reason = EntryState.BOOKED, proposals[0].reason.value


def wish_of(entry: BankEntry, case: Case) -> Designation:
    """What the debtor wants paid in this case, by the words and the amount of his payment."""
    if case.currency != entry.currency:
        return NONE
    try:
        owed = statement(case.id, entry.value_on)
    except LawError as unknown:
        raise CaseNotComputable from unknown
    words = "\n".join(filter(None, (entry.purpose, entry.end_to_end, entry.structured_reference)))
    return recognise(words, entry.amount_cents, owed)


def _no_proposal(entry: BankEntry) -> Standing | Reason:
    return Reason.RETURN_OR_REVERSAL if entry.is_return else Standing.NO_MATCH


def _is_certain(proposals: list[MatchProposal]) -> bool:
    return bool(proposals) and proposals[0].certainty is Certainty.CERTAIN
