"""Fee tables by value and validity: § 13 RVG, § 34 GKG, and the items of both catalogues.

Which table counts: RVG by the day of the unconditional mandate (§ 60 RVG), GKG by the day the
proceedings became pending (§ 71 GKG).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise

from legal.de.tables import Row, day_or_none, is_valid_on, read_rows
from legal.errors import InvariantBroken, TableUnknown

ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Bracket:
    """Above its lower end, each step that is begun adds one increment."""

    above_cents: int
    step_cents: int
    increment_cents: int


@dataclass(frozen=True, slots=True)
class FeeTable:
    """One version of a table: the full (1.0) fee for every value.

    `small_claim_cents` is the full fee of § 13(2) RVG for an uncontested claim up to 50 euro.
    """

    name: str
    valid_from: date
    base_cents: int
    base_up_to_cents: int
    brackets: tuple[Bracket, ...]
    minimum_cents: int
    small_claim_cents: int | None
    small_claim_up_to_cents: int
    small_claim_valid_from: date | None
    source: str

    def full_fee_cents(self, value_cents: Fraction | int) -> int:
        """The full fee for a value. Law: § 13(1) RVG, § 34(1) GKG."""
        fee = self.base_cents
        ends = [*(bracket.above_cents for bracket in self.brackets[1:]), None]
        for bracket, end in zip(self.brackets, ends, strict=True):
            top = value_cents if end is None else min(value_cents, end)
            if top > bracket.above_cents:
                # Rounded up: a step counts as soon as it is begun.
                steps = -((bracket.above_cents - top) // bracket.step_cents)
                fee += steps * bracket.increment_cents
        return fee

    def is_small(self, value_cents: Fraction | int) -> bool:
        """Whether the reduced fee for small uncontested claims exists for this value."""
        return self.small_claim_cents is not None and value_cents <= self.small_claim_up_to_cents


@dataclass(frozen=True, slots=True)
class FeeItem:
    """A number of a fee catalogue at its rate, or a fixed amount."""

    code: str
    rate: Decimal | None
    rate_max: Decimal | None
    share_percent: Decimal | None
    amount_cents: int | None
    law: str
    confidence: str


class FeeLaw:
    """All fee rows that are in force at some time; compared by identity."""

    def __init__(self, rvg: Iterable[Row], gkg: Iterable[Row], items: Iterable[Row]) -> None:
        self._tables = {"RVG": tuple(rvg), "GKG": tuple(gkg)}
        self._items = tuple(items)

    def with_rows(
        self, rvg: Iterable[Row] = (), gkg: Iterable[Row] = (), items: Iterable[Row] = ()
    ) -> "FeeLaw":
        """This law with an agency's newer rows; of two rows in force the later one counts."""
        tables = self._tables
        return FeeLaw((*tables["RVG"], *rvg), (*tables["GKG"], *gkg), (*self._items, *items))

    def table(self, name: str, day: date) -> FeeTable:
        """The table "RVG" or "GKG" in force on a day.

        Raises:
            TableUnknown: there is none.
        """
        return _read_table(self, name, day)

    def find_item(self, code: str, day: date) -> FeeItem | None:
        """The row of a catalogue number in force on a day, if there is one."""
        return _read_item(self, code, day)

    def item(self, code: str, day: date) -> FeeItem:
        """The row of a catalogue number in force on a day.

        Raises:
            TableUnknown: there is none.
        """
        found = self.find_item(code, day)
        if found is None:
            raise TableUnknown(f"No rule for {code} is known for {day}.", field="law_date")
        return found

    def rows_in_force(self, name: str, day: date) -> list[Row]:
        """The rows of a table, or of the items, that count on a day."""
        rows = self._items if name == ITEMS else self._tables[name]
        return [row for row in rows if _in_force(row, day)]


# Tables and items are asked for again with every computation; their rows are read once for a day.
@lru_cache(maxsize=1024)
def _read_table(law: FeeLaw, name: str, day: date) -> FeeTable:
    rows = law.rows_in_force(name, day)
    base = _latest(rows, "base")
    if base is None:
        raise TableUnknown(f"No fee table of the {name} is known for {day}.", field="law_date")
    small = _latest(rows, "small_claim")
    minimum = _latest(rows, "minimum")
    return FeeTable(
        name=name,
        valid_from=date.fromisoformat(base["valid_from"]),
        base_cents=int(base["fee_cents"]),
        base_up_to_cents=int(base["up_to_cents"]),
        brackets=_brackets(rows, base["valid_from"]),
        minimum_cents=int(minimum["fee_cents"]) if minimum else 0,
        small_claim_cents=int(small["fee_cents"]) if small else None,
        small_claim_up_to_cents=int(small["up_to_cents"]) if small else 0,
        small_claim_valid_from=date.fromisoformat(small["valid_from"]) if small else None,
        source=base["source"],
    )


@lru_cache(maxsize=1024)
def _read_item(law: FeeLaw, code: str, day: date) -> FeeItem | None:
    rows = [row for row in law.rows_in_force(ITEMS, day) if row["code"] == code]
    if not rows:
        return None
    row = max(rows, key=lambda row: row["valid_from"])
    return FeeItem(
        code=code,
        rate=_decimal(row["rate"]),
        rate_max=_decimal(row["rate_max"]),
        share_percent=_decimal(row["share_percent"]),
        amount_cents=int(row["amount_cents"]) if row["amount_cents"] else None,
        law=row["law"],
        confidence=row["confidence"],
    )


@cache
def fee_law() -> FeeLaw:
    """The rows that come with the program."""
    names = ("rvg_table.csv", "gkg_table.csv", "fee_items.csv")
    rvg, gkg, items = (read_rows(name) for name in names)
    return FeeLaw(rvg, gkg, items)


def _in_force(row: Row, day: date) -> bool:
    return is_valid_on(day_or_none(row["valid_from"]), day_or_none(row["valid_to"]), day)


def _latest(rows: list[Row], kind: str) -> Row | None:
    found = [row for row in rows if row["kind"] == kind]
    return max(found, key=lambda row: row["valid_from"]) if found else None


def _brackets(rows: list[Row], valid_from: str) -> tuple[Bracket, ...]:
    brackets = sorted(
        (
            Bracket(int(row["above_cents"]), int(row["step_cents"]), int(row["fee_cents"]))
            for row in rows
            if row["kind"] == "bracket" and row["valid_from"] == valid_from
        ),
        key=lambda bracket: bracket.above_cents,
    )
    for lower, upper in pairwise(brackets):
        if (upper.above_cents - lower.above_cents) % lower.step_cents != 0:
            raise InvariantBroken("(upper.above_cents - lower.above_cents) % lower.step_cents == 0")
    return tuple(brackets)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
