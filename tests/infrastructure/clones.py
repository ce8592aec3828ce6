"""Cloned databases: one template is migrated per run, everybody works on copies of it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from agency.running.database_roles import APP, OWNER, PORTAL, init_database, plain_url
from agency.running.embedded import database_environment
from agency.running.embedded_postgres import EmbeddedPostgres
from agency.settings import Settings
from tests.infrastructure.server import exclusive, run_folder, server

TEMPLATE = "recoup_template"


@dataclass(frozen=True)
class Clone:
    """One database of a test, with the addresses of its roles."""

    name: str
    environment: dict[str, str]
    admin_url: str  # As a superuser, for what only an attacker inside would do.

    def settings(self, var_folder: Path, **more: str) -> Settings:
        """Settings for this database in test mode; `more` are environment variables."""
        return Settings.from_environment(self.process_environment(var_folder, **more))

    def process_environment(self, var_folder: Path, **more: str) -> dict[str, str]:
        """The variables for a process of its own."""
        return {
            **self.environment,
            "REDIS_URL": "unix:///nonexistent/redis.sock",  # Overridden by who needs a queue.
            "RECOUP_VAR": str(var_folder),
            "RECOUP_TEST": "1",
            "LEASE_SECONDS": "2",
            "SWEEP_SECONDS": "1",
            "REQUESTS_PER_MINUTE": "0",  # Tests ask faster than people.
            "DOCUMENTS_PER_MINUTE": "0",
            **more,
        }


def template_server() -> EmbeddedPostgres:
    """The run's server with the migrated template, made by whoever comes first."""
    postgres = server()
    done = run_folder() / "template.done"
    with exclusive("template"):
        if not done.exists():
            postgres.start()
            make_template(postgres)
            done.touch()
    return postgres


def make_template(postgres: EmbeddedPostgres) -> None:
    """Make roles and the template as a production database is made."""
    from agency.running import migrating

    addresses = {role: postgres.url(role, TEMPLATE) for role in (OWNER, APP, PORTAL)}
    init_database(postgres.url(), addresses)
    migrating.migrate(addresses[OWNER])


def clone_template(postgres: EmbeddedPostgres) -> Clone:
    """Copy the template; about 50 ms."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(plain_url(postgres.url()), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY WAL_LOG")
    return Clone(name, database_environment(postgres, name), postgres.url(database=name))


@contextmanager
def fresh_clone(postgres: EmbeddedPostgres) -> Iterator[Clone]:
    """A copy for as long as it is needed."""
    clone = clone_template(postgres)
    try:
        yield clone
    finally:
        drop_clone(postgres, clone)


def drop_clone(postgres: EmbeddedPostgres, clone: Clone) -> None:
    """Remove a copy, with whoever is still connected."""
    with psycopg.connect(plain_url(postgres.url()), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {clone.name} WITH (FORCE)")
