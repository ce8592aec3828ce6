"""The evidence of a case as one file, for courts and lawyers."""

from flask import Blueprint, Response, make_response
from flask.typing import ResponseReturnValue

from cases.claims.models import Case
from cases.claims.queries import get_case
from cases.core.database import transaction
from cases.filings.evidence_bundle import bundle_pdf, bundle_zip, note_bundle
from portal.access import may

blueprint = Blueprint("evidence_bundle", __name__)


@blueprint.get("/cases/<case_public_id>/evidence.pdf")
@may("document.view")
def pdf(case_public_id: str) -> ResponseReturnValue:
    """Index, documents with bookmarks and page stamps; missing items on page one."""
    case = get_case(case_public_id)
    return _file(case, bundle_pdf(case), "application/pdf", "pdf")


@blueprint.get("/cases/<case_public_id>/evidence.zip")
@may("document.view")
def package(case_public_id: str) -> ResponseReturnValue:
    """The documents as they came in, with the index."""
    case = get_case(case_public_id)
    return _file(case, bundle_zip(case), "application/zip", "zip")


def _file(case: Case, data: bytes, media_type: str, suffix: str) -> Response:
    with transaction():
        note_bundle(case)
    answer = make_response(data)
    answer.headers["Content-Type"] = media_type
    name = f"Nachweise-{case.number}.{suffix}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
