"""An effect that kills its worker (SIGKILL) is given up after six tries, and shown to a person."""

import os
import subprocess
import sys

from sqlalchemy import create_engine, text

from cases.core import outbox

#: Imports once and forks for each attempt, as a supervisor would start a new worker.
WORKERS = """
import os, signal, sys, time
from agency.app import create_app
from agency.settings import Settings
from cases.core import outbox
from cases.core.database import db, transaction

def die(key):
    os.kill(os.getpid(), signal.SIGKILL)

for attempt in range(1, 9):
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        print(os.WTERMSIG(status), flush=True)
        time.sleep(0.06)  # Until its lease has run out.
        continue
    app = create_app(Settings.from_environment(os.environ))
    outbox.LEASE_SECONDS = 0.05
    outbox.HANDLERS["test"] = outbox.Handler(die, inside=sys.argv[1] == "inside")
    with app.app_context():
        if attempt == 1:
            with transaction():
                outbox.register_effect("test", "deadly")
        for effect_id in outbox.list_due_effects():
            outbox.carry_out(effect_id)
    os._exit(0)
"""


def test_six_workers_die_and_the_seventh_gives_up(fresh_database, tmp_path):
    environment = {**os.environ, **fresh_database.process_environment(tmp_path / "var")}
    done = subprocess.run(
        [sys.executable, "-c", WORKERS, "outside"], env=environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["9"] * outbox.MAX_ATTEMPTS + ["0", "0"]
    engine = create_engine(fresh_database.environment["DATABASE_URL"])
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT state, attempts, last_error, token FROM outbox_effects")
        ).one()
    engine.dispose()
    assert tuple(found) == ("failed", outbox.MAX_ATTEMPTS, outbox.WORKER_DIED, None)
