"""Documents of a creditor: attached to all rows of an upload, to one row, or to a case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text

from cases.claims import timeline
from cases.claims.models import Case, Claim, Phase
from cases.claims.queries import lock_case
from cases.core import audit, clock, files
from cases.core.database import db
from cases.core.many import one_of
from cases.core.outbox import register_effect
from cases.documents.content import recognise_document
from cases.documents.models import ClaimDocument, DocumentKind
from cases.documents.queries import Kept, documents_with_files
from cases.intake.models import Submission, SubmissionRow
from cases.intake.queries import get_row, lock_submission
from legal.errors import InvariantBroken


@dataclass(frozen=True, slots=True)
class Handed:
    """A document as it was handed in."""

    data: bytes
    filename: str
    kind: DocumentKind
    dated_on: date | None = None  # The day that stands on it.
    handed_on: date | None = None  # When the customer got it.


@dataclass(frozen=True, slots=True)
class Place:
    """What a document is about; a line is one of a submission, a claim one of a case."""

    submission_id: int | None = None
    line: int | None = None
    case_id: int | None = None
    claim_id: int | None = None


def attach_to_upload(
    submission_id: int, user_id: int, handed: Sequence[Handed], line: int | None = None
) -> list[ClaimDocument]:
    """Keep documents for all rows of an upload, or for one.

    Raises:
        DocumentEmpty, DocumentRefused, FileTooLarge: nothing of the lot was kept.
    """
    # The lock keeps a worker from opening the row's case in between.
    submission = lock_submission(submission_id)
    place = Place(submission_id, line)
    if line is not None:
        claim_id = get_row(submission_id, line).claim_id
        claim = db.session.get(Claim, claim_id) if claim_id else None
        if claim is not None:
            place = Place(submission_id, line, claim.case_id, claim.id)
    return [_keep(submission.creditor_id, user_id, each, place) for each in handed]


def attach_to_case(
    case: Case, user_id: int, handed: Sequence[Handed], claim_id: int | None = None
) -> list[ClaimDocument]:
    """Keep documents about a case or one of its claims; a worker tells the staff.

    Raises:
        DocumentEmpty, DocumentRefused, FileTooLarge: nothing of the lot was kept.
    """
    place = Place(case_id=case.id, claim_id=claim_id)
    kept = [_keep(case.creditor_id, user_id, each, place) for each in handed]
    for document in kept:
        # The portal writes no timeline.
        register_effect(
            "intake.document_added", f"document:{document.id}:added", document_id=document.id
        )
    return kept


def keep_as_document(case: Case, user_id: int, file_id: int, dated_on: date) -> ClaimDocument:
    """A letter or mail that came in becomes a document of its case; the same file twice is one."""
    known = db.session.scalar(
        select(ClaimDocument).where(
            ClaimDocument.case_id == case.id, ClaimDocument.file_id == file_id
        )
    )
    if known is not None:
        return known
    document = ClaimDocument(
        creditor_id=case.creditor_id,
        case_id=case.id,
        file_id=file_id,
        kind=DocumentKind.CORRESPONDENCE,
        dated_on=dated_on,
        uploaded_by=user_id,
        uploaded_at=clock.now(),
    )
    db.session.add(document)
    db.session.flush()
    audit.record("claim_document.added", "claim_document", document.id,
                 creditor_id=case.creditor_id, kind=document.kind.value)  # fmt: skip
    return document


def tell_document(key: str, document_id: int) -> None:
    """Carry out the effect `intake.document_added`: the timeline says so, the worklist follows."""
    document = db.session.get_one(ClaimDocument, document_id)
    if document.case_id is None:
        raise InvariantBroken("document.case_id is missing")
    case = lock_case(document.case_id)
    if case.phase is Phase.CLOSED:
        return
    audit.set_actor(document.uploaded_by)
    file = db.session.get_one(files.StoredFile, document.file_id)
    timeline.record(case, "document.added", document_id=document.id, name=file.filename)


def assign_documents(submission_id: int) -> None:
    """Give the documents of rows that became claims to those claims; a repeat changes nothing."""
    db.session.execute(
        text(
            "UPDATE claim_documents d SET claim_id = c.id, case_id = c.case_id"
            " FROM submission_rows r JOIN claims c ON c.id = r.claim_id"
            " WHERE d.submission_id = :submission_id AND d.claim_id IS NULL"
            " AND r.submission_id = d.submission_id AND r.line = d.line"
        ),
        {"submission_id": submission_id},
    )


def _keep(creditor_id: int, user_id: int, handed: Handed, place: Place) -> ClaimDocument:
    media_type = recognise_document(handed.data, handed.filename)
    file = files.store_file(handed.data, handed.filename, media_type, creditor_id)
    document = ClaimDocument(
        creditor_id=creditor_id,
        submission_id=place.submission_id,
        line=place.line,
        case_id=place.case_id,
        claim_id=place.claim_id,
        file_id=file.id,
        kind=handed.kind,
        dated_on=handed.dated_on,
        handed_on=handed.handed_on,
        uploaded_by=user_id,
        uploaded_at=clock.now(),
    )
    db.session.add(document)
    db.session.flush()
    audit.record(
        "claim_document.added", "claim_document", document.id, creditor_id=creditor_id,
        kind=handed.kind.value, sha256=file.sha256,
    )  # fmt: skip
    return document


def list_of_case(case_id: int, claim_ids: Collection[int]) -> list[Kept]:
    """The documents of a case, and those its creditor gave for all rows of an upload."""
    uploads = select(SubmissionRow.submission_id).where(one_of(SubmissionRow.claim_id, claim_ids))
    for_all_rows = ClaimDocument.line.is_(None) & ClaimDocument.submission_id.in_(uploads)
    query = documents_with_files().where((ClaimDocument.case_id == case_id) | for_all_rows)
    return [Kept(*row) for row in db.session.execute(query.order_by(ClaimDocument.id))]


def list_invoiced(claim_ids: Collection[int]) -> set[int]:
    """Claims that came as an e-invoice: the upload itself is their invoice."""
    query = (
        select(SubmissionRow.claim_id)
        .join(Submission, Submission.id == SubmissionRow.submission_id)
        .where(one_of(SubmissionRow.claim_id, claim_ids), Submission.columns == [])
    )
    return {claim_id for claim_id in db.session.scalars(query) if claim_id is not None}
