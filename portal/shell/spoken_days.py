"""Days as people say them, reckoned from today: heute, in 14 Tagen, 3.12. without a year."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

#: Word -> days from today, in both languages of the screens.
WORDS = {
    "vorgestern": -2, "gestern": -1, "yesterday": -1, "heute": 0, "today": 0, "morgen": 1,
    "tomorrow": 1, "übermorgen": 2,
}  # fmt: skip
AHEAD = re.compile(r"in ([0-9]{1,4}|einem|einer|a|one) (tage?n?|wochen?|days?|weeks?)")
BACK_GERMAN = re.compile(r"vor ([0-9]{1,4}|einem|einer) (tage?n?|wochen?)")
BACK_ENGLISH = re.compile(r"([0-9]{1,4}|a|one) (days?|weeks?) ago")
WITHOUT_YEAR = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.?")
DAYS_OF_WEEK = 7
#: Half a year: further away the year is not obvious.
NEAR = timedelta(days=184)


def find_spoken_day(text: str, today: date) -> date | None:
    """The day that is meant, if these are such words."""
    said = " ".join(text.lower().split())
    if said in WORDS:
        return today + timedelta(days=WORDS[said])
    if match := AHEAD.fullmatch(said):
        return today + timedelta(days=_days(match))
    if match := BACK_GERMAN.fullmatch(said) or BACK_ENGLISH.fullmatch(said):
        return today - timedelta(days=_days(match))
    return None


def find_nearest(text: str, today: date) -> date | None:
    """A day without its year: the one that is nearest to today, before or after it."""
    match = WITHOUT_YEAR.fullmatch(text)
    days = _in_three_years(int(match[2]), int(match[1]), today) if match else ()
    near = (day for day in days if abs(day - today) <= NEAR)
    return min(near, key=lambda day: abs(day - today), default=None)


def _in_three_years(month: int, day: int, today: date) -> Iterator[date]:
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _days(match: re.Match[str]) -> int:
    number = int(match[1]) if match[1].isdecimal() else 1
    return number * (DAYS_OF_WEEK if match[2].startswith("w") else 1)
