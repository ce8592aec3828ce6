"""A creditor's document as staff look at it, and who signed it."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from cases.claims.models import Case
from cases.claims.queries import get_case_by_id
from cases.core.database import transaction
from cases.core.errors import NotFound
from cases.core.locks import relock
from cases.documents.models import ClaimDocument
from cases.documents.queries import get_document
from cases.documents.signatures import note_signature
from portal.access import may
from portal.pages.documents import file_response
from portal.shell.forms import Errors
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("creditor_documents", __name__)


@blueprint.get("/creditor-documents/<document_id>")
@may("document.view")
def show(document_id: str) -> ResponseReturnValue:
    """A document as it was handed in; a PDF or picture is shown unless a download is asked."""
    shown = "download" not in request.args
    return file_response(get_document(document_id).file, verified=shown)


@blueprint.get("/creditor-documents/<document_id>/signature")
@may("objection.record")
def signature(document_id: str) -> ResponseReturnValue:
    """Who signed it for the debtor."""
    document = _signed(document_id)
    return _page(document, _shown(document), {})


@blueprint.post("/creditor-documents/<document_id>/signature")
@may("objection.record")
def sign(document_id: str) -> ResponseReturnValue:
    """Note who signed an order or form, as what, and whether he may; empty: nobody did."""
    document = _signed(document_id)
    try:
        with transaction():
            relock(document)
            require_unchanged(
                "signature", _shown(document), ("claim_document", document.id),
                "claim_document.signature_noted",
            )  # fmt: skip
            note_signature(
                document,
                request.form.get("signed_by", ""),
                request.form.get("signed_as", ""),
                checked="checked" in request.form,
            )
    except ChangedByOther as changed:
        return _page(document, request.form, changed.errors)
    done(gettext("Noted who signed."))
    case = _case_of(document)
    return see_other("cases.show", case_public_id=case.public_id, _anchor="h-papers")


def _signed(document_id: str) -> ClaimDocument:
    """A document of a case; what lies with an upload only has no case to show it yet."""
    document = get_document(document_id).document
    if document.case_id is None:
        raise NotFound
    return document


def _case_of(document: ClaimDocument) -> Case:
    return get_case_by_id(document.case_id or 0)


def _shown(document: ClaimDocument) -> dict[str, Any]:
    return {
        "signed_by": document.signed_by or "",
        "signed_as": document.signed_as or "",
        "checked": document.authority_checked_on is not None,
    }


def _page(document: ClaimDocument, values: Any, errors: Errors) -> ResponseReturnValue:
    return page(
        "agency/cases/signature.html",
        status=422 if errors else 200,
        file=load_file(_case_of(document).public_id),
        document=get_document(document.public_id),
        values=values,
        opened=opened("signature", _shown(document)),
        errors=errors,
    )
