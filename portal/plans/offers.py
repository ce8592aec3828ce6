"""The plans of a creditor's cases with the letter in which each went to the debtor."""

from dataclasses import dataclass

from cases.claims.models import Case
from cases.claims.queries import list_cases_by_id
from cases.letters.models import Letter, LetterKind
from cases.letters.queries import list_sent_of_kind
from cases.plans.models import Plan
from cases.plans.queries import PlanView, list_open_plans, view_plan

#: The overview shows so many.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan as the overview names it."""

    case: Case
    view: PlanView
    letter: Letter | None


def list_shown_plans() -> list[ShownPlan]:
    """The newest plans that something is to come of."""
    plans = list_open_plans(SHOWN)
    cases = list_cases_by_id({plan.case_id for plan in plans})
    return [ShownPlan(cases[plan.case_id], view_plan(plan), find_offer(plan)) for plan in plans]


def find_offer(plan: Plan) -> Letter | None:
    """The letter of a plan, once it has left; an earlier plan's is not it."""
    letter = list_sent_of_kind([plan.case_id], LetterKind.PLAN_OFFER).get(plan.case_id)
    if letter is None or plan.offered_on is None or letter.dispatched_on < plan.offered_on:
        return None
    return letter
