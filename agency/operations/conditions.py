"""The conditions of an installation that works: each is good, or somebody has something to do.

The same list is asked by `/readyz`, by `/metrics`, by the administrator's page and, every minute,
by a job that puts what is wrong on somebody's worklist.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from agency.running.migrating import head_revision
from agency.settings import Settings
from cases.core import audit, clock, failed_effects, files, run_queries
from cases.core.database import db
from cases.core.outbox import Effect, EffectState
from cases.core.runs import RUN_KINDS
from cases.ledger.rates import house_rates
from cases.letters.inbox.fetching import find_mailbox
from cases.letters.inbox.imap import address_of
from cases.worklist.drills import is_proven

LEAST_FREE_BYTES = 1024**3
#: Work that people wait for begins within seconds; after that long no worker is there.
LATE_AFTER = timedelta(minutes=10)
#: The runs begin at a quarter past three; by then the night must have begun.
NIGHT_BEGINS_BY = time(6, 0)
#: A night that is not done by then is seen by nobody before work begins.
NIGHT_DONE_AFTER = timedelta(hours=12)
#: So many links of the chain are looked at each time; the whole chain every night.
LINKS = 200
PROBE = b"Recoup writes this file to see whether it can."


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its name and whether it holds."""

    code: str
    good: bool


def look(settings: Settings) -> list[Condition]:
    """Look at everything; what cannot be seen without the database is left out while it is away."""
    found = [
        Condition("database", _database_answers()),
        Condition("queue", _queue_answers(settings.redis_url)),
        Condition("disk", _has_room(settings)),
        Condition("store", _store_takes()),
    ]
    if found[0].good:
        found.append(Condition("schema", _schema_fits()))
    if all(each.good for each in found if each.code in {"database", "schema"}):
        found += [Condition(code, holds()) for code, holds in _inside(settings).items()]
    return found


def _inside(settings: Settings) -> dict[str, Callable[[], bool]]:
    """What the database tells about the work."""
    return {
        "failed_work": lambda: failed_effects.count_failed() == 0,
        "late_work": _nothing_is_late,
        "night": _night_goes_on,
        "rates": lambda: house_rates().known_until >= clock.today(),
        "chain": chain_holds,
        "mailbox": lambda: _mailbox_answers(settings.mailbox_url),
        "backup": lambda: (settings.embedded and not settings.backup_folder) or is_proven(),
    }


def _database_answers() -> bool:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True


def _schema_fits() -> bool:
    try:
        found = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return bool(found == head_revision())


def _queue_answers(redis_url: str) -> bool:
    try:
        with Redis.from_url(redis_url, socket_connect_timeout=0.5, socket_timeout=0.5) as redis:
            return bool(redis.ping())
    except (RedisError, OSError):
        return False


def _has_room(settings: Settings) -> bool:
    places = [settings.var_folder, *([settings.backup_folder] if settings.backup_folder else [])]
    try:
        return all(shutil.disk_usage(_there(str(each))).free >= LEAST_FREE_BYTES for each in places)
    except OSError:
        return False


def _there(path: str) -> str:
    """The folder, or the nearest above it that is there."""
    while not os.path.exists(path):
        path = os.path.dirname(path)
    return path


def _store_takes() -> bool:
    """Whether the store of files takes and gives back a few bytes."""
    try:
        return files.probe(PROBE)
    except Exception:  # Whatever a store raises: it does not work.
        return False


def _nothing_is_late() -> bool:
    late = select(Effect.id).where(
        Effect.state.in_([EffectState.WAITING, EffectState.LEASED]),
        Effect.available_at < func.now() - LATE_AFTER,
        Effect.kind != "run.batch",
    )
    return db.session.scalar(late.limit(1)) is None


def _night_goes_on() -> bool:
    """Tonight's runs have begun, and none of them is still not done at noon."""
    now, first_day = clock.local(clock.now()), run_queries.first_run_day()
    if first_day is None or (now.time() < NIGHT_BEGINS_BY):
        return not run_queries.has_unfinished(clock.now() - NIGHT_DONE_AFTER)
    begun = run_queries.count_begun(clock.today())
    return begun >= len(RUN_KINDS) and not run_queries.has_unfinished(
        clock.now() - NIGHT_DONE_AFTER
    )


def _mailbox_answers(url: str | None) -> bool:
    """Whether the mailbox of the house answered when it was looked at last."""
    found = find_mailbox(address_of(url).name) if url else None
    return found is None or found.fault is None


def chain_holds() -> bool:
    """Whether the last links of the audit trail hold."""
    return not list(audit.verify_tail(LINKS))
