"""Appointments and days as a calendar file. Pure. Source: RFC 5545."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LINE = 73  # Octets before a line is folded.


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a whole day, or from a moment to another."""

    uid: str
    begins: date | datetime
    ends: date | datetime
    title: str
    text: str = ""
    place: str = ""
    busy: bool = False  # Whether the time is taken; a deadline takes none.


def calendar_file(entries: Iterable[Entry], made_at: datetime, about: str) -> bytes:
    """The entries in the order given; `about` names the kind of calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Recoup//{about}//DE", "METHOD:PUBLISH"]
    for entry in entries:
        lines += _lines(entry, made_at)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def whole_day(uid: str, day: date, title: str, text: str = "") -> Entry:
    """An entry that is about a day and takes no time of it."""
    return Entry(uid, day, day + timedelta(days=1), title, text)


def _lines(entry: Entry, made_at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}@recoup",
        f"DTSTAMP:{_moment(made_at)}",
        f"DTSTART{_when(entry.begins)}",
        f"DTEND{_when(entry.ends)}",
        f"SUMMARY:{_escaped(entry.title)}",
        *([f"LOCATION:{_escaped(entry.place)}"] if entry.place else []),
        f"DESCRIPTION:{_escaped(entry.text)}",
        f"TRANSP:{'OPAQUE' if entry.busy else 'TRANSPARENT'}",
        "END:VEVENT",
    ]


def _when(value: date | datetime) -> str:
    return f":{_moment(value)}" if isinstance(value, datetime) else f";VALUE=DATE:{value:%Y%m%d}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A long line goes on after a line break and a blank; never within a character."""
    parts, current = [], b""
    for sign in line:
        data = sign.encode()
        if len(current) + len(data) > _LINE:
            parts.append(current)
            current = b" "
        current += data
    return b"\r\n".join([*parts, current]) + b"\r\n"
