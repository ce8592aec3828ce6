"""Reads about runs: how far they are, and what failed in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from cases.core.database import db
from cases.core.run_tables import Run, RunBatch, RunFailure, RunState


@dataclass(frozen=True, slots=True)
class RunStanding:
    """A run and how far it is, in keys."""

    kind: str
    on_date: date
    state: RunState
    started_at: datetime
    finished_at: datetime | None
    keys: int
    done: int
    failed: int


def list_runs(limit: int = 40) -> list[RunStanding]:
    """The latest runs, newest first."""
    latest = select(Run).order_by(Run.on_date.desc(), Run.id).limit(limit).subquery()
    query = (
        select(
            latest.c.kind,
            latest.c.on_date,
            latest.c.state,
            latest.c.started_at,
            latest.c.finished_at,
            *(
                func.coalesce(func.sum(getattr(RunBatch, name)), 0)
                for name in ("keys", "done", "failed")
            ),
        )
        .outerjoin(RunBatch, RunBatch.run_id == latest.c.id)
        .group_by(*latest.c)
        .order_by(latest.c.on_date.desc(), latest.c.id)
    )
    return [
        RunStanding(kind, day, RunState(state), begun, ended, int(keys), int(done), int(failed))
        for kind, day, state, begun, ended, keys, done, failed in db.session.execute(query)
    ]


def first_run_day() -> date | None:
    """The first day on which runs began; None in a house without a night so far."""
    return db.session.scalar(select(func.min(Run.on_date)))


def count_begun(day: date) -> int:
    """How many kinds of run began on a day."""
    query = select(func.count()).select_from(Run).where(Run.on_date == day)
    return db.session.scalar(query) or 0


def has_unfinished(begun_before: datetime) -> bool:
    """Whether a run that began before a moment is still not done."""
    query = select(Run.id).where(Run.state == RunState.RUNNING, Run.started_at < begun_before)
    return db.session.scalar(query.limit(1)) is not None


def list_open_failures(limit: int = 50) -> Sequence[RunFailure]:
    """What failed and has not succeeded since, the oldest first."""
    query = select(RunFailure).where(RunFailure.settled_at.is_(None))
    return db.session.scalars(query.order_by(RunFailure.id).limit(limit)).all()
