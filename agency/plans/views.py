"""A plan on its page: how far it is, and what can be done with it; and all plans as a list."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from agency.plans.schemas import BY_HAND, AcceptanceSchema, DecisionSchema, EndSchema, TimeSchema
from agency.refusals import at_field
from cases.claims.asking.services import WordsMissing
from cases.claims.queries import get_case, get_case_by_id
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.core.positions import position
from cases.parties.queries import get_agency
from cases.plans import errors as refusals
from cases.plans.listing import PlanFilter, count_plans, list_page
from cases.plans.models import AcceptedBy, Plan
from cases.plans.queries import get_plan, list_plans, view_plan
from cases.plans.running import give_time, revoke
from cases.plans.services import (
    accept_offer,
    is_waiting,
    lock_plan,
    note_client_decision,
    offer_now,
)
from cases.remittances.debits.mandates import is_set_up, list_mandates
from portal.access import may
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import word

blueprint = Blueprint("plans", __name__)

FIELDS: dict[type[Refusal], str] = {
    refusals.AcceptanceAhead: "accepted_on",
    refusals.AcceptanceLate: "accepted_on",
    WordsMissing: "words",
    refusals.GraceDayMissing: "until_on",
    refusals.PlanReasonMissing: "why",
}
#: What the trail says when a plan changes.
CHANGES = ("plan.started", "plan.ended", "plan.resumed", "plan.broken", "plan.offered")


@blueprint.get("/plans")
@may("case.view")
def index() -> ResponseReturnValue:
    """All plans of a state, the newest first."""
    wanted = PlanFilter.of(request.args.get("state"))
    return page(
        "agency/plans/index.html",
        wanted=wanted,
        counts=count_plans(),
        found=list_page(wanted, request.args.get("after", type=position)),
    )


@blueprint.get("/cases/<case_public_id>/plans")
@may("case.view")
def of_case(case_public_id: str) -> ResponseReturnValue:
    """The plan of a case: the one that runs, else the last one."""
    found = list_plans(get_case(case_public_id).id)
    if not found:
        return see_other("plan_building.new", case_public_id=case_public_id)
    return see_other("plans.show", plan_public_id=found[0].public_id)


@blueprint.get("/plans/<plan_public_id>")
@may("case.view")
def show(plan_public_id: str) -> ResponseReturnValue:
    """Schedule, payments, state, and what may be done."""
    return plan_page(get_plan(plan_public_id), {})


@blueprint.post("/plans/<plan_public_id>/accept")
@may("plan.make")
def accept(plan_public_id: str) -> ResponseReturnValue:
    """The debtor accepted in text form."""
    return _act(
        plan_public_id, AcceptanceSchema(), accept_offer, gettext("Accepted; the plan runs.")
    )


@blueprint.post("/plans/<plan_public_id>/decision")
@may("plan.make")
def decision(plan_public_id: str) -> ResponseReturnValue:
    """The client told us what he decides."""
    return _act(
        plan_public_id,
        DecisionSchema(),
        lambda plan, told: note_client_decision(plan, agrees=told.agrees, words=told.words),
        gettext("Noted."),
    )


@blueprint.post("/plans/<plan_public_id>/time")
@may("plan.make")
def time(plan_public_id: str) -> ResponseReturnValue:
    """The debtor may catch up until a day."""
    return _act(
        plan_public_id,
        TimeSchema(),
        lambda plan, until: give_time(lock_plan(plan), plan, until),
        gettext("The plan runs on until that day."),
    )


@blueprint.post("/plans/<plan_public_id>/end")
@may("plan.make")
def end(plan_public_id: str) -> ResponseReturnValue:
    """End the plan, with the reason."""
    return _act(
        plan_public_id,
        EndSchema(),
        lambda plan, wish: revoke(lock_plan(plan), plan, wish.ended_as, wish.why),
        gettext("The plan has ended. Dunning goes on."),
    )


@blueprint.post("/plans/<plan_public_id>/offer")
@may("plan.make")
def offer(plan_public_id: str) -> ResponseReturnValue:
    """Offer a plan on which all have agreed."""
    plan = get_plan(plan_public_id)
    try:
        with transaction():
            offer_now(plan)
    except Refusal as refusal:
        return plan_page(plan, at_field(refusal, FIELDS))
    done(gettext("The letter with schedule and notice is being printed."))
    return see_other("plans.show", plan_public_id=plan_public_id)


def _act(
    plan_public_id: str, schema: Any, act: Callable[[Plan, Any], None], said: str
) -> ResponseReturnValue:
    """Read a form of the plan's page and do what it says; answers 422 with what is wrong."""
    plan = get_plan(plan_public_id)
    wish, errors = load_form(schema, request.form, _labels())
    if wish is None:
        return plan_page(plan, errors)
    try:
        with transaction():
            lock_plan(plan)
            require_unchanged("plan", _opened_of(plan), ("case", plan.case_id), *CHANGES)
            act(plan, wish)
    except ChangedByOther as changed:
        return plan_page(get_plan(plan_public_id), changed.errors)
    except Refusal as refusal:
        return plan_page(get_plan(plan_public_id), at_field(refusal, FIELDS))
    done(said)
    return see_other("plans.show", plan_public_id=plan_public_id)


def _opened_of(plan: Plan) -> dict[str, Any]:
    return {"state": str(word(plan.state)), "grace_until": plan.grace_until}


def plan_page(plan: Plan, errors: Errors) -> ResponseReturnValue:
    """A plan with whatever may be done, and what is wrong with what was tried."""
    return page(
        "agency/plans/show.html",
        status=422 if errors else 200,
        file=load_file(get_case_by_id(plan.case_id).public_id),
        view=view_plan(plan),
        others=[each for each in list_plans(plan.case_id) if each.id != plan.id],
        waiting=is_waiting(plan),
        opened=opened("plan", _opened_of(plan)),
        mandates=list_mandates(plan.id),
        debits_set_up=is_set_up(get_agency()),
        accepted_by=[(each.value, word(each)) for each in AcceptedBy],
        endings=[(each.value, word(each)) for each in BY_HAND],
        values=request.form,
        errors=errors,
    )


def _labels() -> dict[str, str]:
    return {
        "accepted_on": gettext("Accepted on"),
        "accepted_by": gettext("Text form"),
        "agrees": gettext("Does the client agree?"),
        "words": gettext("Who decided, when and how"),
        "until_on": gettext("Until"),
        "ended_as": gettext("How it ends"),
        "why": gettext("Reason"),
    }
