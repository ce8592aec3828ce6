"""The nightly run of strategies: cases find theirs, then each is looked at and what is due begun.

Run: .venv/bin/python tests/bench/bench_strategies.py [cases]. Needs no running server. A tenth of
the cases is due for its first letter, which is put into the outbox and not set here; the others
wait for a hold, a promise or their day.
"""

import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import create_engine, func, select, text

from cases.core import clock
from cases.core.database import db, transaction
from cases.core.outbox import Effect, EffectState, carry_out, list_due_effects
from cases.core.queues import EffectQueue
from cases.core.runs import EFFECT, start_run
from cases.strategies.models import CaseStrategy, Intention
from tests.bench.bench_limitation import fill
from tests.bench.house import bench_house, bench_server
from tests.factories.records import debtor_details, make_agency, make_case, make_creditor
from tests.factories.strategies import make_live_strategy

TODAY = date(2026, 11, 23)
AGAINST = """
    INSERT INTO holds (public_id, case_id, creditor_id, reason, set_at)
    SELECT 'h' || id, id, creditor_id, 'creditor', now() FROM cases WHERE id % 10 BETWEEN 1 AND 3;
    INSERT INTO promises (case_id, creditor_id, amount_cents, currency, due_on, state, made_at)
    SELECT id, creditor_id, 10000, 'EUR', '2026-12-01', 'open', now() FROM cases
    WHERE id % 10 BETWEEN 4 AND 6;
    UPDATE case_strategies SET from_on = '2026-12-15' WHERE case_id % 10 BETWEEN 7 AND 9;
    ANALYZE
"""


def run(kind: str) -> float:
    """Carry out the batches of one run, and not what they put into the outbox."""
    started = time.perf_counter()
    start_run(kind, clock.today())
    for effect_id in list_due_effects(queues=frozenset({EffectQueue.NIGHT})):
        if db.session.get(Effect, effect_id).kind == EFFECT:
            carry_out(effect_id)
    return time.perf_counter() - started


def as_owner(admin_url: str, statements: str) -> None:
    """Carry out statements as the owner of the tables would."""
    engine = create_engine(admin_url)
    with engine.begin() as connection:
        for statement in statements.split(";"):
            connection.execute(text(statement))
    engine.dispose()


def measure(count: int) -> None:
    """Fill a clone, carry out both runs, print the figures."""
    with bench_house(TODAY) as house, house.app.app_context():
        with transaction():
            make_agency()
            creditor = make_creditor()
            case, _ = make_case(creditor, debtors=[debtor_details()])
            debtor_id = db.session.scalar(
                text("SELECT debtor_id FROM case_debtors WHERE case_id = :id"), {"id": case.id}
            )
            creditor_id = creditor.id
            make_live_strategy()
        fill(house.clone.admin_url, count, creditor_id, debtor_id)
        placing = run("strategies.placing")
        as_owner(house.clone.admin_url, AGAINST)
        steps, cpu = run("strategies.steps"), time.process_time()
        placed = db.session.scalar(select(func.count()).select_from(CaseStrategy))
        begun = db.session.scalar(select(func.count()).select_from(Intention))
        waiting = select(func.count()).where(
            Effect.kind == "strategies.letter", Effect.state == EffectState.WAITING
        )
        print(
            f"{count:>9,} cases: placed {placed:,} in {placing:.1f} s"
            f" ({count / placing:,.0f}/s), looked at in {steps:.1f} s ({count / steps:,.0f}/s);"
            f" {begun:,} begun, {db.session.scalar(waiting):,} letters queued,"
            f" {cpu:.0f} s of CPU since the start"
        )


if __name__ == "__main__":
    with bench_server():
        for number in map(int, sys.argv[1:] or ["5000", "10000"]):
            measure(number)
