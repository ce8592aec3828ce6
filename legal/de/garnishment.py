"""Garnishment limits (Pfändungsfreigrenzen): how much of an income a creditor can attach.

Law: ZPO § 850c with the yearly official notice; the formula reproduces every monthly cell of the
official tables of 2025 and 2026.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache

from legal.de.tables import is_valid_on, read_rows
from legal.errors import InputInvalid, TableUnknown
from legal.rounding import round_cents


class PayPeriod(StrEnum):
    """How an income is paid."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"


#: Incomes are rounded down to whole steps before the formula. Law: ZPO § 850c(5).
STEP_CENTS = {PayPeriod.MONTH: 10_00, PayPeriod.WEEK: 2_50, PayPeriod.DAY: 50}
#: The creditor's share in tenths of what exceeds the exempt sum, by number of dependants.
ATTACHABLE_TENTHS = (7, 5, 4, 3, 2, 1)
MOST_DEPENDANTS = 5


@dataclass(frozen=True, slots=True)
class GarnishmentLimits:
    """The limits of one year for one way of paying."""

    valid_from: date
    valid_to: date
    period: PayPeriod
    exempt_cents: int
    first_dependant_cents: int
    further_dependant_cents: int
    fully_attachable_above_cents: int
    source: str

    def exempt_with(self, dependants: int) -> int:
        """The exempt sum; the first and up to four further dependants raise it."""
        if dependants == 0:
            return self.exempt_cents
        further = min(dependants, MOST_DEPENDANTS) - 1
        raised = self.first_dependant_cents + further * self.further_dependant_cents
        return self.exempt_cents + raised


def attachable_cents(
    net_cents: int,
    dependants: int,
    day: date,
    period: PayPeriod = PayPeriod.MONTH,
    table: Iterable[GarnishmentLimits] | None = None,
) -> int:
    """The attachable part of a net income. Law: ZPO § 850c(1) to (5).

    Raises:
        TableUnknown: no limits are known for the day.
    """
    if net_cents < 0 or dependants < 0:
        raise InputInvalid("An income and a number of dependants cannot be negative.")
    limits = find_limits(day, period, table)
    top = limits.fully_attachable_above_cents
    step = STEP_CENTS[period]
    rounded = min(net_cents, top) // step * step
    excess = max(rounded - limits.exempt_with(dependants), 0)
    tenths = ATTACHABLE_TENTHS[min(dependants, MOST_DEPENDANTS)]
    return round_cents(Fraction(excess * tenths, 10)) + max(net_cents - top, 0)


def find_limits(
    day: date, period: PayPeriod, table: Iterable[GarnishmentLimits] | None = None
) -> GarnishmentLimits:
    """The limits in force on a day.

    Raises:
        TableUnknown: none are known; they change every July, so the last ones are not used on.
    """
    rows = garnishment_limits() if table is None else table
    for row in rows:
        if row.period is period and is_valid_on(row.valid_from, row.valid_to, day):
            return row
    raise TableUnknown(f"No garnishment limits are known for {day}.", field="law_date")


@cache
def garnishment_limits() -> tuple[GarnishmentLimits, ...]:
    """The limits that come with the program."""
    return tuple(
        GarnishmentLimits(
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]),
            period=PayPeriod(row["period"]),
            exempt_cents=int(row["exempt_cents"]),
            first_dependant_cents=int(row["first_dependant_cents"]),
            further_dependant_cents=int(row["further_dependant_cents"]),
            fully_attachable_above_cents=int(row["fully_attachable_above_cents"]),
            source=row["source"],
        )
        for row in read_rows("garnishment_limits.csv")
    )
