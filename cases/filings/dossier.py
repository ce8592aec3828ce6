"""The court file of a case as documents: one PDF with bookmarks, a package for the lawyer.

Letters and court files are the bytes that left the house; what a court sent is rendered from its
bytes. Law: ZPO § 79(2) no. 4: with the transfer to litigation our power of representation ends.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Protocol

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import get_case_by_id, list_debtors
from cases.core import audit, clock
from cases.core.database import db
from cases.core.files import StoredFile, read_bytes
from cases.filings import liability_log
from cases.filings.applications.batches import batch_bytes
from cases.filings.applications.models import CourtFile, Filing, FilingBatch
from cases.filings.court_mail.models import CourtInboxFile, CourtMessage
from cases.filings.errors import ReasonNeeded
from cases.filings.liability_log import list_entries
from cases.filings.proceedings.models import LiabilityEntry, Proceeding
from cases.filings.proceedings.services import list_events, list_of_case
from cases.ledger.queries import statement
from cases.ledger.statement import Row
from cases.letters.models import Letter, SentLetter
from cases.letters.pdf import render_pdf
from cases.letters.statement_document import describe
from cases.parties.queries import get_contract, get_creditor
from cases.worklist.services import finish_items
from legal.de.court.eda.excerpts import own_part
from legal.de.court.eda.render import euro, render_part

#: A moment inside a ZIP; the same content gives the same bytes.
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the court file."""

    title: str
    filename: str
    pdf: bytes


class Words(Protocol):
    """The German words of the edge, for codes of which this slice knows no German."""

    def code(self, code: StrEnum) -> str:
        """What an event or an application is called."""

    def log_line(self, entry: LiabilityEntry) -> Sequence[str]:
        """One change: what, how, before, after, why."""


def court_file_pdf(case: Case, words: Words) -> bytes:
    """All documents in order, each with a bookmark; deterministic."""
    from pypdf import PdfReader, PdfWriter  # Large; most processes join no files.

    writer = PdfWriter()
    for document in list_documents(case, words):
        start = len(writer.pages)
        writer.append(PdfReader(io.BytesIO(document.pdf)), import_outline=False)
        writer.add_outline_item(title=document.title, page_number=start)
    writer.add_metadata({"/Title": f"Gerichtsakte {case.number}", "/Producer": "Recoup"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def lawyer_package(case: Case, words: Words) -> bytes:
    """The court file, its documents one by one, and the bytes of what was filed and received."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        _add(package, f"Gerichtsakte-{case.number}.pdf", court_file_pdf(case, words))
        for number, document in enumerate(list_documents(case, words), 1):
            _add(package, f"Dokumente/{number:02}-{document.filename}.pdf", document.pdf)
        for name, data in _raw_files(case):
            _add(package, f"Dateien/{name}", data)
    return out.getvalue()


def record_hand_over(proceeding: Proceeding, note: str) -> None:
    """The creditor's lawyer has the case; what he reports back is recorded by hand."""
    if not note.strip():
        raise ReasonNeeded
    case = get_case_by_id(proceeding.case_id)
    timeline.record(case, "court.handed_to_lawyer")
    liability_log.note(proceeding, "lawyer", "handed_over", after={"note": note.strip()})
    finish_items(case, f"proceeding:{proceeding.id}:lawyer")
    audit.record("proceeding.handed_to_lawyer", "proceeding", proceeding.id,
                 creditor_id=proceeding.creditor_id)  # fmt: skip


def list_documents(case: Case, words: Words) -> list[Document]:
    """The documents of the court file, in the order in which a lawyer reads them."""
    return [
        _cover(case, words),
        _power(case),
        _statement(case),
        *_letters(case),
        *_filings(case, words),
        *_messages(case),
        _log(case, words),
    ]


def _cover(case: Case, words: Words) -> Document:
    creditor = get_creditor(case.creditor_id)
    rows = [("Akte", case.number), ("Gläubiger", creditor.name)]
    rows += [("Schuldner", party.debtor.full_name) for party in list_debtors(case.id)]
    for proceeding in list_of_case(case.id):
        rows.append(("Gerichtsnummer", proceeding.court_number or "noch nicht bekannt"))
        rows.append(("Prozessgericht", proceeding.trial_court))
        rows += [
            (f"{event.happened_on:%d.%m.%Y}", words.code(event.kind))
            for event in list_events(proceeding.id)
        ]
    return Document("Übersicht", "Uebersicht", _table(f"Gerichtsakte {case.number}", rows))


def _power(case: Case) -> Document:
    contract = get_contract(case.creditor_id, case.ordered_on)
    given = contract.power_of_attorney_on
    said = f"erteilt am {given:%d.%m.%Y}" if given else "liegt nicht vor"
    rows = [("Vollmacht", said), ("Auftrag vom", f"{case.ordered_on:%d.%m.%Y}")]
    return Document("Vollmacht", "Vollmacht", _table("Vollmacht und Auftrag", rows))


def _statement(case: Case) -> Document:
    """The claim account with base, rate and period of all interest."""
    owed = statement(case.id)
    invoices = {claim.terms.claim_id: claim.terms.invoice_number for claim in owed.claims}
    rows = [
        (f"{row.day:%d.%m.%Y}  {describe(row, invoices, 'de', case.currency)}", euro_of(row))
        for row in owed.rows
    ]
    rows.append((f"Offen am {owed.as_of:%d.%m.%Y}", euro(owed.open_cents)))
    return Document("Forderungsaufstellung", "Forderungsaufstellung",
                    _table("Forderungsaufstellung", rows))  # fmt: skip


def euro_of(row: Row) -> str:
    """What a row of the statement adds or takes away."""
    added = row.costs_cents + row.costs_bearing_cents + row.interest_cents + row.principal_cents
    cents = added - row.payment_cents
    return euro(cents) if cents >= 0 else f"−{euro(-cents)}"


def _letters(case: Case) -> Iterator[Document]:
    rows = db.session.execute(
        select(Letter, StoredFile)
        .join(SentLetter, SentLetter.letter_id == Letter.id)
        .join(StoredFile, StoredFile.id == SentLetter.file_id)
        .where(Letter.case_id == case.id)
        .order_by(Letter.id)
    )
    for letter, file in rows:
        title = f"Schreiben {letter.number} vom {letter.dispatched_on:%d.%m.%Y}"
        yield Document(title, f"Schreiben-{letter.number}", read_bytes(file))


def _filings(case: Case, words: Words) -> Iterator[Document]:
    """What each file says about this case: no other debtor's data leaves with it."""
    for filing, batch in _filed(case):
        text = render_part(own_part(batch_bytes(batch), filing.own_ref))
        title = f"{words.code(filing.kind)} vom {batch.made_on:%d.%m.%Y}"
        yield Document(title, f"Antrag-{filing.kind.value}", _text(title, text))


def _messages(case: Case) -> Iterator[Document]:
    query = select(CourtMessage).where(CourtMessage.case_id == case.id).order_by(CourtMessage.id)
    for row in db.session.scalars(query):
        title = f"Gerichtsnachricht {row.kind} vom {row.sent_on:%d.%m.%Y}"
        text = render_part(row.excerpt)
        yield Document(title, f"Nachricht-{row.kind}-{row.id}", _text(title, text))


def _log(case: Case, words: Words) -> Document:
    """Who changed a deadline or a filing date: in words, by the house's own clock."""
    rows = [
        (
            f"{clock.local(entry.at):%d.%m.%Y %H:%M} Uhr",
            "; ".join(part for part in words.log_line(entry) if part),
        )
        for entry in reversed(list_entries(case.id))
    ]
    return Document("Fristenprotokoll", "Fristenprotokoll", _table("Fristenprotokoll", rows))


def _filed(case: Case) -> list[tuple[Filing, FilingBatch]]:
    rows = db.session.execute(
        select(Filing, FilingBatch)
        .join(FilingBatch, FilingBatch.id == Filing.batch_id)
        .where(Filing.case_id == case.id)
        .order_by(Filing.id)
    )
    return [(filing, batch) for filing, batch in rows]


def _raw_files(case: Case) -> Iterator[tuple[str, bytes]]:
    """Files that hold this case alone; others would show other people's data."""
    query = (
        select(FilingBatch.file_number, StoredFile)
        .join(CourtFile, CourtFile.batch_id == FilingBatch.id)
        .join(StoredFile, StoredFile.id == CourtFile.file_id)
        .join(Filing, Filing.batch_id == FilingBatch.id)
        .where(Filing.case_id == case.id, FilingBatch.filings_count == 1)
    )
    for number, file in db.session.execute(query):
        yield f"{number}.eda", read_bytes(file)
    single = (
        select(StoredFile)
        .join(CourtInboxFile, CourtInboxFile.file_id == StoredFile.id)
        .join(CourtMessage, CourtMessage.inbox_file_id == CourtInboxFile.id)
        .where(CourtMessage.case_id == case.id, CourtInboxFile.messages_count == 1)
    )
    for file in db.session.scalars(single):
        yield f"Gericht-{file.id}.eda", read_bytes(file)


def _table(title: str, rows: list[tuple[str, str]]) -> bytes:
    body = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows
    )
    return _page(title, f"<table>{body}</table>")


def _text(title: str, text: str) -> bytes:
    """Lines of a readable court file: a label with its value is a row, all else a heading."""
    body = []
    for line in text.splitlines():
        name, colon, value = line.strip().partition(":")
        if line.startswith("  ") and colon:
            row = f"<tr><th>{escape(name)}</th><td>{escape(value.strip())}</td></tr>"
            body.append(f"<table>{row}</table>")
        elif line.strip():
            body.append(f"<h2>{escape(line.strip(' -'))}</h2>")
    return _page(title, "".join(body))


def _page(title: str, body: str) -> bytes:
    html = (
        f'<html lang="de"><head><title>{escape(title)}</title></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )
    return render_pdf(html, "court_file.css")


def _add(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    package.writestr(zipfile.ZipInfo(name, ZIP_DAY), data)
