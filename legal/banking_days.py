"""Banking days: on which days a bank books, so that its statement can be asked for.

House convention: working days of the place, without 24 and 31 December, which are no public
holidays but on which German banks do not settle ordinary business.
"""

from datetime import date, timedelta

from legal.calendar import is_working_day

_ONE_DAY = timedelta(days=1)
_NO_BUSINESS = frozenset({(12, 24), (12, 31)})


def is_banking_day(day: date, place: str) -> bool:
    """Whether banks at the place book on this day."""
    return (day.month, day.day) not in _NO_BUSINESS and is_working_day(day, place)


def last_banking_day(before: date, place: str) -> date:
    """The last banking day before a day: on a Monday it is the Friday."""
    day = before - _ONE_DAY
    while not is_banking_day(day, place):
        day -= _ONE_DAY
    return day
