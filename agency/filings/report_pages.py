"""Reports about filings, and how the house files."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.filings.schemas import SettingsSchema
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.core.locks import relock
from cases.filings import reports
from cases.filings.applications.models import CourtSettings
from cases.filings.court_settings import change_court_settings, get_court_settings
from cases.filings.trial_courts.directory import find_current
from cases.parties.queries import get_agency
from legal.de.court.eda.layouts import find_unconfirmed
from portal.access import may
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("filing_reports", __name__)


@blueprint.get("/filings/reports")
@may("report.view")
def show() -> ResponseReturnValue:
    """States by age, court queries by cause, costs, duration of each stage."""
    return page(
        "agency/filings/reports.html",
        states=reports.states_by_age(),
        queries=reports.query_rate(),
        costs=reports.costs(),
        durations=reports.durations(),
    )


@blueprint.get("/filings/settings")
@may("filing.prepare")
def settings() -> ResponseReturnValue:
    """What the house has agreed with its court."""
    return _settings()


@blueprint.post("/filings/settings")
@may("settings.edit")
def change() -> ResponseReturnValue:
    """Change it; a field counts as confirmed only by its exact name."""
    form, errors = load_form(SettingsSchema(), request.form)
    if form is None:
        return _settings(422, errors)
    wanted = form["confirmed_fields"].replace(",", " ").split()
    unknown = [name for name in wanted if name not in unconfirmed_fields()]
    if unknown:
        said = gettext("Not a field of the court's format: %(names)s", names=", ".join(unknown))
        return _settings(422, {"confirmed_fields": [said]})
    try:
        with transaction():
            found = get_court_settings()
            relock(found)
            require_unchanged(
                "court", _values(found), ("court_settings", 1), "court_settings.changed"
            )
            change_court_settings(
                file_letters=form["file_letters"],
                confirmed_fields=wanted,
                query_days=form["query_days"],
                payment_days=form["payment_days"],
                credit_in=form["credit_in"],
            )
    except ChangedByOther as changed:
        return _settings(422, changed.errors)
    except Refusal as refused:
        return _settings(422, {"file_letters": [say(refused)]})
    done(gettext("Settings saved"))
    return see_other("filing_reports.settings")


def unconfirmed_fields() -> list[str]:
    """Fields of low confidence, as settings and findings name them."""
    return sorted(find_unconfirmed())


def _values(found: CourtSettings) -> dict[str, Any]:
    return {
        "file_letters": found.file_letters,
        "query_days": found.query_days,
        "payment_days": found.payment_days,
        "credit_in": found.credit_in,
        "confirmed_fields": "\n".join(found.confirmed_fields),
    }


def _settings(status: int = 200, errors: Errors | None = None) -> ResponseReturnValue:
    with transaction():
        values = _values(get_court_settings())
    return page(
        "agency/filings/settings.html",
        status=status,
        errors=errors or {},
        values=request.form or values,
        opened=opened("court", values),
        kennziffer=get_agency().kennziffer,
        directory=find_current(),
        fields=unconfirmed_fields(),
    )
