"""The agency's own profile. Administration only."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.house.schemas import PLACES, HouseSchema
from cases.core.database import transaction
from cases.core.locks import relock
from cases.parties.house_bank import HOUSE_BANK, PROTECTED, change_agency
from cases.parties.models import AgencyProfile
from cases.parties.queries import ProfileMissing, get_agency
from cases.people.approvals import AlreadyAsked, find_open
from legal.de.places import STATES
from portal.access import may
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("house", __name__)


@blueprint.get("/house")
@may("settings.edit")
def show() -> ResponseReturnValue:
    """The house as letters, filings and payment codes name it."""
    try:
        profile = get_agency()
    except ProfileMissing:
        return _page({"postal_days": 3}, {})
    return _page(_shown(profile), {})


@blueprint.post("/house")
@may("settings.edit", proved=True)
def save() -> ResponseReturnValue:
    """Change the profile; letters that left the house keep what they said."""
    profile, errors = load_form(HouseSchema(), request.form)
    if profile is None:
        return _page(request.form, errors)
    try:
        with transaction():
            _refuse_stale()
            asked = change_agency(**profile)
    except ChangedByOther as changed:
        return _page(request.form, changed.errors)
    except AlreadyAsked as refusal:
        return _page(request.form, {"_form": [say(refusal)]})
    if asked is None:
        done(gettext("Saved. It counts from the next letter on."))
    else:
        done(gettext(
            "Saved. Bank details and registration count once a second person has confirmed them."
        ))  # fmt: skip
    return see_other("house.show")


def _shown(profile: AgencyProfile) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in HouseSchema().fields}


def _refuse_stale() -> None:
    try:
        profile = get_agency()
    except ProfileMissing:
        return
    relock(profile)
    require_unchanged("house", _shown(profile), ("agency", profile.id), "agency.profile_set")


def _opened() -> str:
    try:
        return opened("house", _shown(get_agency()))
    except ProfileMissing:
        return ""


def _page(values: Any, errors: Errors) -> ResponseReturnValue:
    return page(
        "agency/house/show.html",
        status=422 if errors else 200,
        values=values,
        opened=_opened(),
        errors=errors,
        places=list(zip(PLACES, STATES.values(), strict=True)),
        waiting=find_open(HOUSE_BANK, 1),
        protected=PROTECTED,
    )
