"""Rows 24, 25: a file that takes too much ends its reader, is refused in words, delays nobody."""

import subprocess
import sys

import pytest
from sqlalchemy import select

from agency.app import create_app
from cases.core.database import db, transaction
from cases.core.outbox import Effect, EffectState
from cases.intake.models import Submission
from cases.intake.services import hand_in
from cases.payments.importing import receive_file
from tests.agency.running.waiting import wait_until
from tests.factories.records import make_creditor
from tests.factories.uploads import invoice, list_of
from tests.infrastructure.databases import dispose

#: A reader that takes what its list of work says, one word for each start.
READER = """
import sys, time
from pathlib import Path
from agency.running.reader import Keeper, Limits, MEGABYTE

lines = Path(sys.argv[1])
work = ["time", "memory", "nothing"]

def note(line):
    with lines.open("a") as out:
        out.write(line + "\\n")

def read(notice):
    limits = Limits(cpu_seconds=1, memory_bytes=100 * MEGABYTE)
    limits.set_memory()
    done = len(lines.read_text().split()) if lines.exists() else 0
    limits.set_time()
    notice.put(done + 1)
    if work[done] == "time":
        while True:
            pass
    if work[done] == "memory":
        try:
            bytearray(300 * MEGABYTE)
        except MemoryError:
            note("no-memory")
            raise
    note("read")
    keeper.stopping = True
    import os, signal
    os.kill(os.getppid(), signal.SIGTERM)

keeper = Keeper(read, lambda effect_id: note(f"refused-{effect_id}"))
keeper.run()
"""


def test_too_much_time_or_memory_ends_the_reader_and_the_next_one_reads_on(tmp_path):
    lines = tmp_path / "lines"
    subprocess.run([sys.executable, "-c", READER, str(lines)], timeout=60, check=True)
    assert lines.read_text().split() == ["refused-1", "no-memory", "read"]


@pytest.mark.parametrize("live_server", [{"READER_SECONDS": "1"}], indirect=True)
def test_an_upload_that_takes_too_long_is_refused_and_a_bank_file_does_not_wait(live_server):
    app = create_app(live_server.database.settings(live_server.log.parent / "var"))
    try:
        with app.app_context():
            with transaction():
                creditor = make_creditor()
                rows = [invoice(f"R-{number}") for number in range(60_000)]
                submission_id = hand_in(creditor.id, 1, list_of(rows), "offen.csv", "text/csv").id
                receive_file(b"no bank file", "bank.xml")
            wait_until(lambda: state_of(Submission, submission_id) == "refused", "the refusal")
            wait_until(lambda: effect_of("bank.import").state is EffectState.DONE, "the bank file")
            effect, other = effect_of("intake.read"), effect_of("bank.import")
            assert (effect.state, effect.attempts) == (EffectState.DONE, 1)
            assert other.finished_at < effect.finished_at
    finally:
        dispose(app)


def state_of(model, key):
    with transaction():
        return db.session.scalar(select(model.state).where(model.id == key))


def effect_of(kind):
    with transaction():
        query = select(Effect).where(Effect.kind == kind)
        return db.session.scalar(query.execution_options(populate_existing=True))
