"""Documents of creditors for tests: the smallest files of each format."""

import io
import zipfile
from datetime import date

from pypdf import PdfWriter

from cases.claims.models import Case
from cases.documents.client_papers.authority import add_authority
from cases.documents.client_papers.models import ClientPaper, PaperKind
from cases.documents.models import ClaimDocument, DocumentKind
from cases.intake.documents import Handed, attach_to_case


def make_pdf(pages: int = 1) -> bytes:
    """A PDF with empty pages."""
    target = io.BytesIO()
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.write(target)
    return target.getvalue()


PDF = make_pdf()
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 16
TEXT = "Lieferschein für 3 Stück\r\n".encode("cp1252")


def docx(*parts: str) -> bytes:
    """An archive with these parts; without any, those that make a DOCX."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name in parts or ("[Content_Types].xml", "word/document.xml"):
            package.writestr(name, "<x/>")
    return target.getvalue()


def make_document_of(
    case: Case, kind: DocumentKind = DocumentKind.DELIVERY_NOTE, claim_id: int | None = None
) -> ClaimDocument:
    """A document that the creditor has added to a case."""
    handed = Handed(PDF, "Lieferschein.pdf", kind)
    return attach_to_case(case, 1, [handed], claim_id)[0]


def make_authority_of(
    case: Case, kind: PaperKind = PaperKind.POWER_OF_ATTORNEY, *, for_case: bool = False
) -> ClientPaper:
    """The creditor's power of attorney, for all its orders or for one case."""
    return add_authority(
        case.creditor_id, kind, date(2026, 1, 5), PDF, "Vollmacht.pdf",
        case.id if for_case else None,
    )  # fmt: skip
