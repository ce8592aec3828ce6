"""What can be collected: instalments that near, with a signed mandate, announced in time."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from cases.claims.models import Case
from cases.claims.queries import list_cases_by_id
from cases.core import clock
from cases.core.database import db
from cases.parties.queries import get_agency
from cases.plans.models import Plan, PlanState
from cases.remittances.debits.mandates import is_held, is_set_up, open_instalments
from cases.remittances.debits.models import Debit, DebitState, Mandate

#: So far ahead instalments are offered to be collected.
AHEAD = timedelta(days=14)
#: A core debit is at the bank a day before it is collected.
LEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueDebit:
    """An instalment that can be collected."""

    mandate: Mandate
    plan: Plan
    case: Case
    instalment: int
    collect_on: date
    cents: int


def list_due() -> list[DueDebit]:
    """Instalments of the next days with a signed mandate, announced in time, not collected yet.

    Nothing is collected while something else than the plan lets the case stand still.
    """
    house, today = get_agency(), clock.today()
    if not is_set_up(house):
        return []
    rows = db.session.execute(
        select(Mandate, Plan)
        .join(Plan, Plan.id == Mandate.plan_id)
        .where(
            Mandate.signed_on.is_not(None),
            Mandate.ended_at.is_(None),
            Plan.state == PlanState.RUNNING,
        )
        .order_by(Mandate.id)
    ).all()
    cases = list_cases_by_id({plan.case_id for _, plan in rows})
    found = []
    for mandate, plan in rows:
        if is_held(plan):
            continue
        announced = (mandate.noticed_on or today) + timedelta(days=house.sepa_notice_days or 0)
        taken = set(
            db.session.scalars(
                select(Debit.instalment).where(
                    Debit.plan_id == plan.id, Debit.state != DebitState.DROPPED
                )
            )
        )
        for due, cents in open_instalments(plan, today):
            if due.number in taken or not max(announced, today + LEAD) <= due.due_on:
                continue
            if due.due_on <= today + AHEAD:
                found.append(
                    DueDebit(mandate, plan, cases[plan.case_id], due.number, due.due_on, cents)
                )
    return sorted(found, key=lambda each: (each.collect_on, each.case.number))
