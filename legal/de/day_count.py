"""How days are counted for interest: by each calendar year, by 365, or by 30/360.

No statute says so; prevailing practice is the actual days over the length of each calendar year,
first and last day both counted. The others are tolerated or contractual variants.
"""

from calendar import isleap
from datetime import date, timedelta
from enum import StrEnum


class YearBasis(StrEnum):
    """What a year of interest is divided by."""

    ACTUAL = "actual"  # 365, in leap years 366; the default.
    DAYS_365 = "365"
    THIRTY_360 = "30/360"  # Commercial months; wrong for default interest unless agreed.


#: A common multiple of the lengths of a year: the share of each day is a whole number of parts.
YEAR_PARTS = {YearBasis.ACTUAL: 365 * 366, YearBasis.DAYS_365: 365, YearBasis.THIRTY_360: 360}


def count_days(first_day: date, last_day: date, basis: YearBasis) -> int:
    """The days of a span, first and last day both counted.

    Under 30/360 the span ends at the beginning of the day after the last one, so that spans that
    follow each other add up.
    """
    if basis is YearBasis.THIRTY_360:
        after = last_day + timedelta(days=1)
        return _commercial_position(after) - _commercial_position(first_day)
    return (last_day - first_day).days + 1


def year_days(day: date, basis: YearBasis) -> int:
    """The length of the year that a day belongs to."""
    if basis is YearBasis.ACTUAL:
        return 366 if isleap(day.year) else 365
    return 360 if basis is YearBasis.THIRTY_360 else 365


def day_parts(day: date, basis: YearBasis) -> int:
    """The share of one counted day in its year, in the parts of `YEAR_PARTS`."""
    return YEAR_PARTS[basis] // year_days(day, basis)


def _commercial_position(day: date) -> int:
    """Commercial days before a day begins; a month has thirty, however long it is."""
    return 360 * day.year + 30 * day.month + min(day.day - 1, 30)
