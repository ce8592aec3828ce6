"""How one file writes its values, decided from whole columns; a single row is re-read by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.formats.amounts import Notation, decide_notation
from cases.formats.claims.lists.fields import DAYS, MONEY, REMINDERS
from cases.formats.dates import decide_day_first
from cases.formats.raw_table import RawTable

#: Columns of days whose order of day and month is decided.
_DAY_FIELDS = (*DAYS, *REMINDERS, "contract_on")


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the rows of one file have in common, and the day on which they are checked."""

    notation: Mapping[str, Notation] = field(default_factory=dict)
    day_first: Mapping[str, bool | None] = field(default_factory=dict)
    currency: str | None = None  # For rows that name none.
    as_of: date | None = None  # Without it nothing is "in the future".
    #: Codes of findings a person has confirmed for this row; they are not raised again.
    confirmed: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """What has to be kept so that a corrected row is read like the others of its file."""
        notation = {name: [each.decimal, each.mixed] for name, each in self.notation.items()}
        return {
            "notation": notation,
            "day_first": dict(self.day_first),
            "currency": self.currency,
        }


def conventions_from_json(
    kept: Mapping[str, Any], as_of: date | None = None, confirmed: Iterable[str] = ()
) -> Conventions:
    """The conventions of a file as they were kept, with the day of the new check."""
    notation = {name: Notation(sign, mixed) for name, (sign, mixed) in kept["notation"].items()}
    day_first = dict(kept["day_first"])
    return Conventions(notation, day_first, kept["currency"], as_of, frozenset(confirmed))


def decide_conventions(
    table: RawTable, mapping: Mapping[str, str], as_of: date | None
) -> Conventions:
    """Decide ambiguous notations column by column."""
    notation: dict[str, Notation] = {}
    day_first: dict[str, bool | None] = {}
    for column, name in mapping.items():
        if name in MONEY:
            notation[name] = decide_notation(table.column_values(column))
        elif name in _DAY_FIELDS:
            day_first[name] = decide_day_first(table.column_values(column))
    return Conventions(notation, _shared_order(day_first), table.currency, as_of)


def _shared_order(day_first: Mapping[str, bool | None]) -> dict[str, bool | None]:
    """A column of days that does not settle its order follows the others, if they agree."""
    settled = {order for order in day_first.values() if order is not None}
    shared = settled.pop() if len(settled) == 1 else None
    return {name: shared if order is None else order for name, order in day_first.items()}
