"""The agency's own profile. Administration only."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.house.schemas import PLACES, HouseSchema
from cases.core.database import transaction
from cases.parties.queries import ProfileMissing, get_agency
from cases.parties.services import set_agency
from legal.de.places import STATES
from portal.access import may
from portal.shell.forms import Errors, load_form
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
    return _page({name: getattr(profile, name) for name in HouseSchema().fields}, {})


@blueprint.post("/house")
@may("settings.edit")
def save() -> ResponseReturnValue:
    """Change the profile; letters that left the house keep what they said."""
    profile, errors = load_form(HouseSchema(), request.form)
    if profile is None:
        return _page(request.form, errors)
    with transaction():
        set_agency(**profile)
    done(gettext("Saved. It counts from the next letter on."))
    return see_other("house.show")


def _page(values: Any, errors: Errors) -> ResponseReturnValue:
    return page(
        "agency/house/show.html",
        status=422 if errors else 200,
        values=values,
        errors=errors,
        places=list(zip(PLACES, STATES.values(), strict=True)),
    )
