"""An independent way to compute default interest: day by day, in exact fractions."""

import calendar
from datetime import date, timedelta
from fractions import Fraction

from legal.de.base_rates import base_rates
from legal.de.day_count import YearBasis
from legal.interest import RateKind


def base_on(day: date) -> Fraction:
    """The base rate, found by walking the rows."""
    found = [row for row in base_rates().rows if row.valid_from <= day]
    return Fraction(found[-1].rate_percent)


def rate_on(rule, day: date) -> Fraction:
    """The rate of a day, written as the statute reads."""
    if rule.kind is RateKind.FIXED:
        return Fraction(rule.points)
    if rule.kind is RateKind.MARGIN:
        points = Fraction(rule.points)
    elif rule.kind is RateKind.BUSINESS:
        decisive = rule.arose_on or day
        continuing = rule.performed_on and rule.performed_on >= date(2016, 7, 1)
        points = Fraction(9 if continuing or decisive >= date(2014, 7, 29) else 8)
    else:
        points = Fraction(5)
    return max(base_on(day) + points, Fraction(0))


def day_share(day: date, basis: YearBasis) -> Fraction:
    """The part of a year that one day is."""
    if basis is YearBasis.ACTUAL:
        return Fraction(1, 366 if calendar.isleap(day.year) else 365)
    if basis is YearBasis.DAYS_365:
        return Fraction(1, 365)
    length = calendar.monthrange(day.year, day.month)[1]
    # A commercial month has thirty days: the 31st adds none, the last of February what is missing.
    days = 0 if day.day == 31 else 1
    if day.day == length < 30:
        days += 30 - length
    return Fraction(days, 360)


def exact_interest(principal_cents, first_day, last_day, rule, basis=YearBasis.ACTUAL) -> Fraction:
    """Interest in cents, unrounded."""
    total = Fraction(0)
    day = first_day
    while day <= last_day:
        total += principal_cents * rate_on(rule, day) / 100 * day_share(day, basis)
        day += timedelta(days=1)
    return total


def half_up(amount: Fraction) -> int:
    """Rounded half up."""
    return int((amount + Fraction(1, 2)) // 1)
