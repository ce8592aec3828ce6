"""Default interest (Verzugszinsen) on a principal, itemised so that it can be checked by hand.

Interest is never computed on interest: the caller passes principal only. Law: BGB §§ 288, 289.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from legal.base_rates import BaseRates
from legal.de.base_rates import base_rates
from legal.de.day_count import YEAR_PARTS, YearBasis, count_days, day_parts, year_days
from legal.de.interest_rules import RateSteps, rate_steps
from legal.errors import InputInvalid
from legal.findings import N_, Finding, Severity
from legal.interest import Interest, InterestPeriod, InterestRule, RateKind
from legal.rounding import round_ratio

MESSAGES = {
    "last_rate_used": N_(
        "No base rate is known after {known_until}; the last one, "
        "{base_rate_percent} percent, is used "
        "for the days after it."
    ),
    "next_rate_unknown": N_(
        "No base rate is known after {known_until}; the amount per further day uses the last one, "
        "{base_rate_percent} percent."
    ),
    "arose_after_first_day": N_(
        "Interest is asked from {first_day}, before the claim arose on {arose_on}."
    ),
}

ONE_DAY = timedelta(days=1)


def default_interest(
    principal_cents: int,
    first_day: date,
    last_day: date,
    rule: InterestRule,
    year_basis: YearBasis = YearBasis.ACTUAL,
    table: BaseRates | None = None,
) -> Interest:
    """Interest from the first to the last day, both counted; rounded once, half up.

    A last day before the first one means that no interest has run yet.

    Raises:
        RateUnknown: the first day lies before the table of base rates.
    """
    rates = table or base_rates()
    return _computed(principal_cents, first_day, last_day, rule, year_basis, rates)


@lru_cache(maxsize=4096)
def _computed(
    principal_cents: int,
    first_day: date,
    last_day: date,
    rule: InterestRule,
    year_basis: YearBasis,
    rates: BaseRates,
) -> Interest:
    """Kept for a while: who books on a case asks for the same spans again behind each entry."""
    if principal_cents < 0:
        raise InputInvalid("The principal cannot be negative.", field="principal_cents")
    steps = rate_steps(rule, rates)
    whole = 100 * steps.scale * YEAR_PARTS[year_basis]
    running = total = 0
    periods = []
    for begin, end, position in _spans(first_day, last_day, steps):
        days = count_days(begin, end, year_basis)
        running += principal_cents * steps.scaled[position] * days * day_parts(begin, year_basis)
        # Rounded cumulatively, so that the periods add up to the total, which is rounded once.
        cents = round_ratio(running, whole) - total
        total += cents
        periods.append(InterestPeriod(begin, end, days, steps.rates_percent[position], cents))
    per_day = _per_day_cents(principal_cents, last_day + ONE_DAY, steps, year_basis)
    return Interest(total, per_day, tuple(periods), _notes(rule, first_day, last_day, rates))


def _spans(first_day: date, last_day: date, steps: RateSteps) -> Iterator[tuple[date, date, int]]:
    """Cut a span at each change of the rate, given by position, and at each end of a year."""
    begin = first_day
    while begin <= last_day:
        position = steps.index(begin)
        end = min(last_day, date(begin.year, 12, 31))
        if position + 1 < len(steps.starts):
            end = min(end, steps.starts[position + 1] - ONE_DAY)
        yield begin, end, position
        begin = end + ONE_DAY


def _per_day_cents(principal_cents: int, day: date, steps: RateSteps, basis: YearBasis) -> Decimal:
    scaled = steps.scaled[steps.index(max(day, steps.starts[0]))]
    hundredths = round_ratio(principal_cents * scaled, steps.scale * year_days(day, basis))
    return Decimal(hundredths).scaleb(-2)


def _notes(
    rule: InterestRule, first_day: date, last_day: date, rates: BaseRates
) -> tuple[Finding, ...]:
    notes = []
    if rule.kind is not RateKind.FIXED and last_day >= rates.known_until:
        code = "last_rate_used" if last_day > rates.known_until else "next_rate_unknown"
        last = rates.rows[-1]
        params = {
            "known_until": last.valid_to.isoformat(),
            "base_rate_percent": str(last.rate_percent),
        }
        notes.append(Finding(code, Severity.WARNING, "last_day", params=params))
    if rule.arose_on is not None and first_day < rule.arose_on:
        params = {"first_day": first_day.isoformat(), "arose_on": rule.arose_on.isoformat()}
        notes.append(Finding("arose_after_first_day", Severity.WARNING, "first_day", params=params))
    return tuple(notes)
