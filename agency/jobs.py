"""What workers run: effects, the sweep, and what happens once a day. Idempotent per date."""

import logging

from flask import Flask
from structlog.contextvars import bind_contextvars, clear_contextvars

from agency.app import create_app
from agency.settings import Settings
from cases.core import clock, outbox
from cases.core.database import db
from cases.core.jobs import Waker, sweep
from cases.core.runs import RUN_KINDS, start_run
from legal.errors import InvariantBroken

#: So many effects are one worker's life; a letter leaves 0.17 MB behind that nothing frees.
RENEWED_AFTER = 1_000

log = logging.getLogger(__name__)


class _Process:
    """What this process has set up, once."""

    app: Flask | None = None
    waker: Waker | None = None
    carried_out: int = 0


def start_worker_context(settings: Settings) -> Flask:
    """Make the application that a worker's jobs run in."""
    _Process.app = create_app(settings)
    _Process.waker = Waker(settings.redis_url)
    return _Process.app


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
    with _Process.app.app_context():
        try:
            outbox.carry_out(effect_id)
        except Exception:
            # The outbox has noted it and will try again; the queue need not know.
            log.exception("effect failed")
        finally:
            _Process.carried_out += 1
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


def night_job() -> int:
    """Begin the runs of the night, once a day each; how many began now."""
    with worker_app().app_context():
        today = clock.today()
        return sum(start_run(kind, today) for kind in RUN_KINDS)
