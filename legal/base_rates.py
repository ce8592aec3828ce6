"""Published base rates: a table of periods without gaps, as some countries tie interest to it."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from legal.errors import InputInvalid, RateUnknown


@dataclass(frozen=True, slots=True)
class BaseRate:
    """The rate of one half-year, with where it was read."""

    valid_from: date
    valid_to: date
    rate_percent: Decimal
    source: str
    confidence: str = "high"


class BaseRates:
    """The history of the base rate: one row per half-year, without gaps.

    Compared by identity, so that results may be cached per table.
    """

    def __init__(self, rows: Iterable[BaseRate]) -> None:
        self.rows = tuple(sorted(rows, key=lambda row: row.valid_from))
        if not self.rows:
            raise InputInvalid("A table of base rates needs at least one row.")
        for earlier, later in zip(self.rows, self.rows[1:], strict=False):
            if (later.valid_from - earlier.valid_to).days != 1:
                raise InputInvalid(
                    f"The base rates leave a gap or overlap after {earlier.valid_to}."
                )
        self._starts = [row.valid_from for row in self.rows]

    @property
    def known_from(self) -> date:
        """The first day with a rate."""
        return self.rows[0].valid_from

    @property
    def known_until(self) -> date:
        """The last day with a rate; later days use the last rate and say so."""
        return self.rows[-1].valid_to

    def rate_percent(self, day: date) -> Decimal:
        """The rate in force on a day; the last known one when the table ends earlier.

        Raises:
            RateUnknown: the day lies before the table.
        """
        if day < self.known_from:
            raise RateUnknown(f"No base rate is known before {self.known_from}.")
        return self.rows[bisect_right(self._starts, day) - 1].rate_percent

    def with_rows(self, newer: Iterable[BaseRate]) -> "BaseRates":
        """This table with an agency's own rows; a row of the same half-year replaces ours."""
        rows = {row.valid_from: row for row in self.rows}
        rows.update({row.valid_from: row for row in newer})
        return BaseRates(rows.values())
