"""Closed periods: Betreibungsferien of debt enforcement and holidays of the civil courts.

Law: SchKG 56 (seven days before to seven days after Easter and Christmas, 15 to 31 July);
ZPO 145(1) (the same at Easter, 15 July to 15 August, 18 December to 2 January).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from legal.calendar import add_days


class Regime(StrEnum):
    """What happens to a period in the closed times of the year."""

    CLOSED_PERIODS = "closed_periods"  # Its end is moved. Law: SchKG 56, 63.
    COURT_HOLIDAYS = "court_holidays"  # It stands still. Law: ZPO 145.
    NONE = "none"  # Nothing: waiting periods, summary proceedings.


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """One closed time, both days included."""

    first_day: date
    last_day: date


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous computation of 1876)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, odd = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * odd + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def closed_periods(year: int, regime: Regime) -> Iterator[ClosedPeriod]:
    """The closed times that begin in a year."""
    if regime is Regime.NONE:
        return
    easter = easter_sunday(year)
    yield ClosedPeriod(add_days(easter, -7), add_days(easter, 7))
    courts = regime is Regime.COURT_HOLIDAYS
    yield ClosedPeriod(date(year, 7, 15), date(year, 8, 15) if courts else date(year, 7, 31))
    yield ClosedPeriod(date(year, 12, 18), date(year + 1, 1, 2 if courts else 1))


def find_closed_period(day: date, regime: Regime) -> ClosedPeriod | None:
    """The closed time that a day lies in."""
    for year in (day.year - 1, day.year):
        for period in closed_periods(year, regime):
            if period.first_day <= day <= period.last_day:
                return period
    return None
