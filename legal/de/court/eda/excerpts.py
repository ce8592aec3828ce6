"""Parts of a long court file by themselves: a message as it came, one application of ours.

Only records are looked at, nothing is understood, so that one part of thousands costs little.
"""

from collections.abc import Iterator, Sequence

from legal.de.court.eda.codec import ENCODING
from legal.de.court.eda.framing import Record, split_records
from legal.de.court.eda.grouping import HEAD


def header_before(records: Sequence[Record], number: int) -> bytes:
    """The header of the logical file that a record belongs to; nothing if it has none."""
    found = [r.data for r in records[: number - 1] if r.key == "AA" and not r.damaged]
    return found[-1] if found else b""


def own_part(data: bytes, reference: str) -> bytes:
    """The header and the applications that name a reference: nobody else's data is in it."""
    wanted = reference.encode(ENCODING, errors="replace")
    parts = [part for part in _groups(split_records(data)) if any(wanted in r for r in part)]
    head = header_before([*split_records(data[:256])], 2)
    return head + b"".join(record for part in parts for record in part)


def _groups(records: Sequence[Record]) -> Iterator[list[bytes]]:
    """The records of each application."""
    group: list[bytes] = []
    for record in records:
        if record.key[2:] == HEAD:
            if group:
                yield group
            group = []
        if record.key not in {"AA", "BB"}:
            group.append(record.data)
    if group:
        yield group
