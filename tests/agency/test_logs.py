"""Logs tell where something went wrong, with the request's number and without personal data."""

import io
import json
import logging

import pytest
import structlog

from cases.claims.queries import get_case
from cases.core.database import transaction
from tests.factories.records import make_case


@pytest.fixture
def written(application):
    """What the program's own log handler writes during the test."""
    (handler,) = [h for h in logging.getLogger().handlers if h.get_name() == "recoup"]
    text = io.StringIO()
    before = handler.setStream(text)
    yield text
    handler.setStream(before)


def lines(written):
    return [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.fixture
def broken(application):
    """A handler that fails with a debtor's name in the message of the exception and its cause."""

    def fail():
        try:
            raise KeyError("Katharina Behrens")
        except KeyError as cause:
            raise ValueError("Lindenallee 7") from cause

    return fail


def test_an_exception_is_logged_by_kind_and_place_only(written, broken):
    try:
        broken()
    except ValueError:
        logging.getLogger("recoup.test").exception("failed")
    (line,) = [line for line in lines(written) if line["event"] == "failed"]
    assert [error["error"] for error in line["exception"]] == ["ValueError", "KeyError"]
    assert "test_logs.py" in line["exception"][0]["at"][-1]
    assert "Behrens" not in written.getvalue()
    assert "Lindenallee" not in written.getvalue()


def test_a_request_is_logged_by_its_rule_with_its_number(app, written):
    response = app.test_client().get("/sign-in?next=/secret-marker")
    (line,) = [line for line in lines(written) if line["event"] == "request"]
    assert line["request_id"] == response.headers["X-Request-Id"]
    assert (line["route"], line["status"]) == ("/sign-in", 200)
    assert "secret-marker" not in written.getvalue()


def test_lines_of_a_request_name_its_case(app, written):
    with transaction():
        case, _ = make_case()
        public_id, number = case.public_id, case.number
    structlog.contextvars.clear_contextvars()
    get_case(public_id)
    logging.getLogger("recoup.test").info("looked at")
    assert lines(written)[-1]["case"] == number
    structlog.contextvars.clear_contextvars()
