"""The board: open work by queue, what is late, who is away; work is given on by one click."""

from collections.abc import Mapping

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.team.rows import person_rows, team_rows
from cases.claims.queries import list_cases_by_public_id
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.parties.queries import find_creditor, list_creditors
from cases.people.absences import list_absences
from cases.people.rules import find_agreement
from cases.people.services import find_user
from cases.people.teams import list_staff, list_teams
from cases.worklist.assigning import assign, cases_of, take_assignment_back
from cases.worklist.board import loads_by_person
from cases.worklist.bulk import get_bulk, list_undoable
from cases.worklist.case_work import list_case_work
from cases.worklist.models import BulkKind, WorkQueue
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors
from portal.shell.pages import done, page, see_other
from portal.wording import word

blueprint = Blueprint("board", __name__)
#: Chosen where work that lies with nobody is given out.
NOBODY = "nobody"
#: So many cases are shown to be ticked at once.
TICKED = 100


@blueprint.get("/team")
@may("team.lead")
def show() -> ResponseReturnValue:
    """Who has what."""
    return _page()


@blueprint.post("/team/assignments")
@may("team.lead")
def give() -> ResponseReturnValue:
    """Give the open work of somebody, or of nobody, to one person or in turn to several."""
    source, takers = request.form.get("from", ""), request.form.getlist("to")
    ticked = request.form.getlist("case")[:TICKED]
    if not takers or not (source or ticked):
        return _page({"from": [gettext("Please choose whose work it is, and who is to take it.")]})
    try:
        with transaction():
            wanted = [case.id for case in list_cases_by_public_id(ticked)]
            action = assign(
                wanted or cases_of(*_wanted(request.form)),
                [find_user(each).id for each in takers],
                require_user().user_id,
            )
            count = len(action.case_ids)
    except Refusal as refusal:
        return _page({"from": [say(refusal)]})
    done(ngettext("One case was given on.", "%(num)d cases were given on.", count))
    return see_other("board.show")


@blueprint.get("/team/work")
@may("team.lead")
def choose() -> ResponseReturnValue:
    """Whose cases they are, to be ticked before they are given on."""
    if not request.args.get("from"):
        return _page({"from": [gettext("Please choose whose work it is.")]})
    owner_id, client_id, queue = _wanted(request.args)
    found = list_case_work(owner_id, client_id, queue, TICKED + 1)
    staff = list_staff()
    return page(
        "agency/team/work.html",
        rows=found[:TICKED],
        more=len(found) > TICKED,
        most=TICKED,
        whose=next((one.name for one in staff if one.id == owner_id), None),
        sources=[(one.public_id, one.name) for one in staff if one.id != owner_id],
    )


def _wanted(told: Mapping[str, str]) -> tuple[int | None, int | None, str | None]:
    """Whose work, of which client and of which kind."""
    source, queue = told.get("from", ""), told.get("queue", "")
    client = find_creditor(told.get("creditor", ""))
    owner_id = None if source == NOBODY else find_user(source).id
    return owner_id, client.id if client else None, queue if queue in set(WorkQueue) else None


@blueprint.post("/team/assignments/<bulk_public_id>/undo")
@may("team.lead")
def undo(bulk_public_id: str) -> ResponseReturnValue:
    """Take an assignment back; answers 409 when it is too late."""
    with transaction():
        count = take_assignment_back(get_bulk(bulk_public_id, BulkKind.REASSIGNED))
    done(ngettext("One case lies where it lay.", "%(num)d cases lie where they lay.", count))
    return see_other("board.show")


def _page(errors: Errors | None = None) -> ResponseReturnValue:
    loads, staff, absences = loads_by_person(), list_staff(), list_absences()
    today = clock.today()
    away = {each.person.id: each for each in absences if each.absence.first_day <= today}
    per_person = find_agreement() is not None
    # Whose work has to be given on is named whatever was agreed: it is no figure of performance.
    named = staff if per_person else [one for one in staff if one.id in away]
    return page(
        "agency/team/board.html",
        status=422 if errors else 200,
        errors=errors or {},
        values=request.form,
        teams=team_rows(list_teams(), loads),
        people=person_rows(named, loads, away),
        per_person=per_person,
        absences=absences,
        uncovered=[each for each in away.values() if not each.covered],
        queues=[(queue.value, word(queue)) for queue in WorkQueue],
        creditors=[(one.public_id, one.name) for one in list_creditors()],
        sources=[(one.public_id, one.name) for one in staff],
        nobody=NOBODY,
        today=today,
        undoable=list_undoable(BulkKind.REASSIGNED),
    )
