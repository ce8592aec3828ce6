"""What becomes of plans when a case ends, or is opened again."""

from cases.claims.ending import Ending
from cases.claims.models import Case, Outcome
from cases.people import approvals
from cases.plans.models import EndedBy, PlanState
from cases.plans.queries import find_last_fulfilled, find_open_plan
from cases.plans.running import after_return, end, fulfil

#: Ends in which what was agreed has been done.
DONE = frozenset({Outcome.PAID, Outcome.SETTLED})
#: Kind of approval for what the house lets go of its own.
SECOND_PERSON = "plan.let_go"


def end_plans(case: Case, ending: Ending) -> None:
    """Nobody waits for instalments any more."""
    plan = find_open_plan(case.id)
    if plan is None:
        return
    approvals.close_open(SECOND_PERSON, plan.id)
    if ending.outcome in DONE and plan.state in {PlanState.RUNNING, PlanState.BROKEN}:
        fulfil(case, plan)
    else:
        end(case, plan, EndedBy.CASE_ENDED)


def resume_plans(case: Case, reason: str) -> None:
    """A payment of a fulfilled plan went back: the plan runs on with what is missing."""
    plan = find_last_fulfilled(case.id)
    if plan is not None and find_open_plan(case.id) is None:
        after_return(case, plan)
