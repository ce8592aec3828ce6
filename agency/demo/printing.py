"""`python -m agency.demo.printing`: sets letters beside the process that tells the stories.

The court asks for the day on which a letter left, so those letters cannot wait until after the
start. On a second core they cost the first start nothing.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread

import structlog
from sqlalchemy import select

from agency.app import create_app
from agency.demo.later import EFFECT
from agency.demo.quickly import load_quickly
from agency.settings import Settings
from cases.core import outbox
from cases.core.database import db
from cases.core.outbox import Effect, EffectState

PAUSE_SECONDS = 0.05
log = structlog.get_logger(__name__)


@contextmanager
def printing_beside(environ: Mapping[str, str]) -> Iterator[None]:
    """While the stories are told, let another process set what they leave to be printed."""
    printing = [sys.executable, "-m", "agency.demo.printing"]
    with subprocess.Popen(printing, env=dict(environ), stdin=subprocess.PIPE) as process:
        try:
            yield
        finally:
            process.communicate()  # Its input ends, and with it the process.


def _await_end(over: Event) -> None:
    sys.stdin.read()
    over.set()


def _print_all() -> None:
    """Carry out what waits to be printed, as long as the other process holds our input open."""
    over = Event()
    Thread(target=_await_end, args=[over], daemon=True).start()
    while not over.wait(PAUSE_SECONDS):
        query = select(Effect.id).where(Effect.kind == EFFECT, Effect.state == EffectState.WAITING)
        waiting = list(db.session.scalars(query.order_by(Effect.id)))
        db.session.rollback()
        for effect_id in waiting:
            try:
                outbox.carry_out(effect_id)
            except Exception:  # Its failure is kept with it; the others still wait.
                log.exception("a letter of the demo was not set")


if __name__ == "__main__":
    with load_quickly(create_app(Settings.from_environment(os.environ))):
        outbox.WAKE.clear()
        _print_all()
