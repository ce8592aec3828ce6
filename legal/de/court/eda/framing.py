"""From the bytes of a court file to its records, whichever way they are framed.

We send an unbroken stream of 128-byte records. Courts have sent lines of 126 characters with CR LF
in the place of the last two. A record that is too short or too long is kept as damaged and
reported; in a stream the next record is found again by its key, so that the rest is still read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from legal.de.court.eda.codec import ENCODING, RECORD_LENGTH
from legal.de.court.eda.layouts import known_belarts, layouts_of

SHORTEST_LINE = RECORD_LENGTH - 2
KEY_LENGTH = 9
#: Some programs end a file with a line end or with the DOS end-of-file byte.
_AFTER_THE_END = b"\r\n\x1a"
_HEADER = rb"AA[0-9A-Z]{8}[0-9]{6}[0-9]{2}"
_TRAILER = rb"BB[0-9A-Z]{8}[0-9]{14}"
_PLAUSIBLE = re.compile(rb"[0-9]{2}[0-9A-Z ]{5}[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it came; `number` counts from 1 over the whole file."""

    number: int
    data: bytes
    key: str  # Kind, area and sequence; AA and BB have only their first two characters.
    damaged: bool = False


def split_records(data: bytes) -> list[Record]:
    """The records of a physical file in order; damaged ones keep the bytes they have."""
    data = data.rstrip(_AFTER_THE_END)
    chunks = _lines(data) if b"\n" in data or b"\r" in data else _stream(data)
    return [
        Record(number, chunk.ljust(RECORD_LENGTH) if intact else chunk, _key(chunk), not intact)
        for number, (chunk, intact) in enumerate(chunks, 1)
    ]


def _key(chunk: bytes) -> str:
    start = chunk[:KEY_LENGTH].decode(ENCODING)
    return start[:2] if start[:2] in {"AA", "BB"} else start


def _lines(data: bytes) -> Iterator[tuple[bytes, bool]]:
    for line in re.split(rb"\r\n|\n\r|\r|\n", data):
        if line:
            yield line, SHORTEST_LINE <= len(line) <= RECORD_LENGTH


def _stream(data: bytes) -> Iterator[tuple[bytes, bool]]:
    position = 0
    while position < len(data):
        end = position + RECORD_LENGTH
        if end > len(data) or not _may_begin(data, end):
            end = _find_next(data, position, end)
        chunk = data[position:end]
        yield chunk, len(chunk) == RECORD_LENGTH
        position = end


def _may_begin(data: bytes, position: int) -> bool:
    """Whether a record can begin here; an unknown kind of record may."""
    known = position == len(data) or _beginnings().match(data, position)
    return bool(known or _PLAUSIBLE.match(data, position))


@cache
def _beginnings() -> re.Pattern[bytes]:
    """How every known record begins."""
    keys = {key for belart in known_belarts() for key in layouts_of(belart)}
    known = [re.escape(key.encode(ENCODING)) for key in sorted(keys) if len(key) == KEY_LENGTH]
    return re.compile(b"|".join([_HEADER, _TRAILER, *known]))


def _find_next(data: bytes, position: int, expected: int) -> int:
    """Where the next known record begins after a damaged one, else where it should."""
    last = min(len(data), expected + RECORD_LENGTH + KEY_LENGTH)
    found = _beginnings().search(data, position + KEY_LENGTH, last)
    return found.start() if found else min(expected, len(data))
