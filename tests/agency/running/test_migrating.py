"""Migrations are numbered without a gap, have one head, and say what their file names say."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from agency.running import migrating
from agency.running.database_roles import APP, OWNER, PORTAL, init_database, plain_url


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


def start_migration(owner_url):
    return subprocess.Popen(
        [sys.executable, "-m", "agency.cli", "db", "migrate"],
        env={**os.environ, "MIGRATION_DATABASE_URL": owner_url},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
