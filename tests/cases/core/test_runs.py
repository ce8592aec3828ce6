"""Runs: in batches, resumable, once a day; one odd case never ends a run or stops the others."""

import os
import subprocess
import sys
from datetime import date

import pytest
from sqlalchemy import create_engine, func, literal, select, text
from sqlalchemy.exc import OperationalError

from cases.core import clock, runs
from cases.core.database import db
from cases.core.outbox import Effect, EffectState, carry_out, list_due_effects
from cases.core.run_tables import Run, RunBatch, RunFailure, RunState
from cases.core.runs import RunKind, start_run
from tests.factories.runs import carry_out_runs, run_now

TODAY = date(2026, 11, 23)
KEYS = 25


class OddCase(Exception):
    """Nobody thought of it."""


@pytest.fixture
def done(database, monkeypatch):
    """A kind of run over 25 keys, in batches of ten and steps of four; what it has done."""
    acted = []

    def keys(_):
        return select(func.generate_series(1, literal(KEYS)).column_valued("key"))

    def act(some, _):
        if odd & set(some):
            raise OddCase
        acted.extend(some)

    odd = set()
    acted_on = RunKind(
        keys, act, on_failure=lambda key, kind: told.append(("failed", key)),
        on_recovery=lambda key, kind: told.append(("recovered", key)), step_keys=4,
    )  # fmt: skip
    told = []
    monkeypatch.setattr(runs, "BATCH_KEYS", 10)
    monkeypatch.setitem(runs.RUN_KINDS, "test", acted_on)
    done = acted
    with clock.clock_at(TODAY):
        yield type("Done", (), {"keys": done, "odd": odd, "told": told})


def state():
    return db.session.scalar(select(Run.state).where(Run.kind == "test"))


def test_every_key_is_done_once_in_batches(done):
    assert start_run("test", TODAY)
    assert db.session.scalar(select(func.count()).select_from(RunBatch)) == 3
    assert state() is RunState.RUNNING
    carry_out_runs()
    assert done.keys == list(range(1, KEYS + 1))
    assert state() is RunState.DONE


def test_a_run_begins_once_a_day(done):
    assert start_run("test", TODAY)
    assert not start_run("test", TODAY)
    carry_out_runs()
    assert not start_run("test", TODAY)
    carry_out_runs()
    assert done.keys == list(range(1, KEYS + 1))


def test_a_run_with_nothing_to_do_is_done(done, monkeypatch):
    nothing = select(literal(1).label("key")).where(literal(False))
    monkeypatch.setitem(runs.RUN_KINDS, "test", RunKind(lambda _: nothing, lambda *_: None))
    start_run("test", TODAY)
    assert state() is RunState.DONE
    assert list_due_effects() == []


def test_the_odd_case_is_noted_and_the_others_are_done(done):
    done.odd.add(7)
    assert run_now("test") == (KEYS - 1, 1)
    assert sorted(done.keys) == [key for key in range(1, KEYS + 1) if key != 7]
    assert done.told == [("failed", 7)]
    failure = db.session.scalar(select(RunFailure))
    assert (failure.key, failure.reason, failure.settled_at) == (7, "OddCase", None)
    assert state() is RunState.DONE


def test_what_failed_is_tried_again_the_next_night_and_then_settled(done):
    done.odd.add(7)
    run_now("test")
    with clock.clock_at(date(2026, 11, 24)):
        run_now("test")
    failure = db.session.scalar(select(RunFailure))
    assert (failure.first_on, failure.last_on) == (TODAY, date(2026, 11, 24))
    done.odd.clear()
    with clock.clock_at(date(2026, 11, 25)):
        run_now("test")
    assert done.told == [("failed", 7), ("failed", 7), ("recovered", 7)]
    assert db.session.scalar(select(RunFailure.settled_at)) is not None


def test_a_database_that_is_away_is_no_fault_of_a_case(done, monkeypatch):
    def away(*_):
        raise OperationalError("", {}, Exception("server closed the connection"))

    kind = runs.RUN_KINDS["test"]
    monkeypatch.setitem(runs.RUN_KINDS, "test", RunKind(kind.keys, away, step_keys=4))
    start_run("test", TODAY)
    with pytest.raises(OperationalError):
        carry_out(list_due_effects()[0])
    assert db.session.scalar(select(func.count()).select_from(RunFailure)) == 0
    waiting = select(Effect.state).where(Effect.attempts == 1)
    assert db.session.scalar(waiting) is EffectState.WAITING


#: Forks a worker for each batch; the first one is killed in the middle of its third step.
WORKERS = """
import os, signal, time
from datetime import date
from sqlalchemy import func, literal, select, text
from agency.app import create_app
from agency.settings import Settings
from cases.core import outbox, runs
from cases.core.database import db

def act(keys, day):
    db.session.execute(text("UPDATE counted SET times = times + 1 WHERE key = ANY(:keys)"),
                       {"keys": list(keys)})
    if attempt == 1 and 9 in keys:
        os.kill(os.getpid(), signal.SIGKILL)

keys = lambda day: select(func.generate_series(1, literal(25)).column_valued("key"))
for attempt in (1, 2):
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        time.sleep(0.1)
        continue
    app = create_app(Settings.from_environment(os.environ))
    outbox.LEASE_SECONDS = 0.05
    runs.RUN_KINDS["test"] = runs.RunKind(keys, act, step_keys=4)
    with app.app_context():
        runs.start_run("test", date(2026, 11, 23))
        for effect_id in outbox.list_due_effects():
            outbox.carry_out(effect_id)
    os._exit(0)
"""


def test_a_killed_worker_leaves_what_the_next_one_goes_on_with(fresh_database, tmp_path):
    engine = create_engine(fresh_database.admin_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counted (key int PRIMARY KEY, times int)"))
        connection.execute(text("INSERT INTO counted SELECT n, 0 FROM generate_series(1, 25) n"))
        connection.execute(text("GRANT ALL ON counted TO recoup_app"))
    environment = {**os.environ, **fresh_database.process_environment(tmp_path / "var")}
    subprocess.run([sys.executable, "-c", WORKERS], env=environment, check=True)
    with engine.connect() as connection:
        times = connection.execute(text("SELECT DISTINCT times FROM counted")).scalars().all()
        run = connection.execute(
            text("SELECT r.state, b.done FROM runs r JOIN run_batches b ON b.run_id = r.id")
        ).one()
    engine.dispose()
    assert times == [1]
    assert tuple(run) == ("done", 25)
