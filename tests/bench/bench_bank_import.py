"""How long a large bank file takes: read, booked and matched, as a worker does it.

Twice on the same cases: the second file counts from earlier days, so that what the first one
brought is taken out and allocated anew behind it.

Run: python -m tests.bench.bench_bank_import [entries] [cases] [percent that name a case]
"""

import sys
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import text

from cases.core.database import db, transaction
from cases.core.outbox import carry_out
from cases.ledger.trust import prove_trust
from cases.payments.importing import receive_file
from cases.payments.queries import count_suspense
from tests.bench.cpu import measured
from tests.bench.house import bench_house, bench_server
from tests.factories.bank_files import Transfer, camt053
from tests.factories.records import debtor_details, make_agency, make_case, make_creditor

TODAY = date(2026, 11, 23)
#: First days of the two files.
FILES = (date(2026, 11, 2), date(2026, 10, 5))


def main(entries: int, cases: int, matched_percent: int) -> None:
    """Make cases and two files, let them be imported, print what it took."""
    with bench_server(), bench_house(TODAY) as house, house.app.app_context():
        with transaction():
            make_agency()
            creditor = make_creditor()
            numbers = [
                make_case(creditor, debtors=[debtor_details(f"Nr{n}")])[0].number
                for n in range(cases)
            ]
        for place, first in enumerate(FILES, start=1):
            data = _file(numbers, entries, matched_percent, first, place)
            _import(place, data, entries)


def _file(
    numbers: Sequence[str], entries: int, matched_percent: int, first: date, place: int
) -> bytes:
    return camt053(
        [
            Transfer(
                100 + n % 900,
                numbers[n % len(numbers)] if n % 100 < matched_percent else f"Zahlung {n}",
                reference=f"BANKREF{place}{n:09}",
                on=first + timedelta(days=n * 10 // entries),
            )
            for n in range(entries)
        ],
        number=place,
    )


def _import(place: int, data: bytes, entries: int) -> None:
    with transaction():
        receive_file(data, f"large{place}.xml")
    effect_id = db.session.execute(text("SELECT max(id) FROM outbox_effects")).scalar_one()
    cost, _ = measured(lambda: carry_out(effect_id))
    cpu = cost.own_cpu + cost.database_cpu
    print(
        f"file {place}, {entries} entries, {len(data) / 1e6:.1f} MB: {cost};"
        f" {entries / cost.clock:,.0f}/s by the clock, {entries / cpu:,.0f}/s by CPU;"
        f" {count_suspense()} or more in suspense;"
        f" differences: {[each.difference_cents for each in prove_trust()]}"
    )


if __name__ == "__main__":
    main(*(int(each) for each in (*sys.argv[1:], *("5000", "1000", "100")[len(sys.argv) - 1 :])))
