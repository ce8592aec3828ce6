"""The call list out to a dialer, its results in, with what could not be recorded row by row."""

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.wording import finding_words
from cases.contacts.dialer.columns import HEADINGS, OUTCOMES, REASONS
from cases.contacts.dialer.reading import read_results
from cases.contacts.dialer.services import call_list, take_results, write_list
from cases.core import audit, clock
from cases.core.database import transaction
from portal.access import may
from portal.limits import costly
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors
from portal.shell.pages import page

blueprint = Blueprint("dialer", __name__)


@blueprint.get("/dialer")
@may("contact.log")
def show() -> ResponseReturnValue:
    """What goes out, what comes in, and the words of the columns."""
    return _show({}, None, 0)


@blueprint.get("/dialer/list.csv")
@costly
@may("contact.log")
def export() -> Response:
    """Who is to be called now, as CSV."""
    found = call_list(require_user().user_id, current_app.config["CALLING_HOURS"])
    with transaction():
        audit.record("dialer.list_made", "user", require_user().user_id, rows=len(found.rows))
    response = Response(write_list(found.rows), content_type="text/csv; charset=utf-8")
    name = f"anrufliste-{clock.today():%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.post("/dialer")
@costly
@may("contact.log")
def take() -> ResponseReturnValue:
    """Record the results; the page names every row that could not be, and why."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _show({"file": [gettext("Choose a file first.")]}, None, 0)
    results = read_results(upload.read(), clock.local(clock.now()).tzinfo)
    with transaction():
        taken = take_results(results.calls, current_app.config["CALLING_HOURS"])
    problems = [
        (finding.line, finding.field, finding_words(finding))
        for finding in (*results.findings, *taken.findings)
    ]
    problems += [(each.line, "", say(each.refusal)) for each in taken.refused]
    problems.sort(key=lambda each: each[0] or 0)
    return _show({}, (taken.recorded, problems), results.left_out)


def _show(
    errors: Errors, taken: tuple[int, list[tuple[int | None, str | None, str]]] | None, empty: int
) -> ResponseReturnValue:
    return page(
        "agency/calls/dialer.html",
        status=422 if errors or (taken and taken[1]) else 200,
        taken=taken,
        empty=empty,
        headings=list(HEADINGS.values()),
        outcomes=list(OUTCOMES),
        reasons=list(REASONS),
        errors=errors,
    )
