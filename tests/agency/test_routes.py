"""Every route: a permission, what each role gets, and that no creditor reaches another's records.

All cases come from the map of addresses: a new route is tried without anybody remembering it.
"""

import re
from itertools import count

import pytest

from cases.core.database import db, transaction
from cases.people.policy import CREDITOR_ROLES, Permission, Role, allows
from tests.agency.test_sign_in import sign_in
from tests.factories.records import make_agency, make_case, make_creditor, make_user
from tests.factories.url_parameters import MISSING, key_of, make_values, values_for
from tests.infrastructure.by_turns import turn
from tests.infrastructure.clones import fresh_clone
from tests.infrastructure.databases import application_on

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


class World:
    """An application with two creditors, a case each, and a signed-in client for every role."""

    def __init__(self, app):
        self.app = app
        self.values = {}
        self.clients = {}
        with app.app_context():
            with transaction():
                make_agency()
                worker = make_user(Role.CASE_WORKER)
                own, foreign = make_creditor("Eigene GmbH"), make_creditor("Fremde GmbH")
                cases = {
                    "own": (own, make_case(own, accepted_by=worker)[0]),
                    "foreign": (foreign, make_case(foreign, accepted_by=worker)[0]),
                }
                emails = {
                    role: make_user(role, creditor=own if role in CREDITOR_ROLES else None).email
                    for role in Role
                }
            for side, (creditor, case) in cases.items():
                with transaction():
                    made = make_values(creditor, case)
                for rule in routes(app):
                    values = values_for(made, rule.endpoint, rule.arguments)
                    self.values[side, rule.endpoint] = dict(values)
            db.session.remove()
        for role, email in emails.items():
            self.clients[role] = app.test_client()
            assert sign_in(self.clients[role], email).status_code == 303
        self.clients[None] = app.test_client()

    def ask(self, who, method, rule, values):
        with self.app.test_request_context():
            from flask import url_for

            address = url_for(rule.endpoint, **values)
        return self.clients[who].open(address, method=method)


@pytest.fixture(scope="module")
def world(postgres, tmp_path_factory):
    var = tmp_path_factory.mktemp("var")
    with fresh_clone(postgres) as clone, application_on(clone.settings(var)) as app:
        app.config["WTF_CSRF_CHECK_DEFAULT"] = False
        yield World(app)


def routes(app):
    return [rule for rule in app.url_map.iter_rules() if not rule.endpoint.endswith("static")]


def methods(rule):
    return sorted(rule.methods & (UNSAFE | {"GET"}))


def test_every_route_names_its_permission_or_is_public(application):
    for rule in routes(application):
        view = application.view_functions[rule.endpoint]
        declared = isinstance(getattr(view, "permission", None), Permission)
        assert declared != bool(getattr(view, "is_public", False)), rule.endpoint


def test_every_parameter_of_an_address_has_a_factory(application):
    unknown = {
        f"{rule.endpoint} <{name}>"
        for rule in routes(application)
        for name in rule.arguments
        if key_of(rule.endpoint, name) is None
    }
    assert unknown == set()


def test_nobody_gets_in_without_signing_in(world):
    for rule in routes(world.app):
        if getattr(world.app.view_functions[rule.endpoint], "is_public", False):
            continue
        for method in methods(rule):
            answer = world.ask(None, method, rule, world.values["own", rule.endpoint])
            assert answer.status_code == 302, (method, rule.rule)
            assert answer.headers["Location"].startswith("/sign-in"), rule.rule


@pytest.mark.parametrize("role", [pytest.param(role, marks=pytest.mark.deep) for role in Role])
def test_each_role_gets_what_the_policy_says(world, role):
    """Not allowed is always 403; allowed is never 403 and never a failure of ours."""
    for rule, permission in guarded(world):
        check_role(world, role, rule, permission)


def test_somebody_is_let_in_and_somebody_is_kept_out(world):
    """Every route for one role that may and one that may not, by turns; the long form asks all."""
    for rule, permission in guarded(world):
        for may in (True, False):
            roles = [role for role in Role if allows(role, permission) == may]
            if roles:
                check_role(world, roles[turn(rule.endpoint, len(roles))], rule, permission)


def guarded(world):
    """The routes that ask for a permission, with it."""
    for rule in routes(world.app):
        permission = getattr(world.app.view_functions[rule.endpoint], "permission", None)
        if permission is not None and rule.endpoint != "sign_in.leave":
            yield rule, permission


def check_role(world, role, rule, permission):
    for method in methods(rule):
        if method in UNSAFE and allows(role, permission):
            continue  # What it does is for its own tests; here only who may.
        answer = world.ask(role, method, rule, world.values["own", rule.endpoint])
        if allows(role, permission):
            assert answer.status_code < 500, (role, method, rule.rule)
            assert answer.status_code != 403, (role, method, rule.rule)
        else:
            assert answer.status_code == 403, (role, method, rule.rule)


def test_a_foreign_record_answers_exactly_like_a_missing_one(world):
    tried = count()
    for rule in routes(world.app):
        view = world.app.view_functions[rule.endpoint]
        permission = getattr(view, "permission", None)
        if permission is None or not allows(Role.CREDITOR, permission) or not rule.arguments:
            continue
        foreign = world.values["foreign", rule.endpoint]
        own = world.values["own", rule.endpoint]
        for name in rule.arguments:
            if foreign[name] == own[name]:
                continue  # Not a record: a tab, a format.
            for method in methods(rule):
                missing = world.ask(Role.CREDITOR, method, rule, {**own, name: MISSING})
                answer = world.ask(Role.CREDITOR, method, rule, {**own, name: foreign[name]})
                assert answer.status_code == missing.status_code == 404, (method, rule.rule, name)
                assert plain(answer, foreign[name]) == plain(missing, MISSING), rule.rule
                next(tried)
    assert next(tried) > 0, "the portal has no address of a record"


def plain(answer, value):
    """The page without what differs in every answer: reference number, token, the id itself."""
    text = answer.text.replace(value, "ID")
    text = re.sub(r'name="csrf[-_]token" (value|content)="[^"]*"', "", text)
    return re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9a-f]{16}", "", text)


def test_every_changing_request_needs_the_token(world):
    world.app.config["WTF_CSRF_CHECK_DEFAULT"] = True
    try:
        for rule in routes(world.app):
            view = world.app.view_functions[rule.endpoint]
            permission = getattr(view, "permission", None)
            role = next((r for r in Role if permission is None or allows(r, permission)), None)
            for method in methods(rule):
                if method in UNSAFE:
                    answer = world.ask(role, method, rule, world.values["own", rule.endpoint])
                    assert answer.status_code == 400, (method, rule.rule, answer.status_code)
    finally:
        world.app.config["WTF_CSRF_CHECK_DEFAULT"] = False
