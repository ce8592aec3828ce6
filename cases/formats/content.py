"""What a file is by its content, whatever its name says; what we do not read is named."""

import re
from enum import StrEnum

from cases.formats.archives import is_zip, open_archive
from cases.formats.gate import Refused, check_size
from legal.findings import N_

_HEAD = 1024

MESSAGES = {
    "content_unknown": N_(
        "This is not a file we can read. Send a list as CSV or Excel (XLSX), or an e-invoice as "
        "XML or PDF."
    ),
    "content_opendocument": N_(
        "This is an OpenDocument text or picture. Of OpenDocument only tables (ODS) can be read."
    ),
    "content_document": N_(
        "This is a text or a presentation of an office program. Please send the list as XLSX or "
        "CSV; a text can be attached to a claim as a document."
    ),
    "content_program": N_("This file is a program, not a document. It was not opened."),
    "content_picture": N_(
        "This file is a picture. Please send the list as CSV or Excel (XLSX); a picture can be "
        "attached to a claim as a document."
    ),
    "content_bank_statement": N_(
        "This is a bank statement, not a list of claims. Import it under payments."
    ),
    "content_web_page": N_(
        "This file is a web page, whatever its name says. Open it in your spreadsheet program "
        "and save it as XLSX or CSV."
    ),
}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")


class Content(StrEnum):
    """What a file is by its content, whatever its name says."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    PDF = "pdf"
    XML = "xml"
    ZIP = "zip"


#: Tables of a spreadsheet program.
WORKBOOKS = frozenset({Content.XLSX, Content.XLS, Content.ODS})


def recognise(data: bytes) -> Content:
    """Say what a file is by its content.

    Raises:
        Refused: it is empty, too large, or nothing we read.
    """
    check_size(data)
    head = data[:_HEAD]
    # A PDF with a ZIP behind it stays a PDF, and a ZIP that holds a PDF unpacked stays a ZIP.
    if is_zip(head):
        return _kind_of_zip(data)
    if b"%PDF-" in head:
        return Content.PDF
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _kind_of_ole(data)
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> Content:
    if head.startswith((b"MZ", b"\x7fELF")):
        raise Refused("content_program")
    if head.startswith(_PICTURES):
        raise Refused("content_picture")
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<table")):
        raise Refused("content_web_page")
    if re.match(rb"<(\?xml|!--|!doctype|[a-z_])", start):
        return Content.XML
    # Text has blanks, tabs and line ends; other control bytes betray a binary format.
    controls = sum(byte < ord(" ") and byte not in b"\t\r\n\x0c\0" for byte in head)
    if controls > len(head) // 50 + 1:
        raise Refused("content_unknown")
    return Content.TEXT


def _kind_of_ole(data: bytes) -> Content:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("content_encrypted")
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return Content.XLS
    raise Refused("content_unknown")


def _kind_of_zip(data: bytes) -> Content:
    with open_archive(data) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
            return Content.XLSX
        if "content.xml" in names and "mimetype" in names:
            with archive.open("mimetype") as stream:
                if b"opendocument.spreadsheet" in stream.read(100):
                    return Content.ODS
            raise Refused("content_opendocument")
        if "[Content_Types].xml" in names:
            raise Refused("content_document")
    return Content.ZIP
