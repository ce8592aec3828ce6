"""The client's word on a visit, where his contract asks for it: in his portal, or told to us."""

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import lock_case
from cases.contacts.visits.errors import VisitDecisionWordsMissing, VisitNotOpen
from cases.contacts.visits.models import Visit, VisitDecision, VisitState
from cases.contacts.visits.planning import lock_visit, told
from cases.contacts.visits.queries import find_visit_decision
from cases.core import audit, clock
from cases.core.database import db
from cases.core.locks import relock
from cases.core.outbox import register_effect
from legal.errors import InvariantBroken

EFFECT = "visit.decided"


def decide_visit(visit: Visit, user_id: int, *, agrees: bool, words: str = "") -> VisitDecision:
    """Keep what the client decided in his portal; a worker goes on with it.

    Raises:
        VisitNotOpen: it is decided already, or nobody asks any more.
        VisitDecisionWordsMissing: a refusal says why.
    """
    decision = _decide(visit, user_id, agrees=agrees, words=words)
    register_effect(EFFECT, f"visit:{visit.id}:decided", visit_id=visit.id)
    return decision


def note_decision(visit: Visit, *, agrees: bool, words: str) -> None:
    """The client has told us what he decides; how he did is written down.

    Raises:
        VisitNotOpen, VisitDecisionWordsMissing.
    """
    case, user_id = lock_visit(visit), audit.actor_id()
    if user_id is None:
        raise InvariantBroken("a decision is noted by somebody")
    if not words.strip():
        raise VisitDecisionWordsMissing
    _go_on(case, visit, _decide(visit, user_id, agrees=agrees, words=words))


def carry_out_decision(key: str, visit_id: int) -> None:
    """Carry out the effect `visit.decided`: the visit is planned, or nobody goes."""
    visit = db.session.get_one(Visit, visit_id)
    case, decision = lock_case(visit.case_id), find_visit_decision(visit_id)
    relock(visit)
    if decision is not None and visit.state is VisitState.ASKED:
        audit.set_actor(decision.decided_by)
        _go_on(case, visit, decision)


def _decide(visit: Visit, user_id: int, *, agrees: bool, words: str) -> VisitDecision:
    if visit.state is not VisitState.ASKED or find_visit_decision(visit.id) is not None:
        raise VisitNotOpen
    if not agrees and not words.strip():
        raise VisitDecisionWordsMissing
    decision = VisitDecision(
        visit_id=visit.id,
        creditor_id=visit.creditor_id,
        agrees=agrees,
        words=words.strip() or None,
        decided_by=user_id,
        decided_at=clock.now(),
    )
    db.session.add(decision)
    db.session.flush()
    audit.record("visit.decided", "visit", visit.id, creditor_id=visit.creditor_id)
    return decision


def _go_on(case: Case, visit: Visit, decision: VisitDecision) -> None:
    if decision.agrees:
        visit.state = VisitState.PLANNED
        timeline.record(case, "visit.client_agreed", **told(visit))
    else:
        visit.state, visit.ended_because = VisitState.REFUSED, decision.words
        timeline.record(case, "visit.client_refused", why=decision.words or "", **told(visit))
