"""What workers run: effects, the sweep, and what happens once a day. Idempotent per date."""

import logging

from flask import Flask
from structlog.contextvars import bind_contextvars, clear_contextvars

from agency.app import create_app
from agency.settings import Settings
from cases.contacts.services import mark_broken_promises
from cases.core import clock, outbox
from cases.core.database import db, transaction
from cases.core.jobs import Waker, sweep
from cases.dunning.fee_watch import watch_fees
from cases.dunning.limitation_watch import watch_limitation
from cases.filings.proceedings.nightly_watch import watch as watch_filings

log = logging.getLogger(__name__)


class _Process:
    """What this process has set up, once."""

    app: Flask | None = None
    waker: Waker | None = None


def start_worker_context(settings: Settings) -> Flask:
    """Make the application that a worker's jobs run in."""
    _Process.app = create_app(settings)
    _Process.waker = Waker(settings.redis_url)
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


def limitation_job() -> int:
    """Warn of claims that come near their limitation."""
    with worker_app().app_context():
        return watch_limitation()


def fee_job() -> int:
    """Raise the fee where the window has passed unpaid, take it back where it has not."""
    with worker_app().app_context():
        return watch_fees()


def promises_job() -> int:
    """Settle promises whose day has passed: kept if the money came, else broken."""
    with worker_app().app_context(), transaction():
        return mark_broken_promises(clock.today())


def court_job() -> int:
    """Alarm about files without a receipt, and orders that have become final."""
    with worker_app().app_context(), transaction():
        return watch_filings()
