"""Uploads opened safely: XML without DTD, entities or network; ZIP without bombs, links or paths.

Whoever reads a file from outside opens it here first. A file that must not be opened raises
`UploadRefused`, which carries the finding that a reader returns in place of content.
"""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from legal.findings import N_, Finding, Severity

#: The largest upload, and the largest sum of what an archive unpacks to.
MAX_BYTES = 50_000_000
#: Tags cost memory far beyond their bytes: a statement of 26,000 entries has this many, and takes
#: about 250 MB to read. Larger ones must be fetched by the day.
MAX_XML_TAGS = 3_000_000
MAX_ZIP_MEMBERS = 1_000
#: Genuine bank XML packs to about a fortieth.
MAX_ZIP_RATIO = 100
#: Below this size an archive cannot harm, however well it is packed.
SMALL_BYTES = 1_000_000
#: First bytes of the archives that an archive might hold: ZIP, gzip, bzip2, xz, 7z, RAR.
ARCHIVE_MARKS = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
#: What the zip reader raises on damaged archives; RuntimeError includes unknown methods.
DAMAGED_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    RuntimeError,
    OverflowError,
)

MESSAGES = {
    "upload_empty": N_("The file is empty."),
    "upload_too_large": N_("The file is larger than {limit_mb} MB."),
    "xml_doctype": N_(
        "The file contains a DOCTYPE. Such files are refused because they can hide "
        "instructions; statements and invoices never need one."
    ),
    "xml_not_well_formed": N_("The file is not well-formed XML: {reason}"),
    "xml_encoding_repaired": N_(
        "The file says it is UTF-8 but is not; it was read as "
        "Windows-1252. Please check the umlauts."
    ),
    "xml_too_many_elements": N_("The file holds more elements than any genuine one."),
    "zip_unreadable": N_("The archive is damaged or not a ZIP archive."),
    "zip_too_large": N_("The archive unpacks to more than {limit_mb} MB."),
    "zip_bomb": N_("The archive is packed more densely than any genuine one."),
    "zip_too_many_members": N_("The archive holds more than {limit} files."),
    "zip_encrypted": N_("{name}: the file inside the archive is protected by a password."),
    "zip_link": N_("{name}: a link inside the archive is not followed."),
    "zip_path": N_("{name}: the name leads outside the archive; the file was not read."),
    "zip_nested": N_("{name}: an archive inside the archive is not unpacked."),
    "zip_duplicate_name": N_("{name}: the archive holds two files of this name; both were read."),
    "zip_member_damaged": N_("{name}: the file inside the archive is damaged."),
}


class UploadRefused(Exception):
    """This file must not or cannot be opened."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(MESSAGES[code].format_map(params))
        self.finding = Finding(code, Severity.ERROR, params=params)


def check_size(data: bytes) -> None:
    """Refuse an upload that is empty or too large.

    Raises:
        UploadRefused: it is.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UploadRefused("upload_empty")
    if len(data) > MAX_BYTES:
        raise UploadRefused("upload_too_large", limit_mb=MAX_BYTES // 1_000_000)


def parse_xml(data: bytes) -> etree._Element:
    """The root element of an XML file, with comments and processing instructions left out.

    Raises:
        UploadRefused: too large, a DOCTYPE, nested deeper than 256, or not well-formed.
    """
    check_size(data)
    if data.count(b"<") > MAX_XML_TAGS:
        raise UploadRefused("xml_too_many_elements")
    # UTF-16 has a NUL in every second byte; what is left of the head is plain enough to search.
    if b"<!DOCTYPE" in data[:4096].replace(b"\x00", b"").upper():
        raise UploadRefused("xml_doctype")
    try:
        root = etree.fromstring(data.lstrip(b" \t\r\n"), _parser())
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        reason = str(error).splitlines() or ["?"]
        raise UploadRefused("xml_not_well_formed", reason=reason[0][:200]) from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise UploadRefused("xml_doctype")
    return root


def parse_xml_leniently(data: bytes) -> tuple[etree._Element, tuple[Finding, ...]]:
    """Like `parse_xml`, but a file that wrongly claims UTF-8 is read as Windows-1252 with a note.

    Raises:
        UploadRefused: as `parse_xml`.
    """
    try:
        return parse_xml(data), ()
    except UploadRefused as refusal:
        repaired = _as_utf8(data)
        if refusal.finding.code != "xml_not_well_formed" or repaired is None:
            raise
        root = parse_xml(repaired)
    return root, (Finding("xml_encoding_repaired", Severity.WARNING),)


def _as_utf8(data: bytes) -> bytes | None:
    """The same text in UTF-8, if the file claims UTF-8 without being it."""
    head = data[:200].lower()
    if b"encoding" in head and b"utf-8" not in head:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").encode()
    return None


def _parser() -> etree.XMLParser:
    """A new parser with every door closed (parsers are not shared between threads)."""
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


@dataclass(frozen=True, slots=True)
class ZipMember:
    """One file of an archive, by its base name; `findings` say what is odd about it.

    `data` is None when the member was not read; a finding then says why.
    """

    name: str
    data: bytes | None
    findings: tuple[Finding, ...] = ()


def is_zip(data: bytes) -> bool:
    """Whether the content (not the name) is a ZIP archive."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read_zip(data: bytes) -> Iterator[ZipMember]:
    """The files of an archive one after another, so that only one is in memory.

    Raises:
        UploadRefused: before anything is unpacked, when the directory tells of a bomb.
    """
    check_size(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED_ARCHIVE as error:
        raise UploadRefused("zip_unreadable") from error
    # Not `is_dir`: it fails on a damaged directory with an empty name.
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    check_zip_directory(infos, len(data))
    return _members(archive, infos)


def check_zip_directory(infos: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    """Refuse an archive (also an XLSX file) by what its directory says, before unpacking.

    Raises:
        UploadRefused: too many members, too large, or packed too densely.
    """
    if len(infos) > MAX_ZIP_MEMBERS:
        raise UploadRefused("zip_too_many_members", limit=MAX_ZIP_MEMBERS)
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_BYTES:
        raise UploadRefused("zip_too_large", limit_mb=MAX_BYTES // 1_000_000)
    if unpacked > SMALL_BYTES and unpacked > MAX_ZIP_RATIO * packed_bytes:
        raise UploadRefused("zip_bomb")


def _members(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[ZipMember]:
    seen: set[str] = set()
    for info in infos:
        path = info.filename.replace("\\", "/")
        name = path.rsplit("/", 1)[-1][:200]
        refusal = _why_closed(info, path)
        content: bytes | None = None
        if refusal is None:
            content, refusal = _unpack(archive, info)
        notes = [refusal] if refusal else []
        if path in seen:
            notes.append("zip_duplicate_name")
        seen.add(path)
        yield ZipMember(name, content, tuple(_about(code, name) for code in notes))


def _about(code: str, name: str) -> Finding:
    severity = Severity.WARNING if code == "zip_duplicate_name" else Severity.ERROR
    return Finding(code, severity, params={"name": name})


def _why_closed(info: zipfile.ZipInfo, path: str) -> str | None:
    """The code of the reason why this member is not opened."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return "zip_link"
    if path.startswith("/") or ":" in path or ".." in path.split("/"):
        return "zip_path"
    if info.flag_bits & 0x1:
        return "zip_encrypted"
    return None


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes | None, str | None]:
    """The content of a member, or the code of the reason why there is none."""
    try:
        with archive.open(info) as member:
            # The directory may lie about the size; more than it promised is never read.
            content = member.read(info.file_size + 1)
    except DAMAGED_ARCHIVE:
        return None, "zip_member_damaged"
    if content.startswith(ARCHIVE_MARKS):
        return None, "zip_nested"
    return content, None
