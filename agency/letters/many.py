"""The first letters of many cases: looked at in sums, released with one click."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.letters.schemas import WishSchema
from cases.claims.queries import list_debtors
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.letters.drafting import DemandWish
from cases.letters.many import MOST, list_waiting, look_at, release_many, sums_of
from cases.worklist.bulk import UNDO_FOR, get_bulk, list_undoable, take_back
from cases.worklist.models import BulkKind
from legal.errors import LawError
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("many_letters", __name__)


@blueprint.get("/letters")
@may("letter.send")
def show() -> ResponseReturnValue:
    """The cases whose first letter is due, with what would leave and why some may not."""
    waiting, left_out = list_waiting(), set(request.args.getlist("without"))
    chosen = [case for case in waiting if case.public_id not in left_out]
    looked = look_at(chosen, _wish(), require_user().user_id)
    debtors = {each.case.id: list_debtors(each.case.id) for each in looked}
    return page(
        "agency/letters/many.html",
        looked=looked,
        sums=sums_of(looked),
        count=sum(each.sendable for each in looked),
        debtors=debtors,
        why={each.case.id: _why(each.obstacle) for each in looked if each.obstacle},
        most=MOST,
        left_out=[case for case in waiting if case.public_id in left_out],
        undoable=list_undoable(BulkKind.FIRST_LETTERS),
        undo_minutes=UNDO_FOR.seconds // 60,
    )


@blueprint.post("/letters")
@may("letter.send")
def release() -> ResponseReturnValue:
    """Release the letters of the cases that were looked at; those that may not leave stay."""
    chosen = set(request.form.getlist("case"))
    waiting = [case for case in list_waiting() if case.public_id in chosen]
    with transaction():
        action = release_many(waiting, _wish(), require_user().user_id)
    if action is None:
        done(gettext("Nothing was left to release."))
    return see_other("many_letters.show")


@blueprint.post("/letters/releases/<bulk_public_id>/undo")
@may("letter.send")
def undo(bulk_public_id: str) -> ResponseReturnValue:
    """Take the release of many letters back; answers 409 when they are being printed."""
    with transaction():
        action = get_bulk(bulk_public_id, BulkKind.FIRST_LETTERS)
        take_back(action)
        count = len(action.case_ids)
    done(
        ngettext(
            "Taken back: no letter leaves for this case.",
            "Taken back: no letter leaves for these %(num)d cases.",
            count,
        )
    )
    return see_other("many_letters.show")


def _why(obstacle: Refusal | LawError) -> str:
    return say(obstacle) if isinstance(obstacle, Refusal) else str(obstacle)


def _wish() -> Any:
    wish: DemandWish = WishSchema().load({})
    return wish
