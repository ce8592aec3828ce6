"""A visit to the client's own customer, where his contract wants him to be asked: he decides."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.claims.queries import get_case_by_id
from cases.contacts.visits.deciding import decide_visit
from cases.contacts.visits.queries import get_visit
from cases.core.database import transaction
from cases.core.errors import Refusal
from portal.access import may
from portal.login import require_user
from portal.pages.own_cases import case_context
from portal.shell.errors import say
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("own_visits", __name__, template_folder="../templates")


@blueprint.post("/my-visits/<visit_public_id>/decision")
@may("own_approval.decide")
def decision(visit_public_id: str) -> ResponseReturnValue:
    """Agree to the visit, or refuse it with the reason; a worker goes on with it."""
    visit = get_visit(visit_public_id)
    case_id = get_case_by_id(visit.case_id).public_id
    agrees = request.form.get("agrees") == "1"
    try:
        with transaction():
            words = request.form.get("visit_words", "")
            decide_visit(visit, require_user().user_id, agrees=agrees, words=words)
    except Refusal as refusal:
        errors = {"visit_words": [say(refusal)]}
        return page(
            "portal/own_cases/show.html",
            status=422,
            **case_context(case_id) | {"visit_errors": errors, "errors": errors},
        )
    done(gettext("Thank you. We go on with it.") if agrees else gettext("Nobody goes there."))
    return see_other("own_cases.show", case_id=case_id)
