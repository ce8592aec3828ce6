"""Absences with their deputies: entered and taken back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load

from agency.refusals import at_field
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.people import absences
from cases.people.services import find_user
from cases.people.teams import list_staff
from portal.access import may
from portal.login import require_user
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("absences", __name__)
FIELDS: dict[type[Refusal], str] = {
    absences.DaysNotInOrder: "last_day",
    absences.DaysOver: "last_day",
    absences.NotADeputy: "deputy",
    absences.DeputyAway: "deputy",
    absences.AwayAlready: "person",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is away when, and who stands in."""

    person: str
    deputy: str
    first_day: date
    last_day: date


class WishSchema(Schema):
    """Who is away when, and who stands in."""

    person = fields.String(required=True)
    deputy = fields.String(required=True)
    first_day = Day(required=True)
    last_day = Day(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Wish:
        return Wish(**data)


@blueprint.get("/team/absences")
@may("team.lead")
def index() -> ResponseReturnValue:
    """Who is or will be away, and the form for one more."""
    return _page()


@blueprint.post("/team/absences")
@may("team.lead")
def enter() -> ResponseReturnValue:
    """Enter an absence; the deputy sees the work from the first day on."""
    wish, errors = load_form(WishSchema(), request.form, _labels())
    if wish is None:
        return _page(errors)
    try:
        with transaction():
            absences.enter_absence(
                find_user(wish.person).id, find_user(wish.deputy).id,
                wish.first_day, wish.last_day, require_user().user_id,
            )  # fmt: skip
    except NotFound:
        return _page({"person": [gettext("Please choose one of the options.")]})
    except Refusal as refusal:
        return _page(at_field(refusal, FIELDS))
    done(gettext("Entered. The deputy sees this work from the first day on."))
    return see_other("absences.index")


@blueprint.post("/team/absences/<absence_public_id>/end")
@may("team.lead")
def end(absence_public_id: str) -> ResponseReturnValue:
    """Take an absence back."""
    with transaction():
        absences.end_absence(absence_public_id)
    done(gettext("Taken back."))
    return see_other("absences.index")


def _page(errors: Errors | None = None) -> ResponseReturnValue:
    return page(
        "agency/team/absences.html",
        status=422 if errors else 200,
        errors=errors or {},
        values=request.form or request.args,
        absences=absences.list_absences(),
        people=[(one.public_id, one.name) for one in list_staff()],
    )


def _labels() -> dict[str, str]:
    return {
        "person": gettext("Who is away"),
        "deputy": gettext("Deputy"),
        "first_day": gettext("First day"),
        "last_day": gettext("Last day"),
    }
