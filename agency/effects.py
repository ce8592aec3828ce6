"""Effects: what the outbox can carry out, registered here for web and worker alike."""

import logging

from flask import Flask
from structlog.contextvars import bind_contextvars, clear_contextvars

from agency.settings import Settings
from cases.core import outbox
from cases.core.database import db
from cases.core.jobs import Waker, sweep
from cases.core.outbox import HANDLERS, WAKE, Handler

log = logging.getLogger(__name__)


class _Process:
    """What this process has set up, once."""

    app: Flask | None = None
    waker: Waker | None = None


def register_effects(settings: Settings) -> Waker:
    """Say how each kind of effect is carried out, and how workers are woken."""
    from agency.handlers import handlers

    HANDLERS.clear()
    HANDLERS.update(handlers(settings))
    outbox.LEASE_SECONDS = settings.lease_seconds
    waker = Waker(settings.redis_url)
    WAKE[:] = [waker.wake]
    _Process.waker = waker
    return waker


def start_worker_context(settings: Settings) -> Flask:
    """Make the application that a worker's jobs run in."""
    from agency.app import create_app

    _Process.app = create_app(settings)
    return _Process.app


def worker_app() -> Flask:
    """The application that this worker's jobs run in."""
    assert _Process.app is not None, "a worker starts its context first"
    return _Process.app


def carry_out_job(effect_id: int) -> None:
    """Carry out one effect of the outbox; the job that RQ runs. May run twice."""
    assert _Process.app is not None, "a worker starts its context first"
    clear_contextvars()
    bind_contextvars(effect_id=effect_id)
    with _Process.app.app_context():
        try:
            outbox.carry_out(effect_id)
        except Exception:
            # The outbox has noted it and will try again; the queue need not know.
            log.exception("effect failed")
        finally:
            db.session.remove()


def sweep_job() -> int:
    """Wake workers for everything that is due; runs every half minute."""
    assert _Process.app is not None, "a worker starts its context first"
    assert _Process.waker is not None
    with _Process.app.app_context():
        return sweep(_Process.waker)


__all__ = [
    "Handler",
    "carry_out_job",
    "register_effects",
    "start_worker_context",
    "sweep_job",
    "worker_app",
]
