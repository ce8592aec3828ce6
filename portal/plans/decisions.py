"""A plan beyond the limits of a creditor's contract: he sees it in his case and decides."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.claims.queries import get_case_by_id
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.dunning.plan_decisions import decide
from cases.plans.queries import get_plan
from portal.access import may
from portal.login import require_user
from portal.pages.own_cases import case_context
from portal.shell.errors import say
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("own_plans", __name__, template_folder="../templates")


@blueprint.post("/my-plans/<plan_public_id>/decision")
@may("own_plan.decide")
def decision(plan_public_id: str) -> ResponseReturnValue:
    """Agree to the plan, or refuse it with the reason; a worker goes on with it."""
    plan = get_plan(plan_public_id)
    case_id = get_case_by_id(plan.case_id).public_id
    agrees = request.form.get("agrees") == "1"
    try:
        with transaction():
            decide(
                plan,
                require_user().user_id,
                agrees=agrees,
                words=request.form.get("words", ""),
            )
    except Refusal as refusal:
        errors = {"words": [say(refusal)]}
        return page(
            "portal/own_cases/show.html",
            status=422,
            **case_context(case_id) | {"plan_errors": errors, "errors": errors},
        )
    done(
        gettext("Thank you. We go on with it.") if agrees else gettext("We do not offer the plan.")
    )
    return see_other("own_cases.show", case_id=case_id)
