"""Which rate of default interest a claim bears, day by day."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from legal.base_rates import BaseRates
from legal.de.tables import day_or_none, read_rows
from legal.errors import InvariantBroken, RateUnknown
from legal.interest import InterestRule, RateKind


@dataclass(frozen=True, slots=True)
class RateSteps:
    """The rates of a rule in order of time, each from its day until the next one's.

    `scaled` are the same rates as whole numbers, in parts of 1 / `scale` percent.
    """

    starts: tuple[date, ...]
    rates_percent: tuple[Decimal, ...]
    scaled: tuple[int, ...]
    scale: int

    def index(self, day: date) -> int:
        """The position of the rate in force on a day.

        Raises:
            RateUnknown: the day lies before the first rate.
        """
        position = bisect_right(self.starts, day) - 1
        if position < 0:
            raise RateUnknown(f"No base rate is known before {self.starts[0]}.", field="first_day")
        return position

    def rate_percent(self, day: date) -> Decimal:
        """The rate in force on a day."""
        return self.rates_percent[self.index(day)]


#: Continuing obligations from before 2014-07-29 bear the new points as far as the
#: counter-performance is rendered after this day. Law: EGBGB Art. 229 § 34 sentence 2.
CONTINUING_OLD_RATE_UNTIL = date(2016, 6, 30)


def points_over_base(rule: InterestRule, day: date) -> Decimal:
    """The points that a rule adds to the base rate on a day.

    Law: BGB § 288(1), (2); EGBGB Art. 229 § 34: the day the obligation arose decides; without it
    the points in force on the day itself.
    """
    if rule.points is not None:
        return rule.points
    decisive = day if rule.arose_on is None else rule.arose_on
    if rule.performed_on is not None and rule.performed_on > CONTINUING_OLD_RATE_UNTIL:
        decisive = max(decisive, rule.performed_on)
    rows = [row for row in read_rows("default_points.csv") if row["debtor"] == rule.kind]
    for row in rows:
        last_day = day_or_none(row["valid_to"])
        if last_day is None or decisive <= last_day:
            return Decimal(row["points"])
    raise RateUnknown


@lru_cache(maxsize=4096)
def rate_steps(rule: InterestRule, table: BaseRates) -> RateSteps:
    """The whole history of a rule's rate.

    A negative base rate lowers the sum of both; the sum itself never goes below zero (our
    convention: default interest is never owed to the debtor).
    """
    if rule.kind is RateKind.FIXED:
        if rule.points is None:
            raise InvariantBroken("rule.points is missing")
        return _scaled((date.min,), (rule.points,))
    changes = {row.valid_from for row in table.rows}
    changes |= {
        day
        for row in read_rows("default_points.csv")
        if (day := day_or_none(row["valid_from"])) and day > table.known_from
    }
    starts: list[date] = []
    rates: list[Decimal] = []
    for day in sorted(changes):
        rate = max(table.rate_percent(day) + points_over_base(rule, day), Decimal("0.00"))
        if not rates or rates[-1] != rate:
            starts.append(day)
            rates.append(rate)
    return _scaled(tuple(starts), tuple(rates))


def _scaled(starts: tuple[date, ...], rates: tuple[Decimal, ...]) -> RateSteps:
    scale = 10 ** max(_decimal_places(rate) for rate in rates)
    return RateSteps(starts, rates, tuple(int(rate * scale) for rate in rates), scale)


def _decimal_places(rate: Decimal) -> int:
    exponent = rate.as_tuple().exponent
    if not isinstance(exponent, int):  # Rates are finite: the rule refuses others.
        raise InvariantBroken("isinstance(exponent, int)")
    return max(0, -exponent)
