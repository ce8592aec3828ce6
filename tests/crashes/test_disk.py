"""Row 21: the disk is full or fails; a sentence, nothing by halves, and back without a hand."""

import io
import os
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from cases.claims.models import Case
from cases.core import audit, files
from cases.core.database import db, transaction
from cases.core.files import StoreAway, StoredFile, read_bytes, store_file
from cases.ledger.books.verifying import verify_ledger
from cases.people.policy import Role
from tests.crashes.durable import application, durable_server, wait_for_server
from tests.factories.payouts import pay
from tests.factories.records import make_agency, make_case, make_creditor, make_user
from tests.factories.visits import visit
from tests.infrastructure.databases import dispose

MEGABYTE = 1024 * 1024
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who may mount")


@pytest.fixture
def small_disk(tmp_path_factory, request):
    """A file system of so many megabytes."""
    folder = tmp_path_factory.mktemp("d")
    size = f"size={request.param}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Take all the room there is."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(bytes(64 * 1024))
        except OSError:
            pass
    return filler


def hand_in(client, data):
    client.get("/submissions")
    return client.post("/submissions", {"file": (io.BytesIO(data), "offen.csv")})


@needs_root
@pytest.mark.parametrize("small_disk", [2], indirect=True)
def test_a_full_disk_keeps_no_half_file_and_says_so(fresh_database, small_disk):
    from agency.app import create_app

    app = create_app(fresh_database.settings(small_disk))
    try:
        with app.app_context(), transaction():
            make_agency()
            email = make_user(Role.CREDITOR, creditor=make_creditor()).email
        client = visit(app, email, "en")
        filler = fill(small_disk)
        list_of_claims = b"Rechnungsnummer;Betrag\r\n" * 10_000
        answer = hand_in(client, list_of_claims)
        assert answer.status_code == 503
        assert "Retry-After" in answer.headers
        assert "nothing was kept" in answer.text
        assert client.get("/submissions").status_code == 200  # Reading goes on.
        with app.app_context():
            assert db.session.scalar(text("SELECT count(*) FROM stored_files")) == 0
        assert list(small_disk.rglob("*.part")) == []
        filler.unlink()
        assert hand_in(client, list_of_claims).status_code == 303
        with app.app_context():
            assert read_bytes(db.session.query(StoredFile).one()) == list_of_claims
    finally:
        dispose(app)


def test_a_disk_that_fails_while_reading_is_told_as_such(database):
    with transaction():
        stored = store_file(b"a letter", "letter.txt", "text/plain", None)
    path = files.current_store()._path("house", stored.sha256)
    path.unlink()
    path.symlink_to("/proc/self/mem")  # Reading it is an input/output error.
    try:
        with pytest.raises(StoreAway):
            read_bytes(stored)
    finally:
        path.unlink()


@needs_root
@pytest.mark.parametrize("small_disk", [160], indirect=True)
@pytest.mark.parametrize(
    "turns", [pytest.param(1, id="quick"), pytest.param(25, id="deep", marks=pytest.mark.deep)]
)
def test_a_database_without_room_loses_nothing_it_acknowledged(small_disk, turns, tmp_path):
    server = durable_server(small_disk / "pg")
    app = application(server, tmp_path / "var")
    acknowledged = []
    try:
        with app.app_context():
            with transaction():
                make_agency()
                case_id = make_case()[0].id
            for turn in range(turns):
                filler = fill(small_disk)
                refused = 0
                for cents in range(1 + turn * 1_000, 401 + turn * 1_000):
                    try:
                        with transaction():
                            pay(db.session.get_one(Case, case_id), cents)
                        acknowledged.append(cents)
                    except SQLAlchemyError:
                        db.session.remove()
                        refused += 1
                        if refused == 3:
                            break
                filler.unlink()
                wait_for_server(server)
                db.session.remove()
                with transaction():
                    pay(db.session.get_one(Case, case_id), 999 + turn * 1_000)
                acknowledged.append(999 + turn * 1_000)
            booked = set(db.session.scalars(text("SELECT amount_cents FROM payments")))
            assert set(acknowledged) <= booked
            assert list(verify_ledger()) == []
            assert list(audit.verify()) == []
    finally:
        dispose(app)
        server.stop()
