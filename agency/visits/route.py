"""The route of a day for one person: as a page, on paper, in a calendar."""

from datetime import timedelta

from flask import Blueprint, Response, make_response, request
from flask.typing import ResponseReturnValue

from agency.letters.views import pdf_answer
from agency.visits.words import field_workers
from cases.contacts.visits.queries import list_late_visits, safety_notes_of
from cases.contacts.visits.route import Route, route_calendar, route_of, route_pdf, stops_of
from cases.core import clock
from cases.core.database import transaction
from portal.access import may
from portal.limits import costly
from portal.login import require_user
from portal.shell.formatting import language
from portal.shell.pages import page
from portal.shell.typed import NotUnderstood, parse_date

blueprint = Blueprint("routes", __name__)


@blueprint.get("/visits")
@may("contact.log")
def show() -> ResponseReturnValue:
    """The visits of a person on a day, and those that nobody has reported."""
    route, visitor = _route()
    debtors = [stop.party.debtor.id for stop in route.stops]
    late = stops_of(list_late_visits())
    return page(
        "agency/visits/route.html",
        route=route,
        visitor=visitor,
        beware=safety_notes_of(debtors),
        late=late,
        people=[(user.public_id, user.name) for user in field_workers()],
        before=route.day - timedelta(days=1),
        after=route.day + timedelta(days=1),
        values={"person": visitor, "day": route.day},
    )


@blueprint.get("/visits/route.pdf")
@costly
@may("contact.log")
def document() -> Response:
    """The same on paper, with a slip for each receipt."""
    route, _ = _route()
    with transaction():
        pdf = route_pdf(route, language() if language() in {"de", "en"} else "de")
    return pdf_answer(pdf, f"besuche-{route.day:%Y-%m-%d}.pdf")


@blueprint.get("/visits/route.ics")
@may("contact.log")
def calendar() -> Response:
    """The same for a calendar."""
    route, _ = _route()
    answer = make_response(route_calendar(route))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f'inline; filename="besuche-{route.day:%Y-%m-%d}.ics"'
    return answer


def _route() -> tuple[Route, str]:
    """Whose and which day the address names: one's own, today, unless it says otherwise."""
    users = {user.public_id: user for user in field_workers()}
    chosen = users.get(request.args.get("person", ""))
    if chosen is None:
        me = require_user().user_id
        chosen = next(user for user in users.values() if user.id == me)
    try:
        day = parse_date(request.args.get("day", ""), clock.today())
    except NotUnderstood:
        day = clock.today()
    return route_of(chosen.id, day), chosen.public_id
