"""Bytes to text: byte order mark, then strict UTF-8, then UTF-16 without mark, then eight bits.

Eight bits are cp1252, unless every letter beyond ASCII would be an odd one there and an ordinary
one in the code page of DOS or of old Macintoshes.

Statistical guessers never answered cp1252 for a cp1252 file of our samples, so none is used.
"""

import codecs
import re
from dataclasses import dataclass

from legal.findings import N_, Finding, Severity

MESSAGES = {
    "encoding_mixed": N_(
        "Some lines are encoded in UTF-8 and others in Windows-1252. Each was read as it is "
        "written; please check the umlauts, from line {first} on."
    ),
    "encoding_unclear": N_(
        "The file's encoding is not known: some letters could not be read, first in line {first}. "
        "Please save the file as “CSV UTF-8” and hand it in again."
    ),
    "encoding_old": N_(
        "The file was read in an old encoding ({encoding}), because only so its umlauts make "
        "sense. Please check them, from line {first} on."
    ),
    "encoding_twice": N_(
        "The umlauts of this file had been encoded twice (Ã¼ instead of ü) and were put right. "
        "Please check them, from line {first} on."
    ),
    "nul_removed": N_("NUL characters were removed from the file, first in line {first}."),
}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
#: Bytes that cp1252 leaves undefined; in DOS code pages they are umlauts.
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
#: Letters that names of Central and Western Europe are written with.
_LETTERS = frozenset("äöüÄÖÜßéèêëàâçôîïûùáóúíñøåæœÉÈÀÇØÅÆ€§°–’´")
#: Words and names of everyday lists; a single odd letter proves nothing.
_WORDS = re.compile(
    "straße|fällig|währung|köln|münchen|zürich|österreich|düsseldorf|nürnberg|empfänger|"
    "begünstigt|gebühr|müll|jürgen|günt|schröd|schäf|schön|grün|größ|weiß|groß|für|über|bäck|"
    "möb|büro|händler|könig|schütz|krüg|böhm|kühn|jäg|götz|vögel|löw|hübn|köhl|möll|lübeck|"
    "rückst|zahlungsempf|beträge|schlüssel"
)
_OLD = ("cp850", "mac_roman")
_TWICE = re.compile("[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_SAMPLE_BYTES = 4096
_NUL_SHARE = 0.3
_ASCII = 0x7F
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, how it was encoded, and what was odd about it."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode a text file; never fails, says what it had to assume."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            text = data.decode(codec, errors="replace").lstrip("\ufeff")
            return _without_nul(*_once(text, name))
    unmarked = _utf16_without_mark(data)
    if unmarked:
        return _without_nul(data.decode(unmarked, errors="replace"), unmarked)
    try:
        return _without_nul(*_once(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        return _eight_bit(data)


def _eight_bit(data: bytes) -> Decoded:
    undefined = _UNDEFINED.search(data)
    if _MULTIBYTE.search(data) and _has_utf8_line(data):
        return _line_by_line(data)
    if old := _old_encoding(data):
        first = data.count(b"\n", 0, _first_beyond_ascii(data)) + 1
        params: dict[str, str | int] = {"encoding": old, "first": first}
        finding = Finding("encoding_old", Severity.WARNING, line=first, params=params)
        return _without_nul(data.decode(old), old, finding)
    text = data.decode("cp1252", errors="replace")
    if undefined is None:
        return _without_nul(text, "cp1252")
    first = data.count(b"\n", 0, undefined.start()) + 1
    return _without_nul(text, "cp1252", _warning("encoding_unclear", first))


def _old_encoding(data: bytes) -> str | None:
    """The old code page in which all letters make sense, where none does in cp1252."""
    beyond = bytes(sorted({byte for byte in data if byte > _ASCII}))
    usual = beyond.decode("cp1252", errors="replace")
    if set("äöüÄÖÜßéèç").intersection(usual) or _LETTERS.issuperset(usual):
        return None
    for name in _OLD:
        if _LETTERS.issuperset(beyond.decode(name)) and _WORDS.search(data.decode(name).lower()):
            return name
    return None


def _first_beyond_ascii(data: bytes) -> int:
    found = _BEYOND_ASCII.search(data)
    return found.start() if found else 0


def _once(text: str, encoding: str) -> tuple[str, str, *tuple[Finding, ...]]:
    """A text whose UTF-8 was taken for cp1252 and encoded again, put right as a whole or not."""
    place = _TWICE.search(text)
    if place is None:
        return text, encoding
    try:
        repaired = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text, encoding
    return repaired, encoding, _warning("encoding_twice", text.count("\n", 0, place.start()) + 1)


def _has_utf8_line(data: bytes) -> bool:
    return any(_MULTIBYTE.search(line) and _as_utf8(line) is not None for line in data.split(b"\n"))


def _line_by_line(data: bytes) -> Decoded:
    lines: list[str] = []
    first = 0
    for number, line in enumerate(data.split(b"\n"), start=1):
        text = _as_utf8(line)
        if text is None:
            first = first or number
            text = line.decode("cp1252", errors="replace")
        lines.append(text)
    return _without_nul("\n".join(lines), "mixed", _warning("encoding_mixed", first))


def _as_utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of Latin text has a NUL in every other byte."""
    sample = data[:_SAMPLE_BYTES]
    if len(sample) < len(b"a\0b\0") or b"\0" not in sample:
        return None
    half = len(sample) / 2
    if sample[1::2].count(0) / half > _NUL_SHARE > sample[::2].count(0) / half:
        return "utf-16-le"
    if sample[::2].count(0) / half > _NUL_SHARE > sample[1::2].count(0) / half:
        return "utf-16-be"
    return None


def _without_nul(text: str, encoding: str, *findings: Finding) -> Decoded:
    """PostgreSQL's text cannot hold a NUL, so none gets further than here."""
    place = text.find("\0")
    if place < 0:
        return Decoded(text, encoding, findings)
    warning = _warning("nul_removed", text.count("\n", 0, place) + 1)
    return Decoded(text.replace("\0", ""), encoding, (*findings, warning))


def _warning(code: str, first: int) -> Finding:
    return Finding(code, Severity.WARNING, line=first, params={"first": first})
