"""A creditor's document as staff look at it."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from cases.documents.queries import get_document
from portal.access import may
from portal.pages.documents import file_response

blueprint = Blueprint("creditor_documents", __name__)


@blueprint.get("/creditor-documents/<document_id>")
@may("document.view")
def show(document_id: str) -> ResponseReturnValue:
    """A document as it was handed in; a PDF or picture is shown unless a download is asked."""
    shown = "download" not in request.args
    return file_response(get_document(document_id).file, verified=shown)
