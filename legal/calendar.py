"""Counting days, weeks and months as the law does.

Law: BGB §§ 186-193; the Swiss and Austrian rules of counting are the same as far as used here.
Legal days are dates; the first and the last day both belong to a span.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from legal.errors import InputInvalid
from legal.public_holidays import find_holiday

ONE_DAY = timedelta(days=1)
FRIDAY = 4
#: Longer periods than this many of any unit are typing errors.
LONGEST = 40_000


class DayOutOfRange(InputInvalid):
    """The day lies outside the years 1 to 9999."""


class Unit(StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKING_DAYS = "working_days"  # Monday to Friday without public holidays.


class Start(StrEnum):
    """Whether the first day counts."""

    EVENT = "event"  # The day of an event does not count. Law: BGB § 187(1).
    DAY = "day"  # The period begins with the start of a day, which counts. Law: BGB § 187(2).


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time (Frist); a negative length counts back from the event."""

    length: int
    unit: Unit

    def __str__(self) -> str:
        unit = self.unit.value.replace("_", " ")
        return f"{self.length} {unit.removesuffix('s') if abs(self.length) == 1 else unit}"


#: How a unit may be written -> the unit and how many of it. Law: BGB § 189(1) for the halves.
SPELLINGS = {
    "day": (Unit.DAYS, 1),
    "week": (Unit.WEEKS, 1),
    "half month": (Unit.DAYS, 15),
    "month": (Unit.MONTHS, 1),
    "quarter": (Unit.MONTHS, 3),
    "half year": (Unit.MONTHS, 6),
    "year": (Unit.MONTHS, 12),
    "working day": (Unit.WORKING_DAYS, 1),
}


def parse_period(text: object) -> Period:
    """Read a period such as "2 weeks", "-1 month" or "3 working_days".

    Raises:
        InputInvalid: it is not a whole number with a known unit.
    """
    match = re.fullmatch(r"\s*([+-]?\d{1,5})[ _]*([a-z_ ]+?)\s*", str(text).lower(), re.ASCII)
    words = match[2].replace("_", " ").removesuffix("s") if match else ""
    if match is None or words not in SPELLINGS or abs(int(match[1])) > LONGEST:
        raise InputInvalid(
            f"{text!r} is not a period such as '2 weeks', '-10 days' or '3 working_days'.",
            field="period",
        )
    unit, factor = SPELLINGS[words]
    return Period(int(match[1]) * factor, unit)


def add_days(day: date, days: int) -> date:
    """Move a day by a number of calendar days."""
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise DayOutOfRange from error


def add_months(day: date, months: int) -> date:
    """Move a day by months; a day number the month does not have becomes its last day.

    Law: BGB § 188(2), (3).
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise DayOutOfRange
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def add_years(day: date, years: int) -> date:
    """Move a day by years; 29 February becomes 28 February where there is none."""
    return add_months(day, 12 * years)


def end_of_year(day: date) -> date:
    """The last day of the calendar year."""
    return date(day.year, 12, 31)


def days_between(first_day: date, last_day: date) -> int:
    """How many days a span has, both ends included; none if it ends before it begins."""
    return max((last_day - first_day).days + 1, 0)


def is_working_day(day: date, place: str) -> bool:
    """Whether a day is neither Saturday, Sunday nor a public holiday at the place.

    24 and 31 December are ordinary days. Law: BGB § 193.
    """
    return day.weekday() <= FRIDAY and find_holiday(day, place) is None


def roll_forward(day: date, place: str) -> date:
    """The day itself, or the next working day. Law: BGB § 193, ZPO § 222(2)."""
    while not is_working_day(day, place):
        day = add_days(day, 1)
    return day


def roll_back(day: date, place: str) -> date:
    """The day itself, or the working day before: for periods that are counted back.

    Moving such an end forward would cut the other side's time short.
    """
    while not is_working_day(day, place):
        day = add_days(day, -1)
    return day


def add_working_days(day: date, count: int, place: str) -> date:
    """The nth working day after a day, or before it if the number is negative."""
    step = 1 if count >= 0 else -1
    for _ in range(abs(count)):
        day = add_days(day, step)
        while not is_working_day(day, place):
            day = add_days(day, step)
    return day


def end_of_period(event_on: date, period: Period, place: str, start: Start = Start.EVENT) -> date:
    """The last day of a period before any move off weekends and holidays.

    Counted back, it is the earliest day of the period. Law: BGB §§ 187, 188.
    """
    if start is Start.DAY:
        return _end_with_first_day_counted(event_on, period, place)
    match period.unit:
        case Unit.DAYS:
            return add_days(event_on, period.length)
        case Unit.WEEKS:
            return add_days(event_on, 7 * period.length)
        case Unit.MONTHS:
            return add_months(event_on, period.length)
        case Unit.WORKING_DAYS:
            return add_working_days(event_on, period.length, place)


def _end_with_first_day_counted(first_day: date, period: Period, place: str) -> date:
    """Law: BGB § 187(2), § 188(2) second alternative, § 188(3)."""
    if period.length < 1:
        raise InputInvalid("A period with its first day counted cannot run back.", field="period")
    if period.unit is not Unit.MONTHS or first_day.day == 1:
        if period.unit is Unit.WORKING_DAYS:
            return add_working_days(add_days(first_day, -1), period.length, place)
        return add_days(end_of_period(first_day, period, place), -1)
    # The day number before the first day's decides; a month that lacks it ends on its last day.
    return add_months(first_day - ONE_DAY, period.length)
