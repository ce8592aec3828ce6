"""Every page anybody may open: axe finds nothing in either theme, and 320 pixels are wide enough.

The addresses come from the map of addresses, so a new page is tried without anybody remembering.
"""

import re
from dataclasses import dataclass

import pytest
from flask import url_for

from cases.claims.queries import list_debtors
from cases.core.database import transaction
from cases.people.policy import CREDITOR_ROLES, Permission, Role, allows
from tests.factories.records import make_agency, make_case, make_creditor, make_user
from tests.factories.url_parameters import make_values, values_for
from tests.factories.walk_steps import Person
from tests.infrastructure.barriers import HEIGHT, WIDE, barriers, too_wide
from tests.infrastructure.by_turns import turn

#: Addresses of files, which have tests of their own.
FILE = re.compile(r"\.[a-z]{3,4}$")
#: Texts that come as pages but are no screens, and the letter of a case that stands still.
NO_SCREENS = {
    "health.show", "monitoring.ready", "monitoring.metrics", "deadlines.feed", "shell.show_icon",
    "letters.preview",
}  # fmt: skip


@dataclass
class House:
    """Processes with one record of everything, and a person of each role."""

    url: str
    emails: dict[Role | None, str]
    paths: dict[Role | None, list[tuple[str, str]]]  # What each page is called, and its address.


@pytest.fixture(scope="module")
def house(shared_server):
    with shared_server.inside() as app, transaction():
        make_agency()
        creditor, worker = make_creditor("Wohnungsbaugenossenschaft Elbmarsch eG"), make_user()
        emails = {
            role: make_user(role, creditor=creditor if role in CREDITOR_ROLES else None).email
            for role in Role
        }
        made = make_values(creditor, make_case(creditor, accepted_by=worker)[0])
        untouched, _ = make_case(creditor, accepted_by=worker)
        other = list_debtors(untouched.id)[0].debtor.public_id
        paths = paths_by_role(app, made, {"debtor_people.compare": {"other": other}})
        paths[Role.CASE_WORKER] += [
            ("untouched", f"/cases/{untouched.public_id}"),
            ("first letter", f"/cases/{untouched.public_id}/letter"),
            ("nothing found", "/cases?q=nobody"),
        ]
    return House(shared_server.url, emails, paths)


def paths_by_role(app, made, asked):
    """Every page once, with the first role that may see it, and what its address has to ask."""
    paths: dict[Role | None, list[tuple[str, str]]] = {role: [] for role in (None, *Role)}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            name = rule.endpoint
            if "GET" not in rule.methods or name.endswith("static") or name in NO_SCREENS:
                continue
            if FILE.search(rule.rule):
                continue
            permission: Permission | None = getattr(app.view_functions[name], "permission", None)
            role = next((r for r in Role if permission and allows(r, permission)), None)
            values = {**values_for(made, name, rule.arguments), **asked.get(name, {})}
            paths[role].append((name, url_for(name, **values)))
    return paths


#: Of how many pages the quick form asks axe about one; the width of all is looked at.
PARTS = [3, pytest.param(1, marks=pytest.mark.deep)]


@pytest.mark.browser
@pytest.mark.parametrize("parts", PARTS)
@pytest.mark.parametrize("role", [None, *Role])
def test_nothing_shuts_anybody_out(house, browser, role, parts):
    context = browser.new_context(viewport={"width": WIDE, "height": HEIGHT}, locale="de")
    person, broken, seen = Person(context.new_page(), house.url), [], 0
    if role is not None:
        person.sign_in(house.emails[role])
    for name, path in house.paths[role]:
        status = open_screen(person, path)
        if status not in EXPECTED:
            broken.append(f"{path}: {status}")
        elif status is not None:
            found = barriers(person.page) if turn(name, parts) == 0 else []
            broken += [f"{path} {each}" for each in found]
            if pixels := too_wide(person.page):
                broken.append(f"{path}: {pixels} pixels too wide for a narrow screen")
            seen += 1
    broken += person.troubles
    assert not broken, "\n".join(broken)
    assert seen or not house.paths[role], "no page was looked at"


#: None: a file; 422: a file that wants to know more first.
EXPECTED = {None, 200, 422}


def open_screen(person, path):
    """Open an address; its status, or None where a file comes, which is for its own tests."""
    from playwright.sync_api import Error

    person.page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    try:
        answer = person.page.goto(person.address + path)
    except Error as error:
        if "ERR_ABORTED" not in str(error) and "Download is starting" not in str(error):
            raise
        return None
    page = answer.headers.get("content-type", "").startswith("text/html")
    return answer.status if page or answer.status not in EXPECTED else None
