"""Days as lists write them: ISO, German, English, without separators, with a time behind.

3/4/2026 is ambiguous: the whole column decides whether the day or the month comes first, and if it
does not, the row asks. Day and month are never swapped silently.
"""

import re
from collections.abc import Iterable
from datetime import date

from cases.formats.cells import CellUnreadable, shown
from legal.findings import N_

FIRST_YEAR = 1990
YEARS_AHEAD = 2
LAST_YEAR = 2099  # Where the caller does not say what day it is.

MESSAGES = {
    "date_unreadable": N_("“{value}” is not a date. Write it like 31.12.2026 or 2026-12-31."),
    "date_not_in_calendar": N_("There is no such day as “{value}”. Please correct the date."),
    "date_ambiguous": N_(
        "“{value}” does not say which number is the day and which the month, and the other rows "
        "do not settle it. Please write it like 31.12.2026."
    ),
    "date_is_number": N_(
        "“{value}” is a spreadsheet's day number, not a date. Format the column as a date and "
        "save the file again, or write the day here."
    ),
    "date_is_week": N_("“{value}” is a calendar week, not a day. Please give the day."),
    "date_is_term": N_("“{value}” is a payment term, not a day. Please give the due date."),
    "date_implausible": N_(
        "{value} lies too far in the past or the future for a claim. Please check the year."
    ),
}

_TIME = (
    r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?)?$"
)
_ISO = re.compile(r"^(\d{4})[-./](\d{1,2})[-./](\d{1,2})" + _TIME, re.ASCII | re.IGNORECASE)
_PARTS = re.compile(r"^(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})" + _TIME, re.ASCII | re.IGNORECASE)
_DIGITS = re.compile(r"^\d{7,8}$", re.ASCII)
_SERIAL = re.compile(r"^\d{5}(?:[.,]\d+)?$", re.ASCII)
_WEEK = re.compile(r"^(?:KW|CW|week)\W*\d{1,2}|^\d{4}-?W\d{2}", re.IGNORECASE)
_TERM = re.compile(r"^\d{1,3}\s*(?:tage?|days?|jours?|d|wochen?|weeks?)\b", re.IGNORECASE)
_WORDS = re.compile(r"^(\d{1,2})\.?[ -]*([A-Za-zäöüéû]{3,9})\.?,?[ -]*(\d{4}|\d{2})$")
_US_WORDS = re.compile(r"^([A-Za-z]{3,9})\.? (\d{1,2}), ?(\d{4})$")
_MONTHS = {
    **dict.fromkeys(("jan", "januar", "january", "jän", "jänner", "janvier", "gen", "gennaio"), 1),
    **dict.fromkeys(("feb", "februar", "february", "feber", "février", "febbraio"), 2),
    **dict.fromkeys(("mär", "mrz", "märz", "mar", "march", "mars", "marzo"), 3),
    **dict.fromkeys(("apr", "april", "avril", "aprile"), 4),
    **dict.fromkeys(("mai", "may", "mag", "maggio"), 5),
    **dict.fromkeys(("jun", "juni", "june", "juin", "giu", "giugno"), 6),
    **dict.fromkeys(("jul", "juli", "july", "juillet", "lug", "luglio"), 7),
    **dict.fromkeys(("aug", "august", "août", "ago", "agosto"), 8),
    **dict.fromkeys(("sep", "sept", "september", "septembre", "set", "settembre"), 9),
    **dict.fromkeys(("okt", "oct", "oktober", "october", "octobre", "ott", "ottobre"), 10),
    **dict.fromkeys(("nov", "november", "novembre"), 11),
    **dict.fromkeys(("dez", "dec", "dezember", "december", "décembre", "dic", "dicembre"), 12),
}
_LAST_MONTH = 12
_PIVOT = 80


def decide_day_first(values: Iterable[str]) -> bool | None:
    """Whether a column writes the day first; None if it does not say or contradicts itself."""
    seen: set[bool] = set()
    for value in values:
        if "/" not in value and "-" not in value:
            continue
        parts = _PARTS.match(value.strip())
        if parts is None or parts.group(2) == ".":
            continue
        if int(parts.group(1)) > _LAST_MONTH:
            seen.add(True)
        elif int(parts.group(3)) > _LAST_MONTH:
            seen.add(False)
    return seen.pop() if len(seen) == 1 else None


def parse_day(text: str, day_first: bool | None = None) -> date:
    """Read a day.

    Raises:
        CellUnreadable: the cell is not a day, or it is not clear which.
    """
    value = text.strip()
    if iso := _ISO.match(value):
        return _day(value, int(iso.group(1)), int(iso.group(2)), int(iso.group(3)))
    if parts := _PARTS.match(value):
        return _from_parts(value, parts, day_first)
    if _DIGITS.match(value):
        return _from_digits(value)
    return _from_words(value)


def _from_parts(value: str, parts: re.Match[str], day_first: bool | None) -> date:
    first, second = int(parts.group(1)), int(parts.group(3))
    year = int(parts.group(4))
    if len(parts.group(4)) == len("26"):
        year = _whole_year(year)
    if parts.group(2) != ".":
        evident = first > _LAST_MONTH or second > _LAST_MONTH or first == second
        if day_first is None and not evident:
            raise CellUnreadable("date_ambiguous", value=shown(value))
        # A day above 12 can only be the day; the calendar refuses what contradicts the column.
        month_first = second > _LAST_MONTH if day_first is None else not day_first
        if month_first:
            first, second = second, first
    return _day(value, year, second, first)


def _from_digits(value: str) -> date:
    """YYYYMMDD or DDMMYYYY; no day of these years can be read as both."""
    if value.startswith(("19", "20")) and len(value) == len("20261231"):
        month = int(value[4:6])
        if 1 <= month <= _LAST_MONTH:
            return _day(value, int(value[:4]), month, int(value[6:]))
    padded = value.zfill(8)
    if padded[4:6] not in {"19", "20"}:
        raise CellUnreadable("date_unreadable", value=shown(value))
    return _day(value, int(padded[4:]), int(padded[2:4]), int(padded[:2]))


def _from_words(value: str) -> date:
    if _WEEK.match(value):
        raise CellUnreadable("date_is_week", value=shown(value))
    if _TERM.match(value):
        raise CellUnreadable("date_is_term", value=shown(value))
    if _SERIAL.match(value):
        raise CellUnreadable("date_is_number", value=shown(value))
    if words := _WORDS.match(value):
        day, name, year = words.group(1), words.group(2), words.group(3)
    elif words := _US_WORDS.match(value):
        name, day, year = words.group(1), words.group(2), words.group(3)
    else:
        raise CellUnreadable("date_unreadable", value=shown(value))
    month = _MONTHS.get(name.casefold())
    if month is None:
        raise CellUnreadable("date_unreadable", value=shown(value))
    full = _whole_year(int(year)) if len(year) == len("26") else int(year)
    return _day(value, full, month, int(day))


def _whole_year(short: int) -> int:
    """The year that two digits stand for; a claim is younger than 1980."""
    return short + (2000 if short < _PIVOT else 1900)


def _day(value: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellUnreadable("date_not_in_calendar", value=shown(value)) from None


def is_plausible(day: date, as_of: date | None) -> bool:
    """Whether a claim can carry this day: not before 1990, at most two years ahead."""
    latest = as_of.year + YEARS_AHEAD if as_of else LAST_YEAR
    return FIRST_YEAR <= day.year <= latest
