"""Database fixtures: rolled back for one connection, cloned for several."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from agency.running.embedded_postgres import EmbeddedPostgres
from agency.running.loading import whole_program
from agency.settings import Settings
from tests.infrastructure.clones import Clone, fresh_clone, template_server

if TYPE_CHECKING:  # Tests of pure rules must not wait for the web stack: fixtures import late.
    from flask import Flask
    from sqlalchemy.orm import Session


@pytest.fixture(scope="session")
def postgres() -> EmbeddedPostgres:
    """The run's PostgreSQL, with the migrated template in it."""
    return template_server()


@pytest.fixture(scope="session")
def worker_clone(postgres: EmbeddedPostgres) -> Iterator[Clone]:
    """This process's own copy, for tests that roll back."""
    with fresh_clone(postgres) as clone:
        yield clone


@pytest.fixture(scope="session")
def application(worker_clone: Clone, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on this process's copy; tests use `app`."""
    with whole_program():
        from agency.app import create_app

        app = create_app(worker_clone.settings(tmp_path_factory.mktemp("var")))
    try:
        yield app
    finally:
        dispose(app)


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application, with its context open and everything rolled back afterwards."""
    from flask import request_started
    from sqlalchemy import event, text

    from cases.core.database import PORTAL, RoleSession, db

    take_over(application)
    with application.app_context():
        engines: dict[str | None, Any] = db._app_engines[application]
        before = dict(engines)
        connection = before[None].connect()
        outer = connection.begin()
        engines[None], engines[PORTAL] = connection, NoPortal()
        db.session.remove()
        # A commit ends a savepoint, so that the test's end can take it back.
        db.session.configure(join_transaction_mode="create_savepoint")
        event.listen(RoleSession, "before_commit", check_constraints)
        try:
            with request_started.connected_to(forget, application):
                yield application
            db.session.remove()
            connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        finally:
            event.remove(RoleSession, "before_commit", check_constraints)
            db.session.remove()
            db.session.configure(join_transaction_mode="conditional_savepoint")
            outer.rollback()
            connection.close()
            engines.update(before)


@pytest.fixture
def database(app: Flask) -> Any:
    """The session of a service test, rolled back afterwards."""
    from cases.core.database import db

    return db.session


@pytest.fixture
def fresh_database(postgres: EmbeddedPostgres) -> Iterator[Clone]:
    """A database of the test's own, for several connections, workers, roles or a browser."""
    with fresh_clone(postgres) as clone:
        yield clone


@pytest.fixture
def fresh_app(fresh_database: Clone, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own; the context is opened by the test."""
    with application_on(fresh_database.settings(tmp_path / "var")) as app:
        yield app


@contextmanager
def application_on(settings: Settings) -> Iterator[Flask]:
    """One more application of this process; whatever happens, its connections are closed."""
    from agency.app import create_app

    app = create_app(settings)
    try:
        yield app
    finally:
        dispose(app)


def forget(_: Flask, **__: object) -> None:
    """Begin a request with nothing in `g`, as it is where no context of a test stays open."""
    from flask import g

    for name in list(g):
        g.pop(name)


class NoPortal:
    """Stands for the portal's connection, which would not see what has not been committed."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError("the portal role needs the fixture fresh_database or fresh_app")


def check_constraints(session: Session) -> None:
    """A real commit would check the deferred constraints; a savepoint does not."""
    from sqlalchemy import text

    session.flush()
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))


def take_over(app: Flask) -> None:
    """Let what a process sets up once belong to this application again."""
    from agency import effects, mails
    from agency.running.file_stores import file_store
    from cases.core import clock, files

    settings = app.config["RECOUP"]
    clock.configure(settings.time_zone, settings.now)
    files.configure(file_store(settings))
    effects.register_effects(settings)
    mails.configure(settings)


def dispose(app: Flask) -> None:
    """Close the connections of an application that is no longer used."""
    from cases.core.database import db

    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
