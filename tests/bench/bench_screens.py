"""Figures of the screens over many cases: worklist, case, search, a creditor's pages.

Run: python -m tests.bench.bench_screens [cases ...]. Needs no running server. One creditor owns
half of all cases, another one hundredth part; every debtor has a case; nine of ten items sleep.
"""

import math
import statistics
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import event
from sqlalchemy.engine import Engine

from cases.core.database import transaction
from cases.people.policy import Role
from tests.bench.house import bench_house, bench_server
from tests.factories.records import make_agency, make_creditor, make_user
from tests.factories.visits import visit

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
REPEAT = 7
#: One given name in thirty is Anna; surnames are rare, as they are in life.
FILL = """
    INSERT INTO debtors (id, public_id, kind, name, given_name, sort_name, phone, language)
    SELECT 1000 + i, 'd' || i, 'natural_person', 'Beispiel' || i,
           CASE WHEN i % 30 = 0 THEN 'Anna' ELSE 'Vorname' || i % 5000 END,
           CASE WHEN i % 30 = 0 THEN 'anna' ELSE 'vorname' || i % 5000 END || ' beispiel' || i,
           '04131 ' || (1000000 + i), 'de' FROM generate_series(1, :count) i;
    INSERT INTO debtor_addresses (debtor_id, street, postcode, city, country, valid_from)
    SELECT 1000 + i, 'Musterstraße ' || i % 200, lpad((i % 9000 + 10000)::text, 5, '0'), 'Ort',
           'DE', date '2026-01-01' FROM generate_series(1, :count) i;
    INSERT INTO cases (id, public_id, number, creditor_id, jurisdiction, currency, phase, opened_on,
                       ordered_on, accepted_at, principal_cents, booked_open_cents, received_cents)
    SELECT 1000 + i, 'b' || i, '2026-' || lpad(i::text, 7, '0') || '-0',
           CASE WHEN i % 2 = 0 THEN :large WHEN i % 100 = 1 THEN :small ELSE :others END, 'de',
           'EUR', 'amicable', date '2026-11-20' - (i % 300)::int, date '2026-01-01', now(),
           (100 + i % 9000) * 100, (100 + i % 9000) * 100 - 5000, 5000
    FROM generate_series(1, :count) i;
    INSERT INTO case_debtors (case_id, debtor_id, creditor_id, position, submitted_name,
                              submitted_address, customer_number)
    SELECT 1000 + i, 1000 + i, c.creditor_id, 1, d.given_name || ' ' || d.name, 'Ort', 'K-' || i
    FROM generate_series(1, :count) i JOIN cases c ON c.id = 1000 + i
    JOIN debtors d ON d.id = 1000 + i;
    INSERT INTO claims (public_id, case_id, creditor_id, position, invoice_number, invoice_folded,
        invoiced_on, due_on, due_basis, consumer_notice, purpose, is_remuneration, is_consumer_loan,
        principal_cents, currency, performed, default_on)
    SELECT c.public_id, c.id, c.creditor_id, 1, 'RE-' || c.id, 'RE' || c.id, date '2026-03-01',
           date '2026-03-15', 'contract', false, 'consumer', true, false, c.principal_cents, 'EUR',
           true, date '2026-03-16' FROM cases c WHERE c.id > 1000;
    INSERT INTO journals (id, booked_on, posted_at, kind)
    SELECT 10000000 + id, date '2026-03-01', now(), 'principal' FROM claims;
    INSERT INTO journals (id, booked_on, posted_at, kind)
    SELECT 20000000 + id, date '2026-11-20' - (id % 300)::int, now(), 'payment' FROM claims;
    INSERT INTO ledger_entries (case_id, creditor_id, claim_id, journal_id, value_on, booked_on,
        posted_at, direction, component, kind, bears_interest, amount_cents, currency)
    SELECT case_id, creditor_id, id, 10000000 + id, invoiced_on, invoiced_on, now(),
           'debit', 'principal', 'principal', false, principal_cents, 'EUR' FROM claims
    UNION ALL
    SELECT case_id, creditor_id, id, 20000000 + id, date '2026-11-20' - (id % 300)::int,
           date '2026-11-20' - (id % 300)::int, now(), 'credit', 'principal', 'payment', false,
           5000, 'EUR' FROM claims;
    INSERT INTO timeline_events (occurred_on, case_id, creditor_id, at, kind, params,
                                 creditor_visible)
    SELECT date '2026-11-20' - (c.id % 300)::int, c.id, c.creditor_id,
           timestamptz '2026-11-20' - (c.id % 300) * interval '1 day' + v.n * interval '1 second',
           v.kind, '{}', true
    FROM cases c CROSS JOIN (VALUES (1, 'case.accepted'), (2, 'letter.sent'), (3, 'promise.kept'))
         v (n, kind) WHERE c.id > 1000;
    INSERT INTO work_items (public_id, case_id, creditor_id, queue, urgency, negative_cents, since,
        visible_on, reason, params, cause, owner_id, created_at, done_at, done_by)
    SELECT 'w' || c.id, c.id, c.creditor_id, q.queue, q.urgency, -c.booked_open_cents,
           date '2026-03-15',
           CASE WHEN c.id % 10 = 0 THEN date '2026-11-01' ELSE date '2026-12-15' END,
           q.reason, q.params::jsonb, 'bench:' || c.id,
           CASE WHEN c.id % 50 = 0 THEN :worker END, now(), NULL, NULL
    FROM cases c JOIN (VALUES
        (0, 'step_due', 5, 'first_demand_due', '{}'),
        (1, 'new_case', 5, 'new_case', '{"claims": 1}'),
        (2, 'payment', 3, 'paid_in_full', '{}'), (3, 'step_due', 5, 'first_demand_due', '{}'),
        (4, 'task', 5, 'document_arrived', '{"name": "a"}')) q (n, queue, urgency, reason, params)
      ON q.n = (c.id / 10) % 5
    WHERE c.id > 1000;
    INSERT INTO work_items (public_id, case_id, creditor_id, queue, urgency, negative_cents, since,
        visible_on, reason, params, cause, created_at, done_at, done_by)
    SELECT 'x' || c.id, c.id, c.creditor_id, 'objection', 3, -c.booked_open_cents,
           date '2026-03-15', date '2026-11-01', 'objection_open', '{"kind_code": "paid"}',
           'objection:' || c.id, now(), NULL, NULL
    FROM cases c WHERE c.id > 1000 AND c.id % 1500 = 0;
    INSERT INTO work_items (public_id, case_id, creditor_id, queue, urgency, negative_cents, since,
        visible_on, reason, params, cause, created_at, done_at, done_by)
    SELECT 'y' || c.id, c.id, c.creditor_id, 'new_case', 5, 0, date '2026-03-15',
           date '2026-11-01', 'new_case', '{"claims": 1}', 'done:' || c.id, now(),
           timestamptz '2026-11-01', :worker FROM cases c WHERE c.id > 1000;
"""

STAFF = {
    "worklist": "/worklist",
    "worklist, one queue": "/worklist?queue=new_case",
    "worklist, mine": "/worklist?mine=1",
    "worklist, oldest first": "/worklist?sort=oldest",
    "worklist, deep page": "/worklist?after=5.-500000.20260315.1",
    "case": "/cases/b242",
    "search: number": "/cases?q=2026-0000242&phase=amicable",
    "search: invoice": "/cases?q=RE-1242&phase=amicable",
    "search: rare name": "/cases?q=beispiel242",
    "search: one name in thirty": "/cases?q=anna",
    "search: everybody's street": "/cases?q=musterstr",
    "search: phone": "/cases?q=04131 1000242&phase=amicable",
}
PORTAL = {
    "start page": "/overview",
    "own cases": "/my-cases",
    "own cases, one stage": "/my-cases?stage=amicable",
    "own cases: rare name": "/my-cases?q=beispiel242",
    "own cases: one name in thirty": "/my-cases?q=anna",
    "own cases: invoice": "/my-cases?q=RE-1302",
}


class Watch:
    """Statements and the time the database took for them."""

    def __init__(self):
        self.statements, self.seconds = 0, 0.0
        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "after_cursor_execute", self._after)

    def _before(self, connection, *_):
        connection.info["begun"] = time.perf_counter()

    def _after(self, connection, *_):
        self.statements += 1
        self.seconds += time.perf_counter() - connection.info["begun"]


def measure(client, address, watch) -> tuple[float, float, int]:
    """Milliseconds of the whole page and of the database, and statements: medians."""
    totals, inside = [], []
    for _ in range(REPEAT + 1):
        watch.statements, watch.seconds = 0, 0.0
        begin = time.perf_counter()
        answer = client.get(address)
        totals.append((time.perf_counter() - begin) * 1000)
        inside.append(watch.seconds * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
    return statistics.median(totals[1:]), statistics.median(inside[1:]), watch.statements


@contextmanager
def house(cases):
    """An application over so many cases, and clients for a worker and two creditors."""
    with bench_house(NOW, RECOUP_NOW="2026-11-23T10:00:00+01:00") as made:
        with made.app.app_context(), transaction():
            make_agency()
            worker = make_user(Role.CASE_WORKER)
            creditors = [make_creditor(name) for name in ("Große AG", "Kleine GmbH", "Andere")]
            emails = [worker.email] + [
                make_user(Role.CREDITOR, creditor=one).email for one in creditors[:2]
            ]
            large, small, others = (one.id for one in creditors)
            worker_id = worker.id
        made.fill(FILL, count=cases, large=large, small=small, others=others, worker=worker_id)
        yield [visit(made.app, email) for email in emails]


def main():
    sizes = [int(number) for number in sys.argv[1:]] or [20_000, 100_000]
    watch, found = Watch(), {}
    with bench_server():
        for size in sizes:
            with house(size) as (worker, large, small):
                for name, address in STAFF.items():
                    found[name, size] = measure(worker, address, watch)
                for whose, client in (("large", large), ("small", small)):
                    for name, address in PORTAL.items():
                        found[f"{whose} creditor, {name}", size] = measure(client, address, watch)
    heads = " | ".join(f"{size:,} cases: ms (database, statements)" for size in sizes)
    print(f"| page | {heads} | slope |")
    print("|---" * (len(sizes) + 2) + "|")
    for name in dict.fromkeys(name for name, _ in found):
        cells = [found[name, size] for size in sizes]
        shown = " | ".join(f"{whole:.0f} ({inside:.1f}, {count})" for whole, inside, count in cells)
        ratio = math.log(cells[-1][1] / cells[0][1]) / math.log(sizes[-1] / sizes[0])
        print(f"| {name} | {shown} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
