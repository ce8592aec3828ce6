"""What workers run: effects, the sweep, and what happens once a day. Idempotent per date."""

import logging
from collections.abc import Callable, Collection

from flask import Flask
from structlog.contextvars import bind_contextvars, clear_contextvars

from agency.app import create_app
from agency.operations.watching import watch
from agency.running.patient_worker import Patrol
from agency.settings import Settings
from cases.core import clock, outbox
from cases.core.database import db
from cases.core.jobs import Waker, sweep
from cases.core.queues import EffectQueue
from cases.core.runs import RUN_KINDS, start_run
from cases.letters.inbox.fetching import fetch
from cases.letters.inbox.imap import MailboxAway, address_of
from legal.errors import InvariantBroken

#: So many effects are one worker's life; a letter leaves 0.17 MB behind that nothing frees.
RENEWED_AFTER = 1_000

log = logging.getLogger(__name__)


class _Process:
    """What this process has set up, once."""

    app: Flask | None = None
    waker: Waker | None = None
    carried_out: int = 0
    #: Called with the effect that is about to be carried out, and with 0 after it.
    before: Callable[[int], object] = lambda effect_id: None


def start_worker_context(settings: Settings) -> Flask:
    """Make the application that a worker's jobs run in."""
    _Process.app = create_app(settings)
    _Process.waker = Waker(settings.redis_url)
    return _Process.app


def tell_before(before: Callable[[int], object]) -> None:
    """Let somebody know which effect is about to be carried out."""
    _Process.before = before


def look_into_outbox(patrol: Patrol, queues: Collection[EffectQueue]) -> None:
    """Carry out what is due in some queues, without being told by Redis."""
    with worker_app().app_context():
        due = outbox.list_due_effects(queues=queues)
        db.session.remove()
    for effect_id in due:
        if patrol.is_over:
            return
        carry_out_job(effect_id)


def worker_app() -> Flask:
    """The application that this worker's jobs run in."""
    if _Process.app is None:
        raise InvariantBroken("a worker starts its context first")
    return _Process.app


def carry_out_job(effect_id: int) -> None:
    """Carry out one effect of the outbox; the job that RQ runs. May run twice."""
    if _Process.app is None:
        raise InvariantBroken("a worker starts its context first")
    clear_contextvars()
    bind_contextvars(effect_id=effect_id)
    _Process.before(effect_id)
    with _Process.app.app_context():
        try:
            outbox.carry_out(effect_id)
        except Exception:
            # The outbox has noted it and will try again; the queue need not know.
            log.exception("effect failed")
        finally:
            _Process.carried_out += 1
            _Process.before(0)
            db.session.remove()


def refuse_job(effect_id: int) -> None:
    """End an effect that took more than it may."""
    with worker_app().app_context():
        outbox.give_up(effect_id)
        db.session.remove()


def is_worn_out() -> bool:
    """Whether a new process should go on: setting letters leaves native memory behind."""
    return _Process.carried_out >= RENEWED_AFTER


def sweep_job() -> int:
    """Wake workers for everything that is due; runs every half minute."""
    if _Process.app is None:
        raise InvariantBroken("a worker starts its context first")
    if _Process.waker is None:
        raise InvariantBroken("a worker starts its context first")
    with _Process.app.app_context():
        return sweep(_Process.waker)


def watch_job() -> None:
    """Look at the conditions of the installation and put what is wrong on a worklist."""
    app = worker_app()
    with app.app_context():
        try:
            watch(app.config["RECOUP"])
        finally:
            db.session.remove()


def mailbox_job() -> None:
    """Take in what the mailbox of the house has; one that is away is seen by the watch."""
    app = worker_app()
    url = app.config["RECOUP"].mailbox_url
    if url is None:
        return
    with app.app_context():
        try:
            fetch(address_of(url))
        except MailboxAway as away:
            log.warning("mailbox away", extra={"fault": type(away).__name__})
        finally:
            db.session.remove()


def night_job() -> int:
    """Begin the runs of the night, once a day each; how many began now."""
    with worker_app().app_context():
        today = clock.today()
        return sum(start_run(kind, today) for kind in RUN_KINDS)
