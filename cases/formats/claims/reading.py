"""The doors to everything that comes in as a file of claims: read it, preview it, re-check a row.

No file is answered with an exception: what is wrong with it is a finding, and what can be read is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from cases.formats.archives import Unpacked, unzip_many
from cases.formats.claims.claim_file import ClaimFile, Original, Preview
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.claims.duplicates import mark_duplicates
from cases.formats.claims.invoices.invoice_reading import read_invoice_file, read_invoice_pdf
from cases.formats.claims.lists.debtor_master import NOBODY, Debtors, read_debtors
from cases.formats.claims.lists.list_reading import open_claim_list, preview_list, read_claim_list
from cases.formats.claims.opened_file import OpenedFile, already_checked
from cases.formats.claims.rows import check_row
from cases.formats.content import Content, recognise
from cases.formats.gate import Refused
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "reader_failed": N_(
        "The file could not be read, and that is our fault. It is kept unchanged; please send it "
        "as CSV or XLSX, or ask us."
    ),
}
READER_FAILED = Finding("reader_failed", Severity.ERROR)
#: What says nothing about the file: no memory, no disk, no time. It is read again later.
MACHINE_FAILED = (MemoryError, OSError)
__all__ = [
    "READER_FAILED",
    "check_row",
    "open_file",
    "preview",
    "read_claims",
    "read_debtors",
    "read_many",
    "read_together",
    "unzip_many",
]


def read_claims(
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
    *,
    as_of: date | None = None,
    debtors: Debtors = NOBODY,
) -> ClaimFile:
    """Read a list of claims or an e-invoice; `mapping` (column -> field) overrides ours.

    `debtors` (from `read_debtors`) completes lists that know only accounts.
    The content decides what the file is; its name is only shown, and decides what a refused file
    was meant to be.
    """
    try:
        content = recognise(data)
        if content is Content.XML:
            return read_invoice_file(data, as_of)
        if content is Content.PDF:
            return read_invoice_pdf(data, as_of)
        if content is Content.ZIP:
            return _merged(read_many(data, as_of=as_of))
        return read_claim_list(data, content, mapping, as_of, debtors)
    except Refused as refusal:
        return _refused(filename, refusal.finding)
    except MACHINE_FAILED:
        raise
    except Exception:  # A file nobody thought of must not stop the others; tests see to the rest.
        return _refused(filename, READER_FAILED)


def open_file(
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
    *,
    as_of: date | None = None,
    debtors: Debtors = NOBODY,
) -> OpenedFile:
    """As `read_claims`, but the rows of a list are checked when `OpenedFile.parts` hands them out.

    A check that fails raises there; what else fails is a finding as ever.
    """
    try:
        content = recognise(data)
        if content in {Content.XML, Content.PDF, Content.ZIP}:
            return already_checked(read_claims(data, filename, as_of=as_of))
        return open_claim_list(data, content, mapping, as_of, debtors)
    except Refused as refusal:
        return already_checked(_refused(filename, refusal.finding))
    except MACHINE_FAILED:
        raise
    except Exception:  # As in `read_claims`.
        return already_checked(_refused(filename, READER_FAILED))


def read_many(
    data: bytes, *, as_of: date | None = None
) -> tuple[Unpacked, tuple[tuple[str, ClaimFile], ...]]:
    """Read every file of a ZIP by itself.

    Raises:
        Refused: the archive is not safe to open.
    """
    unpacked = unzip_many(data)
    return unpacked, read_together(unpacked.files, as_of=as_of)


def read_together(
    files: Sequence[tuple[str, bytes]], *, as_of: date | None = None
) -> tuple[tuple[str, ClaimFile], ...]:
    """Read files that were handed in together: debtor master data complete the lists."""
    debtors: dict[str, Mapping[str, str]] = {}
    for _, content in files:
        debtors.update(read_debtors(content) or {})
    return tuple(
        (name, read_claims(content, name, as_of=as_of, debtors=debtors)) for name, content in files
    )


def preview(data: bytes, filename: str) -> Preview:
    """Show how a list begins and which field each column probably holds."""
    try:
        content = recognise(data)
        if content in {Content.XML, Content.PDF, Content.ZIP}:
            claims = read_claims(data, filename)
            return Preview(claims.format, (), (), len(claims.rows), claims.findings)
        return preview_list(data, content)
    except Refused as refusal:
        return Preview(None, (), (), 0, (refusal.finding,))
    except MACHINE_FAILED:
        raise
    except Exception:  # As in `read_claims`.
        return Preview(None, (), (), 0, (READER_FAILED,))


def _refused(filename: str, finding: Finding) -> ClaimFile:
    meant = "e-invoice" if filename.lower().endswith((".xml", ".pdf", ".zip")) else "list"
    return ClaimFile(meant, None, None, findings=(finding,))


def _merged(read: tuple[Unpacked, tuple[tuple[str, ClaimFile], ...]]) -> ClaimFile:
    """The invoices of an archive as the rows of one file, in their order."""
    unpacked, files = read
    rows: list[ClaimRow] = []
    originals: list[Original] = []
    findings = list(unpacked.findings)
    for (name, each), (_, data) in zip(files, unpacked.files, strict=True):
        if each.is_refused:
            findings.append(_entry_refused(name, each.findings[-1]))
        if each.originals:
            originals.append(Original(len(rows) + 1, name, data))
        rows += each.rows
    numbered = [_at_line(row, line) for line, row in enumerate(rows, start=1)]
    attachments = tuple(found for _, each in files for found in each.attachments)
    return ClaimFile(
        "e-invoice",
        "zip",
        None,
        rows=tuple(mark_duplicates(numbered)),
        findings=tuple(findings),
        attachments=attachments,
        originals=tuple(originals),
    )


def _at_line(row: ClaimRow, line: int) -> ClaimRow:
    findings = tuple(replace(each, line=line) for each in row.findings)
    return replace(row, line=line, findings=findings)


def _entry_refused(name: str, reason: Finding) -> Finding:
    params = {"name": name, "reason": reason.code}
    return Finding("archive_entry_refused", Severity.ERROR, params=params)
