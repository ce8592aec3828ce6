"""The house's own days: registration, insurance, what the authority is told."""

from datetime import date
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, validate

from agency.refusals import at_field
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.worklist.house_dates import services
from cases.worklist.house_dates.models import DateKind
from portal.access import may
from portal.shell.forms import Amount, Day, Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("house_dates", __name__)
AT: dict[type[Refusal], str] = {
    services.InsuredSumMissing: "insured",
    services.InsuredTooLow: "insured",
}
MOST_DAYS = 365


class DateSchema(Schema):
    """A day, what it is about and when it rings."""

    kind = fields.Enum(DateKind, by_value=True, required=True)
    what = fields.String(required=True, validate=validate.Length(max=200))
    due_on = Day(required=True)
    ring_days = fields.Integer(load_default=30, validate=validate.Range(min=0, max=MOST_DAYS))
    insured = Amount(load_default=None)


class DoneSchema(Schema):
    """How it was done, and when it comes again."""

    note = fields.String(load_default="", validate=validate.Length(max=500))
    next_on = Day(load_default=None)


@blueprint.get("/house/dates")
@may("settings.edit")
def index() -> ResponseReturnValue:
    """What is to be done by when, and what was done."""
    return _page()


@blueprint.post("/house/dates")
@may("settings.edit")
def enter() -> ResponseReturnValue:
    """Enter a day; answers 422 where the law asks for more."""
    labels = {
        "kind": gettext("About"),
        "what": gettext("What is to be done"),
        "due_on": gettext("By"),
    }
    told, errors = load_form(DateSchema(), request.form, labels)
    if told is None:
        return _page(errors)
    try:
        with transaction():
            services.enter_date(
                told["kind"], told["what"], told["due_on"], told["ring_days"], told["insured"]
            )
    except Refusal as refusal:
        return _page(at_field(refusal, AT))
    done(gettext("Entered. It rings on the worklist of the administration."))
    return see_other("house_dates.index")


@blueprint.post("/house/dates/<house_date_public_id>/done")
@may("settings.edit")
def finish(house_date_public_id: str) -> ResponseReturnValue:
    """Note that it is done; the next day follows where it comes again."""
    told, errors = load_form(DoneSchema(), request.form)
    if told is None:
        return _page(_of(house_date_public_id, errors))
    next_on: date | None = told["next_on"]
    try:
        with transaction():
            services.note_done(house_date_public_id, told["note"], next_on)
    except NotFound:
        raise
    except Refusal as refusal:
        found = at_field(refusal, {services.NextBeforeThis: "next_on"})
        return _page(_of(house_date_public_id, found))
    done(gettext("Done."))
    return see_other("house_dates.index")


def _of(public_id: str, errors: Errors) -> Errors:
    """Errors at the fields of one day."""
    return {(name if name == "_form" else f"{name}-{public_id}"): e for name, e in errors.items()}


def _page(errors: Errors | None = None) -> ResponseReturnValue:
    values: Any = request.form
    return page(
        "agency/house/dates.html",
        status=422 if errors else 200,
        dates=services.list_dates(),
        kinds=choices(DateKind),
        today=clock.today(),
        values=values,
        errors=errors or {},
    )
