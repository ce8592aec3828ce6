"""What the machine does wrong says nothing about a file: it is read again, never refused."""

import signal
import sys

import pytest
from sqlalchemy.exc import SQLAlchemyError

from cases.core.database import db, transaction
from cases.intake.models import Submission, SubmissionState
from cases.intake.reading_in import read_submission
from cases.intake.services import hand_in
from tests.factories.records import make_creditor
from tests.factories.uploads import invoice, list_of

ROWS = 6_000


def out_of_time(*_):
    raise TimeoutError  # As a queue with a time limit of its own would.


def once_more(_):
    """In a callback of the memory's keeper an error is lost: the time is over a moment later."""
    signal.setitimer(signal.ITIMER_REAL, 0.001)


@pytest.mark.parametrize("after_seconds", [0.05, 0.3])
def test_a_timeout_in_the_middle_never_refuses_a_good_upload(fresh_app, monkeypatch, after_seconds):
    data = list_of([invoice(f"R-{n}", name=f"Kunde {n} GmbH") for n in range(ROWS)])
    with fresh_app.app_context():
        with transaction():
            submission_id = hand_in(make_creditor().id, 1, data, "offen.csv", "text/csv").id
        monkeypatch.setattr(sys, "unraisablehook", once_more)
        before = signal.signal(signal.SIGALRM, out_of_time)
        signal.setitimer(signal.ITIMER_REAL, after_seconds)
        try:
            # In the middle of a query it is the database driver that says so.
            with pytest.raises((TimeoutError, SQLAlchemyError)):
                read_submission("test", submission_id)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        db.session.remove()
        read_submission("test", submission_id)
        submission = db.session.get_one(Submission, submission_id)
        assert submission.state is SubmissionState.CHECKING
        assert submission.rows_done == submission.rows_total == ROWS
        db.session.remove()
