"""What goes with a letter: a document of the case, or a PDF from outside."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.letters.writing import show_draft
from cases.core.database import transaction
from cases.core.errors import Conflict, Invalid, NotFound
from cases.documents.queries import get_document
from cases.letters.written.attachments import attach, attach_upload, detach
from cases.letters.written.services import get_letter_draft
from portal.access import may
from portal.shell.errors import say
from portal.shell.pages import done, see_other

blueprint = Blueprint("letter_attachments", __name__)


@blueprint.post("/letter-drafts/<draft_public_id>/attachments")
@may("letter.send")
def add(draft_public_id: str) -> ResponseReturnValue:
    """Let a document go with the letter; answers 422 if it cannot be printed."""
    draft = get_letter_draft(draft_public_id)
    chosen, sent = request.form.get("document", ""), request.files.get("file")
    try:
        if sent is not None and sent.filename:
            with transaction():
                attach_upload(draft, sent.read(), sent.filename)
        elif chosen:
            kept = get_document(chosen)
            if kept.document.creditor_id != draft.creditor_id:
                raise NotFound
            with transaction():
                attach(draft, kept.file)
        else:
            sentence = gettext("Choose a document of the case or a PDF file.")
            return show_draft(draft, {"file": [sentence]})
    except (Invalid, Conflict) as refusal:
        return show_draft(draft, {"file": [say(refusal)]})
    done(gettext("The document goes with the letter."))
    return see_other("written_letters.show", draft_public_id=draft_public_id)


@blueprint.post("/letter-drafts/<draft_public_id>/attachments/<attachment_public_id>/drop")
@may("letter.send")
def drop(draft_public_id: str, attachment_public_id: str) -> ResponseReturnValue:
    """Leave a document out again."""
    with transaction():
        detach(get_letter_draft(draft_public_id), attachment_public_id)
    done(gettext("The document is left out."))
    return see_other("written_letters.show", draft_public_id=draft_public_id)
