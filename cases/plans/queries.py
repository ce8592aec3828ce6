"""Reads of plans and of how far they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from cases.claims.asking.models import ClientApproval
from cases.claims.asking.services import find_of_plan
from cases.core import clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.many import one_of
from cases.payments.models import Payment
from cases.plans.models import OPEN_STATES, Plan, PlanInstalment, PlanState
from cases.plans.progress import Due, Progress, Tolerance, progress


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with its instalments and how far they are today."""

    plan: Plan
    instalments: tuple[PlanInstalment, ...]
    progress: Progress
    asked: ClientApproval | None  # What the client was asked about it.

    @property
    def decision(self) -> ClientApproval | None:
        """What the client decided."""
        return self.asked if self.asked and self.asked.is_answered else None

    @property
    def last_on(self) -> date:
        """The day of the last instalment."""
        return self.instalments[-1].due_on

    @property
    def total_cents(self) -> int:
        """What the debtor pays in all."""
        return sum(each.amount_cents for each in self.instalments)

    @property
    def interest_cents(self) -> int:
        """How much of it is interest."""
        return sum(each.interest_cents for each in self.instalments)


def get_plan(public_id: str) -> Plan:
    """The plan of that public id. For a creditor only its own exist; raises NotFound."""
    query = select(Plan).where(Plan.public_id == public_id)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def find_open_plan(case_id: int) -> Plan | None:
    """The plan of a case that something is to come of."""
    query = select(Plan).where(Plan.case_id == case_id, Plan.state.in_(OPEN_STATES))
    return db.session.scalar(query.execution_options(populate_existing=True))


def cases_with_open_plans(case_ids: Collection[int]) -> Select[int]:
    """Which of some cases have a plan that something is to come of."""
    return select(Plan.case_id).where(one_of(Plan.case_id, case_ids), Plan.state.in_(OPEN_STATES))


def find_last_fulfilled(case_id: int) -> Plan | None:
    """The plan of a case that was fulfilled last."""
    query = (
        select(Plan)
        .where(Plan.case_id == case_id, Plan.state == PlanState.FULFILLED)
        .order_by(Plan.id.desc())
        .limit(1)
    )
    return db.session.scalar(query.execution_options(populate_existing=True))


def list_plans(case_id: int) -> list[Plan]:
    """The plans of a case, newest first."""
    query = select(Plan).where(Plan.case_id == case_id)
    return list(db.session.scalars(query.order_by(Plan.id.desc())))


def list_open_plans(limit: int) -> list[Plan]:
    """The newest plans that something is to come of; a creditor sees his own only."""
    query = select(Plan).where(Plan.state.in_(OPEN_STATES)).order_by(Plan.id.desc())
    return list(db.session.scalars(query.limit(limit)))


def list_instalments(plan_id: int) -> list[PlanInstalment]:
    """The instalments of a plan in their order."""
    query = select(PlanInstalment).where(PlanInstalment.plan_id == plan_id)
    return list(db.session.scalars(query.order_by(PlanInstalment.number)))


def paid_on_plan(plan: Plan) -> int:
    """What was paid since a plan was made; what went back does not count."""
    query = select(func.sum(Payment.amount_cents - Payment.surplus_cents)).where(
        Payment.case_id == plan.case_id,
        Payment.reversed_at.is_(None),
        Payment.value_on >= plan.made_on,
    )
    return int(db.session.scalar(query) or 0) - plan.paid_that_day_cents


def progress_of(plan: Plan, instalments: Collection[PlanInstalment], day: date) -> Progress:
    """How far a plan is on a day."""
    dues = [Due(each.number, each.due_on, each.amount_cents) for each in instalments]
    return progress(dues, paid_on_plan(plan), day, tolerance_of(plan))


def tolerance_of(plan: Plan) -> Tolerance:
    """How late, and how little short, its instalments may be."""
    return Tolerance(plan.tolerance_days, plan.tolerance_cents, plan.grace_until)


def view_plan(plan: Plan) -> PlanView:
    """A plan as its page shows it."""
    instalments = tuple(list_instalments(plan.id))
    standing = progress_of(plan, instalments, clock.today())
    return PlanView(plan, instalments, standing, find_of_plan(plan.id))
