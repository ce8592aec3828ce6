"""What our letters have announced and nobody has done yet."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cases.letters.announced.announcements import SHOWN, WORDS, list_not_done
from portal.access import may
from portal.shell.pages import page

blueprint = Blueprint("announced", __name__)


@blueprint.get("/letters/announced")
@may("letter.send")
def index() -> ResponseReturnValue:
    """The oldest first, with the case in which it is due."""
    return page(
        "agency/letters/announced.html", rows=list_not_done(), shown=SHOWN, step_words=WORDS
    )
