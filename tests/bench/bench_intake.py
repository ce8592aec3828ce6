"""An upload from its bytes to cases, at full size, against a plain COPY of the same rows.

Run: python -m tests.bench.bench_intake [rows]. It reads, checks and opens; 1 row in 100 is wrong.
"""

import csv
import io
import resource
import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

import psycopg
from sqlalchemy import text

from agency.running.database_roles import plain_url
from cases.claims.models import DueBasis, Purpose
from cases.core.database import db, transaction
from cases.intake.declaration import Declaration
from cases.intake.opening import open_submission
from cases.intake.queries import tally
from cases.intake.reading_in import read_submission
from cases.intake.services import hand_in, hand_over
from tests.bench.cpu import measured
from tests.bench.house import bench_house, bench_server
from tests.factories.records import make_agency, make_creditor
from tests.factories.uploads import HEADER
from tests.infrastructure.clones import clone_template, template_server

T = TypeVar("T")
TODAY = date(2026, 11, 23)
#: What the opened cases refer to.
BEFORE = ("creditors",)
TABLES = (
    "debtors", "debtor_addresses", "cases", "case_debtors", "claims", "journals", "journal_lines",
    "ledger_entries", "timeline_events", "work_items",
)  # fmt: skip
DECLARED = Declaration(
    due_basis=DueBasis.CONTRACT, reminder="none", purpose=Purpose.CONSUMER, performed=True,
    undisputed=True,
)  # fmt: skip


def long_list(rows: int) -> bytes:
    """Invoices of customers with one and a half invoices each; every hundredth row is wrong."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADER)
    for n in range(rows):
        customer = n * 2 // 3
        amount = "abc" if n % 100 == 99 else f"{20 + n % 900},{n % 100:02}"
        writer.writerow([
            f"RE-{n:07}", f"{1 + n % 28:02}.0{1 + n % 6}.2026", f"{1 + n % 28:02}.07.2026", amount,
            f"Kunde {customer} GmbH", f"Straße {customer % 190 + 1}",
            f"{10000 + customer % 89999:05}", "Musterstadt",
        ])  # fmt: skip
    return out.getvalue().encode("cp1252")


def step(what: str, rows: int, work: Callable[[], T]) -> T:
    """Print what a step cost, and the memory so far."""
    cost, found = measured(work)
    cpu = cost.own_cpu + cost.database_cpu
    print(f"{what:32} {cost}, {rows / cpu:,.0f} rows/s by CPU; peak {peak_mb()} MB", flush=True)
    return found


def peak_mb() -> int:
    """The most memory this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def plain_copy(source: str, target: str, rows: int) -> None:
    """The limit: the same rows by COPY into the same tables, constraints and triggers included."""
    with (
        psycopg.connect(plain_url(source)) as old,
        psycopg.connect(plain_url(target)) as new,
    ):
        data = {table: copied_out(old, table) for table in (*BEFORE, *TABLES)}
        for table in BEFORE:
            copy_in(new, table, data[table])
        new.commit()
        step("plain COPY of what was opened", rows, lambda: copy_all(new, data))


def copy_all(connection: psycopg.Connection, data: Mapping[str, bytes]) -> None:
    """All tables, committed together."""
    for table in TABLES:
        copy_in(connection, table, data[table])
    connection.commit()


def copied_out(connection: psycopg.Connection, table: str) -> bytes:
    """A whole table as COPY writes it."""
    with connection.cursor().copy(f"COPY {table} TO STDOUT") as out:
        return b"".join(bytes(part) for part in out)


def copy_in(connection: psycopg.Connection, table: str, data: bytes) -> None:
    """A whole table at once."""
    with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        copy.write(data)


def main(rows: int) -> None:
    """Measure each step on a database of its own."""
    with bench_server(), bench_house(TODAY) as house:
        with house.app.app_context():
            run(rows)
            db.session.remove()
        empty = clone_template(template_server())
        plain_copy(house.clone.admin_url, empty.admin_url, rows)


def run(rows: int) -> None:
    """Hand in, read, hand over, open."""
    with transaction():
        make_agency()
        creditor = make_creditor()
        submission_id = hand_in(creditor.id, 1, long_list(rows), "lang.csv", "text/csv").id
    print(f"before the worker begins: {peak_mb()} MB")
    step("read, check, write rows", rows, lambda: read_submission("bench", submission_id))
    found = step("figures of the check page", rows, lambda: tally(submission_id))
    assert (found.errors.rows, found.ready.rows) == (rows // 100, rows - rows // 100)
    with transaction():
        hand_over(submission_id, DECLARED)
    step("open cases in sets", rows, lambda: open_submission("bench", submission_id))
    made = db.session.execute(
        text("SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM claims)")
    ).one()
    print(f"{made[0]:,} cases with {made[1]:,} claims")
    db.session.rollback()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
