"""What a report is made of: columns with a unit, rows with a key, a chart, its definition. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

FOUR_DIGITS = Decimal("0.0001")


class Unit(StrEnum):
    """How a column is read."""

    WORDS = "words"  # A text, or a code of the report's words.
    MONTH = "month"  # Its first day.
    DAY = "day"
    COUNT = "count"
    MONEY = "money"
    SHARE = "share"  # Of 1, four digits.
    DAYS = "days"  # One digit.


#: Units that add up.
SUMMED = frozenset({Unit.COUNT, Unit.MONEY})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its field in the rows, its label (English; the edge translates), its unit."""

    name: str
    label: str
    unit: Unit
    sums: bool = True  # Whether a total of it means anything.


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is asked for."""

    day: date  # The key date.
    known_at: datetime  # The end of it: nothing learnt later counts.
    creditor_id: int | None = None
    currency: str = "EUR"
    months: int = 12  # So many months up to that of the key date.
    window_days: int = 30

    @property
    def first_month(self) -> date:
        """The first day of the first month."""
        at = self.day.year * 12 + self.day.month - self.months
        return date(at // 12, at % 12 + 1, 1)

    @property
    def params(self) -> dict[str, Any]:
        """The parameters that every query may use."""
        return {
            "day": self.day,
            "known_at": self.known_at,
            "creditor_id": self.creditor_id,
            "currency": self.currency,
            "first_month": self.first_month,
            "window_days": self.window_days,
        }

    def month_is_over(self, month: date) -> bool:
        """Whether the key date lies after that month."""
        return (month.year, month.month) < (self.day.year, self.day.month)


@dataclass(frozen=True, slots=True)
class Row:
    """One line; `key` names what it counts, for the list behind it."""

    values: Mapping[str, Any]
    key: str | None = None
    unfinished: bool = False  # Its month, or its window, is not over at the key date.

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: the values of some columns, along another."""

    along: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A report worked out."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    chart: Chart | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # Column -> code -> words.
    total: Row | None = None


def total_of(columns: Sequence[Column], rows: Sequence[Row]) -> Row | None:
    """The sums of all that adds up; none for a single row."""
    summed = [each.name for each in columns if each.unit in SUMMED and each.sums]
    if not rows[1:] or not summed:
        return None
    return Row({name: sum(row[name] or 0 for row in rows) for name in summed})


def share(part: int, whole: int) -> Decimal | None:
    """A part of a whole to four digits, half up; None of nothing."""
    if whole == 0:
        return None
    return (Decimal(part) / whole).quantize(FOUR_DIGITS, ROUND_HALF_UP)
