"""What goes with a letter: PDFs of the case or from outside, named in it and printed after it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from cases.core import audit
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.files import StoredFile, read_bytes, store_file
from cases.core.locks import relock
from cases.documents.content import PDF, recognise_document
from cases.letters.models import LetterAttachment, LetterDraft
from cases.letters.pdf import count_pages, is_printable

#: A heavier envelope is no letter any more; the post house tells us so.
MOST_FILES = 10
MOST_PAGES = 60


class AttachmentNoPdf(Invalid):
    """“{name}” cannot be printed with a letter: only PDF files without a password can."""


class TooMuchAttached(Invalid):
    """At most {files} documents with {pages} pages together go with one letter."""


class AlreadyReleased(Conflict):
    """This letter has been released already; nothing can be added to it."""


def attach(draft: LetterDraft, file: StoredFile) -> LetterAttachment:
    """Let a kept document go with a letter; the same one twice is one.

    Raises:
        AttachmentNoPdf, TooMuchAttached, AlreadyReleased.
    """
    relock(draft)
    if draft.released_at is not None:
        raise AlreadyReleased
    known = db.session.scalar(
        select(LetterAttachment).where(
            LetterAttachment.draft_id == draft.id, LetterAttachment.file_id == file.id
        )
    )
    if known is not None:
        return known
    data = read_bytes(file)
    if file.media_type != PDF or not is_printable(data):
        raise AttachmentNoPdf(name=file.filename)
    pages = count_pages(data)
    files, together = _together(draft)
    if files >= MOST_FILES or together + pages > MOST_PAGES:
        raise TooMuchAttached(files=MOST_FILES, pages=MOST_PAGES)
    attachment = LetterAttachment(
        draft_id=draft.id,
        creditor_id=draft.creditor_id,
        file_id=file.id,
        name=file.filename.removesuffix(".pdf").removesuffix(".PDF"),
        pages=pages,
    )
    db.session.add(attachment)
    db.session.flush()
    audit.record("letter.attached", "letter_draft", draft.id, creditor_id=draft.creditor_id)
    return attachment


def attach_upload(draft: LetterDraft, data: bytes, filename: str) -> LetterAttachment:
    """Keep a document from outside and let it go with a letter.

    Raises:
        DocumentEmpty, DocumentRefused, AttachmentNoPdf, TooMuchAttached, FileTooLarge,
        AlreadyReleased.
    """
    media_type = recognise_document(data, filename)
    if media_type != PDF or not is_printable(data):
        raise AttachmentNoPdf(name=filename)
    return attach(draft, store_file(data, filename, media_type, draft.creditor_id))


def detach(draft: LetterDraft, attachment_public_id: str) -> None:
    """Leave a document out again; raises NotFound, AlreadyReleased."""
    relock(draft)
    if draft.released_at is not None:
        raise AlreadyReleased
    for attachment in list_attachments(draft.id):
        if attachment.public_id == attachment_public_id:
            audit.record("letter.detached", "letter_draft", draft.id, creditor_id=draft.creditor_id)
            db.session.delete(attachment)
            return
    raise NotFound


def list_attachments(draft_id: int) -> Sequence[LetterAttachment]:
    """What goes with a letter, in the order in which it was added."""
    query = select(LetterAttachment).where(LetterAttachment.draft_id == draft_id)
    return db.session.scalars(query.order_by(LetterAttachment.id)).all()


def as_content(draft_id: int) -> tuple[dict[str, Any], ...]:
    """The same as the letter freezes it; the bytes are found again by their file."""
    return tuple(
        {"name": each.name, "pages": each.pages, "file_id": each.file_id}
        for each in list_attachments(draft_id)
    )


def _together(draft: LetterDraft) -> tuple[int, int]:
    """How many documents there are already, and how many pages they have."""
    files, pages = db.session.execute(
        select(func.count(), func.coalesce(func.sum(LetterAttachment.pages), 0)).where(
            LetterAttachment.draft_id == draft.id
        )
    ).one()
    return int(files), int(pages)
