"""Facts of a database at one moment: what a restored copy is compared with."""

import hashlib
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from cases import tables
from cases.core.database import Base
from cases.core.retention import TECHNICAL

Facts = dict[str, Any]

BALANCE = """
    SELECT account || ' ' || currency, sum(amount_cents)::bigint
    FROM journal_lines GROUP BY account, currency ORDER BY 1
"""
FILES = """
    SELECT DISTINCT coalesce('creditor-' || creditor_id, 'house'), sha256
    FROM stored_files ORDER BY 1, 2
"""


NEW_FILES = """
    SELECT id, coalesce('creditor-' || creditor_id, 'house'), sha256
    FROM stored_files WHERE id > %s ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that the copy does not share."""

    what: str
    counted: object
    restored: object

    def __str__(self) -> str:
        return f"{self.what}: {self.counted} counted, {self.restored} restored"


def counted_tables() -> list[str]:
    """Every table whose rows are evidence; technical ones come and go at any moment."""
    kept = {
        mapper.class_.__tablename__
        for mapper in Base.registry.mappers
        if mapper.class_.__retention__ not in TECHNICAL
    }
    return sorted(name for name in tables.METADATA.tables if name in kept)


def gather(connection: psycopg.Connection) -> Facts:
    """Count rows, sum up the accounts, read the head of the chain, list the files."""
    rows = {name: _count(connection, name) for name in counted_tables()}
    head = connection.execute("SELECT seq, encode(hash, 'hex') FROM audit_head()").fetchone()
    files = "\n".join(f"{scope}/{sha256}" for scope, sha256 in list_files(connection))
    return {
        "rows": rows,
        "trial_balance": dict(connection.execute(BALANCE).fetchall()),
        "chain_head": list(head or ()),
        "files": hashlib.sha256(files.encode()).hexdigest(),
    }


def list_new_files(connection: psycopg.Connection, after: int) -> tuple[int, list[tuple[str, str]]]:
    """Files that were stored after a row, and the row of the last one."""
    found = connection.execute(NEW_FILES, [after]).fetchall()
    return (found[-1][0] if found else after), [(scope, sha256) for _, scope, sha256 in found]


def list_files(connection: psycopg.Connection) -> list[tuple[str, str]]:
    """Owner and SHA-256 of every stored file."""
    return [(scope, sha256) for scope, sha256 in connection.execute(FILES)]


def compare(counted: Facts, restored: Facts) -> list[Difference]:
    """Every fact in which the copy differs."""
    found = []
    for what in sorted(set(counted) | set(restored)):
        before, after = counted.get(what), restored.get(what)
        if isinstance(before, dict) and isinstance(after, dict):
            names = sorted(set(before) | set(after))
            pairs = [(f"{what} {name}", before.get(name), after.get(name)) for name in names]
        else:
            pairs = [(what, before, after)]
        found += [Difference(*pair) for pair in pairs if pair[1] != pair[2]]
    return found


def _count(connection: psycopg.Connection, table: str) -> int:
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
