"""Migrations are numbered without a gap, have one head, and say what their file names say."""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from agency.running import migrating
from agency.running.database_roles import APP, OWNER, PORTAL, init_database, plain_url
from cases.core import audit
from cases.core.database import db, transaction
from cases.ledger.books.verifying import verify_ledger
from tests.factories.records import make_agency, make_case

#: Whether the migration is in the middle: it holds locks on tables that nobody else sees yet.
AT_WORK = """
    SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE d.datname = %s AND l.mode = 'AccessExclusiveLock' AND l.locktype = 'relation'
"""
CONNECTED = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"


def test_numbers_follow_each_other_and_match_the_files():
    scripts = ScriptDirectory.from_config(migrating.alembic_config())
    assert scripts.get_heads() == [migrating.head_revision()]
    revisions = sorted(scripts.walk_revisions(), key=lambda script: script.revision)
    assert [script.revision for script in revisions] == [
        f"{number:04}" for number in range(1, len(revisions) + 1)
    ]
    for script in revisions:
        name = script.path.rpartition("/")[2]
        assert re.fullmatch(rf"{script.revision}_[a-z0-9_]+\.py", name)


def test_migrations_never_import_the_program():
    for path in migrating.FOLDER.glob("versions/*.py"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(from|import) (agency|portal|cases|legal)\b", source, re.M), path


def test_a_migrated_database_is_left_alone(fresh_database):
    url = fresh_database.environment["MIGRATION_DATABASE_URL"]
    migrating.migrate(url)
    assert migrating.current_revision(url) == migrating.head_revision()


def test_a_migration_that_would_wait_gives_up(fresh_database, monkeypatch):
    """Row 42: a migration must not stop everybody's work behind a long transaction."""
    monkeypatch.setattr(migrating, "LOCK_TIMEOUT", "200ms")
    url = fresh_database.environment["MIGRATION_DATABASE_URL"]
    with psycopg.connect(plain_url(fresh_database.admin_url)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = version_num")
        connection.execute("LOCK TABLE alembic_version")
        with pytest.raises(OperationalError, match="lock timeout"):
            migrating.migrate(url)


def test_the_order_is_kept_when_two_machines_migrate_at_once(postgres):
    """Both ask for the same lock; the second finds everything done."""
    addresses = {role: postgres.url(role, "recoup_two_machines") for role in (OWNER, APP, PORTAL)}
    init_database(postgres.url(), addresses)
    try:
        processes = [start_migration(addresses[OWNER]) for _ in range(2)]
        with ThreadPoolExecutor() as pool:
            outputs = list(pool.map(lambda process: process.communicate(timeout=60), processes))
        assert [process.returncode for process in processes] == [0, 0], outputs
        assert migrating.current_revision(addresses[OWNER]) == migrating.head_revision()
    finally:
        with psycopg.connect(plain_url(postgres.url()), autocommit=True) as connection:
            connection.execute("DROP DATABASE recoup_two_machines WITH (FORCE)")


def test_a_migration_killed_in_the_middle_is_begun_again(postgres):
    """Row 42: whole or not at all; the second start finds a clean beginning."""
    name = "recoup_killed_migration"
    addresses = {role: postgres.url(role, name) for role in (OWNER, APP, PORTAL)}
    init_database(postgres.url(), addresses)
    try:
        with psycopg.connect(plain_url(postgres.url()), autocommit=True) as watching:
            process = start_migration(addresses[OWNER])
            while not watching.execute(AT_WORK, [name]).fetchone()[0]:
                assert process.poll() is None, process.stdout.read()
            process.kill()
            process.communicate()
            while watching.execute(CONNECTED, [name]).fetchone()[0]:
                time.sleep(0.02)
        assert migrating.current_revision(addresses[OWNER]) is None
        migrating.migrate(addresses[OWNER])
        assert migrating.current_revision(addresses[OWNER]) == migrating.head_revision()
    finally:
        with psycopg.connect(plain_url(postgres.url()), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_database_with_data_is_migrated_again_without_a_loss(fresh_app, fresh_database):
    with fresh_app.app_context():
        with transaction():
            make_agency()
            case, _ = make_case()
        number = case.number
        db.session.remove()
        migrating.migrate(fresh_database.environment["MIGRATION_DATABASE_URL"])
        assert db.session.scalar(text("SELECT number FROM cases")) == number
        assert list(verify_ledger()) == []
        assert list(audit.verify()) == []


def test_a_database_of_the_first_version_comes_along_with_its_rows(postgres):
    """Row 42: the version before, with people, cases and what was said in them."""
    name = "recoup_first_version"
    addresses = {role: postgres.url(role, name) for role in (OWNER, APP, PORTAL)}
    init_database(postgres.url(), addresses)
    try:
        migrating.migrate(addresses[OWNER], "0001")
        with psycopg.connect(plain_url(addresses[OWNER])) as connection:
            rows_of_the_first_version(FirstVersion(connection))
        migrating.migrate(addresses[OWNER])
        assert migrating.current_revision(addresses[OWNER]) == migrating.head_revision()
        with psycopg.connect(plain_url(addresses[OWNER])) as connection:

            def ask(query):
                return connection.execute(query).fetchall()

            contested = ask("SELECT claim_id, contested_on FROM first_contests")
            assert contested == [(1, date(2026, 10, 5))]
            words = [row[0] for row in ask("SELECT words FROM objection_mentions ORDER BY id")]
            assert words == ["zu spät", "kaputt"]
            named = [row[0] for row in ask("SELECT public_id FROM contacts ORDER BY id")]
            assert all(re.fullmatch(r"[\w-]{22}", each) for each in named)
            assert len(set(named)) == 2
            exempt = ask("SELECT role, factor_exempt FROM users ORDER BY id")
            assert exempt == [("case_worker", False), ("legal", True)]
            with pytest.raises(psycopg.errors.RestrictViolation):
                connection.execute("UPDATE contacts SET note = 'anders'")
        with psycopg.connect(plain_url(addresses[APP])) as connection:
            connection.execute("INSERT INTO teams (public_id, name) VALUES ('t', 'Team')")
    finally:
        with psycopg.connect(plain_url(postgres.url()), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


#: Something of each type.
FILL = {
    "text": "x", "character varying": "x", "bigint": 1, "boolean": False, "numeric": 0,
    "date": date(2026, 11, 1), "jsonb": "{}",
    "timestamp with time zone": datetime(2026, 11, 1, 12, tzinfo=UTC),
}  # fmt: skip


class FirstVersion:
    """Writes rows of an older version: what is not named is filled with something of its type."""

    def __init__(self, connection):
        self.connection = connection

    def add(self, table, **values):
        needed = self.connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
            " AND is_nullable = 'NO' AND column_default IS NULL",
            [table],
        )
        filled = {column: FILL[kind] for column, kind in needed.fetchall()} | values
        columns = ", ".join(filled)
        marks = ", ".join(["%s"] * len(filled))
        self.connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(filled.values())
        )


def rows_of_the_first_version(old):
    """A client, a case, two entries of the log, and a claim contested twice."""
    old.add("creditors", country="DE")
    old.add("users", role="case_worker", email="worker@example.com")
    old.add("users", public_id="demo", role="legal", email="recht@recoup.example")
    old.add("login_sessions", user_id=1)
    old.add("cases", phase="amicable", jurisdiction="de", currency="EUR", owner_id=1)
    old.add("debtors", kind="company")
    old.add("claims", kind="goods", currency="EUR", principal_cents=100_00, due_basis="contract",
            purpose="business")  # fmt: skip
    for number in (1, 2):
        old.add(
            "contacts",
            id=number,
            channel="phone",
            direction="outbound",
            outcome="not_reached",
            note="Anruf",
        )
    for number, (said, day) in enumerate((("zu spät", 9), ("kaputt", 5)), start=1):
        old.add("objections", public_id=f"o{number}", kind="defect", words=said, contests=True,
                raised_on=date(2026, 10, day))  # fmt: skip
        old.add("objection_items", objection_id=number, amount_cents=50_00)


def start_migration(owner_url):
    return subprocess.Popen(
        [sys.executable, "-m", "agency.cli", "db", "migrate"],
        env={**os.environ, "MIGRATION_DATABASE_URL": owner_url},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
