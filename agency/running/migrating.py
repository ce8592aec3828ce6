"""Migrations: bring the schema to the version this program needs, as `recoup_owner`.

Alembic is imported late: the web asks for the version only, at every check of its health.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from agency.running.database_roles import plain_url

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
LOCK_TIMEOUT = "5s"  # A migration that has to wait longer gives up: it would stop all work.


def alembic_config(migration_url: str | None = None) -> Config:
    """What Alembic has to know; the address is needed only for what talks to the database."""
    from alembic.config import Config

    config = Config(str(FOLDER / "alembic.ini"))
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["url"] = migration_url
    config.attributes["lock_timeout"] = LOCK_TIMEOUT
    return config


def migrate(migration_url: str, revision: str = "head") -> None:
    """Run what is missing, each migration whole or not at all."""
    from alembic import command

    command.upgrade(alembic_config(migration_url), revision)


@cache
def head_revision() -> str | None:
    """The version that this program needs: migrations are numbered, the last one is the head."""
    numbers = [path.name.partition("_")[0] for path in FOLDER.glob("versions/[0-9]*_*.py")]
    return max(numbers, default=None)


def current_revision(url: str) -> str | None:
    """The version that the database has, or None before the first migration."""
    with psycopg.connect(plain_url(url), connect_timeout=5) as connection:
        found = connection.execute("SELECT to_regclass('public.alembic_version')").fetchone()
        if found is None or found[0] is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])
