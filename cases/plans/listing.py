"""Plans as a list for the staff: by state, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from cases.claims.models import Case, CaseDebtor
from cases.core import clock
from cases.core.database import db
from cases.core.many import one_of
from cases.payments.models import Payment
from cases.plans.models import Plan, PlanInstalment, PlanState
from cases.plans.progress import Due, Progress, progress
from cases.plans.queries import tolerance_of

PAGE = 50


class PlanFilter(StrEnum):
    """The tabs of the list."""

    RUNNING = "running"
    BROKEN = "broken"
    WAITING = "waiting"
    DONE = "done"

    @classmethod
    def of(cls, name: str | None) -> "PlanFilter":
        """The tab of that name, the running ones otherwise."""
        return cls(name) if name in {each.value for each in cls} else cls.RUNNING

    @property
    def states(self) -> tuple[PlanState, ...]:
        """The states that the tab shows."""
        return {
            PlanFilter.RUNNING: (PlanState.RUNNING,),
            PlanFilter.BROKEN: (PlanState.BROKEN,),
            PlanFilter.WAITING: (PlanState.ASKED, PlanState.OFFERED),
            PlanFilter.DONE: (PlanState.FULFILLED, PlanState.ENDED),
        }[self]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan of the list."""

    plan: Plan
    case: Case
    debtor: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A page of the list, and the last plan on it if there are more."""

    rows: list[PlanRow]
    after: str | None


def count_plans() -> Mapping[PlanFilter, int]:
    """How many plans each tab has."""
    found = db.session.execute(select(Plan.state, func.count()).group_by(Plan.state)).all()
    counted: dict[PlanState, int] = dict(found)
    return {tab: sum(counted.get(state, 0) for state in tab.states) for tab in PlanFilter}


def list_page(wanted: PlanFilter, after: int | None) -> PlanPage:
    """One page, the newest plans first (keyset by id)."""
    query = (
        select(Plan, Case, CaseDebtor.submitted_name)
        .join(Case, Case.id == Plan.case_id)
        .join(CaseDebtor, (CaseDebtor.case_id == Case.id) & (CaseDebtor.position == 1))
        .where(Plan.state.in_(wanted.states))
        .order_by(Plan.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(Plan.id < after)
    found = db.session.execute(query).all()
    shown = found[:PAGE]
    plans = [plan for plan, _, _ in shown]
    dues, paid, today = _dues_of(plans), _paid_on(plans), clock.today()
    rows = [
        PlanRow(
            plan,
            case,
            debtor,
            progress(dues[plan.id], paid.get(plan.id, 0), today, tolerance_of(plan)),
        )
        for plan, case, debtor in shown
    ]
    return PlanPage(rows, str(plans[-1].id) if len(found) > PAGE else None)


def _dues_of(plans: Sequence[Plan]) -> dict[int, list[Due]]:
    found: dict[int, list[Due]] = {plan.id: [] for plan in plans}
    query = select(PlanInstalment).where(one_of(PlanInstalment.plan_id, list(found)))
    for each in db.session.scalars(query.order_by(PlanInstalment.plan_id, PlanInstalment.number)):
        found[each.plan_id].append(Due(each.number, each.due_on, each.amount_cents))
    return found


def _paid_on(plans: Sequence[Plan]) -> dict[int, int]:
    """What was paid since each plan was made, all at once."""
    query = (
        select(Plan.id, func.sum(Payment.amount_cents - Payment.surplus_cents))
        .join(Payment, (Payment.case_id == Plan.case_id) & (Payment.value_on >= Plan.made_on))
        .where(one_of(Plan.id, [plan.id for plan in plans]), Payment.reversed_at.is_(None))
        .group_by(Plan.id)
    )
    before = {plan.id: plan.paid_that_day_cents for plan in plans}
    return {plan_id: int(cents) - before[plan_id] for plan_id, cents in db.session.execute(query)}
