"""ZIP archives: opened without bombs, links, paths that leave or archives in archives.

Limits from upload_hardening: unpacked no more than one upload may have, ratio 100, 1,000 entries.
Names inside archives are never used as paths. An archive of claims is refused whole when one of its
entries is hostile; of an archive of bank files only that entry is left out, by its name.
"""

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cases.formats.attachments import harmless_name
from cases.formats.gate import MAX_BYTES, Refused, check_size
from legal.findings import N_, Finding, Severity

MAX_RATIO = 100
MAX_ENTRIES = 1_000
#: Small archives of repetitive text reach any ratio and hurt nobody.
RATIO_FREE_BYTES = 1024 * 1024
_CHUNK = 256 * 1024
_NESTED = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz")
#: First bytes of the archives that an archive might hold: gzip, bzip2, xz, 7z, RAR.
_NESTED_MARKS = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
#: What the zip reader raises on damaged archives; RuntimeError includes unknown methods.
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
           ValueError, LookupError, RuntimeError, OverflowError)  # fmt: skip
_IGNORED = ("__macosx/", ".ds_store", "thumbs.db")

MESSAGES = {
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
    "archive_encrypted": N_(
        "The file {name} in the archive is protected with a password. It was not opened."
    ),
    "archive_damaged": N_("The file {name} in the archive is damaged and was left out."),
    "archive_empty": N_("The archive holds no files. Please create it again."),
    "archive_name_twice": N_("The archive holds several files called “{name}”; all were read."),
    "archive_entry_refused": N_("“{name}” in the archive could not be read: {reason}."),
}


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The files of an archive in their order, and what was odd about it."""

    files: tuple[tuple[str, bytes], ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive, by its base name; `data` is None when it was not opened."""

    name: str
    data: bytes | None
    findings: tuple[Finding, ...] = ()


def is_zip(data: bytes) -> bool:
    """Whether the content (not the name) is a ZIP archive."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP whose directory promises nothing dangerous.

    Raises:
        Refused: it is broken, encrypted, a bomb, or has names that are paths or links.
    """
    archive = _open(data)
    for info in archive.infolist():
        if code := _why_closed(info):
            raise _refused(code, info)
    return archive


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, keep: bool = True) -> bytes:
    """The bytes of one entry, never more than its directory promised.

    Raises:
        Refused: it is damaged.
    """
    try:
        return _content(archive, info, keep=keep)
    except _DAMAGE:
        raise Refused("archive_broken") from None


def unzip_many(data: bytes) -> Unpacked:
    """Unpack an archive of invoices in memory.

    Raises:
        Refused: it is broken, protected, a bomb, or holds paths, links or archives.
    """
    files: list[tuple[str, bytes]] = []
    with open_archive(data) as archive:
        for info in archive.infolist():
            if _is_directory(info) or _is_ignored(info.filename):
                continue
            content = read_entry(archive, info)
            if _is_nested(content):
                raise _refused("archive_nested", info)
            files.append((harmless_name(info.filename), content))
    twice = [name for name, count in Counter(name for name, _ in files).items() if count > 1]
    findings = [
        Finding("archive_name_twice", Severity.WARNING, params={"name": name}) for name in twice
    ]
    if not files:
        findings.append(Finding("archive_empty", Severity.ERROR))
    return Unpacked(tuple(files), tuple(findings))


def read_each(data: bytes) -> Iterator[Entry]:
    """The files of an archive one after another, so that only one is in memory.

    An entry that must not be opened is named and harms no other.

    Raises:
        Refused: before anything is unpacked, when the directory tells of a bomb.
    """
    check_size(data)
    return _entries(_open(data))


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (*_DAMAGE, NotImplementedError):
        raise Refused("archive_broken") from None
    if len(infos) > MAX_ENTRIES:
        raise Refused("archive_too_many", count=len(infos), limit=MAX_ENTRIES)
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_BYTES:
        raise Refused("archive_too_large", limit=MAX_BYTES // 1024**2)
    if unpacked > max(RATIO_FREE_BYTES, len(data) * MAX_RATIO):
        raise Refused("archive_suspicious", limit=MAX_RATIO)
    return archive


def _entries(archive: zipfile.ZipFile) -> Iterator[Entry]:
    seen: set[str] = set()
    for info in archive.infolist():
        if _is_directory(info) or _is_ignored(info.filename):
            continue
        name = harmless_name(info.filename)
        code = _why_closed(info)
        content: bytes | None = None
        if code is None:
            content, code = _unpack(archive, info)
        notes = [_about(code, name, Severity.ERROR)] if code else []
        if info.filename in seen:
            notes.append(_about("archive_name_twice", name, Severity.WARNING))
        seen.add(info.filename)
        yield Entry(name, content, tuple(notes))


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes | None, str | None]:
    """The content of an entry, or the code of the reason why there is none."""
    try:
        content = _content(archive, info)
    except _DAMAGE:
        return None, "archive_damaged"
    return (None, "archive_nested") if _is_nested(content) else (content, None)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, keep: bool = True) -> bytes:
    pieces: list[bytes] = []
    with archive.open(info) as stream:
        while piece := stream.read(_CHUNK):
            if keep:
                pieces.append(piece)
    return b"".join(pieces)


def _why_closed(info: zipfile.ZipInfo) -> str | None:
    """The code of the reason why this entry must not be opened."""
    name = info.filename
    if info.flag_bits & 1:
        return "archive_encrypted"
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or name[1:2] == ":":
        return "archive_path"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "archive_link"
    return "archive_nested" if name.lower().endswith(_NESTED) else None


def _refused(code: str, info: zipfile.ZipInfo) -> Refused:
    if code == "archive_encrypted":
        return Refused("content_encrypted")
    return Refused(code, name=info.filename[-60:])


def _about(code: str, name: str, severity: Severity) -> Finding:
    return Finding(code, severity, params={"name": name})


def _is_nested(content: bytes) -> bool:
    """Whether an entry is an archive itself; workbooks are, and are files like any other."""
    if content.startswith(_NESTED_MARKS):
        return True
    return is_zip(content) and b"[Content_Types].xml" not in content and b"mimetype" not in content


def _is_directory(info: zipfile.ZipInfo) -> bool:
    # Not `is_dir`: it fails on a damaged directory with an empty name.
    return info.filename.endswith("/")


def _is_ignored(name: str) -> bool:
    lower = name.lower()
    return lower.startswith(_IGNORED[0]) or lower.endswith(_IGNORED[1:])
