"""Default interest in Switzerland: five percent unless more is agreed, never on interest.

Law: OR 104(1), (2), 105(3). The day count is not in the statute; actual days over 365 is the
practice of the courts of Zürich and our default.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from legal.calendar import add_days, days_between
from legal.errors import InputInvalid
from legal.interest import Interest, InterestPeriod, InterestRule, RateKind
from legal.rounding import round_cents

#: Law: OR 104(1), for all debtors since 1912.
STATUTORY_RATE_PERCENT = Decimal(5)


class DayCount(StrEnum):
    """What a year of interest is divided by."""

    ACTUAL_365 = "actual/365"
    ACTUAL_360 = "actual/360"
    THIRTY_360 = "30E/360"


def default_interest(
    principal_cents: int,
    first_day: date,
    last_day: date,
    rule: InterestRule,
    day_count: DayCount = DayCount.ACTUAL_365,
) -> Interest:
    """Interest from the first to the last day, both counted; a single period."""
    if principal_cents < 0:
        raise InputInvalid("The principal cannot be negative.", field="principal_cents")
    rate = rate_percent(rule)
    days = _days(first_day, last_day, day_count)
    year = 365 if day_count is DayCount.ACTUAL_365 else 360
    per_day = principal_cents * Fraction(rate) / 100 / year
    shown = Decimal(round_cents(per_day * 100)).scaleb(-2)
    cents = round_cents(per_day * days)
    periods = (InterestPeriod(first_day, last_day, days, rate, cents),) if days else ()
    return Interest(cents, shown, periods, ())


def rate_percent(rule: InterestRule) -> Decimal:
    """Five percent for all debtors; an agreed fixed rate only if higher. Law: OR 104(1), (2).

    Raises:
        InputInvalid: a margin over a base rate, which Swiss law does not know.
    """
    if rule.kind is RateKind.MARGIN:
        raise InputInvalid("Swiss law has no base rate to add points to.", field="points")
    agreed = rule.points if rule.kind is RateKind.FIXED else None
    return max(STATUTORY_RATE_PERCENT, agreed or STATUTORY_RATE_PERCENT)


def _days(first_day: date, last_day: date, day_count: DayCount) -> int:
    if day_count is not DayCount.THIRTY_360:
        return days_between(first_day, last_day)
    # Up to the start of the day after, so that spans that follow each other add up.
    return max(_commercial(add_days(last_day, 1)) - _commercial(first_day), 0)


def _commercial(day: date) -> int:
    return 360 * day.year + 30 * day.month + min(day.day, 30)
