"""The verification panel among many cases: how long the server works for one page.

Run: .venv/bin/python tests/bench/bench_objections.py [cases]. Needs no running server. The goal is
300 ms at a million cases; what it reads of other cases are counts by index.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from cases.claims.queries import list_debtors
from cases.core.database import transaction
from cases.people.policy import Role
from tests.bench.bench_limitation import TODAY, fill
from tests.bench.house import bench_house, bench_server
from tests.factories.casework import make_objection
from tests.factories.records import (
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.factories.visits import visit

LOOKS = 20
GOAL_MS = 300


def measure(count: int) -> None:
    """Fill a clone, open the panel again and again, print the median and the slowest."""
    with bench_house(TODAY) as house:
        with house.app.app_context(), transaction():
            make_agency()
            creditor, worker = make_creditor(), make_user(Role.CASE_WORKER)
            case, _ = make_case(creditor, accepted_by=worker, debtors=[debtor_details()])
            address = f"/objections/{make_objection(case).public_id}"
            creditor_id, email = creditor.id, worker.email
            debtor_id = list_debtors(case.id)[0].debtor.id
        fill(house.clone.admin_url, count, creditor_id, debtor_id)
        person = visit(house.app, email)
        took = []
        for _ in range(LOOKS):
            started = time.perf_counter()
            assert person.get(address).status_code == 200
            took.append(1000 * (time.perf_counter() - started))
        took.sort()
        print(
            f"{count:>9,} cases: median {took[LOOKS // 2]:.0f} ms, slowest {took[-1]:.0f} ms,"
            f" goal {GOAL_MS} ms"
        )


if __name__ == "__main__":
    with bench_server():
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
