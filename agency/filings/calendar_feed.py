"""Deadlines as a calendar file. Source: RFC 5545."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from agency.filings.words import deadline_words
from agency.law_words import law_words
from cases.filings.queries import DeadlineRow

_LINE = 73  # Octets before a line is folded.


def calendar(rows: Iterable[DeadlineRow], made_at: datetime) -> bytes:
    """One whole-day entry for each open deadline; names of debtors stay in the house."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Recoup//Fristen//DE", "METHOD:PUBLISH"]
    for row in rows:
        lines += _entry(row, made_at)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _entry(row: DeadlineRow, made_at: datetime) -> list[str]:
    deadline = row.deadline
    return [
        "BEGIN:VEVENT",
        f"UID:{deadline.public_id}@recoup",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{deadline.last_day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{deadline.last_day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{row.number}: {deadline_words(deadline.name)}')}",
        f"DESCRIPTION:{_escaped(law_words(deadline.law))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


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
