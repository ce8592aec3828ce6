"""The service beside the others: changes every minute, a backup every night, a drill after it."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

import psycopg
from flask import Flask

from agency.backup.drill import Outcome, drill
from agency.backup.facts import list_new_files
from agency.backup.sealing import Opener, Sealer
from agency.backup.shelf import Shelf
from agency.backup.taking import copy_files, make_receiver, replication_url, shelf_and_sealer, take
from agency.backup.wal import Receiver, create_slot, receiving
from agency.running.database_roles import plain_url
from agency.running.file_stores import file_store
from agency.settings import Settings
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.files import FileMissing, FileStore, current_store
from cases.worklist.drills import record_drill

#: So much may be lost with the machine: what was received since is sealed at each round.
ROUND_SECONDS = 60.0

log = logging.getLogger(__name__)


@dataclass
class Newcomers:
    """Files that came in since the last round; at the start, all of them are looked at once."""

    settings: Settings
    store: FileStore
    shelf: Shelf
    sealer: Sealer
    last_row: int = 0

    def copy(self) -> None:
        """Seal what has come in."""
        with psycopg.connect(plain_url(self.settings.database_url)) as connection:
            last_row, found = list_new_files(connection, self.last_row)
        copy_files(found, self.store, self.shelf, self.sealer)
        self.last_row = last_row


def serve(app: Flask, settings: Settings, stopping: Event) -> None:
    """Receive and seal until asked to stop; what fails is logged and tried the next round."""
    shelf, sealer = shelf_and_sealer(settings)
    receiver = make_receiver(settings, shelf, sealer)
    newcomers = Newcomers(settings, file_store(settings), shelf, sealer)
    due = next_due(settings, clock.now())
    with receiving(receiver):
        while not stopping.is_set():
            _round(settings, receiver, newcomers)
            if clock.now() >= due or not shelf.backups():
                due = next_due(settings, clock.now())
                # The backup receives for itself meanwhile: the server feeds one of us.
                receiver.stop()
                night(app, settings)
                receiver.ensure_running()
            stopping.wait(ROUND_SECONDS)


def next_due(settings: Settings, now: datetime) -> datetime:
    """The next moment that the wall clock shows the hour of the backup."""
    local = clock.local(now)
    due = datetime.combine(local.date(), settings.backup_at, tzinfo=local.tzinfo)
    return due if due > local else datetime.combine(
        local.date() + timedelta(days=1), settings.backup_at, tzinfo=local.tzinfo
    )  # fmt: skip


def night(app: Flask, settings: Settings) -> None:
    """Take a backup, then try it where a private key is at hand; each failure is told."""
    with app.app_context():
        try:
            backup = take(settings, current_store(), clock.now())
            log.warning("backup %s is whole", backup.name)
            if settings.backup_key_file:
                note(drill(settings, Opener(settings.backup_key_file)))
        except Exception:  # Whatever it is: the changes must still be received tonight.
            log.exception("the nightly backup failed")
        finally:
            db.session.remove()


def note(outcome: Outcome) -> None:
    """Write down how a drill went, where doctor and the administrator's page find it."""
    with transaction():
        record_drill(outcome.backup, outcome.seconds, outcome.newest_at, outcome.findings)


def _round(settings: Settings, receiver: Receiver, newcomers: Newcomers) -> None:
    try:
        create_slot(replication_url(settings))
        receiver.ensure_running()
        receiver.ship()
        newcomers.copy()
    except (psycopg.Error, OSError, FileMissing) as error:
        log.warning("changes could not be sealed: %s", error)
