"""Two people whose changes meet in a deadlock: both succeed, and nothing happens twice."""

import io
import threading

import pytest
from flask import request
from sqlalchemy import text

from cases.core.database import db, transaction
from cases.core.retrying import TRIES
from portal.access import public
from tests.factories.records import make_creditor

PATIENCE_SECONDS = 20


@pytest.fixture
def creditors(fresh_app):
    """Two rows that everybody wants, and a page that takes them in the order of its address."""
    met = threading.Barrier(2)
    seen = []

    @public
    def swap(first: int, second: int) -> str:
        again = threading.current_thread().name in seen
        seen.append(threading.current_thread().name)
        with transaction():
            lock(first)
            if not again:
                met.wait(PATIENCE_SECONDS)
            lock(second)
            db.session.execute(
                text("UPDATE creditors SET name = name || '+' WHERE id = :id"), {"id": first}
            )
        return request.files["letter"].read().decode()

    fresh_app.config["WTF_CSRF_ENABLED"] = False
    fresh_app.add_url_rule("/swap/<int:first>/<int:second>", "swap", swap, methods=["POST"])
    with fresh_app.app_context():
        with transaction():
            ids = [make_creditor(name).id for name in ("A GmbH", "B GmbH")]
        db.session.remove()
    return ids, seen


def lock(creditor_id):
    db.session.execute(
        text("SELECT id FROM creditors WHERE id = :id FOR UPDATE"), {"id": creditor_id}
    )


def test_a_deadlock_is_nobodys_failure(fresh_app, creditors):
    (one, other), seen = creditors
    answers = {}

    def send(first, second):
        letter = (io.BytesIO(b"all of it"), "letter.txt")
        answers[first] = fresh_app.test_client().post(
            f"/swap/{first}/{second}", data={"letter": letter}
        )

    people = [threading.Thread(target=send, args=pair) for pair in ((one, other), (other, one))]
    for person in people:
        person.start()
    for person in people:
        person.join(PATIENCE_SECONDS)
    assert [answer.status_code for answer in answers.values()] == [200, 200]
    assert {answer.text for answer in answers.values()} == {"all of it"}  # The upload, once more.
    assert len(seen) == 3  # One of them began again.
    with fresh_app.app_context():
        names = db.session.scalars(text("SELECT name FROM creditors ORDER BY id")).all()
        db.session.remove()
    assert names == ["A GmbH+", "B GmbH+"]


def end_transaction():
    """What PostgreSQL says to the one it ends."""
    db.session.execute(text("DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$"))


@pytest.mark.parametrize(
    ("commits_first", "calls"), [(False, TRIES), (True, 1)], ids=["nothing done", "half done"]
)
def test_who_loses_again_and_again_is_asked_to_send_it_once_more(fresh_app, commits_first, calls):
    called = []

    @public
    def lose() -> str:
        called.append(1)
        if commits_first:
            with transaction():
                make_creditor()
        with transaction():
            end_transaction()
        return "never"

    fresh_app.add_url_rule("/lose", "lose", lose)
    answer = fresh_app.test_client().get("/lose", headers={"Accept-Language": "en"})
    assert answer.status_code == 409
    assert "send it once more" in answer.text
    assert len(called) == calls
