"""Numbers for the chart of what came in per month; the template only draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date

from cases.recoveries.figures import Month
from portal.shell.formatting import language

MONTHS = 12
HEIGHT, TOP, LEFT, STEP = 192, 8, 56, 59
_ROUND = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """One month as two stacked rectangles, from the floor up."""

    label: str
    x: int
    principal_y: str
    principal_height: str
    other_y: str
    other_height: str
    top_y: str
    cents: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with the lines behind them (their height, that of their figure, whole euro)."""

    bars: Sequence[Bar]
    lines: Sequence[tuple[str, str, int]]


def chart_of(months: Sequence[Month], first_day: date) -> Chart:
    """Twelve months from a day on; months without money have an empty place."""
    known = {each.first_day: each for each in months}
    days = [_month_after(first_day, number) for number in range(MONTHS)]
    shown = [known.get(day, Month(day, 0, 0)) for day in days]
    limit = _round_up(max((each.cents for each in shown), default=0))
    lines = [_line(limit * part // 4, limit) for part in range(5)]
    return Chart([_bar(each, number, limit) for number, each in enumerate(shown)], lines)


def _line(cents: int, limit: int) -> tuple[str, str, int]:
    y = _y(cents, limit)
    return y, str(Decimal(y) + 4), cents // 100


def _bar(month: Month, number: int, limit: int) -> Bar:
    principal, other = max(month.principal_cents, 0), max(month.other_cents, 0)
    top = _y(principal + other, limit)
    return Bar(
        format_date(month.first_day, "LLL", locale=language()).rstrip("."),
        LEFT + number * STEP,
        _y(principal, limit),
        _height(principal, limit),
        top,
        _height(other, limit),
        f"{Decimal(top) - 5:.1f}",
        month.cents,
    )


def _height(cents: int, limit: int) -> str:
    return f"{Decimal(HEIGHT) * cents / limit:.1f}"


def _y(cents: int, limit: int) -> str:
    return f"{TOP + HEIGHT - Decimal(HEIGHT) * cents / limit:.1f}"


def _round_up(cents: int) -> int:
    """The next round amount above, in whole euro divisible by four."""
    step = 4_00
    while True:
        for factor in _ROUND:
            if step * factor >= cents:
                return step * factor
        step *= 10


def _month_after(first_day: date, number: int) -> date:
    years, month = divmod(first_day.month - 1 + number, 12)
    return date(first_day.year + years, month + 1, 1)
