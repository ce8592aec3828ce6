"""Money in suspense finds its case: what is certain is allocated, the rest waits for a person.

What a file brings for one case comes into one batch, so that payments which count later are taken
out and put back once. A batch is booked in one set. If that fails for a reason nobody has foreseen,
each payment is booked alone, and the odd one waits in suspense: no line holds the file up.
"""

import logging
from collections.abc import Sequence

from sqlalchemy import select, text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm.attributes import set_committed_value

from cases.claims.models import Case
from cases.claims.queries import lock_cases
from cases.claims.references import parse_case_numbers
from cases.core.database import attempt, db
from cases.core.many import one_of
from cases.core.outbox import LeaseLost
from cases.core.retrying import RecordBusy
from cases.ledger.queries import statement
from cases.payments.booking import Order, book_payments, money_of
from cases.payments.designation import NONE, Designation, recognise
from cases.payments.errors import (
    CaseNotComputable,
    CaseTakesNoMoney,
    CurrencyDiffers,
    DesignationDoubtful,
    NothingOwed,
)
from cases.payments.lookups import ExactLookups
from cases.payments.matching import Certainty, MatchProposal, Payment, Reason, propose_matches
from cases.payments.models import BankEntry, BankImport, EntryState
from cases.payments.models import Payment as BookedPayment
from cases.payments.standing import Standing
from legal.errors import LawError

log = logging.getLogger(__name__)
BATCH = 1_000
_WHY_NOT: dict[type[Exception], Standing | Reason] = {
    CaseTakesNoMoney: Standing.CASE_CLOSED,
    CurrencyDiffers: Reason.OTHER_CURRENCY,
    NothingOwed: Standing.NOTHING_OWED,
    CaseNotComputable: Standing.NOT_COMPUTABLE,
    DesignationDoubtful: Standing.DESIGNATED,
}
#: What says nothing about a payment: the whole batch is tried again.
_MACHINE_FAILED = (MemoryError, OSError, OperationalError, InterfaceError, RecordBusy, LeaseLost)

Stand = tuple[EntryState, Standing | Reason]
_STAND = text("""
    UPDATE bank_entries e SET state = v.state, reason = v.reason
      FROM unnest(CAST(:ids AS bigint[]), CAST(:states AS text[]), CAST(:reasons AS text[]))
           AS v (id, state, reason)
     WHERE e.id = v.id
""")


def list_batches(bank_file_id: int) -> list[list[int]]:
    """The entries of a file that wait, in batches: those of one case in one, by their value days.

    Which case an entry names first only puts it beside others; matching itself decides later.
    """
    query = (
        select(
            BankEntry.id, BankEntry.structured_reference, BankEntry.end_to_end, BankEntry.purpose
        )
        .join(BankImport, BankImport.id == BankEntry.import_id)
        .where(BankImport.bank_file_id == bank_file_id, BankEntry.state == EntryState.WAITING)
        .order_by(BankEntry.value_on, BankEntry.id)
    )
    together: dict[str, list[int]] = {}
    for entry_id, *words in db.session.execute(query):
        named = parse_case_numbers("\n".join(filter(None, words)))
        together.setdefault(named[0] if named else "", []).append(entry_id)
    batches: list[list[int]] = [[]]
    for ids in together.values():
        if len(batches[-1]) + len(ids) > BATCH:
            batches += [ids[begin : begin + BATCH] for begin in range(0, len(ids), BATCH)]
        else:
            batches[-1] += ids
    return [batch for batch in batches if batch]


def place_batch(entry_ids: Sequence[int]) -> None:
    """Match entries of a file, those that still wait, and book what is certain."""
    entries = list(
        db.session.scalars(
            select(BankEntry)
            .where(one_of(BankEntry.id, entry_ids), BankEntry.state == EntryState.WAITING)
            .order_by(BankEntry.value_on, BankEntry.id)
            .with_for_update(of=BankEntry, key_share=True)
            .execution_options(populate_existing=True)
        )
    )
    payments = {entry.id: payment_of(entry) for entry in entries}
    lookups = ExactLookups(payments.values())
    proposals = {entry.id: propose_matches(payments[entry.id], lookups) for entry in entries}
    certain = [entry for entry in entries if _is_certain(proposals[entry.id])]
    ids = _case_ids(proposals, lookups)
    stands = {entry.id: _unmatched(entry, proposals[entry.id]) for entry in entries}
    for entry, found in zip(certain, _book(certain, ids), strict=True):
        stands[entry.id] = _stand_of(found, proposals[entry.id][0])
    _keep(entries, stands)


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


def _case_ids(proposals: dict[int, list[MatchProposal]], lookups: ExactLookups) -> dict[int, int]:
    """Entry -> the case that it will be booked on."""
    numbers = {key: each[0].case_number for key, each in proposals.items() if _is_certain(each)}
    return {
        entry_id: case.id
        for entry_id, number in numbers.items()
        if (case := lookups.cases.get(number))
    }


def _book(
    entries: Sequence[BankEntry], case_ids: dict[int, int]
) -> list[BookedPayment | Exception]:
    """Book payments in one set; where that fails, in halves, down to the one that is odd."""
    if not entries:
        return []
    # All cases that something will be booked on are locked before the first booking.
    cases = lock_cases({case_ids[entry.id] for entry in entries})
    orders = [
        Order(cases[case_ids[entry.id]], money_of(entry), words_of(entry)) for entry in entries
    ]
    try:
        with attempt():
            return list(book_payments(orders))
    except _MACHINE_FAILED:
        raise
    except Exception as odd:
        if len(entries) == 1:
            log.exception("a bank entry could not be booked", extra={"entry_id": entries[0].id})
            return [odd]
        half = len(entries) // 2
        return [*_book(entries[:half], case_ids), *_book(entries[half:], case_ids)]


def _stand_of(found: BookedPayment | Exception, proposal: MatchProposal) -> Stand:
    if isinstance(found, BookedPayment):
        return EntryState.BOOKED, proposal.reason
    return EntryState.SUSPENSE, _WHY_NOT.get(type(found), Standing.NOT_BOOKED)


def _unmatched(entry: BankEntry, proposals: Sequence[MatchProposal]) -> Stand:
    if not proposals:
        none = Reason.RETURN_OR_REVERSAL if entry.is_return else Standing.NO_MATCH
        return EntryState.SUSPENSE, none
    foreign = proposals[0].reason is Reason.OTHER_CURRENCY
    return EntryState.FOREIGN if foreign else EntryState.SUSPENSE, proposals[0].reason


def _keep(entries: Sequence[BankEntry], stands: dict[int, Stand]) -> None:
    found = [stands[entry.id] for entry in entries]
    values = {
        "ids": [entry.id for entry in entries],
        "states": [state.value for state, _ in found],
        "reasons": [reason.value for _, reason in found],
    }
    db.session.execute(_STAND, values)
    for entry, (state, reason) in zip(entries, found, strict=True):
        set_committed_value(entry, "state", state)
        set_committed_value(entry, "reason", reason.value)


def words_of(entry: BankEntry) -> str:
    """What the payer wrote, in whichever field."""
    return "\n".join(filter(None, (entry.purpose, entry.end_to_end, entry.structured_reference)))


def wish_of(entry: BankEntry, case: Case) -> Designation:
    """What the debtor wants paid in this case, by the words and the amount of his payment."""
    if case.currency != entry.currency:
        return NONE
    try:
        owed = statement(case.id, entry.value_on)
    except LawError as unknown:
        raise CaseNotComputable from unknown
    return recognise(words_of(entry), entry.amount_cents, owed)


def _is_certain(proposals: Sequence[MatchProposal]) -> bool:
    return bool(proposals) and proposals[0].certainty is Certainty.CERTAIN
