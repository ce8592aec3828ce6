"""Visits for view tests: a person signs in and sends forms with their token, as a browser does."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cases.core import outbox
from cases.core.database import db
from tests.factories.records import PASSWORD

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Visit:
    """One person's browser without scripts."""

    client: FlaskClient
    token: str = ""

    def get(self, address: str, **options: Any) -> TestResponse:
        """Open a page."""
        response = self.client.get(address, **options)
        if found := _TOKEN.search(response.text if response.is_json or "text" in (
            response.mimetype or "") else ""):  # fmt: skip
            self.token = found.group(1)
        return response

    def post(
        self, address: str, form: dict[str, Any] | None = None, **options: Any
    ) -> TestResponse:
        """Send a form with the token of the last page."""
        return self.client.post(address, data={"csrf_token": self.token, **(form or {})}, **options)


def visit(app: Flask, email: str, language: str = "de", password: str = PASSWORD) -> Visit:
    """Sign somebody in."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    person = Visit(client)
    person.get("/sign-in")
    answer = person.post("/sign-in", {"email": email, "password": password})
    assert answer.status_code == 303, answer.text
    person.get("/profile")
    return person


def run_effects(app: Flask) -> None:
    """Let a worker carry out everything that is due."""
    with app.app_context():
        for effect_id in outbox.list_due_effects():
            outbox.carry_out(effect_id)
        db.session.remove()
