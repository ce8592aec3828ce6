"""Figures for Prometheus, each counted when asked; no personal data, no names of clients."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select

from agency.settings import Settings
from cases.core import clock
from cases.core.database import db
from cases.core.outbox import Effect, EffectState
from cases.core.run_tables import RunFailure
from cases.worklist.drills import find_last_drill

Values = dict[tuple[str, ...], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it means and how it is counted, by its labels."""

    name: str
    meaning: str
    labels: tuple[str, ...]
    count: Callable[[Settings], Values]


def _effects(_: Settings) -> Values:
    query = (
        select(Effect.kind, Effect.state, func.count())
        .where(Effect.state != EffectState.DONE)
        .group_by(Effect.kind, Effect.state)
    )
    return {(kind, state.value): count for kind, state, count in db.session.execute(query)}


def _oldest(_: Settings) -> Values:
    query = select(func.extract("epoch", func.now() - func.min(Effect.available_at))).where(
        Effect.state == EffectState.WAITING, Effect.available_at <= func.now()
    )
    return {(): float(db.session.scalar(query) or 0)}


def _run_failures(_: Settings) -> Values:
    query = (
        select(RunFailure.kind, func.count())
        .where(RunFailure.settled_at.is_(None))
        .group_by(RunFailure.kind)
    )
    return {(kind,): count for kind, count in db.session.execute(query)}


def _disk(settings: Settings) -> Values:
    return {(): float(shutil.disk_usage(settings.var_folder).free)}


def _drill(_: Settings) -> Values:
    last = find_last_drill()
    if last is None:
        return {}
    return {
        ("age",): (clock.now() - last.finished_at).total_seconds(),
        ("took",): float(last.seconds),
    }


FIGURES = (
    Figure("effects", "Effects that are not done, by kind and state", ("kind", "state"), _effects),
    Figure("oldest_due_seconds", "How long the oldest effect waits for a worker", (), _oldest),
    Figure("run_failures", "Cases that nightly runs failed for", ("kind",), _run_failures),
    Figure("disk_free_bytes", "Free room where files are kept", (), _disk),
    Figure("drill_seconds", "Age and length of the last restore that was tried", ("what",), _drill),
)
