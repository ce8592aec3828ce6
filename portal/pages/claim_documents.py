"""Documents of a creditor's claims: added to an upload, a row or a case, and looked at again."""

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from cases.claims.queries import get_case, list_claims
from cases.core.database import transaction
from cases.core.errors import Invalid
from cases.documents.models import DocumentKind
from cases.documents.queries import get_document, list_of_upload
from cases.intake.documents import attach_to_case, attach_to_upload
from cases.intake.models import Submission
from cases.intake.queries import get_submission, get_upload, tally
from portal.access import may
from portal.login import require_user
from portal.pages.document_words import handed_documents
from portal.pages.documents import file_response
from portal.pages.own_cases import case_context
from portal.pages.submission_rows import row_context
from portal.shell.errors import say
from portal.shell.pages import done, invalid, page, see_other
from portal.wording import choices

blueprint = Blueprint("claim_documents", __name__, template_folder="../templates")


@blueprint.get("/submissions/<submission_id>/documents")
@may("submission.edit")
def of_upload(submission_id: str) -> ResponseReturnValue:
    """The documents of an upload, and where more are added for all its rows."""
    submission = get_submission(submission_id)
    return page("portal/submissions/documents.html", errors={}, **_context(submission))


@blueprint.post("/submissions/<submission_id>/documents")
@may("submission.edit")
def add_to_upload(submission_id: str) -> ResponseReturnValue:
    """Keep documents for all rows of an upload; answers 422 when one cannot be taken."""
    submission = get_submission(submission_id)
    handed, errors = handed_documents()
    if not errors:
        try:
            with transaction():
                attach_to_upload(submission.id, require_user().user_id, handed)
        except Invalid as refused:
            errors = {"document": [say(refused)]}
    if errors:
        context = _context(submission)
        return invalid("portal/submissions/documents.html", errors=errors, **context)
    return _thanks(len(handed), "claim_documents.of_upload", submission_id=submission_id)


@blueprint.post("/submissions/<submission_id>/rows/<int:line>/documents")
@may("submission.edit")
def add_to_row(submission_id: str, line: int) -> ResponseReturnValue:
    """Keep documents for one row; answers 422 when one cannot be taken."""
    submission = get_submission(submission_id)
    handed, errors = handed_documents()
    if not errors:
        try:
            with transaction():
                attach_to_upload(submission.id, require_user().user_id, handed, line)
        except Invalid as refused:
            errors = {"document": [say(refused)]}
    if errors:
        context = row_context(submission, line)
        return invalid("portal/submissions/row.html", errors=errors, **context)
    return _thanks(len(handed), "submission_rows.show", submission_id=submission_id, line=line)


@blueprint.post("/my-cases/<case_id>/documents")
@may("submission.edit")
def add_to_case(case_id: str) -> ResponseReturnValue:
    """Keep documents about a case or one of its claims; answers 422 when one cannot be taken."""
    case = get_case(case_id)
    claim_id = _chosen_claim(case.id)
    handed, errors = handed_documents()
    if not errors:
        try:
            with transaction():
                attach_to_case(case, require_user().user_id, handed, claim_id)
        except Invalid as refused:
            errors = {"document": [say(refused)]}
    if errors:
        return invalid("portal/own_cases/show.html", errors=errors, **case_context(case_id))
    return _thanks(len(handed), "own_cases.show", case_id=case_id)


@blueprint.get("/claim-documents/<document_id>")
@may("own_documents.view")
def show(document_id: str) -> ResponseReturnValue:
    """A document as it was handed in; a PDF or picture within the browser."""
    return file_response(get_document(document_id).file, verified=True)


def _chosen_claim(case_id: int) -> int | None:
    """The claim chosen in the form; another case's claim is nobody's."""
    wanted = request.form.get("claim", "")
    return next((each.id for each in list_claims(case_id) if each.public_id == wanted), None)


def _thanks(count: int, endpoint: str, **values: Any) -> Response:
    done(ngettext("%(num)d document is kept.", "%(num)d documents are kept.", count))
    return see_other(endpoint, **values)


def _context(submission: Submission) -> dict[str, Any]:
    return {
        "submission": submission,
        "upload": get_upload(submission),
        "tallies": tally(submission.id),
        "documents": list_of_upload(submission.id),
        "kinds": choices(DocumentKind),
    }
