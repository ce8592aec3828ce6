"""Every e-invoice is kept as it came, beside the row it became; inside an archive as well.

Law: § 257 HGB, § 147 AO (the invoice in its original format is the voucher).
"""

from collections.abc import Collection, Iterable

from sqlalchemy import select

from cases.core import clock, files
from cases.core.database import db
from cases.documents.models import ClaimDocument, DocumentKind
from cases.formats.claims.claim_file import Original
from cases.intake.models import Submission

_PDF, _XML = "application/pdf", "application/xml"


def keep_originals(
    submission: Submission, originals: Iterable[Original], lines: Collection[int]
) -> None:
    """Keep the originals of these rows as their invoices; the caller writes the rows with them."""
    for each in originals:
        if each.line in lines:
            _keep(submission, each)
    db.session.flush()


def names_of(submission: Submission, lines: Collection[int]) -> dict[int, str]:
    """By line the file that a row came from, where the upload is an archive of several."""
    if submission.format != "zip":
        return {}
    query = (
        select(ClaimDocument.line, files.StoredFile.filename)
        .join(files.StoredFile, files.StoredFile.id == ClaimDocument.file_id)
        .where(
            ClaimDocument.submission_id == submission.id,
            ClaimDocument.kind == DocumentKind.INVOICE,
            ClaimDocument.line.in_(lines),
        )
        .order_by(ClaimDocument.id.desc())  # The first one is the original.
    )
    return {line: name for line, name in db.session.execute(query) if line is not None}


def _keep(submission: Submission, original: Original) -> None:
    file_id = submission.file_id  # A file that is one invoice is kept already.
    if original.data is not None:
        kind = _PDF if original.data.startswith(b"%PDF") else _XML
        file = files.store_file(original.data, original.name, kind, submission.creditor_id)
        file_id = file.id
    db.session.add(
        ClaimDocument(
            creditor_id=submission.creditor_id,
            submission_id=submission.id,
            line=original.line,
            file_id=file_id,
            kind=DocumentKind.INVOICE,
            uploaded_by=submission.user_id,
            uploaded_at=clock.now(),
        )
    )
