"""From the case to legal: recommended to court by a case worker, and taken back in time."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from agency.filings.schemas import ReasonSchema
from agency.refusals import at_field
from cases.claims.models import Case, Phase
from cases.claims.queries import get_case
from cases.claims.services import CaseNotInCourt
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.filings.applications import drafts
from cases.filings.applications.models import Filing, FilingKind
from cases.filings.applications.readiness import Checked
from cases.filings.proceedings.services import list_of_case
from portal.access import may
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("recommending", __name__)


@blueprint.get("/cases/<case_public_id>/court")
@may("filing.recommend")
def show(case_public_id: str) -> ResponseReturnValue:
    """What happens when the case goes to legal, and what legal will still ask for."""
    return _show(case_public_id, {})


@blueprint.post("/cases/<case_public_id>/court")
@may("filing.recommend")
def recommend(case_public_id: str) -> ResponseReturnValue:
    """Recommend the case to court; answers 422 without a reason or when it cannot go there."""
    form, errors = load_form(ReasonSchema(), request.form, {"reason": gettext("Reason")})
    if form is None:
        return _show(case_public_id, errors)
    try:
        with transaction():
            drafts.recommend(get_case(case_public_id).id, form["reason"])
    except Refusal as refused:
        return _show(case_public_id, at_field(refused, {type(refused): "reason"}))
    done(gettext("Recommended to court. Legal completes the application and releases it."))
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.post("/cases/<case_public_id>/court/back")
@may("filing.recommend")
def take_back(case_public_id: str) -> ResponseReturnValue:
    """Take the recommendation back while nothing was released; answers 422 without a reason."""
    form, errors = load_form(ReasonSchema(), request.form, {"reason": gettext("Reason")})
    if form is None:
        return _show(case_public_id, errors)
    try:
        with transaction():
            waiting = _waiting(get_case(case_public_id))
            if waiting is None:
                raise CaseNotInCourt
            drafts.drop(waiting, form["reason"])
    except Refusal as refused:
        return _show(case_public_id, at_field(refused, {type(refused): "reason"}))
    done(gettext("Recommendation taken back. The case is worked out of court again."))
    return see_other("cases.show", case_public_id=case_public_id)


def _show(case_public_id: str, errors: Errors) -> ResponseReturnValue:
    case = get_case(case_public_id)
    seen, obstacle = _foreseen(case)
    return page(
        "agency/cases/recommend.html",
        status=422 if errors else 200,
        file=load_file(case_public_id),
        waiting=_waiting(case),
        obstacle=obstacle,
        costs=seen.costs if seen else None,
        problems=[(each, seen.blocks(each, {})) for each in seen.findings] if seen else [],
        values=request.form,
        errors=errors,
    )


def _foreseen(case: Case) -> tuple[Checked | None, str]:
    """What legal would find today, or why nothing can be said about it."""
    if case.phase is not Phase.AMICABLE:
        return None, ""
    try:
        return drafts.foresee(case), ""
    except Refusal as refused:
        return None, say(refused)


def _waiting(case: Case) -> Filing | None:
    """The application that legal has not released yet; none once a proceeding runs."""
    if case.phase is not Phase.COURT or list_of_case(case.id):
        return None
    prepared = drafts.list_drafts(case.id)
    return next((each for each in prepared if each.kind is FilingKind.PAYMENT_ORDER), None)
