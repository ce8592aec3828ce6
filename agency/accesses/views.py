"""Sign-ins, refused access, and looks into files of debtors, for the privacy officer."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load, validate

from cases.claims.queries import list_cases_by_id, list_cases_by_number
from cases.core import clock
from cases.core.positions import position
from cases.people.accesses import ACCESSES, CASE_READ, PAGE, Wanted, list_accesses
from cases.people.services import find_user
from cases.people.teams import list_staff
from legal.findings import N_
from portal.access import may
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import page

blueprint = Blueprint("accesses", __name__)
WEEK = timedelta(days=6)
WORDS = {
    CASE_READ: N_("Looked into a case"),
    "document.read": N_("Document or list handed out"),
    "access.refused": N_("Access refused"),
    "sign_in.succeeded": N_("Signed in"),
    "sign_in.refused": N_("Sign-in refused"),
    "feed.read": N_("Calendar of deadlines read"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which accesses are wanted."""

    first_day: date | None
    last_day: date | None
    action: str | None
    person: str | None
    case: str | None


class FilterSchema(Schema):
    """Which accesses are wanted."""

    first_day = Day(load_default=None)
    last_day = Day(load_default=None)
    action = fields.String(load_default=None, validate=validate.OneOf(ACCESSES))
    person = fields.String(load_default=None)
    case = fields.String(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Filter:
        return Filter(**data)


@blueprint.get("/accesses")
@may("access.view")
def index() -> ResponseReturnValue:
    """Accesses of some days, the latest first; the last seven days unless others are asked for."""
    chosen, errors = load_form(FilterSchema(), request.args)
    chosen = chosen or Filter(None, None, None, None, None)
    last_day = chosen.last_day or clock.today()
    first_day = chosen.first_day or last_day - WEEK
    case_id, missing = _case_id(chosen.case)
    wanted = Wanted(
        first_day, last_day, chosen.action,
        find_user(chosen.person).id if chosen.person else None, case_id,
    )  # fmt: skip
    before = request.args.get("before", type=position)
    found = [] if missing else list_accesses(wanted, before, PAGE + 1)
    shown = found[:PAGE]
    records = [one.event.record_id for one in shown if one.event.record_type == "case"]
    cases = list_cases_by_id({each for each in records if each is not None})
    return page(
        "agency/accesses/index.html",
        status=422 if errors else 200,
        errors={**errors, **missing},
        values={**request.args.to_dict(), "first_day": first_day, "last_day": last_day},
        accesses=[(one, gettext(WORDS[one.event.action])) for one in shown],
        cases=cases,
        actions=[(action, gettext(WORDS[action])) for action in ACCESSES],
        people=[(one.public_id, one.name) for one in list_staff()],
        before=shown[-1].event.seq if len(found) > PAGE else None,
    )


def _case_id(number: str | None) -> tuple[int | None, Errors]:
    if not number:
        return None, {}
    found = list_cases_by_number([number])
    if found:
        return found[0].id, {}
    return None, {"case": [gettext("There is no case with this number.")]}
