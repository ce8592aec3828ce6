"""The one door for bank files: any upload in, statements and findings out."""

import re

from cases.formats.archives import is_zip
from cases.formats.bank.camt import read_camt
from cases.formats.bank.csv import read_bank_csv, read_bank_table
from cases.formats.bank.findings import MESSAGES
from cases.formats.bank.mt940 import read_mt940
from cases.formats.bank.statement import StatementFile, refused
from cases.formats.bank.zip import read_bank_zip
from cases.formats.content import WORKBOOKS, Content, recognise
from cases.formats.foreign_files import foreign_name
from cases.formats.gate import MAX_LINE, Refused, check_size
from cases.formats.text import decode
from cases.formats.workbook import read_workbook
from legal.findings import Finding

#: A field that only SWIFT messages have, at the beginning of a line.
SWIFT_FIELD = re.compile(r"^(?:\{4:\s*)?:(?:20|25P?|28C?|60[FM]|61|62[FM]|86|34F):", re.MULTILINE)
#: FinTS delivers a message as one line, with @@ for the ends of its lines.
FINTS_LINE_END = re.compile(r"@@(?=:[0-9]{2}[A-Z]?:|-|$)")
#: No statement has so many lines; an entry of MT940 takes about eight.
MAX_LINES = 500_000
#: Bytes that no line of text needs: marks of an old end of file, of printers and of transfers.
CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]+")

__all__ = ["MESSAGES", "read_statements"]


def read_statements(data: bytes, filename: str) -> StatementFile:
    """Read a bank file by its content, whatever it is called; never raises.

    What is wrong is in the findings; their sentences are in `MESSAGES`.
    """
    try:
        check_size(data)
        if is_zip(data) and recognise(data) is Content.ZIP:
            return read_bank_zip(data, _read_member)
        return _read_single(data)
    except Refused as refusal:
        return StatementFile("unknown", (), (refusal.finding,))


def _read_member(data: bytes, filename: str) -> StatementFile:
    """A file of an archive; archives inside were refused when it was opened."""
    try:
        return _read_single(data)
    except Refused as refusal:
        return StatementFile("unknown", (), (refusal.finding,))


def _read_single(data: bytes) -> StatementFile:
    content = recognise(data)
    if content is Content.XML:
        return read_camt(data)
    if content in WORKBOOKS:
        return _read_workbook(data, content)
    if content is not Content.TEXT:
        name = foreign_name(data)
        return refused("not_a_bank_statement", root=name) if name else refused("format_unknown")
    decoded = decode(data)
    text = CONTROLS.sub("", decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(FINTS_LINE_END.findall(text[:MAX_LINE])) > 1:
        text = FINTS_LINE_END.sub("\n", text).replace("@@", "\n")
    excess = _excess(text)
    if excess:
        return refused(excess)
    if SWIFT_FIELD.search(text):
        single = foreign_name(data) == "MT103"
        read = refused("not_a_bank_statement", root="MT103") if single else read_mt940(text)
        return _with(read, decoded.findings)
    exported = read_bank_csv(text)
    return _with(exported, decoded.findings) if exported else refused("format_unknown")


def _read_workbook(data: bytes, content: Content) -> StatementFile:
    """The first sheet that holds payments, as the banks export them beside CSV."""
    for grid in read_workbook(data, content):
        read = read_bank_table([(row.line, list(row.cells)) for row in grid.rows])
        if read is not None:
            return _with(read, grid.findings)
    return refused("format_unknown")


def _excess(text: str) -> str | None:
    """The code of what makes this text larger than any statement, if anything does."""
    begin, lines = 0, 0
    while (end := text.find("\n", begin)) >= 0:
        if end - begin > MAX_LINE:
            return "line_too_long"
        begin, lines = end + 1, lines + 1
    if len(text) - begin > MAX_LINE:
        return "line_too_long"
    return "too_many_lines" if lines > MAX_LINES else None


def _with(read: StatementFile, notes: tuple[Finding, ...]) -> StatementFile:
    return StatementFile(read.format, read.statements, notes + read.findings)
