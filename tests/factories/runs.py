"""Runs of the night, carried out at once."""

from sqlalchemy import select

from cases.core import clock
from cases.core.database import db, transaction
from cases.core.outbox import Effect, carry_out, list_due_effects
from cases.core.run_tables import Run, RunBatch
from cases.core.runs import EFFECT, start_run


def run_now(kind: str) -> tuple[int, int]:
    """Carry out a run of today to its end, as if it were its first; how many keys, and failures."""
    day = clock.today()
    with transaction():
        before = db.session.scalar(select(Run).where(Run.kind == kind, Run.on_date == day))
        if before is not None:
            db.session.delete(before)
    start_run(kind, day)
    carry_out_runs()
    counts = (
        select(RunBatch.done, RunBatch.failed)
        .join(Run, Run.id == RunBatch.run_id)
        .where(Run.kind == kind, Run.on_date == day)
    )
    found = db.session.execute(counts).all()
    return sum(row.done for row in found), sum(row.failed for row in found)


def carry_out_runs() -> None:
    """Carry out the batches that wait."""
    for effect_id in list_due_effects():
        effect = db.session.get(Effect, effect_id)
        if effect is not None and effect.kind == EFFECT:
            carry_out(effect_id)
    db.session.expire_all()
