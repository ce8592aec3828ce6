"""Which days a report by mail is about: the last period that is over. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.parties.models import ReportRhythm

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a report is about, both included."""

    first_day: date
    last_day: date


def last_period(rhythm: ReportRhythm, today: date) -> Period | None:
    """Yesterday, the last week from Monday on, or the last month; None without a rhythm."""
    if rhythm is ReportRhythm.DAILY:
        return Period(today - ONE_DAY, today - ONE_DAY)
    if rhythm is ReportRhythm.WEEKLY:
        last = today - timedelta(days=today.isoweekday())
        return Period(last - timedelta(days=6), last)
    if rhythm is ReportRhythm.MONTHLY:
        last = today.replace(day=1) - ONE_DAY
        return Period(last.replace(day=1), last)
    return None
