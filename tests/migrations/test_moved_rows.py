"""What an installed database keeps when tables are put together: migrated with rows in them."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

from agency.running import migrating
from agency.running.database_roles import APP, OWNER, PORTAL, init_database, plain_url

NAME = "recoup_moved_rows"
#: What a column is filled with of which the test does not care.
PLAIN = {
    "bigint": "1", "integer": "1", "boolean": "false", "date": "2026-01-05",
    "timestamp with time zone": "2026-11-20T08:00:00+01:00", "jsonb": "{}", "ARRAY": "{}",
}  # fmt: skip
NEEDED = """
    SELECT column_name, data_type, character_maximum_length FROM information_schema.columns
    WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
"""


class Old:
    """A database of an earlier version; rows are written without regard to what they refer to."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def add(self, table: str, **values: object) -> None:
        """One row; what must be there and is not said is filled with something plain."""
        needed = self.connection.execute(NEEDED, (table,)).fetchall()
        said = f"{table}-{values.get('id')}"
        row = {name: PLAIN.get(kind, said[:longest]) for name, kind, longest in needed}
        row |= values
        names = sql.SQL(", ").join(map(sql.Identifier, row))
        places = sql.SQL(", ").join([sql.Placeholder()] * len(row))
        command = sql.SQL("INSERT INTO {} ({}) VALUES ({})")
        self.connection.execute(
            command.format(sql.Identifier(table), names, places), list(row.values())
        )


@pytest.fixture
def old(postgres) -> Iterator[Old]:
    """A database as the third version left it."""
    addresses = {role: postgres.url(role, NAME) for role in (OWNER, APP, PORTAL)}
    init_database(postgres.url(), addresses)
    migrating.migrate(addresses[OWNER], "0003")
    admin = plain_url(postgres.url(database=NAME))
    try:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            yield Old(connection)
    finally:
        with psycopg.connect(plain_url(postgres.url()), autocommit=True) as server:
            server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def test_a_migrated_database_keeps_its_papers(old, postgres):
    old.add("creditors", id=1)
    old.add("cases", id=7, creditor_id=1, phase="amicable")
    for file_id, digest in ((1, "one"), (2, "two"), (3, "one"), (4, "four")):
        old.add("stored_files", id=file_id, sha256=digest)
    old.add("client_papers", id=101, kind="power_of_attorney", file_id=1, note="aus dem Portal")
    paper = "authority_papers"
    old.add(paper, id=1, kind="power_of_attorney", file_id=3)  # The same paper once more.
    old.add(paper, id=2, kind="assignment", file_id=2, case_id=7)
    old.add(paper, id=3, kind="power_of_attorney", file_id=4,
            ended_at="2026-11-22T23:30:00+00:00")  # fmt: skip
    migrating.migrate(postgres.url(OWNER, NAME))
    rows = old.connection.execute(
        "SELECT public_id, case_id, kind, file_id, dated_on::text, ended_on::text"
        " FROM client_papers ORDER BY file_id"
    ).fetchall()
    assert rows == [
        ("client_papers-101", None, "power_of_attorney", 1, "2026-01-05", None),
        ("authority_papers-2", 7, "assignment", 2, "2026-01-05", None),
        ("authority_papers-3", None, "power_of_attorney", 4, "2026-01-05", "2026-11-23"),
    ]


def test_a_migrated_database_keeps_what_clients_decided_about_visits(old, postgres):
    old.add("creditors", id=1)
    old.add("users", id=1, role="creditor_admin", creditor_id=1)
    for case_id in (1, 2, 3):
        old.add("cases", id=case_id, phase="amicable", number=str(case_id), booked_open_cents=50_00)
    begins, ends = "2026-12-01T14:00:00+01:00", "2026-12-01T15:00:00+01:00"
    for visit_id, case_id, state in ((1, 1, "refused"), (2, 2, "asked"), (3, 3, "asked"),
                                     (4, 3, "asked")):  # fmt: skip
        old.add("visits", id=visit_id, case_id=case_id, state=state, purpose="payment",
                begins_at=begins, ends_at=ends)  # fmt: skip
    old.add("visit_decisions", visit_id=1, words="Nein")
    old.add("visit_decisions", visit_id=2, agrees=True)
    old.add("outbox_effects", kind="visit.decided", state="waiting", details='{"visit_id": 2}')
    migrating.migrate(postgres.url(OWNER, NAME))
    rows = old.connection.execute(
        "SELECT case_id, subject_id, state, words, decided_by, open_cents, answer_by::text"
        " FROM client_approvals WHERE asked_for = 'visit' ORDER BY case_id"
    ).fetchall()
    assert rows == [
        (1, 1, "refused", "Nein", 1, 50_00, None),
        (2, 2, "agreed", None, 1, 50_00, None),
        (3, 3, "open", None, None, 50_00, "2026-12-01"),
    ]
    moved = old.connection.execute(
        "SELECT count(*) FROM outbox_effects e JOIN client_approvals a"
        " ON a.id = (e.details->>'approval_id')::bigint"
        " AND e.key = 'client_approval:' || a.public_id"
        " WHERE e.kind = 'client.decided' AND a.subject_id = 2"
    ).fetchone()
    assert moved == (1,)
