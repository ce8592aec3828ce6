"""A night whose workers die: run as `python -m tests.crashes.deadly_nights DAY POINT:TIMES ...`.

Each point is a function that kills its own process (SIGKILL) when it has been called so often; the
transaction around it is open then. A child is forked for each point, and a last one that lives.
"""

import importlib
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from agency.app import create_app
from agency.settings import Settings
from cases.core import clock, outbox
from cases.core.database import db, transaction
from cases.core.runs import start_run
from cases.letters.pdf import render_pdf
from cases.letters.printing.models import PrintRunState
from cases.letters.printing.services import NothingToPrint, list_runs, prepare_run, release_run
from cases.people.models import User

#: Name -> where the function is used, and whether it has acted before its process dies.
POINTS = {
    "night": ("cases.strategies.running", "_count", True),
    "written": ("cases.strategies.carrying_out", "sent", True),
    "render": ("cases.letters.services", "render_pages", False),
    "rendered": ("cases.letters.services", "render_pages", True),
    "stored": ("cases.letters.services", "store_file", True),
    "registered": ("cases.letters.services", "SentLetter", True),
    "mail": ("cases.letters.mailing.services", "hand_over", False),
    # The other server has the mail, and nothing here says so yet.
    "mailed": ("cases.letters.mailing.services", "hand_over", True),
    "print": ("cases.letters.printing.services", "_assemble", True),
    "handed_over": ("", "release_run", True),  # Used here, as by the page of a print run.
}
LEASE_SECONDS = 0.3
ROUNDS = 20


def arm(point: str, times: int) -> None:
    """Let a function kill this process when it is called for the so-manieth time."""
    module_name, name, acts_first = POINTS[point]
    module = importlib.import_module(module_name) if module_name else sys.modules[__name__]
    real: Callable[..., Any] = getattr(module, name)
    left = [times]

    def deadly(*words: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and not acts_first:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(*words, **named)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(module, name, deadly)


def night(day: date) -> None:
    """Both runs, everything they put into the outbox, and a print run of what was set."""
    for kind in ("strategies.placing", "strategies.steps"):
        start_run(kind, day)
        work()
    for run in list_runs():
        if run.state is PrintRunState.PREPARED:
            hand_over(run)
    try:
        with transaction():
            run = prepare_run(someone())
    except NothingToPrint:
        return
    hand_over(run)


def hand_over(run: Any) -> None:
    with transaction():
        release_run(run, someone())


def work() -> None:
    """What is due, until nothing is left; an effect waits for the lease of one who died."""
    for _ in range(ROUNDS):
        due = outbox.list_due_effects()
        for effect_id in due:
            outbox.carry_out(effect_id)
        left = select(outbox.Effect.id).where(outbox.Effect.state != outbox.EffectState.DONE)
        if db.session.scalar(left.limit(1)) is None:
            return
        db.session.rollback()
        if not due:
            time.sleep(LEASE_SECONDS)


def someone() -> int:
    """Somebody of the house."""
    user = db.session.query(User).order_by(User.id).first()
    assert user is not None
    return user.id


def main(day: date, deaths: list[str]) -> None:
    """One child after the other; tells how each ended."""
    render_pdf("<p>warm</p>")  # Imported once, before the forks.
    for death in [*deaths, ""]:
        child = os.fork()
        if child:
            _, status = os.waitpid(child, 0)
            killed = os.WIFSIGNALED(status)
            print(death or "alive", "killed" if killed else os.WEXITSTATUS(status), flush=True)
            continue
        app = create_app(Settings.from_environment(os.environ))
        outbox.LEASE_SECONDS = LEASE_SECONDS
        with app.app_context(), clock.clock_at(day):
            if death:
                point, _, times = death.partition(":")
                arm(point, int(times))
            night(day)
        os._exit(0)


if __name__ == "__main__":
    main(date.fromisoformat(sys.argv[1]), sys.argv[2:])
