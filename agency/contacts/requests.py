"""A request of the debtor, answered by word of mouth; letters answer theirs by themselves."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims.queries import get_case_by_id
from cases.contacts.requests import AnswerMissing, answer_request, get_request
from cases.core.database import transaction
from cases.core.errors import Invalid
from portal.access import may
from portal.shell.forms import Errors
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("debtor_requests", __name__)


@blueprint.get("/debtor-requests/<request_public_id>")
@may("contact.log")
def show(request_public_id: str) -> ResponseReturnValue:
    """What was asked, and how it can be answered."""
    return _show(request_public_id, {})


@blueprint.post("/debtor-requests/<request_public_id>")
@may("contact.log")
def answer(request_public_id: str) -> ResponseReturnValue:
    """Note what was answered; the case goes on. 422 without a word."""
    try:
        with transaction():
            asked = get_request(request_public_id)
            answer_request(asked, request.form.get("answer", ""))
            case_id = asked.case_id
    except Invalid as refusal:
        return _show(request_public_id, at_field(refusal, {AnswerMissing: "answer"}))
    done(gettext("Answered. The work goes on."))
    return see_other("cases.show", case_public_id=get_case_by_id(case_id).public_id)


def _show(request_public_id: str, errors: Errors) -> ResponseReturnValue:
    asked = get_request(request_public_id)
    return page(
        "agency/contacts/request.html",
        status=422 if errors else 200,
        file=load_file(get_case_by_id(asked.case_id).public_id),
        asked=asked,
        values=request.form,
        errors=errors,
    )
