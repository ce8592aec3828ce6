"""My day: what I did, what I promised, what is overdue; the diary of anybody; notes between us."""

from datetime import timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.contacts.queries import (
    kept_rate,
    list_contacts_of_user,
    list_promises_made,
    time_spent,
)
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Invalid
from cases.people.services import find_user, get_user, list_staff, names_of
from cases.worklist.arrangement import hand_over, list_notes, read_note
from cases.worklist.day import count_overdue, list_diary, list_done
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.pages import done, page, see_other
from portal.shell.typed import NotUnderstood, parse_date

blueprint = Blueprint("my_day", __name__)

AHEAD = timedelta(days=13)


@blueprint.get("/my-day")
@may("worklist.view")
def show() -> ResponseReturnValue:
    """What was done today, what was promised, what is overdue, and what others handed over."""
    user_id, today = require_user().user_id, clock.today()
    notes = list_notes(user_id)
    return page(
        "agency/worklist/day.html",
        done_rows=list_done(user_id, today),
        contacts=list_contacts_of_user(user_id, today),
        promises=list_promises_made(user_id, today),
        overdue=list_diary(user_id, None, today - timedelta(days=1)),
        due=list_diary(user_id, today, today),
        minutes=time_spent(user_id, today) // 60,
        rate=kept_rate(user_id, today - timedelta(days=90)),
        notes=notes,
        names=names_of({note.from_id for note in notes}),
        people=[(one.public_id, one.name) for one in list_staff() if one.id != user_id],
    )


@blueprint.post("/my-day/notes")
@may("worklist.view")
def note() -> ResponseReturnValue:
    """Hand something over to a colleague; without words nothing is written."""
    wanted = request.form.get("to", "")
    try:
        with transaction():
            receiver = find_user(wanted)
            hand_over(require_user().user_id, receiver.id, request.form.get("words", ""))
    except Invalid as refusal:
        done(say(refusal))
    else:
        done(gettext("Handed over to %(name)s.", name=receiver.name))
    return see_other("my_day.show")


@blueprint.post("/my-day/notes/<note_public_id>/read")
@may("worklist.view")
def read(note_public_id: str) -> ResponseReturnValue:
    """Note that it was read."""
    with transaction():
        read_note(note_public_id, require_user().user_id)
    return see_other("my_day.show")


@blueprint.get("/diary")
@may("worklist.view")
def diary() -> ResponseReturnValue:
    """Days that were set, for one person or everybody, from a day on; the overdue first."""
    today = clock.today()
    try:
        begin = parse_date(request.args.get("from", ""), today)
    except NotUnderstood:
        begin = today
    people = list_staff()
    mine = get_user(require_user().user_id)
    wanted = request.args.get("person", mine.public_id)
    owner = next((one for one in people if one.public_id == wanted), None)
    owner_id = owner.id if owner else None
    rows = list_diary(owner_id, begin, begin + AHEAD)
    return page(
        "agency/worklist/diary.html",
        rows=rows,
        names=names_of({row.item.owner_id for row in rows if row.item.owner_id}),
        overdue=list_diary(owner_id, None, today - timedelta(days=1)) if begin == today else [],
        overdue_mine=count_overdue(mine.id),
        people=[(one.public_id, one.name) for one in people],
        values={"person": owner.public_id if owner else "", "from": begin},
        last_day=begin + AHEAD,
    )
