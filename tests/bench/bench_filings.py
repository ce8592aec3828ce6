"""How long a file for a court takes: applications released, confirmed and handed over in sets.

Run: python -m tests.bench.bench_filings [applications ...]
"""

import sys
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from sqlalchemy import text

from cases.core.database import db, transaction
from cases.core.outbox import carry_out
from cases.filings.applications import batches, handing_over, releasing
from cases.filings.applications.models import BatchState
from tests.bench.cpu import Cost, measured
from tests.bench.house import bench_house, bench_server
from tests.factories.court_cases import make_house, make_ready_filing

T = TypeVar("T")
TODAY = date(2026, 11, 23)
#: Table -> columns that differ in each copy; `n` counts the copies.
_BASE = 1_000_000
COPIES = {
    "cases": {"id": "{b}+n", "number": "'2026-'||lpad(n::text, 7, '0')||'-0'"},
    "case_debtors": {"case_id": "{b}+n"},
    "claims": {"id": "{b}+n", "case_id": "{b}+n", "invoice_number": "'B-'||n"},
    "journals": {"id": "{b}+n"},
    "journal_lines": {"id": "{b}+n*4+row_number() OVER (PARTITION BY n)", "journal_id": "{b}+n",
                      "case_id": "{b}+n"},
    "ledger_entries": {"id": "{b}+n", "journal_id": "{b}+n", "case_id": "{b}+n",
                       "claim_id": "{b}+n"},
    "letters": {"id": "{b}+n", "number": "'L-B'||n", "case_id": "{b}+n"},
    "court_declarations": {"id": "{b}+n", "case_id": "{b}+n"},
    "filings": {"id": "{b}+n", "case_id": "{b}+n",
                "own_ref": "'2026-'||lpad(n::text, 7, '0')||'-0'"},
}  # fmt: skip


def main(sizes: list[int]) -> None:
    """For each size: copies of one ready case, one file, and the CPU its steps took."""
    with bench_server():
        for size in sizes:
            with bench_house(TODAY) as house, house.app.app_context():
                _run(size)


def _run(size: int) -> None:
    with transaction():
        house = make_house()
        make_ready_filing(house)
        people = house.first.id, house.second.id
        _copy(size)
    with transaction():
        asked = _timed(lambda: releasing.release(None, people[0]))
        name = asked[1][0].public_id
    made = _timed(_carry_out_last)
    with transaction():
        batch = batches.lock_batch(name)
        assert (batch.state, batch.returned) == (BatchState.RELEASED, []), batch.returned[:3]
        confirmed = _timed(lambda: batches.confirm(batch, people[1]))
    with transaction():
        batch = batches.lock_batch(name)
        recorded = _timed(lambda: handing_over.hand_over(batch, people[0], "EGVP"))
    done = _timed(_carry_out_last)
    proceedings = db.session.execute(text("SELECT count(*) FROM proceedings")).scalar()
    print(
        f"{size + 1} applications: release asked {asked[0]}; made {made[0]}; "
        f"confirmed {confirmed[0]}; hand-over asked {recorded[0]}; "
        f"carried out {done[0]}; {proceedings} proceedings"
    )


def _copy(size: int) -> None:
    """Copies of the one case there is, table by table; the database takes them as they are."""
    db.session.flush()
    for table, changed in COPIES.items():
        names = db.session.execute(
            text("SELECT column_name FROM information_schema.columns WHERE table_name = :t"),
            {"t": table},
        ).scalars()
        columns = list(names)
        values = [_value(table, name, changed) for name in columns]
        db.session.execute(text(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "
            f"FROM {table} CROSS JOIN generate_series(1, {size}) n"
        ))  # fmt: skip


def _value(table: str, name: str, changed: dict[str, str]) -> str:
    if name in changed:
        return changed[name].format(b=_BASE)
    if name == "public_id":
        return f"md5('{table}'||n)"
    return f"{table}.{name}"


def _carry_out_last() -> None:
    carry_out(int(db.session.execute(text("SELECT max(id) FROM outbox_effects")).scalar_one()))


def _timed(work: Callable[[], T]) -> tuple[Cost, T]:
    """What a step cost, with what it still had to write."""

    def whole() -> T:
        found = work()
        db.session.flush()
        return found

    return measured(whole)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [500, 1000, 2000])
