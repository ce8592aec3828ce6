"""Failures as pages and as JSON."""

import logging

import pytest
from flask import Flask, abort
from marshmallow import ValidationError

from cases.core.errors import Conflict, Invalid, NotFound, Refusal
from legal.errors import RateUnknown


class CaseClosed(Conflict):
    """The case {number} is closed."""


FAILURES = {
    "not-found": (NotFound(), 404),
    "conflict": (CaseClosed(number="26-000001"), 409),
    "invalid": (Invalid("Too long."), 422),
    "refusal": (Refusal(), 409),
    "law": (RateUnknown(), 422),
    "schema": (ValidationError({"amount": ["Missing data for required field."]}), 422),
    "crash": (RuntimeError("password=secret"), 500),
}


@pytest.fixture
def failing(app: Flask) -> Flask:
    def fail(name: str) -> str:
        raise FAILURES[name][0]

    app.add_url_rule("/fail/<name>", "fail", fail)
    app.add_url_rule("/api/fail/<name>", "api_fail", fail)
    app.add_url_rule("/abort/<int:code>", "stop", abort)
    app.add_url_rule("/post", "post", lambda: "done", methods=["POST"])
    return app


@pytest.mark.parametrize("name", list(FAILURES))
def test_every_family_becomes_a_page_with_its_reference_number(failing: Flask, name: str) -> None:
    answer = failing.test_client().get(f"/fail/{name}")
    assert answer.status_code == FAILURES[name][1]
    assert answer.headers["X-Request-ID"] in answer.text
    assert "Es ist nichts verloren" in answer.text
    assert "Traceback" not in answer.text
    assert "secret" not in answer.text


@pytest.mark.parametrize("name", list(FAILURES))
def test_programs_get_the_same_as_json(failing: Flask, name: str) -> None:
    answer = failing.test_client().get(f"/api/fail/{name}")
    assert answer.status_code == FAILURES[name][1]
    assert answer.get_json()["error"]["reference"] == answer.headers["X-Request-ID"]
    assert "secret" not in answer.text


def test_a_refusal_says_its_sentence_with_its_parameters(failing: Flask) -> None:
    error = failing.test_client().get("/api/fail/conflict").get_json()["error"]
    assert error["code"] == "case_closed"
    assert error["message"] == "The case 26-000001 is closed."


def test_json_is_also_for_who_asks_for_it(failing: Flask) -> None:
    client = failing.test_client()
    assert client.get("/fail/crash", headers={"Accept": "application/json"}).is_json
    assert not client.get("/fail/crash", headers={"Accept": "text/html"}).is_json
    assert not client.get("/fail/crash", headers={"Accept": "*/*"}).is_json


def test_a_crash_is_logged_under_its_reference_number(
    failing: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        answer = failing.test_client().get("/fail/crash")
    record = next(record for record in caplog.records if record.levelname == "ERROR")
    assert answer.headers["X-Request-ID"] in record.getMessage()
    assert record.exc_info is not None


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 410, 413, 418, 429, 500, 502, 503])
def test_every_status_keeps_its_number_and_has_words(failing: Flask, code: int) -> None:
    answer = failing.test_client().get(f"/abort/{code}")
    assert answer.status_code == code
    assert "<h1>" in answer.text


def test_a_form_without_its_token_is_refused_in_plain_words(failing: Flask) -> None:
    answer = failing.test_client().post("/post")
    assert answer.status_code == 400
    assert "laden Sie die Seite neu" in answer.text


def test_an_unknown_address_and_method_are_answered(failing: Flask) -> None:
    client = failing.test_client()
    assert client.get("/nowhere").status_code == 404
    wrong = client.get("/post")
    assert wrong.status_code == 405
    assert "POST" in wrong.headers["Allow"]


def test_the_way_out_leads_back_but_never_to_another_site(failing: Flask) -> None:
    client = failing.test_client()
    inside = client.get("/nowhere", headers={"Referer": "http://localhost/cases?x=1"})
    outside = client.get("/nowhere", headers={"Referer": "http://evil.example/"})
    assert 'href="/cases?x=1"' in inside.text
    assert "evil.example" not in outside.text
