"""Taking a backup: base, facts at one marked moment, files, changes up to that moment."""

import gzip
import json
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg

from agency.backup import facts, programs
from agency.backup.manifest import MANIFEST, first_segment_of
from agency.backup.sealing import Sealer
from agency.backup.shelf import STAMP, Backup, Shelf
from agency.backup.wal import Receiver, create_slot, receiving, wait_for
from agency.running.database_roles import plain_url
from agency.settings import BadSetting, Settings
from cases.core.files import FileStore
from cases.core.locks import Lock

BASE = "base.tar.gz"


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of the database that a restore can stop at, and what was true at it."""

    facts: facts.Facts
    files: list[tuple[str, str]]
    segment: str


def take(settings: Settings, store: FileStore, now: datetime, *, full: bool = False) -> Backup:
    """Take one backup: the whole database at least every seven days, else what has changed."""
    shelf, sealer = shelf_and_sealer(settings)
    url = replication_url(settings)
    parent = None if full else shelf.parent_for(now)
    name = now.strftime(STAMP)
    create_slot(url)
    receiver = make_receiver(settings, shelf, sealer)
    with receiving(receiver):
        first_segment = _take_base(url, shelf, sealer, name, parent)
        mark = _mark(url, settings.database_url, name)
        sealer.seal_bytes(json.dumps(mark.facts).encode(), shelf.base(name) / "facts.age")
        copy_files(mark.files, store, shelf, sealer)
        wait_for(mark.segment, receiver)
    backup = Backup(name, parent.name if parent else None, first_segment, mark.segment)
    shelf.put_label(backup)
    shelf.prune(settings.backup_keep_days, now)
    return backup


def shelf_and_sealer(settings: Settings) -> tuple[Shelf, Sealer]:
    """Where backups go and how they are sealed; raises BadSetting, KeyUnusable."""
    if settings.backup_folder is None:
        raise BadSetting("BACKUP_FOLDER is missing: name a folder on another disk or machine.")
    return Shelf(settings.backup_folder), Sealer(settings.backup_keys)


def replication_url(settings: Settings) -> str:
    """The address that backups are taken with; raises BadSetting."""
    if settings.backup_database_url is None:
        raise BadSetting("BACKUP_DATABASE_URL is missing: backups are taken as recoup_backup.")
    return settings.backup_database_url


def make_receiver(settings: Settings, shelf: Shelf, sealer: Sealer) -> Receiver:
    """What receives the changes on this machine."""
    spool = settings.var_folder / "backup-spool" / "wal"
    return Receiver(replication_url(settings), spool, shelf, sealer)


def copy_files(
    files: list[tuple[str, str]], store: FileStore, shelf: Shelf, sealer: Sealer
) -> None:
    """Seal every file that is not on the shelf yet: their bytes never change."""
    for scope, sha256 in files:
        target = shelf.file(scope, sha256)
        if not target.exists():
            sealer.seal_bytes(store.get(scope, sha256), target)


def _take_base(url: str, shelf: Shelf, sealer: Sealer, name: str, parent: Backup | None) -> str:
    """The base backup, sealed; answers the first segment of changes that it needs."""
    with tempfile.TemporaryDirectory(prefix="recoup-backup-") as scratch:
        taken, since = Path(scratch) / "taken", None
        if parent:
            since = Path(scratch) / "since"
            since.write_bytes(gzip.decompress((shelf.base(parent.name) / MANIFEST).read_bytes()))
        programs.take_base(url, taken, since)
        if unexpected := {path.name for path in taken.iterdir()} - {BASE, MANIFEST}:
            raise programs.ProgramFailed(f"Tablespaces are not supported: {sorted(unexpected)}")
        sealer.seal_file(taken / BASE, shelf.base(name) / f"{BASE}.age")
        manifest = (taken / MANIFEST).read_bytes()
        (shelf.base(name) / MANIFEST).write_bytes(gzip.compress(manifest))
    return first_segment_of(manifest)


def _mark(url: str, database_url: str, name: str) -> Mark:
    """Mark a moment at which nobody commits, and count what a snapshot of it shows."""
    with psycopg.connect(plain_url(database_url), autocommit=False) as reading:
        reading.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with psycopg.connect(plain_url(url)) as marking:
            # Whoever changes a record takes this lock last: while we hold it nothing changes.
            marking.execute("SELECT pg_advisory_xact_lock(%s)", [Lock.AUDIT.value])
            reading.execute("SELECT 1")  # The snapshot.
            row = marking.execute("SELECT pg_walfile_name(pg_create_restore_point(%s))", [name])
            (segment,) = row.fetchone() or ("",)
            marking.execute("SELECT pg_switch_wal()")
        return Mark(facts.gather(reading), facts.list_files(reading), str(segment))
