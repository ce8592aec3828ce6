"""The evidence of a case as one bundle: PDF with index, bookmarks and page stamps, or ZIP.

Each document stands in the index with its day and SHA-256; what is missing is named on page one.
The same content gives the same bytes.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from sqlalchemy import select

from cases.claims.models import Case
from cases.claims.queries import list_claims
from cases.core import audit, clock
from cases.core.database import db
from cases.core.files import StoredFile, read_bytes
from cases.documents.content import JPEG, PDF, PNG, TEXT
from cases.documents.models import ClaimDocument, DocumentKind
from cases.documents.signatures import is_unverified
from cases.intake.completeness import Meter, meter_of
from cases.intake.documents import list_invoiced, list_of_case
from cases.letters.models import Letter, SentLetter
from cases.letters.pdf import NO_TIME, render_pdf
from cases.objections.queries import list_disputed, list_objections
from cases.parties.queries import get_creditor

ZIP_DAY = (1980, 1, 1, 0, 0, 0)
STYLE = "court_file.css"
#: The German names of kinds of documents: the bundle goes to German courts and lawyers.
GERMAN = {
    DocumentKind.CONTRACT: "Vertrag",
    DocumentKind.ORDER: "Bestellung",
    DocumentKind.DELIVERY_NOTE: "Lieferschein oder Leistungsnachweis",
    DocumentKind.INVOICE: "Rechnung",
    DocumentKind.TERMS: "Allgemeine Geschäftsbedingungen",
    DocumentKind.REMINDER: "Mahnung",
    DocumentKind.CORRESPONDENCE: "Schriftwechsel",
    DocumentKind.ACCOUNT_OPENING: "Kundenkontoeröffnung",
}
_STAMP = (
    "<html lang='de'><head><title>x</title><style>@page {{ size: {w:.2f}pt {h:.2f}pt; margin: 0;"
    " @bottom-right {{ content: none }} }} div {{ height: {h:.2f}pt; position: relative;"
    " break-after: page }} div:last-child {{ break-after: auto }} p {{ position: absolute;"
    " right: 20pt; bottom: 8pt; margin: 0; font-size: 7pt; white-space: nowrap }}</style></head>"
    "<body>{pages}</body></html>"
)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One document of the bundle (Anlage)."""

    number: int
    kind: str
    name: str
    day: str
    sha256: str
    media_type: str
    data: bytes


def list_exhibits(case: Case) -> list[Exhibit]:
    """All that proves the claims of a case, in the order in which a court reads it."""
    order = list(DocumentKind)
    kept = sorted(
        list_of_case(case.id, [claim.id for claim in list_claims(case.id)]),
        key=lambda each: (order.index(each.document.kind), each.document.id),
    )
    rows = [
        (
            _kind_words(each.document),
            each.file,
            f"{clock.local(each.document.uploaded_at):%d.%m.%Y}",
        )
        for each in kept
    ]
    letters = db.session.execute(
        select(Letter, StoredFile)
        .join(SentLetter, SentLetter.letter_id == Letter.id)
        .join(StoredFile, StoredFile.id == SentLetter.file_id)
        .where(Letter.case_id == case.id)
        .order_by(Letter.id)
    )
    rows += [
        (f"Schreiben {letter.number}", file, f"{letter.dispatched_on:%d.%m.%Y}")
        for letter, file in letters
    ]
    return [
        Exhibit(number, kind, file.filename, day, file.sha256, file.media_type, read_bytes(file))
        for number, (kind, file, day) in enumerate(rows, 1)
    ]


def _kind_words(document: ClaimDocument) -> str:
    """The kind of a document, with who signed it and whether he was found to be entitled to."""
    if document.signed_by is None:
        return GERMAN[document.kind]
    who = ", ".join(filter(None, (document.signed_by, document.signed_as)))
    doubt = "; Vertretungsmacht nicht geprüft" if is_unverified(document) else ""
    return f"{GERMAN[document.kind]} (unterschrieben von {who}{doubt})"


def meters_of(case: Case) -> list[Meter]:
    """How complete the evidence of each claim is, weighted by what its objections need."""
    claims = list_claims(case.id)
    documents = list_of_case(case.id, [claim.id for claim in claims])
    invoiced = list_invoiced([claim.id for claim in claims])
    kinds: dict[int, list[str]] = {claim.id: [] for claim in claims}
    for objection in list_objections(case.id):
        for one in list_disputed(objection.id):
            kinds[one.claim.id].append(objection.kind.value)
    return [meter_of(claim, documents, invoiced, kinds[claim.id]) for claim in claims]


def bundle_pdf(case: Case) -> bytes:
    """Index first, then every document with its bookmark; each page says whose it is."""
    from pypdf import PdfReader, PdfWriter

    exhibits = list_exhibits(case)
    pages = [_readable(exhibit) for exhibit in exhibits]
    counts = [len(reader.pages) for reader in pages]
    index = PdfReader(io.BytesIO(_index(case, exhibits, counts)))
    writer = PdfWriter()
    writer.append(index, import_outline=False)
    writer.add_outline_item(title="Verzeichnis", page_number=0)
    for exhibit, reader in zip(exhibits, pages, strict=True):
        start = len(writer.pages)
        writer.append(reader, import_outline=False)
        title = f"Anlage {exhibit.number}: {exhibit.kind}"
        writer.add_outline_item(title=title, page_number=start)
        _stamp(writer, start, f"Akte {case.number}, Anlage {exhibit.number}")
    writer.add_metadata({"/Title": f"Nachweise {case.number}", "/Producer": "Recoup"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bundle_zip(case: Case) -> bytes:
    """The same documents as they came in, with the index as PDF."""
    exhibits = list_exhibits(case)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        _add(package, f"Verzeichnis-{case.number}.pdf", _index(case, exhibits, None))
        for exhibit in exhibits:
            name = exhibit.name.replace("/", "_").replace("\\", "_")
            _add(package, f"Anlage-{exhibit.number:02}-{name}", exhibit.data)
    return out.getvalue()


def note_bundle(case: Case) -> None:
    """Who took the evidence of a case out of the house stands in the audit trail."""
    audit.record("evidence.bundled", "case", case.id, creditor_id=case.creditor_id)


def _index(case: Case, exhibits: Sequence[Exhibit], counts: Sequence[int] | None) -> bytes:
    """Page one: what is missing, then each document with its day, pages and hash."""
    rows, page = [], 0
    for place, exhibit in enumerate(exhibits):
        span = ""
        if counts is not None:
            span = f", Seiten {page + 1} bis {page + counts[place]} der Anlagen"
            page += counts[place]
        rows.append(
            f"<tr><th>Anlage {exhibit.number}: {escape(exhibit.kind)}</th>"
            f"<td>{escape(exhibit.name)}<br>vom {exhibit.day}{span}"
            f"<br><span class='hash'>SHA-256 {exhibit.sha256}</span></td></tr>"
        )
    missing = "".join(
        f"<tr><th>{escape(meter.claim.invoice_number)}</th><td>{escape(_lacking(meter))}</td></tr>"
        for meter in meters_of(case)
    )
    creditor = escape(get_creditor(case.creditor_id).name)
    title = f"Nachweise zur Akte {case.number}"
    return render_pdf(
        f"<html lang='de'><head><title>{title}</title></head><body><h1>{title}</h1>"
        f"<p>Gläubiger: {creditor}. {len(exhibits)} Anlagen.</p>"
        f"<h2>Was fehlt</h2><table>{missing}</table>"
        f"<h2>Verzeichnis</h2><table>{''.join(rows)}</table></body></html>",
        STYLE,
    )


def _lacking(meter: Meter) -> str:
    names = [" oder ".join(GERMAN[kind] for kind in item.group) for item in meter.missing]
    names += [
        "Nachweis, dass der Kunde die Geschäftsbedingungen rechtzeitig hatte"
        for item in meter.items
        if item.has and item.doubt
    ]
    stand = f"{meter.have} von {meter.total} Punkten"
    return f"{stand}. Es fehlt: {'; '.join(names)}" if names else f"{stand}. Vollständig."


def _readable(exhibit: Exhibit) -> Any:
    """The pages of a document; what has none is named on a page of its own."""
    from pypdf import PdfReader

    try:
        if exhibit.media_type == PDF:
            reader = PdfReader(io.BytesIO(exhibit.data))
            if reader.is_encrypted:
                reader.decrypt("")
            if len(reader.pages) > 0:
                return reader
        if exhibit.media_type in {PNG, JPEG}:
            return PdfReader(io.BytesIO(_picture(exhibit.data)))
    except Exception:  # A stranger's file may be anything; its bytes are in the ZIP.
        return PdfReader(io.BytesIO(_page(exhibit, "")))
    text = exhibit.data.decode("utf-8", "replace") if exhibit.media_type == TEXT else ""
    return PdfReader(io.BytesIO(_page(exhibit, text)))


def _picture(data: bytes) -> bytes:
    """A picture as a page, without the clock in it."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        out = io.BytesIO()
        day = NO_TIME.timetuple()
        picture.convert("RGB").save(out, "PDF", resolution=150, creationDate=day, modDate=day)
        return out.getvalue()


def _page(exhibit: Exhibit, text: str) -> bytes:
    said = text or "Diese Datei lässt sich nicht als Seiten zeigen; sie liegt dem ZIP-Paket bei."
    title = escape(exhibit.name)
    return render_pdf(
        f"<html lang='de'><head><title>{title}</title></head><body><h1>{title}</h1>"
        f"<pre>{escape(said)}</pre></body></html>",
        STYLE,
    )


def _stamp(writer: Any, start: int, words: str) -> None:
    """Write whose page it is on each page from `start` on; pages of one size are set at once."""
    from pypdf import PdfReader

    own = writer.pages[start:]
    sizes: dict[tuple[float, float], list[int]] = {}
    for number, page in enumerate(own, 1):
        size = float(page.mediabox.width), float(page.mediabox.height)
        sizes.setdefault(size, []).append(number)
    for (width, height), numbers in sizes.items():
        texts = (f"{words}, Seite {number} von {len(own)}" for number in numbers)
        pages = "".join(f"<div><p>{escape(text)}</p></div>" for text in texts)
        stamps = PdfReader(
            io.BytesIO(render_pdf(_STAMP.format(w=width, h=height, pages=pages), STYLE))
        )
        for number, stamp in zip(numbers, stamps.pages, strict=False):
            own[number - 1].merge_page(stamp)


def _add(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    package.writestr(zipfile.ZipInfo(name, ZIP_DAY), data)
