"""A house with its own server, its key and a backup of real cases, payments and files."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from agency.app import create_app
from agency.backup import wal
from agency.backup.sealing import make_key
from agency.running import migrating
from agency.running.database_roles import APP, BACKUP, OWNER, PORTAL, init_database
from agency.running.embedded import database_environment
from agency.running.embedded_postgres import EmbeddedPostgres
from agency.settings import Settings
from cases.core.database import transaction
from cases.core.files import store_file
from tests.factories.records import make_agency, make_case, make_creditor
from tests.infrastructure.databases import dispose, take_over
from tests.infrastructure.server import OPTIONS

DATABASE = "recoup"


@dataclass
class House:
    """One installation with a backup folder; `key_file` lies elsewhere."""

    server: EmbeddedPostgres
    settings: Settings
    environment: dict[str, str]
    app: Flask
    key_file: Path

    def work(self, name: str) -> None:
        """A case with its claim, and a file that somebody handed in."""
        with self.app.app_context(), transaction():
            creditor = make_creditor(name)
            case, _ = make_case(creditor)
            assert case.id
            store_file(f"an invoice of {name}".encode() * 50, "invoice.txt", "text/plain",
                       creditor.id)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def impatient():
    """What has not arrived after that long does not come."""
    before, wal.PATIENCE_SECONDS = wal.PATIENCE_SECONDS, 20.0
    yield
    wal.PATIENCE_SECONDS = before


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server of its own: a backup is of a whole server, not of one database."""
    folder = tmp_path_factory.mktemp("h")
    server = EmbeddedPostgres(folder / "pg", OPTIONS)
    server.start()
    try:
        key_file = folder / "safe" / "key"
        key_file.parent.mkdir()
        addresses = {role: server.url(role, DATABASE) for role in (OWNER, APP, PORTAL, BACKUP)}
        init_database(server.url(), addresses)
        migrating.migrate(addresses[OWNER])
        environment = {
            **database_environment(server, DATABASE),
            "REDIS_URL": "unix:///nonexistent/redis.sock",
            "RECOUP_VAR": str(folder / "var"),
            "BACKUP_FOLDER": str(folder / "shelf"),
            "BACKUP_KEYS": make_key(key_file),
            "BACKUP_KEY_FILE": str(key_file),
        }
        settings = Settings.from_environment(environment)
        app = create_app(settings)
        with app.app_context(), transaction():
            make_agency()
        yield House(server, settings, environment, app, key_file)
        dispose(app)
    finally:
        server.stop()


@pytest.fixture(autouse=True)
def at_home(request):
    """What a process sets up once belongs to the house again."""
    if "house" in request.fixturenames:
        take_over(request.getfixturevalue("house").app)
