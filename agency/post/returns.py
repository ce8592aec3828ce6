"""Letters that came back, and inquiries about addresses."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, validate

from cases.claims.queries import get_case, list_debtors
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.letters.inbox.returns import (
    NOTED,
    OLD_ADDRESS,
    TWICE,
    UNKNOWN,
    Returned,
    list_answered,
    list_lost,
    list_open_inquiries,
    note_answers,
    note_returned,
    numbers_in,
    order_file,
    order_inquiry,
    read_answers,
)
from legal.findings import N_
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Amount, Day, Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("returns", __name__)

WHAT = {
    NOTED: N_("address noted as not good; the case stands still"),
    UNKNOWN: N_("no letter has this number"),
    OLD_ADDRESS: N_("it went to an earlier address; nothing is to be done"),
    TWICE: N_("the address is noted as not good already"),
}


class ReturnedSchema(Schema):
    """Numbers that were scanned or typed, and the day."""

    numbers = fields.String(required=True)
    came_back_on = Day(load_default=clock.today)


class InquirySchema(Schema):
    """Whom we ask, and what it costs."""

    provider = fields.String(required=True, validate=validate.Length(max=120))
    cost = Amount(load_default=0, zero=True)


@blueprint.get("/returned-letters")
@may("post.read")
def index() -> ResponseReturnValue:
    """Letters that came back, debtors to be looked for, and inquiries that wait."""
    return _page({})


@blueprint.post("/returned-letters")
@may("post.read")
def note() -> ResponseReturnValue:
    """Note many letters that came back; each says what was done."""
    wish, errors = load_form(ReturnedSchema(), request.form)
    if wish is None:
        return _page(errors)
    day: date = wish["came_back_on"]
    done_with: list[Returned] = []
    try:
        for number in numbers_in(wish["numbers"]):
            with transaction():
                done_with.append(note_returned(number, day))
    except Refusal as refusal:
        return _page({"numbers": [say(refusal)]}, done_with)
    return _page({}, done_with)


@blueprint.post("/cases/<case_public_id>/debtors/<debtor_public_id>/inquiry")
@may("contact.log")
def order(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Order an inquiry about a debtor's address."""
    wish, errors = load_form(InquirySchema(), request.form)
    if wish is None:
        return _page(errors)
    try:
        with transaction():
            case = get_case(case_public_id)
            debtor = next(
                (d.debtor for d in list_debtors(case.id)
                 if d.debtor.public_id == debtor_public_id), None
            )  # fmt: skip
            if debtor is None:
                raise NotFound
            order_inquiry(case, debtor.id, wish["provider"], wish["cost"], require_user().user_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page({"provider": [say(refusal)]})
    done(gettext("Inquiry ordered. It stands in the file for the provider."))
    return see_other("returns.index")


@blueprint.get("/address-inquiries.csv")
@may("post.read")
def order_list() -> Response:
    """The open inquiries as a file for the provider."""
    answer = Response(order_file(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="address-inquiries.csv"'
    return answer


@blueprint.post("/address-inquiries")
@may("post.read")
def answers() -> ResponseReturnValue:
    """Read the provider's answers back."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page({"file": [gettext("Choose a file first.")]})
    try:
        rows = read_answers(sent.read())
        with transaction():
            found, nothing, wrong = note_answers(rows)
    except Refusal as refusal:
        return _page({"file": [say(refusal)]})
    done(gettext("%(found)s addresses found, %(nothing)s not.", found=found, nothing=nothing))
    if wrong:
        sentence = gettext("No open inquiry: %(ids)s", ids=", ".join(wrong[:10]))
        return _page({"file": [sentence]})
    return see_other("returns.index")


def _page(errors: Errors, done_with: list[Returned] | None = None) -> ResponseReturnValue:
    values: dict[str, Any] = {"came_back_on": clock.today(), **request.form}
    return page(
        "agency/post/returns.html",
        status=422 if errors else 200,
        errors=errors,
        values=values,
        done_with=[
            (each, gettext(WHAT.get(each.what, N_("the case is closed"))))
            for each in done_with or ()
        ],
        lost=list_lost(),
        open_ones=list_open_inquiries(),
        answered=list_answered(),
    )
