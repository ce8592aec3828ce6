"""Row 41: what was backed up comes back, to the row, the cent, the link and the byte."""

import shutil
from datetime import timedelta

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import text

from agency.backup import drill as drills
from agency.backup import facts
from agency.backup.drill import drill
from agency.backup.restoring import open_stored_file
from agency.backup.sealing import KeyUnusable, Opener, make_key
from agency.backup.serving import Newcomers
from agency.backup.shelf import Shelf
from agency.backup.taking import make_receiver, shelf_and_sealer, take
from agency.backup.wal import receiving, wait_for
from agency.cli import main
from agency.running.database_roles import plain_url
from agency.running.embedded_postgres import EmbeddedPostgres
from cases.core import clock
from cases.core.database import db
from cases.core.files import current_store
from cases.worklist.drills import find_last_drill, is_proven
from tests.agency.backup.conftest import DATABASE

ONE_SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def backed_up(house):
    """A full backup, more work, what has changed since, and still more work."""
    house.work("Stadtwerke vor dem Backup")
    with house.app.app_context():
        take(house.settings, current_store(), clock.now())
        house.work("Stadtwerke dazwischen")
        take(house.settings, current_store(), clock.now().replace(microsecond=0) + ONE_SECOND)
    house.work("Stadtwerke danach")
    ship_everything(house)
    return house


def ship_everything(house):
    """What the service does every minute, up to this very moment."""
    receiver = make_receiver(house.settings, *shelf_and_sealer(house.settings))
    with receiving(receiver), psycopg.connect(plain_url(house.server.url())) as connection:
        (segment,) = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        wait_for(segment, receiver)
    with house.app.app_context():
        Newcomers(house.settings, current_store(), *shelf_and_sealer(house.settings)).copy()


def facts_of(server):
    with psycopg.connect(plain_url(server.url(database=DATABASE))) as connection:
        return facts.gather(connection)


def test_the_drill_is_green_and_knows_the_newest_transaction(backed_up):
    shelf = Shelf(backed_up.settings.backup_folder)
    assert [bool(each.parent) for each in shelf.backups()] == [False, True]
    result = run(backed_up, "backup", "drill")
    assert result.exit_code == 0, result.output
    assert "Everything came back." in result.output
    assert "minutes old" in result.output
    with backed_up.app.app_context():
        assert is_proven()
        found = find_last_drill()
        assert found.backup == shelf.newest().name
        assert found.newest_at == db.session.scalar(
            text("SELECT max(occurred_at) FROM audit_events")
        )
    assert not (backed_up.settings.var_folder / "drill").exists()


def test_a_restore_brings_back_the_last_change_of_all(backed_up, tmp_path):
    result = run(backed_up, "restore", str(tmp_path / "new"))
    assert result.exit_code == 0, result.output
    server = EmbeddedPostgres(tmp_path / "new" / "postgres")
    server.start()
    try:
        # The drill's own note was written after the last change was shipped.
        assert facts.compare(facts_of(backed_up.server), facts_of(server)) == []
        files = psycopg.connect(plain_url(server.url(database=DATABASE)))
        with files:
            stored = facts.list_files(files)
        assert len(stored) == 3
        for scope, sha256 in stored:
            assert (tmp_path / "new" / "files" / scope / sha256[:2] / sha256).exists()
    finally:
        server.stop()


def test_a_restore_to_a_backup_stops_at_its_moment(backed_up, tmp_path):
    first = Shelf(backed_up.settings.backup_folder).backups()[0]
    result = run(backed_up, "restore", str(tmp_path / "old"), "--backup", first.name)
    assert result.exit_code == 0, result.output
    server = EmbeddedPostgres(tmp_path / "old" / "postgres")
    server.start()
    try:
        assert facts_of(server)["rows"]["creditors"] == 1
    finally:
        server.stop()


def test_nothing_on_the_shelf_can_be_read_without_the_key(backed_up, tmp_path):
    shelf = backed_up.settings.backup_folder
    secret = backed_up.key_file.read_text().splitlines()[-1].encode()
    for path in shelf.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert secret not in data
            assert b"Stadtwerke" not in data
            if path.name not in {"label.json", "backup_manifest"}:
                assert data.startswith(b"age-encryption.org/v1")
    stranger = tmp_path / "stranger"
    make_key(stranger)
    (sealed,) = list(shelf.glob("files/*/*.age"))[:1]
    with pytest.raises(KeyUnusable):
        Opener(stranger).open_bytes(sealed)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        pytest.param("facts", "creditors", id="a row did not come back, and a file"),
        pytest.param(
            "base", "base.tar.gz", id="the base backup is damaged", marks=pytest.mark.deep
        ),
        pytest.param(
            "changes",
            "recovery",
            id="the changes up to the moment are gone",
            marks=pytest.mark.deep,
        ),
    ],
)
def test_a_backup_that_is_not_whole_is_red(backed_up, harm, told, tmp_path, monkeypatch):
    shelf = Shelf(backed_up.settings.backup_folder)
    monkeypatch.setattr(drills, "CHECKS", ())  # What the program says was asked above.
    before = tmp_path / "before"
    shutil.copytree(shelf.folder, before)
    try:
        damage(backed_up, shelf, harm)
        with backed_up.app.app_context():
            outcome = drill(backed_up.settings, Opener(backed_up.key_file))
        assert not outcome.green
        assert told in " ".join(outcome.findings), outcome.findings
        assert ("missing" in " ".join(outcome.findings)) == (harm == "facts")
    finally:
        shutil.rmtree(shelf.folder)
        before.rename(shelf.folder)


def damage(house, shelf, harm):
    newest = shelf.newest()
    if harm == "facts":
        for path in shelf.folder.glob("files/creditor-*/*.age"):
            path.unlink()
        path = shelf.base(newest.name) / "facts.age"
        counted = (
            Opener(house.key_file).open_bytes(path).replace(b'"creditors": 2', b'"creditors": 9')
        )
        shelf_and_sealer(house.settings)[1].seal_bytes(counted, path)
    elif harm == "base":
        path = shelf.base(newest.name) / "base.tar.gz.age"
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    else:
        for path in shelf.wal.glob(f"{newest.last_segment}*"):
            path.unlink()


def run(house, *words):
    """A command with the settings of the house."""
    return CliRunner(env=house.environment).invoke(main, words)


def test_an_opened_file_is_what_was_stored(backed_up):
    shelf, opener = Shelf(backed_up.settings.backup_folder), Opener(backed_up.key_file)
    assert open_stored_file(shelf, opener, "house", "0" * 64) is None
    found = [path.parent.name for path in shelf.folder.glob("files/*/*.age")]
    assert len(found) == len(set(found)) == 3
