"""The court file of a case as documents: one PDF with bookmarks, a package for the lawyer.

Letters and court files are the bytes that left the house; what a court sent is rendered from its
bytes. Law: ZPO § 79(2) no. 4: with the transfer to litigation our power of representation ends.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Protocol

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.law import court_reading
from cases.claims.models import Case
from cases.claims.queries import get_case_by_id, list_claims, list_debtors
from cases.contacts.models import Contact
from cases.contacts.queries import list_contacts
from cases.core import audit, clock
from cases.core.database import db
from cases.core.files import StoredFile, read_bytes
from cases.documents.client_papers.services import powers_for_cases, powers_of
from cases.documents.models import ClaimDocument
from cases.documents.queries import Kept, documents_with_files
from cases.filings import liability_log
from cases.filings.applications.batches import batch_bytes
from cases.filings.applications.models import CourtFile, Filing, FilingBatch
from cases.filings.court_mail.models import CourtInboxFile, CourtMessage
from cases.filings.dossier_pages import Document, join_documents, set_amounts, set_table, set_text
from cases.filings.errors import ReasonNeeded
from cases.filings.evidence_bundle import bundle_pdf
from cases.filings.liability_log import list_entries
from cases.filings.proceedings.models import LiabilityEntry, Proceeding
from cases.filings.proceedings.services import list_events, list_of_case
from cases.ledger.queries import statement
from cases.ledger.statement import Row
from cases.letters.models import Letter, LetterKind, SentLetter
from cases.letters.money_words import money
from cases.letters.statement_document import describe
from cases.parties.queries import get_contract, get_creditor
from cases.worklist.services import finish_items

#: Letters that concern the debtor alone and prove nothing of the claim: they stay with us.
HIS_OWN = frozenset({LetterKind.REQUEST_ANSWER})
PDF = "application/pdf"
#: More contacts than anybody reads; the newest count.
MOST_CONTACTS = 1_000
#: A moment inside a ZIP; the same content gives the same bytes.
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


class Words(Protocol):
    """The German words of the edge, for codes of which this slice knows no German."""

    def code(self, code: StrEnum) -> str:
        """What an event or an application is called."""

    def log_line(self, entry: LiabilityEntry) -> Sequence[str]:
        """One change: what, how, before, after, why."""


def court_file_pdf(case: Case, words: Words) -> bytes:
    """All documents in order, with contents, bookmarks and numbered sheets; deterministic."""
    return join_documents(f"Gerichtsakte {case.number}", list_documents(case, words))


def lawyer_package(case: Case, words: Words) -> bytes:
    """The court file, its documents one by one, the evidence, what was filed and received."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        _add(package, f"Gerichtsakte-{case.number}.pdf", court_file_pdf(case, words))
        for number, document in enumerate(list_documents(case, words), 1):
            _add(package, f"Dokumente/{number:02}-{document.filename}.pdf", document.pdf)
        for kept, _ in _kept_papers(case, words):
            _add(package, f"Unterlagen/{kept.document.id}-{kept.file.filename}",
                 read_bytes(kept.file))  # fmt: skip
        _add(package, f"Nachweise-{case.number}.pdf", bundle_pdf(case))
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
        *_papers_of_creditor(case, words),
        _contacts(case, words),
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
    return Document("Übersicht", "Uebersicht", set_table(f"Gerichtsakte {case.number}", rows))


def _power(case: Case) -> Document:
    contract = get_contract(case.creditor_id, case.ordered_on)
    today = clock.today()
    own = powers_for_cases([case.id], today).get(case.id)
    of_client = powers_of([case.creditor_id], today)
    given = own or of_client.get(case.creditor_id, contract.power_of_attorney_on)
    said = f"erteilt am {given:%d.%m.%Y}" if given else "liegt nicht vor"
    rows = [("Vollmacht", said), ("Auftrag vom", f"{case.ordered_on:%d.%m.%Y}")]
    return Document("Vollmacht", "Vollmacht", set_table("Vollmacht und Auftrag", rows))


def _statement(case: Case) -> Document:
    """The claim account with base, rate and period of all interest."""
    owed = statement(case.id)
    invoices = {claim.terms.claim_id: claim.terms.invoice_number for claim in owed.claims}
    rows = [
        (
            f"{row.day:%d.%m.%Y}  {describe(row, invoices, 'de', case.currency)}",
            amount_of(row, case.currency),
        )
        for row in owed.rows
    ]
    rows.append((f"Offen am {owed.as_of:%d.%m.%Y}", money(owed.open_cents, case.currency, "de")))
    title = "Forderungsaufstellung"
    return Document(title, title, set_amounts(title, rows))


def amount_of(row: Row, currency: str) -> str:
    """What a row of the statement adds or takes away."""
    added = row.costs_cents + row.costs_bearing_cents + row.interest_cents + row.principal_cents
    cents = added - row.payment_cents
    shown = money(abs(cents), currency, "de")
    return shown if cents >= 0 else f"−{shown}"


def _letters(case: Case) -> Iterator[Document]:
    rows = db.session.execute(
        select(Letter, StoredFile)
        .join(SentLetter, SentLetter.letter_id == Letter.id)
        .join(StoredFile, StoredFile.id == SentLetter.file_id)
        .where(Letter.case_id == case.id, Letter.kind.not_in(HIS_OWN))
        .order_by(Letter.id)
    )
    for letter, file in rows:
        title = f"Schreiben {letter.number} vom {letter.dispatched_on:%d.%m.%Y}"
        yield Document(title, f"Schreiben-{letter.number}", read_bytes(file))


def _papers_of_creditor(case: Case, words: Words) -> Iterator[Document]:
    """What proves the claims, claim by claim; what is no readable PDF is named and lies beside."""
    beside = []
    for kept, title in _kept_papers(case, words):
        data = read_bytes(kept.file)
        if kept.file.media_type == PDF and _is_readable(data):
            yield Document(title, f"Unterlage-{kept.document.id}", data)
        else:
            beside.append((title, kept.file.filename))
    if beside:
        title = "Weitere Unterlagen (als Datei im Paket)"
        yield Document(title, "Weitere-Unterlagen", set_table(title, beside))


def _kept_papers(case: Case, words: Words) -> list[tuple[Kept, str]]:
    invoices = {claim.id: claim.invoice_number for claim in list_claims(case.id)}
    query = documents_with_files().where(ClaimDocument.case_id == case.id)
    kept = [Kept(*row) for row in db.session.execute(query.order_by(ClaimDocument.id))]
    found = []
    for each in kept:
        number = invoices.get(each.document.claim_id or 0)
        name = words.code(each.document.kind)
        found.append((each, f"{name} zu {number}" if number else name))
    return found


def _is_readable(data: bytes) -> bool:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        return not reader.is_encrypted and len(reader.pages) > 0
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return False  # The gate took it as it is: a damaged file is named and lies beside.


def _contacts(case: Case, words: Words) -> Document:
    """When we spoke and wrote, and what came of it; our own notes about people stay with us."""
    rows = [
        (f"{clock.local(one.at):%d.%m.%Y %H:%M} Uhr", ", ".join(_said(one, words)))
        for one in reversed(list_contacts(case.id, limit=MOST_CONTACTS))
    ]
    title = "Kontakte mit dem Schuldner"
    return Document(title, "Kontakte", set_table(title, rows or [("Keine", "")]))


def _said(contact: Contact, words: Words) -> list[str]:
    found = [words.code(contact.channel), words.code(contact.direction)]
    if contact.outcome is not None:
        found.append(words.code(contact.outcome))
    if contact.reason is not None:
        found.append(words.code(contact.reason))
    return found


def _filings(case: Case, words: Words) -> Iterator[Document]:
    """What each file says about this case: no other debtor's data leaves with it."""
    for filing, batch in _filed(case):
        data = batch_bytes(batch)
        court = court_reading(data)
        text = court.show_part(court.own_part(data, filing.own_ref))
        title = f"{words.code(filing.kind)} vom {batch.made_on:%d.%m.%Y}"
        yield Document(title, f"Antrag-{filing.kind.value}", set_text(title, text))


def _messages(case: Case) -> Iterator[Document]:
    query = select(CourtMessage).where(CourtMessage.case_id == case.id).order_by(CourtMessage.id)
    for row in db.session.scalars(query):
        title = f"Gerichtsnachricht {row.kind} vom {row.sent_on:%d.%m.%Y}"
        text = court_reading(row.excerpt).show_part(row.excerpt)
        yield Document(title, f"Nachricht-{row.kind}-{row.id}", set_text(title, text))


def _log(case: Case, words: Words) -> Document:
    """Who changed a deadline or a filing date: in words, by the house's own clock."""
    rows = [
        (
            f"{clock.local(entry.at):%d.%m.%Y %H:%M} Uhr",
            "; ".join(part for part in words.log_line(entry) if part),
        )
        for entry in reversed(list_entries(case.id))
    ]
    return Document("Fristenprotokoll", "Fristenprotokoll", set_table("Fristenprotokoll", rows))


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


def _add(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    package.writestr(zipfile.ZipInfo(name, ZIP_DAY), data)
