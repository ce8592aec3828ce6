"""Figures of the ledger: a long statement, verification, aged balance on any past day.

Run: .venv/bin/python tests/bench/bench_ledger.py [claims]. Needs no running server.
"""

import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import create_engine, text

from cases.core import clock
from cases.core.database import db, transaction
from cases.ledger.books.aging import aged_balance
from cases.ledger.books.verifying import verify_ledger
from cases.ledger.models import Direction, EntryKind
from cases.ledger.queries import statement
from cases.ledger.services import allocate_by_law, post_payment
from cases.ledger.statement import ClaimTerms, Posting, compute_statement
from legal.allocation import Component
from legal.interest import InterestRule, RateKind
from tests.factories.records import make_agency, make_case, make_creditor
from tests.infrastructure import server as files
from tests.infrastructure.clones import clone_template, drop_clone, template_server
from tests.infrastructure.databases import dispose

TODAY = date(2026, 11, 23)

FILL = """
    INSERT INTO cases (public_id, number, creditor_id, jurisdiction, currency, phase, opened_on,
                       ordered_on, principal_cents, booked_open_cents, received_cents)
    SELECT 'b' || i, 'B-' || i, :creditor, 'de', 'EUR', 'amicable', '2026-01-01', '2026-01-01',
           (100 + i % 9000) * 100, (100 + i % 9000) * 100 - 5000, 5000
    FROM generate_series(1, :count) i;
    INSERT INTO claims (public_id, case_id, creditor_id, position, invoice_number,
        invoice_folded, invoiced_on,
        due_on, due_basis, consumer_notice, purpose, is_remuneration, is_consumer_loan,
        principal_cents, currency, performed, default_on)
    SELECT c.public_id, c.id, c.creditor_id, 1, c.number, replace(c.number, '-', ''),
           d.day, d.day + 14, 'contract', false,
           'consumer', true, false, c.principal_cents, 'EUR', true, d.day + 15
    FROM cases c, LATERAL (SELECT date '2026-10-01' - (c.id % 700)::int AS day) d
    WHERE c.number LIKE 'B-%';
    INSERT INTO journals (id, booked_on, posted_at, kind)
    SELECT 10000000 + claims.id, invoiced_on, invoiced_on, 'principal' FROM claims
    WHERE invoice_number LIKE 'B-%';
    INSERT INTO journals (id, booked_on, posted_at, kind)
    SELECT 20000000 + claims.id, invoiced_on + 20, invoiced_on + 20, 'payment' FROM claims
    WHERE invoice_number LIKE 'B-%';
    INSERT INTO ledger_entries (case_id, creditor_id, claim_id, journal_id, value_on, booked_on,
        posted_at, direction, component, kind, bears_interest, amount_cents, currency)
    SELECT case_id, creditor_id, id, 10000000 + id, invoiced_on, invoiced_on, invoiced_on,
           'debit', 'principal', 'principal', false, principal_cents, 'EUR'
    FROM claims WHERE invoice_number LIKE 'B-%'
    UNION ALL
    SELECT case_id, creditor_id, id, 20000000 + id, invoiced_on + 20, invoiced_on + 20,
           invoiced_on + 20, 'credit', 'principal', 'payment', false, 5000, 'EUR'
    FROM claims WHERE invoice_number LIKE 'B-%';
    INSERT INTO journal_lines (journal_id, account, creditor_id, case_id, amount_cents, currency)
    SELECT e.journal_id, v.account, e.creditor_id, e.case_id, v.cents, 'EUR'
    FROM ledger_entries e CROSS JOIN LATERAL (VALUES
        ('claims_due', CASE e.direction WHEN 'debit' THEN e.amount_cents ELSE -e.amount_cents END),
        ('claims_held', CASE e.direction WHEN 'debit' THEN -e.amount_cents ELSE e.amount_cents END)
    ) v (account, cents) WHERE e.journal_id > 10000000;
    INSERT INTO journal_lines (journal_id, account, creditor_id, case_id, amount_cents, currency)
    SELECT e.journal_id, v.account, e.creditor_id, e.case_id, v.cents, 'EUR'
    FROM ledger_entries e CROSS JOIN LATERAL (VALUES
        ('trust_bank', e.amount_cents), ('creditor_payables', -e.amount_cents)
    ) v (account, cents) WHERE e.journal_id > 20000000;
"""


def timed(work, repeat=1):
    """Seconds of the best run, and what it answered."""
    best, result = float("inf"), None
    for _ in range(repeat):
        begin = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - begin)
    return best, result


def pure_statement():
    """500 entries on five claims, no database."""
    known = datetime(2026, 11, 23, tzinfo=UTC)
    begin = date(2022, 1, 3)
    terms = [ClaimTerms(n, f"RE-{n}", begin, begin, begin, InterestRule(RateKind.CONSUMER))
             for n in range(1, 6)]  # fmt: skip
    postings = []
    for i in range(500):
        debit = i < 5
        postings.append(Posting(
            i + 1, i % 5 + 1, i, begin + timedelta(days=3 * i), begin, known,
            Direction.DEBIT if debit else Direction.CREDIT, Component.PRINCIPAL,
            EntryKind.PRINCIPAL if debit else EntryKind.PAYMENT, 50_000_00 if debit else 3_00,
        ))  # fmt: skip
    seconds, _ = timed(lambda: compute_statement(terms, postings, TODAY, known), 5)
    print(f"statement of 500 entries, pure: {seconds * 1000:.1f} ms")


def stored_statement():
    """The same through the database, after posting it entry by entry."""
    with transaction():
        make_agency()
        case, _ = make_case()
    begin = time.perf_counter()
    for n in range(250):
        day = date(2026, 8, 1) + timedelta(days=n % 100)
        with transaction():
            spread = allocate_by_law(statement(case.id, day), 1_00, day)
            post_payment(case, spread, amount_cents=1_00, value_on=day)
    each = (time.perf_counter() - begin) / 250
    print(f"payment allocated and posted: {each * 1000:.1f} ms")
    count = db.session.scalar(text("SELECT count(*) FROM ledger_entries"))
    seconds, _ = timed(lambda: statement(case.id, TODAY), 5)
    print(f"statement of {count} entries, stored: {seconds * 1000:.1f} ms")


def fill(admin_url, creditor_id, claims):
    """Write the rows as the database's owner, without triggers: filling is not measured."""
    engine = create_engine(admin_url)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement_ in FILL.split(";\n"):
            if statement_.strip():
                connection.execute(text(statement_), {"creditor": creditor_id, "count": claims})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def bulk(claims, admin_url):
    """Verification and aged balance over many claims."""
    with transaction():
        creditor = make_creditor("Stadtwerke Beispiel GmbH")
    fill(admin_url, creditor.id, claims)
    for day in (TODAY, date(2026, 3, 1)):
        seconds, rows = timed(lambda day=day: aged_balance(day), 3)
        print(f"aged balance of {claims} claims on {day}: {seconds:.2f} s ({len(rows)} rows)")
    seconds, found = timed(lambda: list(verify_ledger()))
    print(f"ledger verify: {claims / seconds:,.0f} cases/s, {len(found)} differences")


def main():
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    from agency.app import create_app

    files.name_folder()
    server = template_server()
    clone = clone_template(server)
    with TemporaryDirectory() as folder:
        app = create_app(clone.settings(Path(folder)))
        with app.app_context(), clock.clock_at(TODAY):
            pure_statement()
            stored_statement()
            bulk(claims, clone.admin_url)
        dispose(app)
    drop_clone(server, clone)
    files.remove_folder(files.run_folder())


if __name__ == "__main__":
    main()
