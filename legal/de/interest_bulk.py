"""Default interest for many claims at once, equal to the single form to the cent.

Interest is linear in the principal. For one rule, the rates of all days up to each day are summed
in a table of integers (the day table); the interest of a claim is then one multiplication and
one division, rounded half up. Principals too large for 64 bits are computed in Python integers.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from legal.base_rates import BaseRates
from legal.de.base_rates import base_rates
from legal.de.day_count import YEAR_PARTS, YearBasis, count_days, day_parts
from legal.de.interest_rules import rate_steps
from legal.errors import InputInvalid, RateUnknown
from legal.interest import InterestRule

Cents = NDArray[np.int64]
Days = NDArray[np.datetime64]

LARGEST_INT64 = 2**63 - 1
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, eq=False)
class DayTable:
    """The rates of one rule summed by day: `sums[i]` holds the days before `first_day` + i.

    A year at 1 % is worth `denominator` / 100 of the sums.
    """

    first_day: date
    last_day: date
    sums: Cents
    denominator: int

    def interest_cents(self, principals_cents: Cents, first_days: Days, last_days: Days) -> Cents:
        """Interest of each principal over its own days, first and last day both counted.

        A last day before the first one bears no interest.

        Raises:
            InputInvalid: a principal is negative, or a day lies outside the table.
        """
        if principals_cents.size and int(principals_cents.min()) < 0:
            raise InputInvalid("The principal cannot be negative.", field="principal_cents")
        rates = self._rate_sums(first_days, last_days)
        half = self.denominator // 2
        highest = int(rates.max(initial=0))
        most_safe = (LARGEST_INT64 - half) // max(highest, 1)
        safe = principals_cents <= most_safe
        if safe.all():
            return (principals_cents * rates + half) // self.denominator
        result = np.empty_like(principals_cents)
        result[safe] = (principals_cents[safe] * rates[safe] + half) // self.denominator
        for index in np.flatnonzero(~safe):
            exact = int(principals_cents[index]) * int(rates[index])
            result[index] = (exact + half) // self.denominator
        return result

    def _rate_sums(self, first_days: Days, last_days: Days) -> Cents:
        origin = np.datetime64(self.first_day, "D")
        begin = (first_days.astype("datetime64[D]") - origin).astype(np.int64)
        end = (last_days.astype("datetime64[D]") - origin).astype(np.int64) + 1
        end = np.maximum(end, begin)
        if begin.size and (int(begin.min()) < 0 or int(end.max()) >= len(self.sums)):
            raise InputInvalid(
                f"The day table covers {self.first_day} to {self.last_day} only.", field="first_day"
            )
        sums: Cents = self.sums[end] - self.sums[begin]
        return sums


def day_table(
    rule: InterestRule,
    first_day: date,
    last_day: date,
    year_basis: YearBasis = YearBasis.ACTUAL,
    table: BaseRates | None = None,
) -> DayTable:
    """Sum the rates of a rule over all days of a span.

    Days after the table of base rates bear the last rate, as in the single form.

    Raises:
        RateUnknown: the first day lies before the table of base rates.
    """
    steps = rate_steps(rule, table or base_rates())
    if first_day < steps.starts[0]:
        raise RateUnknown(f"No base rate is known before {steps.starts[0]}.", field="first_day")
    sums = [0]
    day = first_day
    while day <= last_day:
        days = count_days(day, day, year_basis)
        sums.append(sums[-1] + steps.scaled[steps.index(day)] * days * day_parts(day, year_basis))
        day += ONE_DAY
    # A rate with very many decimals would not fit; nothing that the law or a contract knows does.
    if sums[-1] > LARGEST_INT64:
        raise InputInvalid("The rate has too many decimals for a day table.", field="rate_percent")
    denominator = 100 * steps.scale * YEAR_PARTS[year_basis]
    return DayTable(first_day, last_day, np.array(sums, dtype=np.int64), denominator)
