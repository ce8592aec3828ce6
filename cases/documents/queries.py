"""Reads about the documents of creditors: whose they are, and what is missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import StoredFile
from cases.documents.models import ClaimDocument, DocumentKind

#: What a claim needs when its debtor objects or a court asks; any one of a group will do.
EXPECTED: tuple[tuple[DocumentKind, ...], ...] = (
    (DocumentKind.CONTRACT, DocumentKind.ORDER),
    (DocumentKind.DELIVERY_NOTE,),
    (DocumentKind.INVOICE,),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A document with the file it is."""

    document: ClaimDocument
    file: StoredFile


def get_document(public_id: str) -> Kept:
    """The document of that public id. For a creditor only its own exist; raises NotFound."""
    query = documents_with_files().where(ClaimDocument.public_id == public_id)
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return Kept(*found)


def list_of_upload(submission_id: int) -> list[Kept]:
    """The documents of an upload: those for all rows first, then row by row."""
    query = documents_with_files().where(ClaimDocument.submission_id == submission_id)
    ordered = query.order_by(ClaimDocument.line.asc().nulls_first(), ClaimDocument.id)
    return [Kept(*row) for row in db.session.execute(ordered.limit(500))]


def list_of_row(submission_id: int, line: int) -> list[Kept]:
    """The documents of one row."""
    query = documents_with_files().where(
        ClaimDocument.submission_id == submission_id, ClaimDocument.line == line
    )
    return [Kept(*row) for row in db.session.execute(query.order_by(ClaimDocument.id))]


def proofs_of_reminders(
    claim_id: int, days: Sequence[date], documents: Iterable[Kept]
) -> list[tuple[date, Kept | None]]:
    """Each reminder day of a claim with the reminder that bears it, if one was handed in."""
    dated = {
        each.document.dated_on: each
        for each in documents
        if each.document.kind is DocumentKind.REMINDER
        and each.document.claim_id in {None, claim_id}
    }
    return [(day, dated.get(day)) for day in days]


def missing_by_claim(
    claim_ids: Sequence[int], documents: Iterable[Kept], invoiced: Collection[int]
) -> Mapping[int, list[tuple[DocumentKind, ...]]]:
    """Which groups of documents each claim still lacks; one without a claim counts for all."""
    kept = list(documents)
    missing = {}
    for claim_id in claim_ids:
        kinds = {each.document.kind for each in kept if each.document.claim_id in {None, claim_id}}
        if claim_id in invoiced:
            kinds.add(DocumentKind.INVOICE)
        missing[claim_id] = [group for group in EXPECTED if kinds.isdisjoint(group)]
    return missing


def documents_with_files() -> Select[ClaimDocument, StoredFile]:
    """Every document that may be seen, each with its file."""
    return select(ClaimDocument, StoredFile).join(
        StoredFile, StoredFile.id == ClaimDocument.file_id
    )
