"""The chart of a report: groups of bars beside each other, as numbers that a template draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, TOP, LEFT = 764, 180, 8, 56
MOST_GROUPS = 24
_ROUND = (1, 2, 5)
LINES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle, from the floor up."""

    series: int
    x: str
    y: str
    width: str
    height: str
    words: str  # What it stands for, for who points at it.


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one row, and its label."""

    label: str
    middle: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """The whole chart: groups, lines behind them (height, height of the words, words)."""

    groups: tuple[Group, ...]
    lines: tuple[tuple[str, str, Decimal], ...]
    width: int = WIDTH
    height: int = HEIGHT + TOP + 34


def bar_chart(rows: Sequence[tuple[str, Sequence[tuple[Decimal | int | None, str]]]]) -> BarChart:
    """Rows as (label, values with their words); the last ones where there are too many."""
    shown = rows[-MOST_GROUPS:]
    values = [Decimal(v) for _, series in shown for v, _ in series if v is not None]
    limit = round_up(max(values, default=Decimal(0)))
    room = Decimal(WIDTH - LEFT) / max(len(shown), 1)
    groups = [
        _group(label, series, LEFT + room * place, room, limit)
        for place, (label, series) in enumerate(shown)
    ]
    lines = [_line(limit * part / LINES, limit) for part in range(LINES + 1)]
    return BarChart(tuple(groups), tuple(lines))


def round_up(value: Decimal) -> Decimal:
    """The next round number at or above: 1, 2 or 5 with noughts."""
    if value <= 0:
        return Decimal(1)
    power = Decimal(10) ** value.adjusted()
    return next((power * step for step in _ROUND if power * step >= value), power * 10)


def _group(
    label: str,
    series: Sequence[tuple[Decimal | int | None, str]],
    left: Decimal,
    room: Decimal,
    limit: Decimal,
) -> Group:
    width = room * Decimal("0.78") / max(len(series), 1)
    bars = []
    for place, (value, words) in enumerate(series):
        height = HEIGHT * max(Decimal(value or 0), Decimal(0)) / limit
        bars.append(
            Bar(
                place + 1,
                f"{left + width * place:.1f}",
                f"{TOP + HEIGHT - height:.1f}",
                f"{max(width - 1, Decimal(1)):.1f}",
                f"{height:.1f}",
                words,
            )
        )
    return Group(label, f"{left + room * Decimal('0.39'):.1f}", tuple(bars))


def _line(value: Decimal, limit: Decimal) -> tuple[str, str, Decimal]:
    y = TOP + HEIGHT - HEIGHT * value / limit
    return f"{y:.1f}", f"{y + 4:.1f}", value
