"""What we ask a creditor for about an objection: with its day, and what silence means."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.claims.queries import get_case_by_id
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.errors import Conflict, Invalid
from cases.core.locks import lock_row
from cases.documents.models import DocumentKind
from cases.intake.documents import attach_to_case
from cases.objections import evidence
from cases.objections.catalogue import AnswerForm, Label, Side, labels
from cases.objections.complaints.models import Complaint
from cases.objections.complaints.services import (
    answer_in_portal,
    count_causes,
    get_complaint,
    list_open_complaints,
)
from cases.objections.evidence_models import EvidencePiece
from cases.objections.queries import get_objection_by_id, list_disputed
from portal.access import may
from portal.login import require_user
from portal.pages.document_words import handed_documents
from portal.shell.errors import say
from portal.shell.evidence_forms import LONGEST, read_answer
from portal.shell.forms import Errors
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("evidence_requests", __name__, template_folder="../templates")
MOST = 200
#: Where a refused answer is shown.
ANSWERED_AT: dict[type[Invalid], str] = {
    evidence.AnswerMissing: "words",
    evidence.AnswerDayAhead: "on",
}
YEAR = timedelta(days=365)


@blueprint.get("/my-evidence")
@may("own_cases.view")
def index() -> ResponseReturnValue:
    """What we still wait for, the earliest day first."""
    pieces = db.session.scalars(evidence.open_pieces(Side.CREDITOR).limit(MOST)).all()
    return page(
        "portal/evidence/index.html",
        rows=[_context(piece) for piece in pieces],
        complaints=[(one, get_case_by_id(one.case_id)) for one in list_open_complaints()],
        causes=count_causes(clock.today() - YEAR),
        values={},
        errors={},
        today=clock.today(),
    )


@blueprint.post("/my-complaints/<complaint_id>")
@may("submission.edit")
def answer_complaint(complaint_id: str) -> ResponseReturnValue:
    """Keep the answer to a complaint; answers 422 without words."""
    complaint = get_complaint(complaint_id)
    try:
        with transaction():
            locked = lock_row(Complaint, complaint.id)
            answer_in_portal(locked, request.form.get("answer", "")[:LONGEST])
    except Conflict:
        raise
    except Invalid as refused:
        return _complaint(complaint, {"answer": [say(refused)]})
    done(gettext("Thank you. Your answer stands in the case."))
    return see_other("evidence_requests.index")


@blueprint.get("/my-complaints/<complaint_id>")
@may("own_cases.view")
def complaint(complaint_id: str) -> ResponseReturnValue:
    """One complaint with the form for its answer."""
    return _complaint(get_complaint(complaint_id), {})


def _complaint(complaint: Complaint, errors: Errors) -> ResponseReturnValue:
    return page(
        "portal/evidence/complaint.html",
        status=422 if errors else 200,
        complaint=complaint,
        case=get_case_by_id(complaint.case_id),
        values=request.form,
        errors=errors,
    )


@blueprint.get("/my-evidence/<piece_id>")
@may("own_cases.view")
def show(piece_id: str) -> ResponseReturnValue:
    """One piece: why it is needed, and the form for the answer."""
    return _page(evidence.get_piece(piece_id), {}, {})


@blueprint.post("/my-evidence/<piece_id>")
@may("submission.edit")
def send(piece_id: str) -> ResponseReturnValue:
    """Keep the answer with its document; answers 422 when nothing was said."""
    piece = evidence.get_piece(piece_id)
    handed, errors = handed_documents(_kind_of(labels()[piece.label]))
    given, wrong = read_answer(request.form, labels()[piece.label].form)
    errors |= wrong
    if given is not None and not errors:
        try:
            with transaction():
                locked = lock_row(EvidencePiece, piece.id)
                case = get_case_by_id(get_objection_by_id(locked.objection_id).case_id)
                kept = attach_to_case(case, require_user().user_id, handed, _claim_of(locked))
                document_id = kept[0].id if kept else None
                evidence.answer_in_portal(locked, given.with_document(document_id))
        except Conflict:
            raise
        except Invalid as refused:
            errors = {ANSWERED_AT.get(type(refused), "_form"): [say(refused)]}
        else:
            done(gettext("Thank you. Your answer is with us; we go on verifying."))
            return see_other("evidence_requests.index")
    return _page(piece, request.form, errors)


def _page(piece: EvidencePiece, values: Any, errors: Errors) -> ResponseReturnValue:
    return page(
        "portal/evidence/show.html",
        status=422 if errors else 200,
        row=_context(piece),
        values=values,
        errors=errors,
        today=clock.today(),
    )


def _context(piece: EvidencePiece) -> dict[str, Any]:
    objection = get_objection_by_id(piece.objection_id)
    disputed = list_disputed(objection.id)
    return {
        "piece": piece,
        "label": labels()[piece.label],
        "objection": objection,
        "case": get_case_by_id(objection.case_id),
        "disputed": disputed,
        "disputed_cents": sum(one.item.amount_cents for one in disputed),
        "takes_document": labels()[piece.label].form is not AnswerForm.WORDS,
    }


def _claim_of(piece: EvidencePiece) -> int | None:
    """The claim that a document is about, where there is only one."""
    disputed = list_disputed(piece.objection_id)
    return disputed[0].claim.id if len(disputed) == 1 else None


def _kind_of(label: Label) -> DocumentKind:
    return DocumentKind(label.documents[0]) if label.documents else DocumentKind.CORRESPONDENCE
