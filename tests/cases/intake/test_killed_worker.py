"""A worker killed (SIGKILL) while it reads and opens rows: nothing is lost, nothing twice."""

import random
import sys
import time

import pytest
from sqlalchemy import create_engine, text

from cases.core.database import db, transaction
from cases.intake.models import SubmissionState
from cases.intake.opening import open_submission
from cases.intake.queries import tally
from cases.intake.reading_in import read_submission
from cases.intake.services import NothingToHandOver, hand_in, hand_over
from tests.factories.records import make_agency, make_creditor
from tests.factories.uploads import DECLARED, invoice, list_of

ROWS = 1_500
WRONG = ROWS // 100
#: Steps so small that a kill at any moment meets one of many.
STEP = 75
WORKER = [
    sys.executable,
    "-c",
    f"""
from cases.intake import opening, reading_in
opening.STEP_ROWS = reading_in.STEP_ROWS = {STEP}
from agency.cli.worker import command
command([])
""",
]
KILLS = 2  # In each of the two phases.
PATIENCE_SECONDS = 90


def many_rows():
    """Three invoices for each debtor; every hundredth row is wrong."""
    return list_of([
        invoice(f"R-{n}", "12o,00" if n % 100 == 99 else f"{50 + n % 800},{n % 100:02}",
                f"Kunde {n // 3} GmbH")
        for n in range(ROWS)
    ])  # fmt: skip


@pytest.fixture
def platform(live_server, tmp_path):
    """The processes without their worker, and an application beside them."""
    live_server.kill("worker")
    with live_server.inside():
        with transaction():
            make_agency()
        yield live_server


@pytest.fixture
def look(platform):
    """Ask the database about a submission, beside whatever a worker does."""
    engine = create_engine(platform.database.environment["DATABASE_URL"])

    def ask(submission_id):
        with engine.connect() as connection:
            query = text("SELECT state, rows_done FROM submissions WHERE id = :id")
            return tuple(connection.execute(query, {"id": submission_id}).one())

    yield ask
    engine.dispose()


def totals(creditor_id):
    """What the books, cases and pages of a creditor come to."""
    found = db.session.execute(text(
        "WITH own AS (SELECT id FROM cases WHERE creditor_id = :id) SELECT"
        " (SELECT count(*) FROM own), (SELECT sum(booked_open_cents) FROM cases"
        "  WHERE creditor_id = :id), (SELECT count(*) FROM claims WHERE creditor_id = :id),"
        " (SELECT sum(principal_cents) FROM claims WHERE creditor_id = :id),"
        " (SELECT count(*) FROM ledger_entries WHERE case_id IN (SELECT id FROM own)),"
        " (SELECT sum(amount_cents) FROM ledger_entries WHERE case_id IN (SELECT id FROM own)),"
        " (SELECT count(*) FROM timeline_events WHERE case_id IN (SELECT id FROM own)),"
        " (SELECT count(*) FROM work_items WHERE case_id IN (SELECT id FROM own)),"
        " (SELECT count(*) FROM debtors)"
    ), {"id": creditor_id}).one()  # fmt: skip
    db.session.rollback()
    return tuple(found)


def new_upload(data, creditor_id=None):
    with transaction():
        creditor_id = creditor_id or make_creditor().id
        return creditor_id, hand_in(creditor_id, 1, data, "offen.csv", "text/csv").id


def work_killed(platform, look, submission_id, busy, chance):
    """Kill the worker at random moments of a phase, and let the last one finish it."""
    seen = []
    # One kill in each of the first stretches, so that at least the first comes in the middle.
    stretch = ROWS // (2 * KILLS)
    for place in [number * stretch + chance.randrange(stretch) for number in range(KILLS)]:
        platform.start("worker", WORKER)
        wait_until(lambda place=place: done(look(submission_id), busy, place))
        time.sleep(chance.random() / 20)
        platform.kill("worker")
        seen.append(look(submission_id))
    platform.start("worker", WORKER)
    wait_until(lambda: look(submission_id)[0] not in busy)
    platform.kill("worker")
    return seen


def done(found, busy, place):
    state, rows = found
    return rows > place or state not in busy


def wait_until(condition):
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.005)
    raise AssertionError("it did not happen in time")


def test_killed_at_random_moments_and_the_same_file_again(platform, look):
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    data = many_rows()
    creditor_id, submission_id = new_upload(data)
    seen = work_killed(platform, look, submission_id, {"uploaded", "reading"}, chance)
    with transaction():
        assert hand_over(submission_id, DECLARED) == ROWS - WRONG
    seen += work_killed(platform, look, submission_id, {"opening"}, chance)
    # A phase may be over before a kill lands on a fast machine; what counts are the totals.
    assert len(seen) == 2 * KILLS, (seed, seen)

    plain_creditor_id, plain_id = new_upload(data)
    read_submission("test", plain_id)
    with transaction():
        hand_over(plain_id, DECLARED)
    open_submission("test", plain_id)
    killed, plain = tally(submission_id), tally(plain_id)
    assert killed == plain, seed
    assert (killed.opened.rows, killed.errors.rows, killed.rows) == (ROWS - WRONG, WRONG, ROWS)
    assert totals(creditor_id) == totals(plain_creditor_id), seed

    before = totals(creditor_id)
    _, again_id = new_upload(data, creditor_id)
    platform.start("worker", WORKER)
    wait_until(lambda: look(again_id)[0] == SubmissionState.CHECKING.value)
    again = tally(again_id)
    assert (again.skipped.rows, again.ready.rows, again.errors.rows) == (ROWS - WRONG, 0, WRONG)
    with pytest.raises(NothingToHandOver), transaction():
        hand_over(again_id, DECLARED)
    assert totals(creditor_id) == before
