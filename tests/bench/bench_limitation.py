"""The nightly run of limitation over new claims: none of them has a day yet, 1 % are near it.

Run: .venv/bin/python tests/bench/bench_limitation.py [claims ...]. Needs no running server.
"""

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import create_engine, func, select, text

from cases.claims.models import Claim
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.outbox import carry_out, list_due_effects
from cases.core.run_tables import RunBatch
from cases.core.runs import start_run
from cases.worklist.models import WorkItem
from tests.bench.cpu import measured
from tests.bench.house import bench_house, bench_server
from tests.factories.records import debtor_details, make_agency, make_case, make_creditor

TODAY = date(2026, 11, 23)
FILL = """
    INSERT INTO cases (public_id, number, creditor_id, jurisdiction, currency, phase, opened_on,
                       ordered_on, principal_cents, booked_open_cents, received_cents)
    SELECT 'b' || i, 'B-' || i, :creditor, 'de', 'EUR', 'amicable', '2026-01-01', '2026-01-01',
           10000, 10000, 0
    FROM generate_series(1, :count) i;
    INSERT INTO case_debtors (case_id, debtor_id, creditor_id, position, submitted_name,
                              submitted_address)
    SELECT id, :debtor, creditor_id, 1, 'Weber', '' FROM cases WHERE number LIKE 'B-%';
    INSERT INTO claims (public_id, case_id, creditor_id, position, invoice_number, invoice_folded,
        invoiced_on, due_on, due_basis, consumer_notice, purpose, is_remuneration,
        is_consumer_loan, principal_cents, currency, performed)
    SELECT public_id, id, creditor_id, 1, number, replace(number, '-', ''),
           day, day + 14, 'contract', false, 'consumer', true, false, 10000, 'EUR', true
    FROM (SELECT c.*, CASE WHEN c.id % 100 = 0 THEN date '2023-05-01'
                      ELSE date '2026-10-01' - (c.id % 700)::int END AS day FROM cases c) c
    WHERE number LIKE 'B-%';
    ANALYZE
"""


def fill(admin_url: str, count: int, creditor_id: int, debtor_id: int) -> None:
    """Write the cases as the owner would, in sets."""
    engine = create_engine(admin_url)
    with engine.begin() as connection:
        values = {"count": count, "creditor": creditor_id, "debtor": debtor_id}
        for statement in FILL.split(";"):
            names = [name for name in values if f":{name}" in statement]
            connection.execute(text(statement), {name: values[name] for name in names})
    engine.dispose()


def run(kind: str) -> None:
    """Carry out one run to its end."""
    start_run(kind, clock.today())
    while due := list_due_effects():
        for effect_id in due:
            carry_out(effect_id)


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
        fill(house.clone.admin_url, count, creditor_id, debtor_id)
        warnings, _ = measured(lambda: run("limitation.warnings"))
        days, _ = measured(lambda: run("limitation.days"))
        done = db.session.scalar(select(func.sum(RunBatch.done)))
        left = select(func.count()).where(Claim.limitation_conservative_on.is_(None))
        warned = select(func.count()).where(WorkItem.reason == "limitation_near")
        print(
            f"{count:>9,} new claims: warnings first {warnings}; days {days},"
            f" {count / days.clock:,.0f}/s; {done:,} cases,"
            f" {db.session.scalar(left)} left,"
            f" {db.session.scalar(warned):,} warned"
        )


if __name__ == "__main__":
    with bench_server():
        for size in sys.argv[1:] or ["50000"]:
            measure(int(size))
