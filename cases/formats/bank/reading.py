"""The one door for bank files: any upload in, statements and findings out."""

import re

from cases.formats.bank.camt import read_camt
from cases.formats.bank.csv import read_bank_csv
from cases.formats.bank.findings import MESSAGES
from cases.formats.bank.mt940 import read_mt940
from cases.formats.bank.statement import StatementFile, refused
from cases.formats.bank.zip import read_bank_zip
from cases.formats.uploads import UploadRefused, check_size, is_zip
from legal.findings import Finding, Severity

#: A field that only SWIFT messages have, at the beginning of a line.
SWIFT_FIELD = re.compile(r"^(?:\{4:\s*)?:(?:20|25P?|28C?|60[FM]|61|62[FM]|86|34F):", re.MULTILINE)
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\xef\xbb\xbf": "utf-8"}
#: No statement has lines or numbers of lines like these; an entry of MT940 takes about eight.
LONGEST_LINE = 200_000
MAX_LINES = 500_000
#: What stands before the first character of an XML file: marks of byte order, blanks, NULs.
BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"

__all__ = ["MESSAGES", "read_statements"]


def read_statements(data: bytes, filename: str) -> StatementFile:
    """Read a bank file by its content, whatever it is called; never raises.

    What is wrong is in the findings; their sentences are in `MESSAGES`.
    """
    try:
        check_size(data)
    except UploadRefused as refusal:
        return StatementFile("unknown", (), (refusal.finding,))
    if is_zip(data):
        return read_bank_zip(data, _read_member)
    return _read_single(data)


def _read_member(data: bytes, filename: str) -> StatementFile:
    """A file of an archive; archives inside were refused when it was opened."""
    return _read_single(data)


def _read_single(data: bytes) -> StatementFile:
    if data.lstrip(BEFORE_XML).startswith(b"<"):
        return read_camt(data)
    if data.startswith((b"%PDF", b"MZ", b"\x89PNG", b"\xd0\xcf\x11\xe0")):
        return refused("format_unknown")
    text, notes = decode(data)
    excess = _excess(text)
    if excess:
        return refused(excess)
    if SWIFT_FIELD.search(text):
        return _with(read_mt940(text), notes)
    exported = read_bank_csv(text)
    return _with(exported, notes) if exported else refused("format_unknown")


def _excess(text: str) -> str | None:
    """The code of what makes this text larger than any statement, if anything does."""
    begin, lines = 0, 0
    while (end := text.find("\n", begin)) >= 0:
        if end - begin > LONGEST_LINE:
            return "line_too_long"
        begin, lines = end + 1, lines + 1
    if len(text) - begin > LONGEST_LINE:
        return "line_too_long"
    return "too_many_lines" if lines > MAX_LINES else None


def decode(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252."""
    notes: tuple[Finding, ...] = ()
    encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), "")
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = data.decode(encoding or "cp1252", errors="replace")
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        notes = (Finding("nul_bytes", Severity.WARNING),)
        text = text.replace("\x00", "")
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _with(read: StatementFile, notes: tuple[Finding, ...]) -> StatementFile:
    return StatementFile(read.format, read.statements, notes + read.findings)
