"""The drill: the newest backup restored into a scratch server and compared with its facts."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from agency.backup import facts
from agency.backup.programs import ProgramFailed
from agency.backup.restoring import Restored, open_facts, open_stored_file, wait_for
from agency.backup.sealing import KeyUnusable, Opener
from agency.backup.shelf import Backup, Shelf
from agency.running.database_roles import APP, PORTAL, plain_url
from agency.running.embedded_postgres import ServerFailed
from agency.settings import BadSetting, Settings

#: What the program itself says about the restored books.
CHECKS = (("ledger", "verify"), ("audit", "verify"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a drill has shown; green without findings."""

    backup: str
    findings: list[str]
    seconds: float
    newest_at: datetime | None  # The newest transaction that came back.

    @property
    def green(self) -> bool:
        """Whether everything came back."""
        return not self.findings


def drill(settings: Settings, opener: Opener) -> Outcome:
    """Restore the newest backup, compare, and leave nothing behind; raises NoBackup."""
    if settings.backup_folder is None:
        raise BadSetting("BACKUP_FOLDER is missing: there is no backup to restore.")
    shelf, begin = Shelf(settings.backup_folder), time.monotonic()
    backup = shelf.newest()
    scratch = settings.var_folder / "drill"
    shutil.rmtree(scratch, ignore_errors=True)
    restored = Restored(scratch, scratch=True)
    database = make_url(settings.database_url).database or "recoup"
    newest = None
    try:
        restored.prepare(shelf, opener, backup)
        restored.replay(until=backup.name)
        findings = list(_compare(restored, database, shelf, opener, backup))
        restored.replay(until=None)
        newest = _newest(restored, database)
        findings += _ask_the_program(restored, database, settings, scratch / "var")
    except (ProgramFailed, ServerFailed, KeyUnusable, OSError, psycopg.Error) as error:
        findings = [str(error), *restored.complaints()]
    finally:
        if restored.server.is_running():
            restored.server.stop()
        shutil.rmtree(scratch, ignore_errors=True)
    return Outcome(backup.name, findings, time.monotonic() - begin, newest)


def _compare(
    restored: Restored, database: str, shelf: Shelf, opener: Opener, backup: Backup
) -> Iterator[str]:
    """What differs at the marked moment: rows, balances, the chain, the files."""
    with psycopg.connect(plain_url(restored.server.url(database=database))) as connection:
        wait_for(connection, "SELECT pg_get_wal_replay_pause_state() = 'paused'")
        counted = open_facts(shelf, opener, backup)
        yield from map(str, facts.compare(counted, facts.gather(connection)))
        files = facts.list_files(connection)
    for scope, sha256 in files:
        data = open_stored_file(shelf, opener, scope, sha256)
        if data is None:
            yield f"file {scope}/{sha256}: missing"
        elif hashlib.sha256(data).hexdigest() != sha256:
            yield f"file {scope}/{sha256}: other bytes"


def _newest(restored: Restored, database: str) -> datetime | None:
    """The newest transaction, once all changes are replayed."""
    with psycopg.connect(plain_url(restored.server.url(database=database))) as connection:
        wait_for(connection, "SELECT NOT pg_is_in_recovery()")
        row = connection.execute("SELECT max(occurred_at) FROM audit_events").fetchone()
        return row[0] if row else None


def _ask_the_program(
    restored: Restored, database: str, settings: Settings, var_folder: Path
) -> list[str]:
    """What the program's own checks find in the restored books and the audit trail."""
    server = restored.server
    environment = {
        **os.environ,
        "DATABASE_URL": server.url(APP, database),
        "PORTAL_DATABASE_URL": server.url(PORTAL, database),
        "REDIS_URL": settings.redis_url,
        "SECRET_KEY": settings.secret_key,
        "RECOUP_VAR": str(var_folder),
    }
    found = []
    for words in CHECKS:
        done = subprocess.run(
            [sys.executable, "-m", "agency.cli", *words],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            found.append(f"recoup {' '.join(words)}: {(done.stdout + done.stderr).strip()[-500:]}")
    return found
