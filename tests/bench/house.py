"""What benches have in common: a server for the run, and a house of its own in a fresh clone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from sqlalchemy import create_engine, text

from agency.app import create_app
from cases.core.clock import clock_at
from tests.infrastructure.clones import Clone, clone_template, drop_clone, template_server
from tests.infrastructure.databases import dispose
from tests.infrastructure.server import name_folder, remove_folder, run_folder


@dataclass(frozen=True)
class BenchHouse:
    """An application over an empty database, which only this bench sees."""

    app: Flask
    clone: Clone

    def fill(self, statements: str, **values: object) -> None:
        """Write rows as the owner of the tables, without triggers: filling is not measured."""
        engine = create_engine(self.clone.admin_url)
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in filter(str.strip, statements.split(";\n")):
                own = {name: values[name] for name in values if f":{name}" in statement}
                connection.execute(text(statement), own)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
        engine.dispose()


@contextmanager
def bench_server() -> Iterator[None]:
    """A server for one run of a bench, gone behind it; houses are made on it."""
    name_folder()
    try:
        yield
    finally:
        remove_folder(run_folder())


@contextmanager
def bench_house(now: date | datetime, **environment: str) -> Iterator[BenchHouse]:
    """A house at a moment; a server must be there.

    Requests are measured outside of the application's context, where each has a session of its own.
    """
    postgres = template_server()
    clone = clone_template(postgres)
    with TemporaryDirectory() as folder:
        app = create_app(clone.settings(Path(folder), **environment))
        with clock_at(now):
            yield BenchHouse(app, clone)
        dispose(app)
    drop_clone(postgres, clone)
