"""The gate for hostile uploads: what a file really is, and whether it is safe to open.

Limits from upload_hardening: 50 MB as sent and unpacked, ratio 100, 1,000 entries, no archives in
archives, no paths that leave the folder, no links. Names inside archives are never used as paths.
"""

import io
import re
import stat
import zipfile
from enum import StrEnum

from legal.findings import N_, Finding, Severity

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 1_000
#: Small archives of repetitive text reach any ratio and hurt nobody.
RATIO_FREE_BYTES = 1024 * 1024
_HEAD = 1024
_BLANK = b" \t\r\n\0"
_CHUNK = 256 * 1024

MESSAGES = {
    "file_empty": N_("The file is empty. Please export the list again and check that it has rows."),
    "file_too_large": N_(
        "The file has {megabytes} MB; at most {limit} MB can be read. Please split it."
    ),
    "content_unknown": N_(
        "This is not a file we can read. Send a list as CSV or Excel (XLSX), or an e-invoice as "
        "XML or PDF."
    ),
    "content_opendocument": N_(
        "OpenDocument files cannot be read. Please save the list as XLSX or CSV."
    ),
    "content_program": N_("This file is a program, not a document. It was not opened."),
    "content_bank_statement": N_(
        "This is a bank statement, not a list of claims. Import it under payments."
    ),
    "content_web_page": N_(
        "This file is a web page, whatever its name says. Open it in your spreadsheet program "
        "and save it as XLSX or CSV."
    ),
    "content_encrypted": N_(
        "The file is protected with a password. Save it without protection and hand it in again."
    ),
    "archive_broken": N_(
        "The archive or workbook is damaged and cannot be opened. Please create it again."
    ),
    "archive_too_many": N_("The archive holds {count} files; at most {limit} can be read."),
    "archive_too_large": N_(
        "Unpacked, the content would be larger than {limit} MB. Please split it; a long list is "
        "smaller as CSV."
    ),
    "archive_suspicious": N_(
        "The content unpacks to more than {limit} times its size, as in files made to do harm. "
        "It was not opened."
    ),
    "archive_nested": N_(
        "The archive holds another archive ({name}). Please unpack it and send the files."
    ),
    "archive_path": N_(
        "The archive holds a file whose name points outside of it ({name}). It was not opened."
    ),
    "archive_link": N_("The archive holds a link instead of a file ({name}). It was not opened."),
}


class Content(StrEnum):
    """What a file is by its content, whatever its name says."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    PDF = "pdf"
    XML = "xml"
    ZIP = "zip"


class Refused(Exception):
    """A file that is not read at all; the finding says why and what to do."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.finding = Finding(code, Severity.ERROR, params=params)


def recognise(data: bytes) -> Content:
    """Say what a file is by its content.

    Raises:
        Refused: it is empty, too large, or nothing we read.
    """
    if not (data[:_HEAD].strip(_BLANK) or data.strip(_BLANK)):
        raise Refused("file_empty")
    if len(data) > MAX_BYTES:
        megabytes, limit = len(data) // 1024**2, MAX_BYTES // 1024**2
        raise Refused("file_too_large", megabytes=megabytes, limit=limit)
    head = data[:_HEAD]
    # A PDF with a ZIP behind it stays a PDF, and a ZIP that holds a PDF unpacked stays a ZIP.
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data)
    if b"%PDF-" in head:
        return Content.PDF
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _kind_of_ole(data)
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> Content:
    if head.startswith((b"MZ", b"\x7fELF")):
        raise Refused("content_program")
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
            raise Refused("content_opendocument")
    return Content.ZIP


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP whose directory promises nothing dangerous.

    Raises:
        Refused: it is broken, encrypted, a bomb, or has names that are paths or links.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise Refused("archive_broken") from None
    if len(entries) > MAX_ENTRIES:
        raise Refused("archive_too_many", count=len(entries), limit=MAX_ENTRIES)
    for entry in entries:
        _check_entry(entry)
    _check_size(sum(entry.file_size for entry in entries), len(data))
    return archive


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    shown = name[-60:]
    if entry.flag_bits & 1:
        raise Refused("content_encrypted")
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or name[1:2] == ":":
        raise Refused("archive_path", name=shown)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused("archive_link", name=shown)
    if name.lower().endswith((".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz")):
        raise Refused("archive_nested", name=shown)


def _check_size(unpacked: int, packed: int) -> None:
    if unpacked > MAX_UNPACKED_BYTES:
        raise Refused("archive_too_large", limit=MAX_UNPACKED_BYTES // 1024**2)
    if unpacked > max(RATIO_FREE_BYTES, packed * MAX_RATIO):
        raise Refused("archive_suspicious", limit=MAX_RATIO)


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, keep: bool = True) -> bytes:
    """The bytes of one entry, never more than its directory promised."""
    pieces: list[bytes] = []
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_CHUNK):
                if keep:
                    pieces.append(piece)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        raise Refused("archive_broken") from None
    except Exception as error:  # zlib.error and lzma.LZMAError share no family.
        raise Refused("archive_broken") from error
    return b"".join(pieces)
