"""The verification panel among many cases: how long the server works for one page.

Run: .venv/bin/python tests/bench/bench_objections.py [cases]. Needs no running server. The goal is
300 ms at a million cases; what it reads of other cases are counts by index.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from agency.app import create_app
from cases.claims.queries import list_debtors
from cases.core import clock
from cases.core.database import transaction
from cases.people.policy import Role
from tests.bench.bench_limitation import TODAY, fill
from tests.factories.casework import make_objection
from tests.factories.records import (
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.factories.visits import visit
from tests.infrastructure import server as files
from tests.infrastructure.clones import clone_template, drop_clone, template_server
from tests.infrastructure.databases import dispose

LOOKS = 20
GOAL_MS = 300


def measure(count: int) -> None:
    """Fill a clone, open the panel again and again, print the median and the slowest."""
    postgres = template_server()
    clone = clone_template(postgres)
    with TemporaryDirectory() as var:
        app = create_app(clone.settings(Path(var)))
        with app.app_context(), clock.clock_at(TODAY):
            with transaction():
                make_agency()
                creditor, worker = make_creditor(), make_user(Role.CASE_WORKER)
                case, _ = make_case(creditor, accepted_by=worker, debtors=[debtor_details()])
                address = f"/objections/{make_objection(case).public_id}"
                creditor_id, email = creditor.id, worker.email
                debtor_id = list_debtors(case.id)[0].debtor.id
            fill(clone.admin_url, count, creditor_id, debtor_id)
            person = visit(app, email)
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
        dispose(app)
    drop_clone(postgres, clone)


if __name__ == "__main__":
    files.name_folder()
    try:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    finally:
        files.remove_folder(files.run_folder())
