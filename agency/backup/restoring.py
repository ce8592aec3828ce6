"""Restoring: base backups combined, changes replayed by the server itself, files opened."""

import gzip
import json
import os
import shutil
import tarfile
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psycopg

from agency.backup import programs
from agency.backup.facts import Facts
from agency.backup.manifest import MANIFEST, verify_folder
from agency.backup.sealing import Opener
from agency.backup.shelf import Backup, Shelf
from agency.backup.taking import BASE
from agency.running.database_roles import plain_url
from agency.running.embedded_postgres import EmbeddedPostgres
from cases.core.files import FolderStore

SOURCE = ".of-the-source"
#: The server's own files of settings are put aside while changes are replayed.
CONFIGURATION = ("postgresql.conf", "postgresql.auto.conf", "pg_hba.conf", "pg_ident.conf")
#: What a server must have at least as much of as the one whose changes it replays.
CAPACITY = {
    "max_connections": "max_connections setting",
    "max_worker_processes": "max_worker_processes setting",
    "max_wal_senders": "max_wal_senders setting",
    "max_prepared_transactions": "max_prepared_xacts setting",
    "max_locks_per_transaction": "max_locks_per_xact setting",
}
PAUSE_SECONDS = 0.1
TRUST = "local all all trust\n"
START_SECONDS = 24 * 60 * 60  # Replaying a day of changes takes its time.


class Restored:
    """A server made from a backup; it replays changes as far as it is told."""

    def __init__(self, folder: Path, *, scratch: bool = False) -> None:
        # A scratch server need not outlive a power cut; a restored one is synced as it stops.
        options = {"fsync": "off"} if scratch else {}
        self.server = EmbeddedPostgres(folder, options, start_seconds=START_SECONDS)
        self.changes = folder / "changes"

    def prepare(self, shelf: Shelf, opener: Opener, backup: Backup) -> None:
        """Open and combine the base backups, lay the changes beside; nothing runs yet."""
        folder = self.server.folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            chain = shelf.chain_of(backup)
            parts = [_open_base(shelf, opener, each, Path(scratch)) for each in chain]
            if len(parts) > 1:
                programs.combine(parts, self.server.data)
                verify_folder(self.server.data)
            else:
                shutil.move(parts[0], self.server.data)
        self.changes.mkdir()
        for name, path in shelf.segments_from(shelf.chain_of(backup)[-1].first_segment).items():
            (self.changes / name).write_bytes(opener.open_bytes(path))
        self._put_configuration_aside()

    def replay(self, *, until: str | None, action: str = "pause") -> None:
        """Start and replay: to a marked moment, where it waits read-only, or to the very end."""
        if self.server.is_running():
            self.server.stop()
        replayed = {
            "restore_command": f'cp "{self.changes}/%f" "%p"',
            "recovery_target_timeline": "latest",
        }
        if until:
            replayed |= {"recovery_target_name": until, "recovery_target_action": action}
        self._configure(replayed)
        if (self.server.data / "backup_label").exists():  # Its first start.
            self._write("recovery.signal", "")
        self.server.start()

    def finish(self, *, until: str | None) -> None:
        """Replay, begin a history of its own, and settle."""
        self.replay(until=until, action="promote")
        with psycopg.connect(plain_url(self.server.url())) as connection:
            wait_for(connection, "SELECT NOT pg_is_in_recovery()")
        self.settle()

    def settle(self) -> None:
        """Stop it and give it back its own settings: from now on it is a server like another."""
        self.server.stop()
        for name in CONFIGURATION:
            source = self.server.data / (name + SOURCE)
            if source.exists():
                source.replace(self.server.data / name)
        shutil.rmtree(self.changes)
        os.sync()  # What was laid out before the server ran, too.

    def complaints(self) -> list[str]:
        """What the server says about why it has stopped."""
        try:
            lines = self.server.log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []
        return [line for line in lines if "FATAL" in line or "PANIC" in line][-3:]

    def _put_configuration_aside(self) -> None:
        for name in CONFIGURATION:
            path = self.server.data / name
            with suppress(FileNotFoundError):
                path.rename(path.with_name(name + SOURCE))
        self._write("pg_hba.conf", TRUST)
        self._write("pg_ident.conf", "")

    def _configure(self, more: Mapping[str, str]) -> None:
        control = programs.control_data(self.server.data)
        options = {name: control[words] for name, words in CAPACITY.items() if words in control}
        lines = [f"{name} = '{value}'" for name, value in (options | dict(more)).items()]
        self._write("postgresql.conf", "\n".join(lines) + "\n")

    def _write(self, name: str, text: str) -> None:
        """A file that belongs to whoever the data belongs to."""
        path = self.server.data / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        owner = self.server.data.stat()
        shutil.chown(path, owner.st_uid, owner.st_gid)


def wait_for(connection: psycopg.Connection, question: str) -> None:
    """Wait until the server answers yes; one that stops meanwhile raises psycopg.Error."""
    while True:
        row = connection.execute(question).fetchone()
        connection.rollback()
        if row and row[0]:
            return
        time.sleep(PAUSE_SECONDS)


def open_facts(shelf: Shelf, opener: Opener, backup: Backup) -> Facts:
    """What was counted at the marked moment of a backup."""
    found: Facts = json.loads(opener.open_bytes(shelf.base(backup.name) / "facts.age"))
    return found


def open_stored_file(shelf: Shelf, opener: Opener, scope: str, sha256: str) -> bytes | None:
    """The bytes of one file, or None where the shelf has none."""
    path = shelf.file(scope, sha256)
    return opener.open_bytes(path) if path.exists() else None


def restore_files(shelf: Shelf, opener: Opener, folder: Path) -> int:
    """Open every file into a folder; how many there were."""
    store, count = FolderStore(folder), 0
    for path in sorted((shelf.folder / "files").glob("*/*.age")):
        store.put(path.parent.name, path.stem, opener.open_bytes(path))
        count += 1
    return count


def _open_base(shelf: Shelf, opener: Opener, backup: Backup, scratch: Path) -> Path:
    """One base backup, extracted and compared with its list of files."""
    place, packed = scratch / backup.name, scratch / BASE
    opener.open_file(shelf.base(backup.name) / f"{BASE}.age", packed)
    place.mkdir(mode=0o700)
    with tarfile.open(packed) as archive:
        archive.extractall(place, filter="data")
    packed.unlink()
    manifest = (shelf.base(backup.name) / MANIFEST).read_bytes()
    (place / MANIFEST).write_bytes(gzip.decompress(manifest))
    verify_folder(place)
    return place
