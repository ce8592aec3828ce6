"""What a document really is, told by its bytes and never by its name.

Formats: PDF (ISO 32000), PNG (RFC 2083), JPEG (JFIF, Exif), DOCX (ECMA-376) and plain text.
"""

from io import BytesIO

from cases.core.errors import Invalid
from cases.formats.archives import open_archive
from cases.formats.attachments import Attachment
from cases.formats.gate import Refused

PDF, PNG, JPEG, TEXT = "application/pdf", "image/png", "image/jpeg", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: What a browser may show within a page of ours; everything else is a download only.
SHOWN_INLINE = frozenset({PDF, PNG, JPEG})
#: What the field of the form suggests; the bytes decide.
SUFFIXES = ".pdf,.png,.jpg,.jpeg,.docx,.txt"

_PDF_HEAD_WITHIN = 1024  # Readers accept a few bytes before the header.
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}
_DOCX_PARTS = {"[Content_Types].xml", "word/document.xml"}


class DocumentRefused(Invalid):
    """“{name}” is not a document that can be kept: PDF, PNG, JPEG, DOCX or plain text."""


class DocumentEmpty(Invalid):
    """“{name}” is empty. Please choose the file again."""


def recognise_document(data: bytes, name: str) -> str:
    """The media type of a document. Raises DocumentEmpty, DocumentRefused."""
    if not data:
        raise DocumentEmpty(name=name)
    media_type = _media_type(data)
    if media_type is None or Attachment(name, media_type, data).is_suspicious:
        raise DocumentRefused(name=name)
    return media_type


def _media_type(data: bytes) -> str | None:
    if b"%PDF-" in data[:_PDF_HEAD_WITHIN]:
        return PDF if _opens_as_pdf(data) else None
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"PK\x03\x04"):
        return DOCX if _is_docx(data) else None
    return TEXT if _is_text(data) else None


def _opens_as_pdf(data: bytes) -> bool:
    """It has a page, or a password before its pages: the head alone makes no document."""
    from pypdf import PdfReader  # Only who hands a PDF in waits for it.

    try:
        reader = PdfReader(BytesIO(data))
        return reader.is_encrypted or len(reader.pages) > 0
    except Exception:  # Whatever a stranger's file makes the library stumble over.
        return False


def _is_docx(data: bytes) -> bool:
    """Only the list of parts is read; nothing is unpacked."""
    try:
        with open_archive(data) as package:
            return set(package.namelist()) >= _DOCX_PARTS
    except Refused:
        return False


def _is_text(data: bytes) -> bool:
    """Text in UTF-8 or a Windows encoding has no control characters."""
    return not _CONTROLS.intersection(data)
