"""Deadlines as a calendar file."""

from collections.abc import Iterable
from datetime import datetime

from agency.filings.words import deadline_words
from agency.law_words import law_words
from cases.filings.queries import DeadlineRow
from cases.formats.calendars import calendar_file, whole_day


def calendar(rows: Iterable[DeadlineRow], made_at: datetime) -> bytes:
    """One whole-day entry for each open deadline; names of debtors stay in the house."""
    entries = (
        whole_day(
            row.deadline.public_id,
            row.deadline.last_day,
            f"{row.number}: {deadline_words(row.deadline.name)}",
            law_words(row.deadline.law),
        )
        for row in rows
    )
    return calendar_file(entries, made_at, "Fristen")
