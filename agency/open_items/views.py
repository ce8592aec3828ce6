"""A client's list of open items against our claims: taken in, compared, its differences asked."""

from datetime import date
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields

from agency.refusals import at_field
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.core.files import FileTooLarge
from cases.parties.queries import find_creditor, get_creditor, list_creditors
from cases.recoveries.open_items import services
from cases.recoveries.open_items.models import CheckState, OpenItemCheck
from portal.access import may
from portal.pages.intake_words import sentence_of
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("open_items", __name__)
FIELDS: dict[type[Refusal], str] = {
    services.ListMissing: "file",
    services.ListDayAhead: "as_of",
    FileTooLarge: "file",
}


class ListSchema(Schema):
    """Whose list, and of which day."""

    creditor = fields.String(load_default="")
    as_of = Day(required=True)


@blueprint.get("/open-items")
@may("client.view")
def index() -> ResponseReturnValue:
    """Which clients were compared when, and the way to take a list in."""
    return _index({}, {})


@blueprint.post("/open-items")
@may("client.edit")
def take_in() -> ResponseReturnValue:
    """Keep a client's list; a worker compares it. Answers 422 if something is missing."""
    wish, errors = load_form(ListSchema(), request.form, {"as_of": gettext("Day of the list")})
    creditor = find_creditor(wish["creditor"]) if wish else None
    if wish is not None and creditor is None:
        errors = {"creditor": [gettext("Please choose a client.")]}
    if wish is None or creditor is None:
        return _index(request.form, errors)
    upload = request.files.get("file")
    data, name = (upload.stream.read(), upload.filename or "") if upload else (b"", "")
    as_of: date = wish["as_of"]
    try:
        with transaction():
            check = services.take_in(creditor.id, data, name, as_of).public_id
    except Refusal as refusal:
        return _index(request.form, at_field(refusal, FIELDS))
    done(gettext("Taken in. A worker compares it; the result stands here in a moment."))
    return see_other("open_items.show", check_public_id=check)


@blueprint.get("/open-items/<check_public_id>")
@may("client.view")
def show(check_public_id: str) -> ResponseReturnValue:
    """What a comparison found, and what the client said of it."""
    check = services.get_check(check_public_id)
    return page(
        "agency/open_items/show.html",
        check=check,
        creditor=get_creditor(check.creditor_id),
        questions=services.list_questions(check.id),
        findings=[sentence_of(each) for each in check.findings],
        is_waiting=check.state is CheckState.WAITING,
        is_refused=check.state is CheckState.REFUSED,
    )


def _index(values: Any, errors: Errors) -> ResponseReturnValue:
    checks: list[OpenItemCheck] = services.list_checks()
    return page(
        "agency/open_items/index.html",
        status=422 if errors else 200,
        errors=errors,
        values=values or {"as_of": clock.today()},
        rhythm=services.list_rhythm(),
        checks=[(check, get_creditor(check.creditor_id).name) for check in checks],
        creditors=[(each.public_id, each.name) for each in list_creditors()],
    )
