"""Rows in bulk: COPY into a table of the transaction, then one INSERT ... SELECT.

COPY itself is refused on tables with row-level security, and a staged row still passes the
policies, constraints and triggers of its table. What is written together into several tables, be
it for one case or for a thousand, is one statement with one parameter for each table.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, sql
from sqlalchemy import Result, text

from cases.core.database import db
from legal.errors import InvariantBroken

STAGE = sql.Identifier("pg_temp", "staged")


def copy_rows(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], on_conflict: str = ""
) -> int:
    """Insert rows into a table; `on_conflict` is a clause of our own. Returns how many came in."""
    connection = _driver_connection()
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    target = sql.Identifier(table)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.staged")
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE staged AS SELECT {} FROM {} WITH NO DATA").format(
                names, target
            )
        )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(STAGE, names)) as copy:
            for row in rows:
                copy.write_row(row)
        insert = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ").format(
            target, names, names, STAGE
        )
        cursor.execute(insert + sql.SQL(on_conflict))
        added = cursor.rowcount
        cursor.execute("DROP TABLE pg_temp.staged")
    return added


@dataclass(frozen=True, slots=True)
class RowSet:
    """Rows for one table: the names of its columns, and values by name, JSON as it is."""

    table: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    returning: str = ""  # What `then` reads of it, as set_0, set_1 and so on.


def insert_sets(*sets: RowSet, then: str = "SELECT 1", **values: Any) -> Result[Any]:
    """Insert rows into several tables in one statement that ends in `then`; answers its result.

    Rows get their numbers in the order they are given in. Values are texts, so that days and
    moments are read by PostgreSQL as the types of their columns.
    """
    written = [each for each in sets if each.rows]
    parts = [
        f"set_{n} AS (INSERT INTO {each.table} ({', '.join(each.columns)})"
        f" SELECT {', '.join(each.columns)}"
        f" FROM json_populate_recordset(NULL::{each.table}, CAST(:rows_{n} AS json))"
        f"{f' RETURNING {each.returning}' if each.returning else ''})"
        for n, each in enumerate(written)
    ]
    rows = {f"rows_{n}": json_rows(each.rows) for n, each in enumerate(written)}
    head = f"WITH {', '.join(parts)} " if parts else ""
    db.session.flush()
    return db.session.execute(text(head + then), rows | values)


def json_rows(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as one JSON parameter; days and moments are texts in it."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"), default=str)


def reserve_ids(table: str, number: int, column: str = "id") -> list[int]:
    """Ids for rows to come, taken from the sequence of the table."""
    return reserve_numbers(f"{table}_{column}_seq", number)


def reserve_numbers(sequence: str, number: int) -> list[int]:
    """The next numbers of a sequence."""
    query = text("SELECT nextval(CAST(:sequence AS regclass)) FROM generate_series(1, :number)")
    return list(db.session.scalars(query, {"sequence": sequence, "number": number}))


def as_json(value: Any) -> str:
    """A value as the text of a JSON column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _driver_connection() -> Connection[Any]:
    db.session.flush()
    driver = db.session.connection().connection.driver_connection
    if not isinstance(driver, Connection):
        raise InvariantBroken("isinstance(driver, Connection)")
    return driver
