"""Runs: the same work for many cases on a day, in batches that one odd case never ends.

A run begins as rows: a range of keys for each batch, and an effect in the night's queue for each
row. Workers go through a batch in steps of one transaction, in sets; the cursor moves with each
step, so that a worker that is killed loses one step at most. A step that fails is repeated key by
key: the odd one is noted with its reason and put on the worklist, the others are done. The same
run begins once a day; what failed or came in meanwhile is tried again the next day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import InterfaceError, OperationalError

from cases.core.database import db, transaction
from cases.core.many import one_of
from cases.core.outbox import LeaseLost, keep_lease, register_effect
from cases.core.retrying import RecordBusy, retrying
from cases.core.run_tables import Run, RunBatch, RunFailure, RunState

EFFECT = "run.batch"
#: So many keys are one effect; so many of them one transaction, unless the kind says otherwise.
BATCH_KEYS = 10_000
STEP_KEYS = 500
#: What says nothing about a key: the outbox tries the batch again.
MACHINE_FAILED = (MemoryError, OSError, OperationalError, InterfaceError, RecordBusy, LeaseLost)


@dataclass(frozen=True, slots=True)
class RunKind:
    """One kind of run."""

    #: The keys for which something is to be done on a day; none is named twice.
    keys: Callable[[date], Select[int]]
    #: Does it for some keys, in ascending order, in one transaction. May be called again.
    act: Callable[[Sequence[int], date], object]
    #: Puts a key that failed on somebody's desk, and takes it off again.
    on_failure: Callable[[int, str], object] = lambda key, kind: None
    on_recovery: Callable[[int, str], object] = lambda key, kind: None
    step_keys: int = STEP_KEYS
    keys_are_cases: bool = False


RUN_KINDS: dict[str, RunKind] = {}


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a worker needs to know of a batch."""

    id: int
    kind: str
    day: date
    last_key: int


def start_run(kind: str, day: date) -> bool:
    """Divide what is to be done on a day among effects; False if that was done already."""
    with transaction():
        run_id = db.session.scalar(
            insert(Run)
            .values(kind=kind, on_date=day, state=RunState.RUNNING)
            .on_conflict_do_nothing(index_elements=["kind", "on_date"])
            .returning(Run.id)
        )
        if run_id is None:
            return False
        for batch_id in _divide(run_id, RUN_KINDS[kind].keys(day)):
            register_effect(EFFECT, f"run:{kind}:{day}:{batch_id}", batch_id=batch_id)
        _close_if_done(run_id)
    return True


def _divide(run_id: int, keys: Select[int]) -> Sequence[int]:
    found = keys.subquery()
    key = found.c[0]
    parts = select(
        key.label("key"), ((func.row_number().over(order_by=key) - 1) // BATCH_KEYS).label("part")
    ).subquery()
    ranges = (
        select(
            text(":run_id").bindparams(run_id=run_id),
            func.min(parts.c.key),
            func.max(parts.c.key),
            func.min(parts.c.key) - 1,
            func.count(),
        )
        .group_by(parts.c.part)
        .order_by(parts.c.part)
    )
    columns = ["run_id", "first_key", "last_key", "cursor", "keys"]
    return db.session.scalars(
        insert(RunBatch).from_select(columns, ranges).returning(RunBatch.id)
    ).all()


def carry_out_batch(key: str, batch_id: int) -> None:
    """Carry out the effect of one batch, from its cursor on."""
    with transaction():
        row = db.session.execute(
            select(RunBatch.id, Run.kind, Run.on_date, RunBatch.last_key)
            .join(Run, Run.id == RunBatch.run_id)
            .where(RunBatch.id == batch_id)
        ).one()
    batch = _Batch(*row)
    while True:
        keep_lease()
        with transaction():
            keys = _next_keys(batch)
        if not keys:
            break
        _step(batch, keys)
    with transaction():
        _finish(batch)


def _next_keys(batch: _Batch) -> Sequence[int]:
    kind = RUN_KINDS[batch.kind]
    found = kind.keys(batch.day).subquery()
    key = found.c[0]
    cursor = select(RunBatch.cursor).where(RunBatch.id == batch.id).scalar_subquery()
    query = select(key).where(key > cursor, key <= batch.last_key)
    return db.session.scalars(query.order_by(key).limit(kind.step_keys)).all()


def _step(batch: _Batch, keys: Sequence[int]) -> None:
    """Do all keys in one transaction, or, if that fails, each in one of its own."""
    try:
        retrying(lambda: _act(batch, keys))
    except MACHINE_FAILED:
        raise
    except Exception:
        db.session.rollback()
        for key in keys:
            _act_alone(batch, key)


def _act_alone(batch: _Batch, key: int) -> None:
    try:
        retrying(lambda: _act(batch, [key]))
    except MACHINE_FAILED:
        raise
    except Exception as error:
        db.session.rollback()
        with transaction():
            _note_failure(batch, key, type(error).__name__)


def _act(batch: _Batch, keys: Sequence[int]) -> None:
    with transaction():
        _move_cursor(batch, keys, done=len(keys))
        RUN_KINDS[batch.kind].act(keys, batch.day)
        _note_recovery(batch.kind, keys)


def _move_cursor(batch: _Batch, keys: Sequence[int], **counted: int) -> None:
    """Take the batch, which no worker waits for another for; raises LeaseLost."""
    row = db.session.scalar(
        select(RunBatch)
        .where(RunBatch.id == batch.id, RunBatch.cursor < keys[0])
        .with_for_update(skip_locked=True, key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise LeaseLost  # Another worker goes on with it.
    row.cursor = keys[-1]
    for name, number in counted.items():
        setattr(row, name, getattr(row, name) + number)


def _note_failure(batch: _Batch, key: int, reason: str) -> None:
    _move_cursor(batch, [key], failed=1)
    noted: dict[str, Any] = {"reason": reason, "last_on": batch.day}
    db.session.execute(
        insert(RunFailure)
        .values(kind=batch.kind, key=key, first_on=batch.day, **noted)
        .on_conflict_do_update(
            index_elements=["kind", "key"],
            index_where=RunFailure.settled_at.is_(None),
            set_=noted,
        )
    )
    RUN_KINDS[batch.kind].on_failure(key, batch.kind)


def _note_recovery(kind: str, keys: Sequence[int]) -> None:
    recovered = db.session.scalars(
        update(RunFailure)
        .where(
            RunFailure.kind == kind, RunFailure.settled_at.is_(None), one_of(RunFailure.key, keys)
        )
        .values(settled_at=func.now())
        .returning(RunFailure.key)
    ).all()
    for key in recovered:
        RUN_KINDS[kind].on_recovery(key, kind)


def _finish(batch: _Batch) -> None:
    run_id = db.session.scalar(select(RunBatch.run_id).where(RunBatch.id == batch.id))
    # Whoever finishes last closes the run: they take turns.
    db.session.execute(select(Run.id).where(Run.id == run_id).with_for_update(key_share=True))
    db.session.execute(
        update(RunBatch).where(RunBatch.id == batch.id).values(finished_at=func.now())
    )
    _close_if_done(run_id)


def _close_if_done(run_id: int | None) -> None:
    left = select(RunBatch.id).where(RunBatch.run_id == run_id, RunBatch.finished_at.is_(None))
    db.session.execute(
        update(Run)
        .where(Run.id == run_id, ~left.exists())
        .values(state=RunState.DONE, finished_at=func.now())
    )
