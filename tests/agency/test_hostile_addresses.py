"""No address that somebody can type makes the house fail: every GET route, every parameter."""

from urllib.parse import quote

import pytest
from flask import url_for
from sqlalchemy import select

from cases.core.database import db
from cases.people.models import User
from cases.people.policy import CREDITOR_ROLES, Role, allows
from tests.agency.test_routes import routes, world
from tests.factories.query_names import names_read_by
from tests.infrastructure.by_turns import dealt

__all__ = ["world"]

#: As they stand in an address, percent-encoded.
HOSTILE = {
    "NUL": "a%00b",
    "26 nines": "9" * 26,
    "a moment and 26 nines": quote("2026-11-23T10:00:00+00:00_" + "9" * 26),
    "a day and 26 nines": "2026-11-23." + "9" * 26,
    "year 9999": "31.12.9999",
    "year 1": "0001-01-01",
    "half a surrogate pair": "%ED%A0%80",
    "a line end": "x%0D%0ASet-Cookie:%20a=b",
    "minus one": "-1",
    "not ASCII digits": quote("٣٣"),
}
PLACE = "7777777777"  # Where a value of an address is put in; a converter takes it as well.
HEADERS = (
    "Content-Security-Policy", "X-Content-Type-Options", "X-Request-ID", "X-Frame-Options",
    "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
    "Permissions-Policy", "Cache-Control",
)  # fmt: skip


def addresses(world, side="own"):
    """Every GET route that somebody may open: who, its view and its address."""
    for rule in routes(world.app):
        if "GET" not in rule.methods or rule.endpoint == "sign_in.leave":
            continue
        view = world.app.view_functions[rule.endpoint]
        permission = getattr(view, "permission", None)
        who = next((role for role in Role if permission and allows(role, permission)), None)
        yield who, view, rule, dict(world.values[side, rule.endpoint])


def check(answer, told):
    assert answer.status_code < 500, told
    assert all(name in answer.headers for name in HEADERS), told
    assert "Set-Cookie" not in answer.headers or "a=b" not in answer.headers["Set-Cookie"], told
    if "%00" in told:
        assert answer.status_code == 400, told


#: Dealt to the parameters of a page; the long form tries every value in each.
DEALT = ("26 nines", "a moment and 26 nines", "a day and 26 nines", "year 9999", "a line end")


def test_every_page_takes_hostile_values_in_all_its_parameters(world):
    tried = set()
    for who, view, rule, values in addresses(world):
        names = sorted(names_read_by(view.__module__))
        with world.app.test_request_context():
            address = url_for(rule.endpoint, **values)
        if names:
            given = dealt(names, [HOSTILE[name] for name in DEALT], rule.endpoint)
            asked = f"{address}?{'&'.join(f'{name}={value}' for name, value in given.items())}"
            check(world.clients[who].get(asked), asked)
        check(world.clients[who].get(f"{address}?any=%00"), f"{address}?any=%00")
        tried |= {(rule.endpoint, name) for name in names}
    for known in (("own_cases.index", "before"), ("cases.index", "after"), ("cases.show", "as_of")):
        assert known in tried, f"the search for parameters has lost {known}"


@pytest.mark.deep
def test_every_query_parameter_takes_every_hostile_value(world):
    for who, view, rule, values in addresses(world):
        with world.app.test_request_context():
            address = url_for(rule.endpoint, **values)
        for name in sorted(names_read_by(view.__module__)):
            for value in HOSTILE.values():
                asked = f"{address}?{name}={value}"
                check(world.clients[who].get(asked), asked)


def test_every_part_of_an_address_takes_hostile_values(world):
    for who, _, rule, values in addresses(world):
        for name in rule.arguments:
            with world.app.test_request_context():
                address = url_for(rule.endpoint, **{**values, name: PLACE})
            for value in (HOSTILE["NUL"], HOSTILE["26 nines"], HOSTILE["year 1"]):
                asked = address.replace(PLACE, value)
                check(world.clients[who].get(asked), asked)


def test_a_foreign_record_in_a_query_shows_nothing_and_fails_nowhere(world):
    foreign = [value for (side, _), made in world.values.items() if side == "foreign"
               for value in made.values()]  # fmt: skip
    for who, view, rule, values in addresses(world):
        if who not in CREDITOR_ROLES:
            continue
        with world.app.test_request_context():
            address = url_for(rule.endpoint, **values)
        names = sorted(names_read_by(view.__module__))
        for value in sorted(set(foreign))[:5] if names else []:
            asked = f"{address}?{'&'.join(f'{name}={quote(value)}' for name in names)}"
            check(world.clients[who].get(asked), asked)


FORMS = {
    "/sign-in": (None, ("email", "password")),
    "/sign-in?next=%2Fx%0D%0ASet-Cookie:%20a=b": (None, ("email",)),
    "/filings": (Role.LEGAL, ("reason", "filing")),
    "/users": (Role.ADMIN, ("name", "email", "role")),
}
CASE_FORMS = ("notes", "message", "call", "visit", "costs")


def test_the_forms_take_every_hostile_value(world):
    case = world.values["own", "cases.show"]["case_public_id"]
    forms = FORMS | {
        f"/cases/{case}/{form}": (Role.CASE_WORKER, FIELDS) for form in CASE_FORMS
    }  # fmt: skip
    for address, (who, names) in forms.items():
        for value in ("a\0b", "9" * 30, "31.12.9999", "x\r\ny"):
            answer = world.clients[who].post(address, data=dict.fromkeys(names, value))
            assert answer.status_code < 500, (address, value)
            if "\0" in value:
                assert answer.status_code == 400, (address, value)
                assert "Nullzeichen" in answer.text


FIELDS = ("text", "body", "words", "subject", "person", "outcome", "promised_amount", "promised_on",
          "kind", "amount", "reason", "again_on", "day", "time", "began_at", "minutes")  # fmt: skip


def test_a_sign_in_with_a_line_end_in_next_begins_the_visit(world):
    from tests.agency.test_sign_in import PASSWORD

    with world.app.app_context():
        email = db.session.scalar(select(User.email).where(User.creditor_id.is_(None)).limit(1))
    answer = world.app.test_client().post(
        "/sign-in?next=%2Fx%0D%0ASet-Cookie:%20a=b", data={"email": email, "password": PASSWORD}
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"
