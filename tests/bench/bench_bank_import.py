"""How long a large bank file takes: read, booked and matched, as a worker does it.

Run: python -m tests.bench.bench_bank_import [entries] [percent of them that name a case]
"""

import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from agency.app import create_app
from cases.core.database import db, transaction
from cases.core.outbox import carry_out
from cases.ledger.trust import prove_trust
from cases.payments.importing import receive_file
from cases.payments.queries import count_suspense
from tests.factories.bank_files import Transfer, camt053
from tests.factories.records import debtor_details, make_agency, make_case, make_creditor
from tests.infrastructure.clones import clone_template, drop_clone, template_server
from tests.infrastructure.databases import dispose
from tests.infrastructure.server import name_folder, remove_folder, run_folder

CASES = 200


def main(entries: int, matched_percent: int) -> None:
    """Make cases and a file, let it be imported, print what it took."""
    name_folder()
    postgres = template_server()
    clone = clone_template(postgres)
    with tempfile.TemporaryDirectory() as var:
        app = create_app(clone.settings(Path(var)))
        with app.app_context():
            with transaction():
                make_agency()
                creditor = make_creditor()
                numbers = [
                    make_case(creditor, debtors=[debtor_details(f"Nr{n}")])[0].number
                    for n in range(CASES)
                ]
            first = date(2026, 11, 2)
            data = camt053(
                [
                    Transfer(
                        100 + n % 900,
                        numbers[n % CASES] if n % 100 < matched_percent else f"Zahlung {n}",
                        reference=f"BANKREF{n:09}",
                        on=first + timedelta(days=n * 10 // entries),
                    )
                    for n in range(entries)
                ]
            )
            print(f"{entries} entries, {len(data) / 1e6:.1f} MB")
            with transaction():
                receive_file(data, "large.xml")
            effect_id = db.session.execute(db.text("SELECT max(id) FROM outbox_effects")).scalar()
            begun = time.perf_counter()
            carry_out(effect_id)
            print(
                f"imported in {time.perf_counter() - begun:.1f} s; "
                f"{count_suspense()} or more in suspense; "
                f"differences: {[each.difference_cents for each in prove_trust()]}"
            )
        dispose(app)
    drop_clone(postgres, clone)
    remove_folder(run_folder())


if __name__ == "__main__":
    main(*(int(each) for each in (*sys.argv[1:], *("5000", "50")[len(sys.argv) - 1 :])))
