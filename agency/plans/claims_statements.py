"""The statement of claims for a debt counsellor (§ 305(2) InsO): shown, and sent by one click."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from agency.letters.views import pdf_answer
from agency.letters.writing import choose_letter
from agency.refusals import at_field
from cases.claims.queries import get_case
from cases.core.database import db, transaction
from cases.core.errors import Refusal
from cases.letters.pdf import render_preview
from cases.plans.claims_statement import preview_claims_statement, send_claims_statement
from portal.access import may
from portal.limits import costly
from portal.login import require_user
from portal.shell.pages import done, see_other

blueprint = Blueprint("claims_statements", __name__)


@blueprint.post("/cases/<case_public_id>/claims-statement")
@may("letter.send")
def send(case_public_id: str) -> ResponseReturnValue:
    """The letter leaves; what it answers is answered."""
    try:
        with transaction():
            case = get_case(case_public_id)
            count = len(send_claims_statement(case.id, require_user().user_id))
    except Refusal as refusal:
        db.session.expire_all()
        return choose_letter(case_public_id, at_field(refusal, {}))
    done(ngettext("Letter released. It is being printed.", "%(num)d letters released.", count))
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.get("/cases/<case_public_id>/claims-statement.pdf")
@costly
@may("letter.send")
def preview(case_public_id: str) -> ResponseReturnValue:
    """The letter as it would leave; kept nowhere."""
    case = get_case(case_public_id)
    try:
        html = preview_claims_statement(case, require_user().user_id)
    except Refusal as refusal:
        return choose_letter(case_public_id, at_field(refusal, {}))
    return pdf_answer(render_preview(html), f"{case.number}-305.pdf")
