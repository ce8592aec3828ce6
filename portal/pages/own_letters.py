"""Our letters in a creditor's own cases, as they left the house."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from cases.letters.queries import read_sent_letter
from portal.access import may

blueprint = Blueprint("own_letters", __name__)


@blueprint.get("/my-cases/letters/<letter_public_id>.pdf")
@may("own_documents.view")
def show(letter_public_id: str) -> ResponseReturnValue:
    """A letter within the browser; that it was read is noted."""
    letter, data = read_sent_letter(letter_public_id)
    response = Response(data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{letter.number}.pdf"'
    return response
