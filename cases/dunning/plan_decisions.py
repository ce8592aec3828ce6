"""What the client's answer about a plan beyond his limits leads to."""

from cases.claims import timeline
from cases.claims.asking.models import ClientApproval
from cases.claims.models import Case
from cases.core.database import db
from cases.core.errors import Refusal
from cases.core.locks import lock_row
from cases.plans.models import Plan, PlanState
from cases.plans.services import client_decided
from legal.errors import InvariantBroken


def client_answered(case: Case, approval: ClientApproval) -> bool:
    """Offer the plan, or end it; the case is locked.

    A plan that cannot be offered as it is, since days have passed, waits for a person.
    """
    if approval.subject_id is None:
        raise InvariantBroken("a question about a plan names it")
    plan = lock_row(Plan, approval.subject_id)
    if plan.state is not PlanState.ASKED:
        return True
    before = db.session.begin_nested()
    try:
        client_decided(case, plan, agrees=approval.agrees)
        before.commit()
    except Refusal:
        before.rollback()
        plan.client_agreed_at = approval.decided_at
        timeline.record(case, "plan.not_offered", plan_id=plan.id)
    return True
