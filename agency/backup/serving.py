"""The service beside the others: changes every minute, a backup every night, a drill after it."""

import logging
from datetime import datetime, timedelta
from threading import Event

import psycopg
from flask import Flask

from agency.backup.drill import Outcome, drill
from agency.backup.sealing import Opener
from agency.backup.taking import make_receiver, replication_url, shelf_and_sealer, take
from agency.backup.wal import Receiver, create_slot, receiving
from agency.settings import Settings
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.drills import record_drill
from cases.core.files import current_store

#: So much may be lost with the machine: what was received since is sealed at each round.
ROUND_SECONDS = 60.0

log = logging.getLogger(__name__)


def serve(app: Flask, settings: Settings, stopping: Event) -> None:
    """Receive and seal until asked to stop; what fails is logged and tried the next round."""
    shelf, sealer = shelf_and_sealer(settings)
    receiver = make_receiver(settings, shelf, sealer)
    due = next_due(settings, clock.now())
    with receiving(receiver):
        while not stopping.is_set():
            _round(settings, receiver)
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


def _round(settings: Settings, receiver: Receiver) -> None:
    try:
        create_slot(replication_url(settings))
        receiver.ensure_running()
        receiver.ship()
    except (psycopg.Error, OSError) as error:
        log.warning("changes could not be sealed: %s", error)
