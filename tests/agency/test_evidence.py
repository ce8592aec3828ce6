"""Who was refused and who has seen what stands in the audit trail; nobody's data in the logs."""

import re

import pytest
from flask import url_for
from sqlalchemy import text

from cases.core.database import db
from cases.people.policy import Role, allows
from tests.agency.test_routes import UNSAFE, methods, routes, world
from tests.infrastructure.by_turns import turn

__all__ = ["world"]


@pytest.fixture
def trail(world):
    """The actions that came into the trail during a test."""

    def read(after=0):
        with world.app.app_context():
            query = text(
                "SELECT action, actor_id FROM audit_events WHERE seq > :after ORDER BY seq"
            )
            rows = db.session.execute(query, {"after": after}).all()
            last = db.session.scalar(text("SELECT max(seq) FROM audit_events"))
            db.session.remove()
        return [row.action for row in rows], last

    return read


def part_of(world, parts):
    return [rule for rule in routes(world.app) if turn(rule.endpoint, parts) == 0]


def address_of(world, rule):
    with world.app.test_request_context():
        return url_for(rule.endpoint, **world.values["own", rule.endpoint])


#: Of how many routes the quick form asks one; the long form asks them all.
PARTS = [4, pytest.param(1, marks=pytest.mark.deep)]


@pytest.mark.parametrize("parts", PARTS)
def test_each_refused_route_is_noted(world, trail, parts):
    refused = 0
    _, before = trail()
    for rule in part_of(world, parts):
        permission = getattr(world.app.view_functions[rule.endpoint], "permission", None)
        for method in methods(rule) if permission and not allows(Role.CREDITOR, permission) else ():
            answer = world.clients[Role.CREDITOR].open(address_of(world, rule), method=method)
            assert answer.status_code == 403, rule.rule
            refused += 1
    assert refused > 300 // parts
    assert trail(before)[0].count("access.refused") == refused


#: Words in the address of what is handed out as a file.
FILES = re.compile("pdf|csv|xlsx|xml|zip|file|document|export|print|letter|statement|paper")


@pytest.mark.parametrize("named", [FILES, pytest.param(re.compile(""), marks=pytest.mark.deep)])
def test_documents_and_exports_are_noted_whatever_the_route(world, trail, named):
    handed_out = 0
    _, before = trail()
    for rule in routes(world.app):
        if not named.search(address_of(world, rule)):
            continue
        permission = getattr(world.app.view_functions[rule.endpoint], "permission", None)
        who = next((role for role in Role if permission and allows(role, permission)), None)
        if "GET" not in rule.methods or who is None:
            continue
        answer = world.clients[who].get(address_of(world, rule))
        page = answer.mimetype in ("text/html", "application/json", "text/calendar")
        handed_out += answer.status_code == 200 and not page
    assert handed_out >= 5
    assert trail(before)[0].count("document.read") == handed_out


def test_a_look_into_a_case_is_noted_once_an_hour(world, trail):
    case = world.values["foreign", "cases.show"]["case_public_id"]
    _, before = trail()
    for page in (f"/cases/{case}", f"/cases/{case}/statement", f"/cases/{case}"):
        assert world.clients[Role.LEGAL].get(page).status_code == 200
    assert trail(before)[0] == ["case.read"]


MARKERS = ("Markerin-Behrens", "DE75512108001245126199", "marker@schuldner.example", "0170-5559911")


@pytest.mark.parametrize("parts", PARTS)
def test_nothing_that_somebody_typed_stands_in_the_logs(world, caplog, parts):
    """Every form of the program, filled with a person's data in every field."""
    caplog.set_level("DEBUG")
    typed = " ".join(MARKERS)
    for rule in part_of(world, parts):
        permission = getattr(world.app.view_functions[rule.endpoint], "permission", None)
        who = next((role for role in Role if permission and allows(role, permission)), None)
        if not set(methods(rule)) & UNSAFE or rule.endpoint in ENDS:
            continue
        form = dict.fromkeys(FIELDS, typed) | {"csrf_token": ""}
        address = f"{address_of(world, rule)}?q={MARKERS[0]}"
        assert world.clients[who].post(address, data=form).status_code < 500, rule.rule
    written = "\n".join(record.getMessage() for record in caplog.records)
    written += "\n".join(str(vars(record)) for record in caplog.records)
    for marker in MARKERS:
        assert marker not in written


#: They end the visit that the rest of the test needs.
ENDS = {"sign_in.leave", "sign_in.enter"}
FIELDS = (
    "name", "email", "note", "reason", "why", "street", "city", "postcode", "phone", "iban", "text",
    "words", "person", "amount", "kind", "day", "on", "at", "description", "case_number", "q",
)  # fmt: skip
