"""A worker stopped at any step leaves what the next one goes on with: nothing twice or lost."""

import pytest
from sqlalchemy import text

from cases.core.database import db, transaction
from cases.formats.claims.lists import bulk_check
from cases.intake import opening, reading_in
from cases.intake.models import SubmissionState
from cases.intake.services import hand_in, hand_over
from tests.factories.records import make_creditor
from tests.factories.uploads import DECLARED, invoice, list_of

ROWS = 14
STEP = 4


class Killed(BaseException):
    """The end of the process; nothing may catch it."""


def stop_before_step(monkeypatch, module, number):
    """Let the module be stopped when it begins its step of that number, once."""
    left = iter(range(number))

    def keep_lease():
        if next(left, None) is None:
            monkeypatch.setattr(module, "keep_lease", lambda: None)
            raise Killed

    monkeypatch.setattr(module, "keep_lease", keep_lease)


def work_until_done(function, submission_id):
    try:
        function("test", submission_id)
    except Killed:
        db.session.rollback()
        function("test", submission_id)


def totals():
    return db.session.execute(text(
        "SELECT (SELECT count(*) FROM submission_rows), (SELECT count(*) FROM cases),"
        " (SELECT count(*) FROM claims), (SELECT sum(amount_cents) FROM ledger_entries),"
        " (SELECT sum(booked_open_cents) FROM cases), (SELECT count(*) FROM timeline_events),"
        " (SELECT count(*) FROM work_items), (SELECT count(*) FROM debtors)"
    )).one()  # fmt: skip


@pytest.mark.parametrize("in_sets", [True, False], ids=["in sets", "one by one"])
@pytest.mark.parametrize("step", range(5))
def test_stopped_before_any_step_and_resumed(database, monkeypatch, step, in_sets):
    monkeypatch.setattr(reading_in, "STEP_ROWS", STEP)
    monkeypatch.setattr(opening, "STEP_ROWS", STEP)
    monkeypatch.setattr(opening, "SET_BASED_FROM", 1 if in_sets else ROWS)
    data = list_of([invoice(f"R-{n}", name=f"Kunde {n // 2} GmbH") for n in range(ROWS)])
    with transaction():
        creditor = make_creditor()
        submission = hand_in(creditor.id, 1, data, "offen.csv", "text/csv")
    stop_before_step(monkeypatch, reading_in, step)
    work_until_done(reading_in.read_submission, submission.id)
    with transaction():
        hand_over(submission.id, DECLARED)
    stop_before_step(monkeypatch, opening, step)
    work_until_done(opening.open_submission, submission.id)
    assert submission.state is SubmissionState.DONE
    assert totals() == (ROWS, 7, ROWS, ROWS * 100_00, ROWS * 100_00, 7, 7, 7)


def test_a_row_nobody_thought_of_refuses_the_file_and_leaves_no_half_of_it(database, monkeypatch):
    def fails_at_the_second_step(table, mapping, conventions):
        if table.rows[0].line > STEP:
            raise RuntimeError
        return check_table(table, mapping, conventions)

    check_table = bulk_check.check_table
    monkeypatch.setattr(bulk_check, "check_table", fails_at_the_second_step)
    monkeypatch.setattr(reading_in, "STEP_ROWS", STEP)
    with transaction():
        creditor = make_creditor()
        data = list_of([invoice(f"R-{n}") for n in range(ROWS)])
        submission = hand_in(creditor.id, 1, data, "offen.csv", "text/csv")
    reading_in.read_submission("test", submission.id)
    assert submission.state is SubmissionState.REFUSED
    assert [each["code"] for each in submission.findings] == ["reader_failed"]
    assert totals()[0] == submission.rows_done == 0
