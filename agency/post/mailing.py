"""A kept letter by e-mail."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.claims.queries import get_case_by_id
from cases.core.database import transaction
from cases.letters.mailing.services import mail_letter
from cases.letters.queries import get_letter
from portal.access import may
from portal.login import require_user
from portal.shell.pages import done, see_other

blueprint = Blueprint("letter_mails", __name__)


@blueprint.post("/letters/<letter_public_id>/mail")
@may("letter.send")
def send(letter_public_id: str) -> ResponseReturnValue:
    """Let a letter go by e-mail, too; answers 409 where that cannot be."""
    with transaction():
        letter = get_letter(letter_public_id)
        mail_letter(letter, require_user().user_id)
        case = get_case_by_id(letter.case_id).public_id
    done(gettext("The letter goes by e-mail, with the PDF attached."))
    return see_other("cases.show", case_public_id=case)
