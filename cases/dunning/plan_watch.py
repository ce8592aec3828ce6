"""Every night: plans are watched to the day. What is missed breaks them, what nears is reminded of.

Money takes a day or two to be booked; the tolerance of the plan covers it.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Integer, Select, and_, cast, func, or_, select

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import lock_case
from cases.core import clock
from cases.core.database import db
from cases.core.errors import Refusal
from cases.core.runs import RunKind
from cases.dunning.failures import reported
from cases.ledger.services import owed_on
from cases.parties.models import AgencyProfile
from cases.parties.queries import find_agency, get_agency
from cases.payments.models import Payment
from cases.plans.letters import send_reminder
from cases.plans.models import EndedBy, Plan, PlanInstalment, PlanState
from cases.plans.progress import InstalmentProgress, Standing
from cases.plans.queries import find_open_plan, list_instalments, progress_of
from cases.plans.running import break_plan, end
from cases.worklist.services import list_open_items


def cases_with_plans_due(day: date) -> Select[int]:
    """Cases whose plan has something to do on a day: an offer that lapsed, money that lacks."""
    house = find_agency()  # Without one there are no plans, and the night goes on to other work.
    horizon = day + timedelta(days=house.plan_remind_before_days if house else 0)
    due = (
        select(func.coalesce(func.sum(PlanInstalment.amount_cents), 0))
        .where(PlanInstalment.plan_id == Plan.id, PlanInstalment.due_on <= horizon)
        .scalar_subquery()
    )
    paid = (
        select(func.coalesce(func.sum(Payment.amount_cents - Payment.surplus_cents), 0))
        .where(
            Payment.case_id == Plan.case_id,
            Payment.reversed_at.is_(None),
            Payment.value_on >= Plan.made_on,
        )
        .scalar_subquery()
    )
    last_on = (
        select(func.max(PlanInstalment.due_on))
        .where(PlanInstalment.plan_id == Plan.id)
        .scalar_subquery()
    )
    return select(Plan.case_id).where(
        or_(
            and_(Plan.state == PlanState.OFFERED, Plan.valid_until < day),
            and_(
                Plan.state == PlanState.RUNNING,
                or_(
                    due > paid - Plan.paid_that_day_cents,
                    last_on + cast(Plan.tolerance_days, Integer) < day,
                ),
            ),
        )
    )


def watch_all(case_ids: Sequence[int], day: date) -> None:
    """Do what is due for the plans of some cases, taken in the order of their ids."""
    house = get_agency()
    for case_id in case_ids:
        watch(lock_case(case_id), day, house)


def watch(case: Case, day: date, house: AgencyProfile) -> None:
    """Do what is due for the plan of a case that is locked. Done again, it finds nothing left."""
    plan = find_open_plan(case.id)
    if plan is None:
        return
    if plan.state is PlanState.OFFERED and plan.valid_until is not None and plan.valid_until < day:
        end(case, plan, EndedBy.LAPSED)
    if plan.state is not PlanState.RUNNING:
        return
    instalments = list_instalments(plan.id)
    standing = progress_of(plan, instalments, day)
    if standing.missed:
        break_plan(case, plan, day)
    elif standing.is_complete:
        _tell_rest(case, plan)
    elif standing.next is not None:
        instalment = instalments[standing.next.due.number - 1]
        _remind(case, plan, instalment, standing.next, day, house)


def _remind(
    case: Case,
    plan: Plan,
    instalment: PlanInstalment,
    standing: InstalmentProgress,
    day: date,
    house: AgencyProfile,
) -> None:
    """A letter before the day, and one after it, once for each instalment."""
    before, after = house.plan_remind_before_days, house.plan_remind_after_days
    if standing.standing is Standing.WAITED_FOR:
        due = after and day >= instalment.due_on + timedelta(days=after)
        if due and instalment.asked_again_on is None:
            sent = _sent(case, plan, instalment, standing, late=True)
            instalment.asked_again_on = day if sent else None
        return
    due = before and day >= instalment.due_on - timedelta(days=before)
    if due and instalment.reminded_on is None:
        sent = _sent(case, plan, instalment, standing, late=False)
        instalment.reminded_on = day if sent else None


def _sent(
    case: Case, plan: Plan, instalment: PlanInstalment, standing: InstalmentProgress, *, late: bool
) -> bool:
    """Whether the letter could be written; the plan is watched all the same.

    It cannot without an address, or while something else lets the case stand still.
    """
    try:
        # All joint debtors or none: else the first one would be reminded anew every night.
        with db.session.begin_nested():
            send_reminder(case, plan, instalment, missing_cents=standing.missing_cents, late=late)
    except Refusal:
        return False
    return True


def _tell_rest(case: Case, plan: Plan) -> None:
    """All instalments came and something is open: later costs, or interest of late payments."""
    told, open_cents = f"plan:{plan.id}:plan_rest", owed_on(case, clock.today()).open_cents
    if open_cents > 0 and all(item.cause != told for item in list_open_items(case.id)):
        timeline.record(case, "plan.rest_open", plan_id=plan.id, amount_cents=open_cents)


PLANS = RunKind(keys=cases_with_plans_due, act=watch_all, step_keys=100, **reported())
