"""The court dunning proceeding against one debtor (Mahnverfahren) as a pure state machine.

What happened is a list of events; state and deadlines follow from it. An event already known is
taken again without effect, one that would move the proceeding backwards is refused.
Law: ZPO §§ 688-703d. Deadlines: `proceeding_deadlines`.
"""

from collections.abc import Mapping
from dataclasses import replace

from legal.errors import LawError
from legal.proceeding import (
    CourtEventKind,
    Event,
    MovesBackwards,
    NotPossibleNow,
    Proceeding,
    State,
)

S, E = State, CourtEventKind
_BEFORE_SERVICE = (S.APPLIED, S.ORDER_ISSUED, S.ORDER_NOT_SERVED, S.ORDER_NEW_SERVICE)
_UNOPPOSED = (*_BEFORE_SERVICE, S.ORDER_SERVED)
_ENFORCEMENT_OPEN = (
    S.ENFORCEMENT_APPLIED,
    S.ENFORCEMENT_ISSUED,
    S.ENFORCEMENT_NOT_SERVED,
    S.ENFORCEMENT_NEW_SERVICE,
)
_ENFORCEMENT = (*_ENFORCEMENT_OPEN, S.ENFORCEMENT_SERVED)
_CONTESTED = (S.OPPOSED, S.PROTESTED, S.REFERRAL_REQUESTED, S.REFERRED)
_RUNNING = (*_UNOPPOSED, S.PARTLY_OPPOSED, *_ENFORCEMENT, *_CONTESTED)

#: From which states an event is possible, and where it leads; None: the state stays.
TRANSITIONS: Mapping[CourtEventKind, tuple[tuple[State, ...], State | None]] = {
    E.QUERIED: (_RUNNING, None),
    E.QUERY_ANSWERED: (_RUNNING, None),
    E.FEE_PAID: (_RUNNING, None),
    E.REFUSED: ((S.APPLIED,), S.REFUSED),
    E.ACTION_FILED: ((S.REFUSED, S.LAPSED), None),
    E.ORDER_ISSUED: ((S.APPLIED,), S.ORDER_ISSUED),
    E.ORDER_NOT_SERVED: (
        (S.APPLIED, S.ORDER_ISSUED, S.ORDER_NEW_SERVICE),
        S.ORDER_NOT_SERVED,
    ),
    E.ORDER_NEW_SERVICE: ((S.ORDER_NOT_SERVED,), S.ORDER_NEW_SERVICE),
    E.ORDER_SERVED: (_BEFORE_SERVICE, S.ORDER_SERVED),
    # Opposition is possible until the enforcement order is issued. Law: ZPO § 694(1).
    E.OPPOSED: ((*_UNOPPOSED, S.PARTLY_OPPOSED, S.ENFORCEMENT_APPLIED), S.OPPOSED),
    E.ENFORCEMENT_APPLIED: ((S.ORDER_SERVED, S.PARTLY_OPPOSED), S.ENFORCEMENT_APPLIED),
    E.ENFORCEMENT_REFUSED: ((S.ENFORCEMENT_APPLIED,), S.LAPSED),
    E.ENFORCEMENT_ISSUED: (
        (S.ORDER_SERVED, S.PARTLY_OPPOSED, S.ENFORCEMENT_APPLIED),
        S.ENFORCEMENT_ISSUED,
    ),
    E.ENFORCEMENT_NOT_SERVED: (
        (S.ENFORCEMENT_APPLIED, S.ENFORCEMENT_ISSUED, S.ENFORCEMENT_NEW_SERVICE),
        S.ENFORCEMENT_NOT_SERVED,
    ),
    E.ENFORCEMENT_NEW_SERVICE: ((S.ENFORCEMENT_NOT_SERVED,), S.ENFORCEMENT_NEW_SERVICE),
    E.ENFORCEMENT_SERVED: (_ENFORCEMENT_OPEN, S.ENFORCEMENT_SERVED),
    # A late opposition counts as a protest. Law: ZPO § 694(2).
    E.PROTESTED: (
        (S.ENFORCEMENT_ISSUED, S.ENFORCEMENT_NOT_SERVED, S.ENFORCEMENT_SERVED),
        S.PROTESTED,
    ),
    E.REFERRAL_REQUESTED: ((S.OPPOSED,), S.REFERRAL_REQUESTED),
    E.REFERRED: ((S.OPPOSED, S.PROTESTED, S.REFERRAL_REQUESTED), S.REFERRED),
    E.STATEMENT_REQUESTED: ((S.REFERRED,), None),
    E.STATEMENT_FILED: ((S.REFERRED,), None),
    E.BECAME_FINAL: ((S.ENFORCEMENT_SERVED,), S.FINAL),
    E.LAPSED: ((S.ORDER_SERVED, S.PARTLY_OPPOSED), S.LAPSED),
    E.WITHDRAWN: (_RUNNING, S.WITHDRAWN),
    E.RESOLVED: (_RUNNING, S.RESOLVED),
}
#: What can happen to the contested part while the rest is on its way to the title.
_OF_CONTESTED_PART = frozenset(
    {E.REFERRAL_REQUESTED, E.REFERRED, E.STATEMENT_REQUESTED, E.STATEMENT_FILED}
)
_ORDER = tuple(State)


def take(proceeding: Proceeding, event: Event) -> Proceeding:
    """The proceeding after this event.

    Raises:
        MovesBackwards: it has already gone further.
        NotPossibleNow: the event does not fit the state.
    """
    if event in proceeding.events:
        return proceeding  # Read again: courts send some messages twice.
    sources, target = TRANSITIONS[event.kind]
    if event.kind is E.OPPOSED and event.partial:
        target = S.PARTLY_OPPOSED
    if event.kind in _OF_CONTESTED_PART and _runs_beside(proceeding):
        return replace(proceeding, events=(*proceeding.events, event))
    if proceeding.state not in sources:
        raise _refusal(proceeding, event, target)
    if event.on < proceeding.applied_on:
        raise NotPossibleNow("This day lies before the application.", field="on")
    state = _next_state(proceeding, event, target)
    return replace(proceeding, state=state, events=(*proceeding.events, event))


def _next_state(proceeding: Proceeding, event: Event, target: State | None) -> State:
    """A partial opposition after the application does not stop the rest."""
    if target is None:
        return proceeding.state
    if event.kind is E.OPPOSED and event.partial and proceeding.state is S.ENFORCEMENT_APPLIED:
        return proceeding.state
    return target


def _runs_beside(proceeding: Proceeding) -> bool:
    """Whether the contested part has a path of its own beside the present state."""
    beside = (S.PARTLY_OPPOSED, *_ENFORCEMENT, S.FINAL)
    return proceeding.partly_contested and proceeding.state in beside


def _refusal(proceeding: Proceeding, event: Event, target: State | None) -> LawError:
    words = f"{event.kind} on {event.on} does not fit the state {proceeding.state}."
    if target is not None and _ORDER.index(target) <= _ORDER.index(proceeding.state):
        return MovesBackwards(words, field="kind")
    return NotPossibleNow(words, field="kind")
