"""The client's click in his portal about a plan beyond his limits; a worker carries it out."""

from cases.claims import timeline
from cases.claims.queries import lock_case
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Refusal
from cases.core.locks import relock
from cases.core.outbox import register_effect
from cases.plans.errors import DecisionWordsMissing, PlanNotOpen
from cases.plans.models import Plan, PlanDecision, PlanState
from cases.plans.queries import find_decision
from cases.plans.services import client_decided

EFFECT = "plan.decided"


def decide(plan: Plan, user_id: int, *, agrees: bool, words: str = "") -> PlanDecision:
    """Keep what the client decided; a worker goes on with it.

    Raises:
        PlanNotOpen: it is decided already, or nobody asks any more.
        DecisionWordsMissing: a refusal says why.
    """
    if plan.state is not PlanState.ASKED or not plan.needs_client or find_decision(plan.id):
        raise PlanNotOpen
    if not agrees and not words.strip():
        raise DecisionWordsMissing
    decision = PlanDecision(
        plan_id=plan.id,
        creditor_id=plan.creditor_id,
        agrees=agrees,
        words=words.strip() or None,
        decided_by=user_id,
        decided_at=clock.now(),
    )
    db.session.add(decision)
    db.session.flush()
    audit.record("plan.decided", "plan", plan.id, creditor_id=plan.creditor_id)
    register_effect(EFFECT, f"plan:{plan.id}:decided", plan_id=plan.id)
    return decision


def carry_out_decision(key: str, plan_id: int) -> None:
    """Carry out the effect `plan.decided`: offer the plan, or end it.

    A plan that cannot be offered as it is, since days have passed, waits for a person.
    """
    plan = db.session.get_one(Plan, plan_id)
    case, decision = lock_case(plan.case_id), find_decision(plan_id)
    relock(plan)
    if decision is None or plan.state is not PlanState.ASKED:
        return
    audit.set_actor(decision.decided_by)
    before = db.session.begin_nested()
    try:
        client_decided(case, plan, agrees=decision.agrees)
        before.commit()
    except Refusal:
        before.rollback()
        plan.client_agreed_at = decision.decided_at
        timeline.record(case, "plan.not_offered", plan_id=plan.id)
