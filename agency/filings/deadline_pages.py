"""Deadlines of the court: today, the calendar, a feed for calendars, the liability log."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.filings.calendar_feed import calendar
from agency.filings.schemas import MoveSchema, ReasonSchema
from cases.claims.queries import find_case_by_number
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.filings import liability_log, queries
from cases.filings.proceedings import deadlines
from cases.filings.proceedings.models import LegalDeadline
from cases.people.feeds import make_feed, reader_of
from cases.people.policy import Permission
from portal.access import may, public
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import base_url, done, page, see_other

blueprint = Blueprint("deadlines", __name__)
SOON_DAYS = 14
#: What the trail says when a deadline changes.
MARKS = ("deadline.moved", "deadline.computed_anew", "deadline.closed", "deadline.reopened")


@blueprint.get("/deadlines")
@may("filing.view")
def index() -> ResponseReturnValue:
    """What ends today or has passed first, then day by day."""
    return _show()


@blueprint.post("/deadlines/<deadline_public_id>/move")
@may("deadline.edit")
def move(deadline_public_id: str) -> ResponseReturnValue:
    """Let a deadline count to another day; who, when, before and after are kept."""
    form, errors = load_form(MoveSchema(), request.form)
    if form is None:
        return _show(422, errors, deadline_public_id)
    try:
        with transaction():
            found = deadlines.lock_deadline(deadline_public_id)
            require_unchanged("deadline", _opened_of(found), ("legal_deadline", found.id), *MARKS)
            deadlines.move_deadline(found, form["last_day"], form["reason"])
    except ChangedByOther as changed:
        return _show(422, changed.errors, deadline_public_id)
    except Refusal as refused:
        return _show(422, {"reason": [say(refused)]}, deadline_public_id)
    done(gettext("Deadline moved"))
    return see_other("deadlines.index")


@blueprint.post("/deadlines/<deadline_public_id>/close")
@may("deadline.edit")
def close(deadline_public_id: str) -> ResponseReturnValue:
    """Close a deadline because what it asks for was done otherwise."""
    form, errors = load_form(ReasonSchema(), request.form)
    if form is None:
        return _show(422, errors, deadline_public_id)
    try:
        with transaction():
            found = deadlines.lock_deadline(deadline_public_id)
            require_unchanged("deadline", _opened_of(found), ("legal_deadline", found.id), *MARKS)
            deadlines.close_by_hand(found, form["reason"])
    except ChangedByOther as changed:
        return _show(422, changed.errors, deadline_public_id)
    except Refusal as refused:
        return _show(422, {"reason": [say(refused)]}, deadline_public_id)
    done(gettext("Deadline closed"))
    return see_other("deadlines.index")


@blueprint.get("/deadlines/calendar.ics")
@may("filing.view")
def download() -> ResponseReturnValue:
    """All open deadlines as a calendar file."""
    return _calendar()


@blueprint.get("/deadlines/feed/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """The same for a calendar program: the address itself is the key of one person."""
    with transaction():
        reader_of(token, Permission.FILING_VIEW)
    return _calendar()


@blueprint.post("/deadlines/feed")
@may("filing.view")
def renew_feed() -> ResponseReturnValue:
    """A new address for one's calendar program, shown this once; the old one ends."""
    with transaction():
        token = make_feed(require_user().user_id)
    return _show(feed_url=base_url() + url_for("deadlines.feed", token=token))


@blueprint.get("/deadlines/log")
@may("filing.view")
def log() -> ResponseReturnValue:
    """Every change of a deadline or filing date: who, when, before, after. Made to be printed."""
    number = request.args.get("number", "").strip()
    case = find_case_by_number(number) if number else None
    entries = liability_log.list_entries(case.id if case else None) if case or not number else []
    return page(
        "agency/deadlines/log.html",
        entries=entries,
        number=number,
        numbers=queries.case_numbers([entry.case_id for entry in entries]),
        people=queries.names_of([entry.by for entry in entries]),
    )


def _show(
    status: int = 200,
    errors: Errors | None = None,
    selected: str | None = None,
    feed_url: str | None = None,
) -> ResponseReturnValue:
    rows = queries.list_deadlines()
    chosen = selected or request.args.get("deadline")
    row = next((row for row in rows if row.deadline.public_id == chosen), None)
    today = clock.today()
    return page(
        "agency/deadlines/index.html",
        status=status,
        urgent=[row for row in rows if row.deadline.last_day <= today and _acts(row)],
        soon=[row for row in rows if today < row.deadline.last_day <= _soon() and _acts(row)],
        watched=[row for row in rows if not _acts(row)],
        later=[row for row in rows if row.deadline.last_day > _soon() and _acts(row)],
        chosen=row,
        opened=opened("deadline", _opened_of(row.deadline)) if row else None,
        feed_url=feed_url,
        errors=errors or {},
        values=request.form,
    )


def _opened_of(deadline: LegalDeadline) -> dict[str, Any]:
    return {"last_day": deadline.last_day, "state": deadline.state}


def _acts(row: queries.DeadlineRow) -> bool:
    """Whether we must act; the opponent's deadlines are only watched."""
    return row.deadline.whose != "opponent"


def _soon() -> date:
    return clock.today() + timedelta(days=SOON_DAYS)


def _calendar() -> Response:
    answer = make_response(calendar(queries.list_deadlines(limit=5000), clock.now()))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'inline; filename="fristen.ics"'
    return answer
