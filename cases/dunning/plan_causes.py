"""What a plan puts on the worklist, and what money does to it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from cases.claims.models import Case, TimelineEvent
from cases.plans.models import EndedBy, PlanState
from cases.plans.queries import find_last_fulfilled, find_open_plan
from cases.plans.running import after_payment, after_return
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_queue, finish_reasons

#: What a plan leaves to do; all of it is over when the plan runs, is fulfilled or ends.
OF_PLANS = (
    "plan_broken", "plan_waits", "plan_refused", "plan_lapsed", "plan_returned", "plan_overpaid",
    "plan_to_offer", "plan_rest",
)  # fmt: skip
#: What a plan answers or makes needless.
ANSWERED = ("instalments_asked", "refuses_to_pay", "payment_expected", "not_reached")
#: Ends of which the debtor does not know.
UNTOLD = {EndedBy.CLIENT_REFUSED.value, EndedBy.SECOND_REFUSED.value}


def on_payment(case: Case) -> None:
    """Money came: perhaps the plan is fulfilled with it, perhaps it may run on."""
    plan = find_open_plan(case.id)
    if plan is not None:
        after_payment(case, plan)


def on_return(case: Case) -> None:
    """Money went back: the plan, or one that it had fulfilled, is put back."""
    plan = find_open_plan(case.id) or find_last_fulfilled(case.id)
    if plan is not None and plan.state in {PlanState.RUNNING, PlanState.FULFILLED}:
        after_return(case, plan)


def _asked(case: Case, event: TimelineEvent) -> None:
    _add(case, event, "plan_waits", amount_cents=event.params["amount_cents"])


def _started(case: Case, event: TimelineEvent) -> None:
    finish_reasons(case, *OF_PLANS, *ANSWERED)
    finish_queue(case, WorkQueue.BROKEN_PROMISE)
    finish_queue(case, WorkQueue.STEP_DUE)


def _broken(case: Case, event: TimelineEvent) -> None:
    add_item(
        case,
        WorkQueue.BROKEN_PROMISE,
        "plan_broken",
        f"plan:{event.params['plan_id']}:broken",
        since=date.fromisoformat(event.params["due_on"]),
        owner_id=case.owner_id,
        amount_cents=event.params["amount_cents"],
        due_on=event.params["due_on"],
    )


def _over(case: Case, event: TimelineEvent) -> None:
    """Whatever waited for the plan is over; who was refused is told, who lapsed is asked."""
    finish_reasons(case, *OF_PLANS)
    ended = event.params.get("ended_code")
    if case.closed_at is not None or ended is None:
        return
    if ended in UNTOLD:
        _add(case, event, "plan_refused", ended_code=ended)
    elif ended == EndedBy.LAPSED.value:
        _add(case, event, "plan_lapsed", valid_until_on=str(event.occurred_on - timedelta(days=1)))
    elif ended != EndedBy.CASE_ENDED.value:
        _add(case, event, "plan_refused", ended_code=ended)


def _returned(case: Case, event: TimelineEvent) -> None:
    _add(
        case, event, "plan_returned",
        amount_cents=event.params["amount_cents"], until_on=event.params["until_on"],
    )  # fmt: skip


def _amount(reason: str) -> Callable[[Case, TimelineEvent], None]:
    return lambda case, event: _add(case, event, reason, amount_cents=event.params["amount_cents"])


def _add(case: Case, event: TimelineEvent, reason: str, **params: Any) -> None:
    add_item(
        case,
        WorkQueue.TASK,
        reason,
        f"plan:{event.params['plan_id']}:{reason}",
        owner_id=case.owner_id,
        **params,
    )


RULES: dict[str, Callable[[Case, TimelineEvent], None]] = {
    "plan.asked": _asked,
    "plan.client_agreed": lambda case, _: finish_reasons(case, "plan_waits"),
    "plan.not_offered": lambda case, event: _add(case, event, "plan_to_offer"),
    "plan.offered": lambda case, _: finish_reasons(case, *OF_PLANS, *ANSWERED),
    "plan.started": _started,
    "plan.resumed": lambda case, _: finish_reasons(case, *OF_PLANS),
    "plan.broken": _broken,
    "plan.returned": _returned,
    "plan.overpaid": _amount("plan_overpaid"),
    "plan.rest_open": _amount("plan_rest"),
    "plan.fulfilled": lambda case, _: finish_reasons(case, *OF_PLANS),
    "plan.ended": _over,
}
