"""A plan while it runs: it begins, breaks, goes on, is fulfilled or ends. The case is locked."""

from datetime import date, timedelta

from cases.claims import timeline
from cases.claims.asking.models import AskedFor
from cases.claims.asking.services import withdraw
from cases.claims.ending import Ending, Remainder, end_case
from cases.claims.law import law_of
from cases.claims.limitation import keep_event_of
from cases.claims.models import Case, Hold, HoldReason, Outcome, Phase
from cases.claims.queries import list_claims
from cases.claims.services import lift_hold, set_hold
from cases.contacts.models import PromiseState
from cases.contacts.promises import settle_promise
from cases.contacts.queries import list_open_promises
from cases.core import clock
from cases.core.database import db
from cases.ledger.services import owed_on
from cases.plans.errors import GraceDayMissing, PlanNotOpen, PlanReasonMissing
from cases.plans.models import OPEN_STATES, EndedBy, Plan, PlanKind, PlanState
from cases.plans.queries import list_instalments, progress_of
from legal.limitation_events import LimitationEvent, LimitationEventKind


def start(case: Case, plan: Plan) -> None:
    """From now on it runs: no pressure, promises are replaced by it."""
    plan.state, plan.broken_on = PlanState.RUNNING, None
    plan.hold_id = set_hold(case, HoldReason.PLAN).id
    for promise in list_open_promises(case.id):
        settle_promise(case, promise, PromiseState.REPLACED)
    instalments = list_instalments(plan.id)
    _keep_suspension(case, plan, instalments[-1].due_on)
    timeline.record(
        case,
        "plan.started",
        plan_id=plan.id,
        amount_cents=instalments[0].amount_cents,
        due_on=instalments[0].due_on,
        last_on=instalments[-1].due_on,
    )


def break_plan(case: Case, plan: Plan, day: date) -> None:
    """An instalment did not come: work goes on, and nothing is let go any more."""
    missed = progress_of(plan, list_instalments(plan.id), day).missed
    if not missed:
        return
    plan.state, plan.broken_on = PlanState.BROKEN, day
    _let_go_on(case, plan)
    _keep_suspension(case, plan, day)
    timeline.record(
        case,
        "plan.broken",
        plan_id=plan.id,
        amount_cents=missed[0].missing_cents,
        due_on=missed[0].due.due_on,
    )


def give_time(case: Case, plan: Plan, until: date) -> None:
    """Let a plan that was broken, or is about to be, run on: the debtor may catch up until a day.

    Raises:
        PlanNotOpen, GraceDayMissing.
    """
    if plan.state not in {PlanState.RUNNING, PlanState.BROKEN} or case.phase is Phase.CLOSED:
        raise PlanNotOpen
    if until <= clock.today():
        raise GraceDayMissing
    plan.grace_until = until
    if plan.state is PlanState.BROKEN:
        _run_on(case, plan)
    timeline.record(case, "plan.resumed", plan_id=plan.id, until_on=until)
    after_payment(case, plan)


def revoke(case: Case, plan: Plan, ended: EndedBy, why: str) -> None:
    """End a plan by hand, with the reason; raises PlanNotOpen, PlanReasonMissing."""
    if plan.state not in OPEN_STATES:
        raise PlanNotOpen
    if not why.strip():
        raise PlanReasonMissing
    end(case, plan, ended, why.strip())


def end(case: Case, plan: Plan, ended: EndedBy, why: str | None = None) -> None:
    """End a plan that is not fulfilled; what stood still for it goes on."""
    withdraw(case, AskedFor.PLAN)
    _let_go_on(case, plan)
    _keep_suspension(case, plan, clock.today())
    plan.state, plan.ended_as, plan.ended_at = PlanState.ENDED, ended, clock.now()
    plan.ended_reason = why
    timeline.record(case, "plan.ended", plan_id=plan.id, ended_code=ended.value, why=why or "")


def fulfil(case: Case, plan: Plan) -> None:
    """All that was agreed is paid."""
    _let_go_on(case, plan)
    _keep_suspension(case, plan, clock.today())
    plan.state, plan.ended_at = PlanState.FULFILLED, clock.now()
    timeline.record(case, "plan.fulfilled", plan_id=plan.id)


def after_payment(case: Case, plan: Plan) -> None:
    """Money came: where all that was agreed is there, the plan is fulfilled.

    With an agreed sum the rest is let go now and not before, and the case ends with it.
    """
    if plan.state is not PlanState.RUNNING:
        return
    standing = progress_of(plan, list_instalments(plan.id), clock.today())
    if plan.agreed_cents is None:
        if owed_on(case, clock.today()).open_cents <= 0:
            fulfil(case, plan)
        return
    if standing.paid_cents < plan.agreed_cents:
        return
    if standing.paid_cents > plan.agreed_cents and plan.let_go_cents:
        timeline.record(
            case, "plan.overpaid", plan_id=plan.id,
            amount_cents=standing.paid_cents - plan.agreed_cents,
        )  # fmt: skip
        return
    fulfil(case, plan)
    if owed_on(case, clock.today()).open_cents > 0:
        end_case(case.id, _ending(plan))


def _ending(plan: Plan) -> Ending:
    """How a case ends whose agreed sum is paid: settled, or paid but for interest let go."""
    reason = plan.reason or ""
    if plan.agreed_cents == plan.open_cents:
        return Ending(Outcome.PAID, Remainder.WAIVED, reason)
    return Ending(Outcome.SETTLED, Remainder.SETTLED, reason)


def after_return(case: Case, plan: Plan) -> None:
    """An instalment went back: what it had paid is due again, and the debtor has time for it."""
    standing = progress_of(plan, list_instalments(plan.id), clock.today())
    if plan.state is PlanState.FULFILLED:
        if standing.is_complete:
            return
        plan.ended_at = None
        _run_on(case, plan)
    if plan.state is not PlanState.RUNNING or not standing.arrears_cents:
        return
    until = clock.today() + timedelta(days=plan.tolerance_days)
    plan.grace_until = max(until, plan.grace_until or until)
    timeline.record(
        case, "plan.returned", plan_id=plan.id, amount_cents=standing.arrears_cents,
        until_on=plan.grace_until,
    )  # fmt: skip


def _run_on(case: Case, plan: Plan) -> None:
    plan.state, plan.broken_on = PlanState.RUNNING, None
    plan.hold_id = set_hold(case, HoldReason.PLAN).id
    _keep_suspension(case, plan, list_instalments(plan.id)[-1].due_on)


def _let_go_on(case: Case, plan: Plan) -> None:
    hold = db.session.get(Hold, plan.hold_id) if plan.hold_id else None
    if hold is not None and hold.lifted_at is None:
        lift_hold(case, hold)
    plan.hold_id = None


def _keep_suspension(case: Case, plan: Plan, last_day: date) -> None:
    """An agreement suspends limitation while it runs; legal confirms that. Law: BGB § 205."""
    begun = plan.accepted_on
    if plan.kind is not PlanKind.AGREEMENT or begun is None:
        return
    if LimitationEventKind.DEFERRAL not in law_of(case).limitation_events:
        return
    event = LimitationEvent(
        LimitationEventKind.DEFERRAL, first_day=begun, last_day=max(last_day, begun)
    )
    keep_event_of(case, list_claims(case.id), f"plan:{plan.id}", event)
