"""No form that somebody can send makes the house fail: every POST route, every field it reads."""

import pytest
from flask import url_for

from cases.people.policy import Role, allows
from tests.agency.test_hostile_addresses import HEADERS
from tests.agency.test_routes import UNSAFE, methods, routes, world
from tests.factories.query_names import fields_read_by
from tests.infrastructure.by_turns import dealt

__all__ = ["world"]

HOSTILE = {
    "NUL": "a\0b",
    "30 nines": "9" * 30,
    "a negative number of 30 digits": "-" + "9" * 30,
    "an amount beyond all": "99.999.999.999.999.999,99",
    "year 9999": "31.12.9999",
    "year 1": "01.01.0001",
    "a moment": "2026-11-23T10:00:00+25:00",
    "line ends": "x\r\nSet-Cookie: a=b\r\n\r\n",
    "half a surrogate pair": b"\xed\xa0\x80",
    "not UTF-8": b"\xff\xfe\x00",
    "a page": "<script>alert(1)</script>{{ 7 * 7 }}",
    "a formula": "=cmd|' /C calc'!A0",
    "very long": "x" * 70_000,
    "digits of another script": "٣٣",
    "brackets": "%s%n{}[]\\",
}
TOGETHER = ("30 nines", "year 9999", "line ends", "not UTF-8", "very long")
#: Whoever sends these is signed out, and the rest would be tried as a stranger.
ENDS = {"sign_in.leave", "sign_in.enter"}


def forms(world):
    """Every POST route that somebody may use: who, its address and the fields it may read."""
    for rule in routes(world.app):
        view = world.app.view_functions[rule.endpoint]
        permission = getattr(view, "permission", None)
        who = next((role for role in Role if permission and allows(role, permission)), None)
        if not set(methods(rule)) & UNSAFE or rule.endpoint in ENDS:
            continue
        with world.app.test_request_context():
            address = url_for(rule.endpoint, **world.values["own", rule.endpoint])
        yield who, address, sorted(fields_read_by(view.__module__))


def check(world, who, address, form, told):
    answer = world.clients[who].post(address, data=form)
    assert answer.status_code < 500, (address, told)
    assert all(name in answer.headers for name in HEADERS), (address, told)
    assert "a=b" not in answer.headers.get("Set-Cookie", ""), (address, told)


def test_every_form_takes_hostile_values_dealt_to_its_fields(world):
    """One request a form, each field with another value; the long form tries them one by one."""
    tried, values = 0, [HOSTILE[told] for told in HOSTILE if told != "NUL"]
    for who, address, names in forms(world):
        form = dealt(names, values, address.rpartition("/")[2])
        check(world, who, address, form, form)
        tried += len(names)
    assert tried > 500, "the search for fields has lost most of them"


@pytest.mark.deep
@pytest.mark.parametrize("told", TOGETHER)
def test_every_form_takes_a_hostile_value_in_all_its_fields(world, told):
    for who, address, names in forms(world):
        check(world, who, address, dict.fromkeys(names, HOSTILE[told]), told)


def test_a_nul_is_refused_in_every_form(world):
    for who, address, names in forms(world):
        form = dict.fromkeys([*names, "any"], HOSTILE["NUL"])
        answer = world.clients[who].post(address, data=form)
        assert answer.status_code == 400, address


@pytest.mark.deep
def test_every_field_takes_every_hostile_value(world):
    for who, address, names in forms(world):
        for name in names:
            for told, value in HOSTILE.items():
                check(world, who, address, {name: value}, (name, told))
