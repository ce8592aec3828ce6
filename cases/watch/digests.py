"""When a digest (Sammelmail) is due, and which days it covers: never one twice, none left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class Frequency(StrEnum):
    """How often somebody wants to hear; the house's days: Mondays, and the first of a month."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Covered:
    """The days whose items one digest holds, both ends included."""

    first_day: date
    last_day: date


def covered(frequency: Frequency, told_until: date, today: date) -> Covered | None:
    """What is due today after everything up to a day was told; None: nothing yet.

    A digest holds the days before its own. One that was missed is made up for at the next
    opportunity and ends where it would have ended, so that the next one is as usual.
    """
    last_day = _sending_day(frequency, today) - ONE_DAY
    if last_day <= told_until:
        return None
    return Covered(told_until + ONE_DAY, last_day)


def digests(frequency: Frequency, since: date, until: date) -> Iterator[tuple[date, Covered]]:
    """Each sending day up to a day, and what it covers, for somebody who subscribes on a day."""
    told_until, today = since - ONE_DAY, since
    while today <= until:
        days = covered(frequency, told_until, today)
        if days is not None:
            yield today, days
            told_until = days.last_day
        today += ONE_DAY


def _sending_day(frequency: Frequency, today: date) -> date:
    """The latest sending day up to today."""
    if frequency is Frequency.DAILY:
        return today
    if frequency is Frequency.WEEKLY:
        return today - timedelta(days=today.weekday())
    return today.replace(day=1)
