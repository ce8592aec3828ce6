"""What a letter costs in a worker, against the floor: WeasyPrint alone with the same pages.

The worker is set up as in production and carries out the effects of released letters; the floor
is a small process that sets the same HTML and does nothing else. Both warm up before.

Run: python -m tests.bench.bench_letters [letters]
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
from sqlalchemy import text

from agency.jobs import carry_out_job, start_worker_context
from cases.core.database import db, transaction
from cases.letters.models import Letter
from cases.letters.rendering import render_html
from cases.people.policy import Role
from tests.bench.cpu import measured
from tests.factories.casework import make_letter
from tests.factories.records import (
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.infrastructure.clones import clone_template, drop_clone, template_server
from tests.infrastructure.databases import dispose
from tests.infrastructure.server import name_folder, remove_folder, run_folder

WARM = 10
FLOOR = """
import json, sys, time
from cases.letters.pdf import render_pdf
pages = json.load(sys.stdin)
for html in pages[:10]:
    render_pdf(html)
begun = time.process_time()
for html in pages[10:]:
    render_pdf(html)
print((time.process_time() - begun) / len(pages[10:]))
"""


def main(letters: int) -> None:
    """Release letters, let a worker's process send them, set the same pages alone."""
    name_folder()
    postgres = template_server()
    clone = clone_template(postgres)
    with tempfile.TemporaryDirectory() as var:
        app = start_worker_context(clone.settings(Path(var)))
        with app.app_context():
            pages = _release(WARM + letters)
            effects = list(
                db.session.scalars(
                    text("SELECT id FROM outbox_effects WHERE kind = 'letter.send' ORDER BY id")
                )
            )
            db.session.rollback()
        _carry_out(effects[:WARM])
        before = _memory_mb()
        cost, _ = measured(lambda: _carry_out(effects[WARM:]))
        each = cost.own_cpu / letters
        print(
            f"{letters} letters: {cost}; {each * 1000:.0f} ms of our CPU each;"
            f" memory {before:.0f} -> {_memory_mb():.0f} MB"
        )
        floor = _floor(pages)
        print(f"WeasyPrint alone: {floor * 1000:.0f} ms each; a letter is {each / floor:.2f} of it")
        dispose(app)
    drop_clone(postgres, clone)
    remove_folder(run_folder())


def _release(number: int) -> list[str]:
    """Released first demands; answers their pages."""
    with transaction():
        make_agency()
        creditor = make_creditor()
        worker = make_user(Role.CASE_WORKER)
    pages = []
    for n in range(number):
        with transaction():
            case, _ = make_case(
                creditor,
                debtors=[debtor_details(street=f"Lindenallee {n + 1}")],
                accepted_by=worker,
            )
            pages.append(_page(make_letter(case)))
    return pages


def _page(letter: Letter) -> str:
    return render_html(letter.content.get("template", letter.kind.value), letter.content)


def _carry_out(effects: list[int]) -> None:
    for effect_id in effects:
        carry_out_job(effect_id)


def _floor(pages: list[str]) -> float:
    told = subprocess.run(
        [sys.executable, "-c", FLOOR], input=json.dumps(pages), text=True, check=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    return float(told.stdout)


def _memory_mb() -> float:
    return psutil.Process().memory_info().rss / 1e6


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
