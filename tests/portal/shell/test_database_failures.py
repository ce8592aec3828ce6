"""What the database refuses or cannot do is told in words; the error page asks nothing of it."""

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from cases.core.database import db


class Raised(Exception):
    def __init__(self, state):
        self.sqlstate = state


def away(*_):
    raise OperationalError("SELECT secret", {}, Raised("57P01"))


def taken(*_):
    raise IntegrityError("INSERT secret", {}, Raised("23505"))


def crowded(*_):
    raise PoolTimeout


def broken(*_):
    db.session.execute(text("SELECT 1/0"))


def too_large(*_):
    db.session.execute(text("SELECT CAST(:n AS bigint)"), {"n": "9" * 26})


CASES = {"away": (away, 503), "crowded": (crowded, 503), "taken": (taken, 409),
         "broken": (broken, 500), "too_large": (too_large, 422)}  # fmt: skip


@pytest.fixture
def failing(fresh_app: Flask) -> Flask:
    for name, (view, _) in CASES.items():
        fresh_app.add_url_rule(f"/{name}", name, view)
        view.is_public = True
    return fresh_app


@pytest.mark.parametrize("name", list(CASES))
def test_a_failure_of_the_database_is_a_page_that_asks_nothing_of_it(failing, name):
    asked = []
    with failing.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    answer = failing.test_client().get(f"/{name}")
    assert answer.status_code == CASES[name][1], answer.text
    assert "Es ist nichts verloren" in answer.text
    assert answer.headers["X-Request-ID"] in answer.text
    assert "secret" not in answer.text
    assert "Content-Security-Policy" in answer.headers
    assert [each for each in asked if "agency_profile" in each or "users" in each] == []
    assert ("Retry-After" in answer.headers) == (answer.status_code == 503)
