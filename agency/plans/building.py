"""A plan is built with the debtor on the phone or by letter: the schedule before the click."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from agency.letters.views import pdf_answer
from agency.plans.schemas import PlanSchema
from agency.refusals import at_field
from cases.claims.models import Purpose
from cases.claims.queries import get_case, list_claims
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.dunning.plan_limits import limits_for
from cases.letters.pdf import render_preview
from cases.plans import errors as refusals
from cases.plans.building import PlanWish, Proposal, propose
from cases.plans.letters import preview_offer
from cases.plans.models import PlanKind
from cases.plans.queries import find_open_plan
from cases.plans.services import draft_plan, make_plan
from legal.errors import LawError
from legal.instalments import Rhythm
from portal.access import may
from portal.limits import costly
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.wording import word

blueprint = Blueprint("plan_building", __name__)

#: Refusal -> the field that causes it.
FIELDS: dict[type[Refusal], str] = {
    refusals.AgreementUnconfirmed: "kind",
    refusals.AmountOrNumber: "instalment",
    refusals.InstalmentTooSmall: "instalment",
    refusals.TooManyInstalments: "number",
    refusals.FirstDayPast: "first_on",
    refusals.SettlementMissing: "settlement",
    refusals.SettlementBelowPaid: "settlement",
    refusals.SettlementTooHigh: "settlement",
    refusals.LetGoUnexplained: "reason",
}


@blueprint.get("/cases/<case_public_id>/plan")
@may("plan.make")
def new(case_public_id: str) -> ResponseReturnValue:
    """The wish is in the address, so that it can be changed while the debtor is on the phone."""
    if "first_on" not in request.args:
        return _page(case_public_id, None, {})
    wish, errors = load_form(PlanSchema(), request.args, _labels())
    if wish is None:
        return _page(case_public_id, None, errors)
    return _proposed(case_public_id, wish)


@blueprint.post("/cases/<case_public_id>/plan")
@may("plan.make")
def make(case_public_id: str) -> ResponseReturnValue:
    """Offer the plan, or ask the client; answers 422 where something is wrong or has changed."""
    wish, errors = load_form(PlanSchema(), request.form, _labels())
    if wish is None:
        return _page(case_public_id, None, errors)
    try:
        with transaction():
            case = get_case(case_public_id)
            plan = make_plan(case.id, wish, limits_for(case), request.form.get("seen", ""))
            asked, public_id = plan.offered_on is None, plan.public_id
    except Refusal as refusal:
        return _refused(case_public_id, wish, refusal)
    if asked:
        done(gettext("The plan waits for approval. The letter leaves when it is there."))
    else:
        done(gettext("The letter with schedule and notice is being printed."))
    return see_other("plans.show", plan_public_id=public_id)


@blueprint.get("/cases/<case_public_id>/plan/letter.pdf")
@costly
@may("plan.make")
def letter(case_public_id: str) -> ResponseReturnValue:
    """The letter as it would leave, with notice and schedule."""
    wish, errors = load_form(PlanSchema(), request.args, _labels())
    if wish is None:
        return _page(case_public_id, None, errors)
    case = get_case(case_public_id)
    try:
        proposal = propose(case, wish, limits_for(case))
        plan, instalments = draft_plan(case, proposal, require_user().user_id)
        html = preview_offer(case, plan, instalments)
    except Refusal as refusal:
        return _refused(case_public_id, wish, refusal)
    return pdf_answer(render_preview(html), f"{case.number}-plan.pdf")


def _proposed(case_public_id: str, wish: PlanWish) -> ResponseReturnValue:
    case = get_case(case_public_id)
    try:
        return _page(case_public_id, propose(case, wish, limits_for(case)), {})
    except Refusal as refusal:
        return _refused(case_public_id, wish, refusal)
    except LawError:
        sentence = gettext(
            "The interest of this case cannot be computed. The page of the case says why."
        )
        return _page(case_public_id, None, {"_form": [sentence]})


def _refused(case_public_id: str, wish: PlanWish, refusal: Refusal) -> ResponseReturnValue:
    """What is wrong at its field; a schedule that has changed is shown anew beside it."""
    fields = FIELDS | ({refusals.AmountOrNumber: "number"} if wish.number is not None else {})
    errors = at_field(refusal, fields)
    if isinstance(refusal, refusals.FiguresChanged):
        case = get_case(case_public_id)
        return _page(case_public_id, propose(case, wish, limits_for(case)), errors)
    return _page(case_public_id, None, errors)


def _page(case_public_id: str, proposal: Proposal | None, errors: Errors) -> ResponseReturnValue:
    file = load_file(case_public_id)
    limits = limits_for(file.case)
    consumer = any(each.purpose is Purpose.CONSUMER for each in list_claims(file.case.id))
    running, failed = find_open_plan(file.case.id), bool(errors)
    if running is not None and not errors:
        errors = {"_form": [say(refusals.PlanOpen())]}
    return page(
        "agency/plans/new.html",
        status=422 if failed else 200,
        file=file,
        proposal=proposal if running is None else None,
        running=running,
        consumer=consumer,
        agreements=limits.consumer_agreements or not consumer,
        limits=limits,
        rhythms=[(each.value, word(each)) for each in Rhythm],
        kinds=list(PlanKind),
        values=request.values,
        errors=errors,
    )


def _labels() -> dict[str, str]:
    labels: dict[str, Any] = {"first_on": gettext("First payment on")}
    return labels
