"""Our question about a whole upload, and the creditor's answer."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Invalid
from cases.documents.models import DocumentKind
from cases.intake.documents import attach_to_upload
from cases.intake.models import Submission
from cases.intake.queries import get_submission, get_upload
from cases.intake.questions import AnswerMissing, answer_all, question_of_upload
from portal.access import may
from portal.login import require_user
from portal.pages.document_words import handed_documents
from portal.shell.errors import say
from portal.shell.pages import done, invalid, page, see_other

blueprint = Blueprint("answers", __name__, template_folder="../templates")


@blueprint.get("/submissions/<submission_id>/question")
@may("submission.edit")
def show(submission_id: str) -> ResponseReturnValue:
    """What we want to know about an upload."""
    submission = get_submission(submission_id)
    if question_of_upload(submission) is None:
        return see_other("submissions.show", submission_id=submission_id)
    return page("portal/submissions/question.html", errors={}, **_context(submission))


@blueprint.post("/submissions/<submission_id>/question")
@may("submission.edit")
def send(submission_id: str) -> ResponseReturnValue:
    """Answer it, with documents if need be; answers 422 without a word."""
    submission = get_submission(submission_id)
    handed, _ = handed_documents(DocumentKind.CORRESPONDENCE)
    try:
        with transaction():
            attach_to_upload(submission.id, require_user().user_id, handed)
            answer_all(submission.id, request.form.get("answer", ""))
    except Invalid as refused:
        field = "answer" if isinstance(refused, AnswerMissing) else "document"
        errors = {field: [say(refused)]}
        return invalid("portal/submissions/question.html", errors=errors, **_context(submission))
    done(gettext("Thank you. Your answer is with us."))
    return see_other("submissions.show", submission_id=submission_id)


def _context(submission: Submission) -> dict[str, Any]:
    return {
        "submission": submission,
        "upload": get_upload(submission),
        "question": question_of_upload(submission),
        "today": clock.today(),
        "values": request.form,
    }
