"""A second, simple claim account: lists and loops, no code of the product, one rounding.

Written from the convention in docs/ledger.md, not from the program: interest day by day in whole
numbers, payments to costs, then claims by due date (equals share), interest before principal.
"""

import csv
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

RATES = Path(__file__).parents[3] / "legal" / "de" / "data" / "base_rates.csv"
ONE = timedelta(days=1)
#: A year's day is one part in 365 or 366; both divide this.
PARTS = 365 * 366


def base_rates():
    """(first day, hundredths of a percent), in order of time."""
    with RATES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if line[0] != "#"))
    return [
        (date.fromisoformat(r["valid_from"]), int(r["rate_percent"].replace(".", ""))) for r in rows
    ]


BASE = base_rates()


@cache
def day_weight(day):
    """Five points over base, in hundredths of a percent, times the day's share of its year."""
    rate = next(rate for start, rate in reversed(BASE) if start <= day) + 500
    leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
    return max(rate, 0) * (PARTS // (366 if leap else 365))


def half_up(numerator, denominator):
    """Whole cents, half a cent upwards."""
    return (2 * numerator + denominator) // (2 * denominator)


@dataclass
class Item:
    """One booking: component P, I or C; paid says that it was still owed on that day."""

    day: date
    claim: int | None
    component: str
    cents: int
    paid: bool = False


@dataclass
class ReferenceCase:
    """All bookings of one case, and where its money is."""

    due: dict[int, tuple[date, date]] = field(default_factory=dict)  # Due day, first interest day.
    items: list[Item] = field(default_factory=list)
    money: dict[str, int] = field(default_factory=lambda: dict.fromkeys(
        ("trust", "payables", "refunds", "share", "operating"), 0))  # fmt: skip

    def book(self, day, claim, component, cents, paid=False):
        """Add one booking; a negative one takes off."""
        self.items.append(Item(day, claim, component, cents, paid))

    def interest(self, claim, as_of):
        """What has run on a claim's principal by a day, rounded at each change of it."""
        changes = {}
        for item in self.items:
            if item.claim == claim and item.component == "P" and item.day <= as_of:
                day = item.day + (ONE if item.paid else timedelta())
                changes[day] = changes.get(day, 0) + item.cents
        days = [day for day in sorted(changes) if changes[day]]
        first = self.due[claim][1]
        total, balance = 0, 0
        for index, day in enumerate(days):
            balance += changes[day]
            begin = max(day, first)
            end = min(days[index + 1] - ONE, as_of) if index + 1 < len(days) else as_of
            if balance > 0 and begin <= end:
                span = (begin + n * ONE for n in range((end - begin).days + 1))
                total += half_up(balance * sum(map(day_weight, span)), PARTS * 10_000)
        return total

    def open(self, as_of):
        """Open costs, and by claim open interest and principal."""

        def total(claim, component):
            return sum(
                i.cents
                for i in self.items
                if (i.claim, i.component) == (claim, component) and i.day <= as_of
            )

        costs = total(None, "C")
        return costs, {
            claim: (total(claim, "I") + self.interest(claim, as_of), total(claim, "P"))
            for claim in self.due
        }

    def pay(self, day, cents):
        """Spread a payment; answers what was booked and the surplus."""
        costs, claims = self.open(day)
        left = cents
        parts = []

        def take(claim, component, most):
            nonlocal left
            part = min(left, max(most, 0))
            if part:
                parts.append((claim, component, part))
                left -= part

        take(None, "C", costs)
        # Due before not due, bearing interest before not yet bearing, older before younger.
        key = {c: (due > day, first > day, due) for c, (due, first) in self.due.items()}
        owing = {c: (max(i, 0), max(p, 0)) for c, (i, p) in claims.items()}
        owing = {c: open_ for c, open_ in owing.items() if sum(open_) > 0}
        for rank in sorted({key[claim] for claim in owing}):
            group = [claim for claim in owing if key[claim] == rank]
            whole, pot, before = sum(sum(owing[c]) for c in group), left, 0
            seen = 0
            for claim in group:
                seen += sum(owing[claim])
                upto = half_up(min(pot, whole) * seen, whole)
                share, before = upto - before, upto
                interest = min(share, owing[claim][0])
                take(claim, "I", interest)
                take(claim, "P", share - interest)
        for claim, component, part in parts:
            self.book(day, claim, component, -part, paid=True)
        return parts, left
