"""What a client decides before it happens in his cases: one click and a reason, one or many."""

from datetime import date
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from cases.claims.asking import services as asking
from cases.claims.asking.models import AskedFor, ClientApproval
from cases.claims.law import first_court_fee
from cases.claims.models import Case
from cases.claims.queries import list_submitted_debtors
from cases.contacts.visits.models import VisitState
from cases.contacts.visits.queries import list_visits_of_case
from cases.core import clock
from cases.core.database import transaction
from cases.people.policy import Permission
from cases.plans.queries import find_open_plan
from legal.findings import N_
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("own_approvals", __name__, template_folder="../templates")
MOST = 200
#: What silence means, by what is asked.
SILENCE = {
    AskedFor.COURT: N_("Without your answer the case does not go to court."),
    AskedFor.VISIT: N_("Without your answer nobody visits the debtor."),
    AskedFor.PLAN: N_("Without your answer the debtor gets no offer."),
}


@blueprint.get("/my-approvals")
@may("own_cases.view")
def index() -> ResponseReturnValue:
    """What waits for this client's decision, the earliest day first."""
    return _page()


@blueprint.post("/my-approvals")
@may("own_approval.decide")
def decide() -> ResponseReturnValue:
    """Keep one decision for what was ticked; answers 422 where a reason is missing."""
    agrees = request.form.get("agrees") == "1"
    ticked = request.form.getlist("approvals")[:MOST]
    if not ticked:
        return _page({"approvals": [gettext("Please tick what you decide about.")]})
    try:
        with transaction():
            for public_id in sorted(set(ticked)):
                asking.answer_in_portal(
                    asking.get_approval(public_id),
                    require_user().user_id,
                    agrees=agrees,
                    words=request.form.get("words", ""),
                )
    except asking.WordsMissing:
        return _page({"words": [gettext("If you refuse, please say why.")]})
    except asking.NobodyAsks as refusal:
        return _page({"_form": [say(refusal)]})
    done(ngettext("Thank you. We go on with it.", "Thank you. We go on with them.", len(ticked)))
    return see_other("own_approvals.index")


def _page(errors: Errors | None = None) -> ResponseReturnValue:
    waiting = asking.list_waiting(MOST)
    debtors = list_submitted_debtors([case.id for _, case in waiting])
    today = clock.today()
    return page(
        "portal/company/approvals.html",
        status=422 if errors else 200,
        rows=[
            {
                "asked": approval,
                "case": case,
                "debtors": debtors.get(case.id, []),
                "silence": gettext(SILENCE[approval.asked_for]),
                "facts": _facts(approval, case, today),
                "days": (approval.answer_by - today).days if approval.answer_by else None,
            }
            for approval, case in waiting
        ],
        may_decide=require_user().may(Permission.OWN_APPROVAL_DECIDE),
        ticked=request.form.getlist("approvals"),
        values=request.form,
        errors=errors or {},
    )


def _facts(approval: ClientApproval, case: Case, today: date) -> dict[str, Any]:
    """What it is about and what it costs, as far as it is known."""
    if approval.asked_for is AskedFor.PLAN:
        plan = find_open_plan(case.id)
        return {"plan": plan, "let_go_cents": plan.let_go_cents if plan else 0}
    if approval.asked_for is AskedFor.COURT:
        return {"court_fee_cents": first_court_fee(case, case.principal_cents, today)}
    return {"visits": list_visits_of_case(case.id, VisitState.ASKED)}
