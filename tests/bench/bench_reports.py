"""Reports over two years: a million contacts, and the aged balance by age for all and one client.

Run: .venv/bin/python tests/bench/bench_reports.py [cases] [contacts]. Needs no running server.
"""

import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import create_engine, text

from cases.core import clock
from cases.core.database import transaction
from cases.recoveries.effectiveness import Approach, DebtPayment, NewDebt, measure
from cases.recoveries.reports.registry import REPORTS
from cases.recoveries.reports.shape import Scope
from tests.factories.records import make_agency, make_creditor
from tests.infrastructure import server as files
from tests.infrastructure.clones import clone_template, drop_clone, template_server
from tests.infrastructure.databases import dispose

TODAY = date(2026, 11, 23)
FILL = """
    INSERT INTO debtors (public_id, kind, name, sort_name)
    SELECT 'd' || i, 'natural_person', 'P' || i, 'p' || i FROM generate_series(1, :cases) i;
    INSERT INTO cases (public_id, number, creditor_id, jurisdiction, currency, phase, opened_on,
                       ordered_on, principal_cents, booked_open_cents, received_cents)
    SELECT 'b' || i, 'B-' || i, :creditor, 'de', 'EUR', 'amicable', d.day, d.day, 50000, 45000, 5000
    FROM generate_series(1, :cases) i,
         LATERAL (SELECT date '2026-11-20' - (i * 7 % 700) AS day) d;
    INSERT INTO case_debtors (case_id, debtor_id, creditor_id, position, submitted_name,
                              submitted_address)
    SELECT c.id, d.id, c.creditor_id, 1, d.name, '' FROM cases c
    JOIN debtors d ON d.public_id = 'd' || substr(c.number, 3);
    INSERT INTO claims (public_id, case_id, creditor_id, position, invoice_number,
        invoice_folded, invoiced_on, due_on, due_basis, purpose, principal_cents, performed,
        consumer_notice, is_remuneration, is_consumer_loan, currency)
    SELECT c.public_id, c.id, c.creditor_id, 1, c.number, c.number, c.opened_on - 60,
           c.opened_on - 30, 'contract', 'consumer', 50000, true, false, true,
           false, 'EUR' FROM cases c;
    INSERT INTO journals (id, booked_on, posted_at, kind)
    SELECT 10000000 + id, invoiced_on, invoiced_on, 'principal' FROM claims;
    INSERT INTO journals (id, booked_on, posted_at, kind)
    SELECT 20000000 + id, invoiced_on + 75, invoiced_on + 75, 'payment' FROM claims
    WHERE id % 3 = 0;
    INSERT INTO ledger_entries (case_id, creditor_id, claim_id, journal_id, value_on, booked_on,
        posted_at, direction, component, kind, bears_interest, amount_cents, currency)
    SELECT case_id, creditor_id, id, 10000000 + id, invoiced_on, invoiced_on, invoiced_on,
           'debit', 'principal', 'principal', false, principal_cents, 'EUR' FROM claims
    UNION ALL
    SELECT case_id, creditor_id, id, 20000000 + id, invoiced_on + 75, invoiced_on + 75,
           invoiced_on + 75, 'credit', 'principal', 'payment', false, 5000, 'EUR'
    FROM claims WHERE id % 3 = 0;
    INSERT INTO contacts (occurred_on, case_id, creditor_id, at, channel, direction, outcome)
    SELECT c.opened_on + n.day, c.id, c.creditor_id, c.opened_on + n.day,
           (ARRAY['phone', 'email', 'visit', 'sms'])[1 + (c.id + n.day) % 4], 'outbound',
           (ARRAY['refuses', 'not_reached', 'reached_pays'])[1 + (c.id * n.day) % 3]
    FROM cases c, LATERAL (SELECT 3 * k AS day FROM generate_series(1, :each) k) n;
"""


def timed(work, repeat=3):
    """Seconds of the best run, and what it answered."""
    best, result = float("inf"), None
    for _ in range(repeat):
        begin = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - begin)
    return best, result


def pure(contacts):
    """The rule itself on plain facts, no database."""
    debts = [NewDebt(str(i), str(i % 90_000), date(2025, 1 + i % 12, 1 + i % 28), 500_00)
             for i in range(100_000)]  # fmt: skip
    approaches = [
        Approach(str(i % 90_000), "phone" if i % 2 else "letter",
                 date(2025 + i % 2, 1 + i // 90_000, 1 + i % 28))
        for i in range(contacts)
    ]  # fmt: skip
    payments = [DebtPayment(str(i), date(2026, 1 + i % 11, 1 + i % 28), 50_00)
                for i in range(0, 100_000, 3)]  # fmt: skip
    months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
    seconds, _ = timed(lambda: measure(months, 30, debts, approaches, payments))
    print(f"control report, {contacts} contacts over 24 months, pure: {seconds:.2f} s")


def fill(admin_url, **numbers):
    """Write the rows as the database's owner, without triggers: filling is not measured."""
    engine = create_engine(admin_url)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in FILL.split(";\n"):
            if statement.strip():
                connection.execute(text(statement), numbers)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def stored(admin_url, cases, contacts):
    """Every report on the books of the house."""
    with transaction():
        make_agency()
        creditor = make_creditor("Stadtwerke Beispiel GmbH")
    fill(admin_url, creditor=creditor.id, cases=cases, each=contacts // cases)
    scope = Scope(TODAY, clock.now(), months=24)
    for code, report in REPORTS.items():
        seconds, figures = timed(lambda report=report: report.work_out(scope))
        print(
            f"{code}, {cases} cases, {contacts} contacts: {seconds:.2f} s, {len(figures.rows)} rows"
        )


def main():
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    contacts = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    from agency.app import create_app

    pure(contacts)
    files.name_folder()
    server = template_server()
    clone = clone_template(server)
    with TemporaryDirectory() as folder:
        app = create_app(clone.settings(Path(folder)))
        with app.app_context(), clock.clock_at(TODAY):
            stored(clone.admin_url, cases, contacts)
        dispose(app)
    drop_clone(server, clone)
    files.remove_folder(files.run_folder())


if __name__ == "__main__":
    main()
