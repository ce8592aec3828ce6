"""Apply court messages after a person has confirmed them; record events by hand.

One message moves every proceeding it names, books its costs and draws its consequences, or does
nothing at all.
"""

from datetime import date

from cases.claims.queries import lock_case
from cases.core import audit, clock
from cases.filings import liability_log
from cases.filings.applications.batches import record_receipt
from cases.filings.applications.models import FilingBatch
from cases.filings.applications.readiness import read_message
from cases.filings.court_mail.inbox import (
    find_proceeding,
    is_overtaken,
    match,
    refusal_of,
)
from cases.filings.court_mail.models import CourtMessage, MessageState
from cases.filings.errors import (
    MessageDamaged,
    MessageDecided,
    MessageFromFuture,
    MessageUnmatched,
    NotInThisState,
    ReasonNeeded,
)
from cases.filings.proceedings.costs import book_costs, record_payable, title_costs
from cases.filings.proceedings.event_consequences import follow
from cases.filings.proceedings.models import Proceeding
from cases.filings.proceedings.nightly_watch import settle_alarm
from cases.filings.proceedings.services import lock_proceeding, take_event
from legal.court_papers import Incoming, Proposal
from legal.proceeding import CourtEventKind, Event, MovesBackwards, NotPossibleNow

_OPEN = frozenset({MessageState.PROPOSED, MessageState.PARKED})


def apply_message(row: CourtMessage, *, despite_future: bool = False) -> int:
    """Apply a message; how many proceedings it moved. A backward one is refused and stays shown.

    Raises:
        MessageDecided, MessageDamaged, MessageUnmatched, NotInThisState; MessageFromFuture: a
        person has to confirm a day that has not come.
    """
    _require_open(row)
    if row.is_damaged:
        raise MessageDamaged
    found = read_message(row)
    if row.case_id is None or found is None:
        raise MessageUnmatched
    lock_case(row.case_id)
    proposals = found.proposals
    latest = max([row.sent_on, *(proposal.event.on for proposal in proposals)])
    if latest > clock.today() and not despite_future:
        raise MessageFromFuture(day=latest)
    refusal, _ = refusal_of(proposals)
    if refusal == "moves_backwards" and is_overtaken(found):
        _take_overtaken(row, found)
        return 0
    if refusal == "moves_backwards":
        _decide(row, MessageState.REFUSED, refusal)
        return 0
    if refusal is not None:
        raise MessageUnmatched if refusal == "proceeding_unknown" else NotInThisState
    moved = sum(_apply(row, found, proposal) for proposal in proposals)
    if moved:
        _book(row, found)
    _decide(row, MessageState.APPLIED, None if moved else "known")
    return moved


def take_receipt(row: CourtMessage, batch: FilingBatch) -> None:
    """A receipt names no file; a person says which one it belongs to."""
    _require_open(row)
    record_receipt(batch, row.id)
    settle_alarm(batch)
    _decide(row, MessageState.APPLIED, None)


def set_aside(row: CourtMessage, reason: str) -> None:
    """A message that was looked at and is not needed. Raises ReasonNeeded, MessageDecided."""
    _require_open(row)
    if not reason.strip():
        raise ReasonNeeded
    _decide(row, MessageState.SET_ASIDE, reason.strip())


def match_again(row: CourtMessage) -> None:
    """Look once more whose a parked message is, for instance after a number was recorded."""
    _require_open(row)
    match(row)


def record_event(
    proceeding: Proceeding,
    kind: CourtEventKind,
    on: date,
    *,
    partial: bool = False,
    received_on: date | None = None,
    court_number: str = "",
    note: str = "",
) -> None:
    """Record by hand what came on paper. Raises NotInThisState."""
    locked = lock_proceeding(proceeding.id)
    event = Event(kind, on, partial, received_on)
    if court_number.strip():
        _name(locked, court_number.strip())
    try:
        new = take_event(locked, event, note=note.strip() or None)
    except (MovesBackwards, NotPossibleNow) as error:
        raise NotInThisState from error
    if new:
        liability_log.note(
            locked, kind.value, "recorded_by_hand", after={"happened_on": on},
            reason=note.strip() or None,
        )  # fmt: skip
        follow(locked, event, why=note.strip())


def _apply(row: CourtMessage, found: Incoming, proposal: Proposal) -> bool:
    proceeding = find_proceeding(proposal)
    if proceeding is None:
        raise MessageUnmatched
    proceeding = lock_proceeding(proceeding.id)
    if proposal.court_number:
        _name(proceeding, proposal.court_number)
    if not take_event(proceeding, proposal.event, message_id=row.id):
        return False
    follow(proceeding, proposal.event, why=found.why, message_id=row.id)
    return True


def _take_overtaken(row: CourtMessage, found: Incoming) -> None:
    """A cost note that a later message has overtaken: numbers and costs are taken, no event."""
    for proposal in found.proposals:
        proceeding = find_proceeding(proposal)
        if proceeding is not None and proposal.court_number:
            _name(lock_proceeding(proceeding.id), proposal.court_number)
    _book(row, found)
    _decide(row, MessageState.APPLIED, "overtaken")


def _name(proceeding: Proceeding, number: str) -> None:
    """The court's number, once it is known; a different one is never written over it."""
    if proceeding.court_number is None:
        proceeding.court_number = number
        audit.record(
            "proceeding.named", "proceeding", proceeding.id, creditor_id=proceeding.creditor_id
        )


def _book(row: CourtMessage, found: Incoming) -> None:
    costs = found.costs
    if costs is None:
        return
    book_costs(row, costs)
    if costs.bill is not None:
        record_payable(row, costs.bill, costs.on)
    if costs.titled:
        title_costs(row, costs.on)


def _decide(row: CourtMessage, state: MessageState, refusal: str | None) -> None:
    row.state, row.refusal = state, refusal
    row.decided_at, row.decided_by = clock.now(), audit.actor_id()
    audit.record(f"court_message.{state.value}", "court_message", row.id,
                 creditor_id=row.creditor_id)  # fmt: skip


def _require_open(row: CourtMessage) -> None:
    if row.state not in _OPEN:
        raise MessageDecided
