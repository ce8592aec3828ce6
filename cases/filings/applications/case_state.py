"""Whether cases still stand where an application needs them: at each step up to the hand-over.

A case can be closed, withdrawn, held or paid while its application waits. Every step asks again,
for all applications of the step at once, and names the cases that are in the way.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ARRAY, BigInteger, any_, bindparam, exists, select

from cases.claims.law import court_of
from cases.claims.models import Case, Hold, Phase
from cases.claims.queries import get_case_by_id
from cases.core import clock
from cases.core.database import db
from cases.filings.applications.models import Filing, FilingKind
from cases.filings.errors import CaseInTheWay
from cases.filings.proceedings.services import fits, list_as_pure
from legal.proceeding import CourtEventKind

#: Reason code of the readiness check under which legal files despite a hold.
DESPITE_HOLD = "hold_stands"
#: What the hand-over of an application does to its proceeding.
EVENTS = {
    FilingKind.ORDER_NEW_SERVICE: CourtEventKind.ORDER_NEW_SERVICE,
    FilingKind.ENFORCEMENT_ORDER: CourtEventKind.ENFORCEMENT_APPLIED,
    FilingKind.ENFORCEMENT_NEW_SERVICE: CourtEventKind.ENFORCEMENT_NEW_SERVICE,
    FilingKind.QUERY_ANSWER: CourtEventKind.QUERY_ANSWERED,
    FilingKind.LITIGATION: CourtEventKind.REFERRAL_REQUESTED,
}
_IN_COURT = frozenset({Phase.COURT, Phase.ENFORCEMENT})
#: Kind -> the phases in which a case has it filed; every other kind: in court or enforcement.
_PHASES = {
    FilingKind.PAYMENT_ORDER: frozenset({Phase.COURT}),
    # What is running at the court has to be ended there whatever became of the case.
    FilingKind.WITHDRAWAL: _IN_COURT | {Phase.CLOSED},
}
#: These go on whatever stands still: they end a proceeding, or keep the court from refusing it.
DESPITE_ALL_HOLDS = frozenset({FilingKind.WITHDRAWAL, FilingKind.QUERY_ANSWER})


class Obstacle(StrEnum):
    """What became of a case that keeps its application here."""

    CLOSED = "case_closed"
    NOT_IN_COURT = "case_not_in_court"
    PAID = "case_paid"
    HELD = "case_held"
    MONEY = "money_in_suspense"
    MOVED = "proceeding_moved"
    BOOKED = "booked_since_release"  # The file claims what is no longer owed like that.


@dataclass(frozen=True, slots=True)
class InTheWay:
    """One case that keeps its application here, and why."""

    filing_id: int
    case_id: int
    number: str
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is looked at of one application and its case."""

    filing: Filing
    number: str
    phase: Phase
    open_cents: int
    received_cents: int
    is_held: bool


def list_in_the_way(filings: Sequence[Filing]) -> list[InTheWay]:
    """The cases that keep these applications here, one obstacle for each; most have none."""
    found = []
    moved = _list_moved(filings)
    for seen in _look_at([filing.id for filing in filings]):
        obstacle = _obstacle(seen)
        if obstacle is None and seen.filing.id in moved:
            obstacle = Obstacle.MOVED
        if obstacle is not None:
            found.append(InTheWay(seen.filing.id, seen.filing.case_id, seen.number, obstacle))
    return found


def event_of(filing: Filing) -> CourtEventKind:
    """What the hand-over of a later application does to its proceeding."""
    if filing.kind is FilingKind.WITHDRAWAL:
        resolved = filing.content.get("kind") == "resolved"
        return CourtEventKind.RESOLVED if resolved else CourtEventKind.WITHDRAWN
    return EVENTS[filing.kind]


def require_in_place(filings: Sequence[Filing]) -> None:
    """Raises CaseInTheWay, which names the case and what became of it."""
    refuse(list_in_the_way(filings))


def refuse(in_the_way: Sequence[InTheWay]) -> None:
    """Name the first cases that are in the way; raises CaseInTheWay if there is one."""
    if in_the_way:
        raise CaseInTheWay.of([(each.number, each.obstacle.value) for each in in_the_way])


def require_phase(case: Case, kind: FilingKind) -> None:
    """A draft is made only where its case is; raises CaseInTheWay."""
    if case.phase not in _PHASES.get(kind, _IN_COURT):
        obstacle = Obstacle.CLOSED if case.phase is Phase.CLOSED else Obstacle.NOT_IN_COURT
        raise CaseInTheWay.of([(case.number, obstacle.value)])


def _obstacle(seen: _Seen) -> Obstacle | None:
    kind = seen.filing.kind
    if seen.phase not in _PHASES.get(kind, _IN_COURT):
        return Obstacle.CLOSED if seen.phase is Phase.CLOSED else Obstacle.NOT_IN_COURT
    if kind is FilingKind.WITHDRAWAL:
        return None
    if seen.open_cents <= 0:
        return Obstacle.PAID
    if seen.is_held and kind not in DESPITE_ALL_HOLDS and not _goes_despite_hold(seen.filing):
        return Obstacle.HELD
    released, now = seen.filing.released_balance_cents, seen.open_cents - seen.received_cents
    return Obstacle.BOOKED if released is not None and released != now else None


def _list_moved(filings: Sequence[Filing]) -> set[int]:
    """Later applications whose proceeding has gone on, so that they do not fit any more."""
    later = [filing for filing in filings if filing.proceeding_id is not None]
    states = list_as_pure([filing.proceeding_id or 0 for filing in later])
    today = clock.today()
    return {
        filing.id
        for filing in later
        if not fits(
            court_of(get_case_by_id(filing.case_id)),
            states[filing.proceeding_id or 0],
            event_of(filing),
            today,
        )
    }


def _goes_despite_hold(filing: Filing) -> bool:
    return bool(str(filing.reasons.get(DESPITE_HOLD, "")).strip())


def _look_at(filing_ids: Collection[int]) -> list[_Seen]:
    held = exists().where(Hold.case_id == Case.id, Hold.lifted_at.is_(None))
    ids = bindparam("ids", list(filing_ids), type_=ARRAY(BigInteger))
    rows = db.session.execute(
        select(Filing, Case.number, Case.phase, Case.booked_open_cents, Case.received_cents, held)
        .join(Case, Case.id == Filing.case_id)
        .where(Filing.id == any_(ids))
        .order_by(Filing.id)
    )
    return [_Seen(*row) for row in rows]
