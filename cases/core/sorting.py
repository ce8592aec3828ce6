"""The order of a list by one of its columns, and where its next page begins; both in the address.

`sort=amount` rises, `sort=-amount` falls. Equal values are told apart by the row's id, so that no
row comes twice and none is left out (keyset).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Date, Select, SQLColumnExpression, Text, literal, tuple_

from cases.core.positions import iso_day, number_of

#: No value of a column that is sorted by is longer; an address is nobody's storage.
LONGEST = 200
_TYPES: Mapping[type[Any], Any] = {int: BigInteger, str: Text, date: Date}


@dataclass(frozen=True, slots=True)
class Column:
    """What rows are sorted by, never null, and the type of its values."""

    by: SQLColumnExpression[Any]
    kind: type[int] | type[str] | type[date] = int


@dataclass(frozen=True, slots=True)
class Order:
    """An order of rows: by one column, rising or falling, then by id."""

    key: str
    falling: bool
    column: Column
    row_id: SQLColumnExpression[int]

    @property
    def name(self) -> str:
        """As it stands in an address."""
        return f"-{self.key}" if self.falling else self.key

    def applied(self, query: Select[*tuple[Any, ...]], after: str = "") -> Select[*tuple[Any, ...]]:
        """The query in this order behind the row that `after` names; its last column is the value.

        What no row can have begins anew.
        """
        by, row_id = self.column.by, self.row_id
        if (last := self._read(after)) is not None:
            value, number = last
            kind = _TYPES[self.column.kind]
            seen = tuple_(literal(value, kind), literal(number, BigInteger))
            here = tuple_(by, row_id)
            query = query.where(here < seen if self.falling else here > seen)
        ends = (by.desc(), row_id.desc()) if self.falling else (by, row_id)
        return query.add_columns(by).order_by(None).order_by(*ends)

    def place(self, value: Any, row_id: int) -> str:
        """The row as a later page begins behind it."""
        return f"{row_id}_{value}"

    def _read(self, after: str) -> tuple[Any, int] | None:
        number, sign, text = after.partition("_")
        row_id = number_of(number)
        if row_id is None or not sign or len(text) > LONGEST or "\0" in text:
            return None
        try:
            return _value(self.column.kind, text), row_id
        except ValueError:
            return None


def order_of(
    columns: Mapping[str, Column], row_id: SQLColumnExpression[int], wanted: str, otherwise: str
) -> Order:
    """The order that an address asks for; the usual one where it asks for none that there is."""
    known = wanted.removeprefix("-") in columns
    name = wanted if known else otherwise
    key = name.removeprefix("-")
    return Order(key, name.startswith("-"), columns[key], row_id)


def _value(kind: type[Any], text: str) -> Any:
    if kind is int:
        sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
        number = number_of(digits)
        if number is None:
            raise ValueError(text)
        return sign * number
    return iso_day(text) if kind is date else text
