"""Every page anybody may open: axe finds nothing in either theme, and 320 pixels are wide enough.

The addresses come from the map of addresses, so a new page is tried without anybody remembering.
"""

from dataclasses import dataclass, field

import pytest
from flask import url_for

from agency.app import create_app
from cases.core.database import db, transaction
from cases.people.policy import Permission, Role, allows
from tests.factories.records import make_agency, make_case, make_creditor, make_user
from tests.factories.url_parameters import make_values, values_for
from tests.factories.walk_steps import Person
from tests.infrastructure.databases import dispose

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
#: A theme changes nothing but colours.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
NARROW, WIDE = 320, 1440
#: Texts that come as pages but are no screens, and the letter of a case that stands still.
NO_SCREENS = {"health.show", "deadlines.feed", "shell.show_icon", "letters.preview"}


@dataclass
class House:
    """Processes with one record of everything, and a person of each role."""

    url: str
    emails: dict[Role | None, str]
    paths: dict[Role | None, list[str]]
    broken: list[str] = field(default_factory=list)


@pytest.fixture
def house(live_server, tmp_path):
    app = create_app(live_server.database.settings(tmp_path / "var"))
    with app.app_context():
        with transaction():
            make_agency()
            creditor, worker = make_creditor("Wohnungsbaugenossenschaft Elbmarsch eG"), make_user()
            emails = {
                role: make_user(role, creditor=creditor if role is Role.CREDITOR else None).email
                for role in Role
            }
            made = make_values(creditor, make_case(creditor, accepted_by=worker)[0])
            untouched, _ = make_case(creditor, accepted_by=worker)
            paths = paths_by_role(app, made)
            paths[Role.CASE_WORKER] += [
                f"/cases/{untouched.public_id}", f"/cases/{untouched.public_id}/letter",
                "/cases?q=nobody",
            ]  # fmt: skip
        db.session.remove()
    dispose(app)
    return House(live_server.url, emails, paths)


def paths_by_role(app, made):
    """Every page once, with the first role that may see it."""
    paths: dict[Role | None, list[str]] = {role: [] for role in (None, *Role)}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            name = rule.endpoint
            if "GET" not in rule.methods or name.endswith("static") or name in NO_SCREENS:
                continue
            permission: Permission | None = getattr(app.view_functions[name], "permission", None)
            role = next((r for r in Role if permission and allows(r, permission)), None)
            paths[role].append(url_for(name, **values_for(made, name, rule.arguments)))
    return paths


@pytest.mark.browser
def test_nothing_shuts_anybody_out(house, browser):
    seen = 0
    for role, paths in house.paths.items():
        context = browser.new_context(viewport={"width": WIDE, "height": 900}, locale="de")
        person = Person(context.new_page(), house.url)
        if role is not None:
            person.sign_in(house.emails[role])
        for path in paths:
            if open_screen(person, path):
                look(house, person.page, path)
                seen += 1
        house.broken += [f"{role}: {trouble}" for trouble in person.troubles]
        context.close()
    assert not house.broken, "\n".join(house.broken)
    assert seen > len(Role), "hardly any page was looked at"


def open_screen(person, path):
    """Open an address; whether it is a page. Files are for their own tests."""
    from playwright.sync_api import Error

    person.page.set_viewport_size({"width": WIDE, "height": 900})
    try:
        answer = person.page.goto(person.address + path)
    except Error as error:
        if "ERR_ABORTED" not in str(error) and "Download is starting" not in str(error):
            raise
        return False
    assert answer.status in {200, 422}, path  # 422: a file that wants to know more first.
    return answer.headers.get("content-type", "").startswith("text/html")


def look(house, page, path):
    """Note what axe finds in both themes, and what does not fit a narrow screen."""
    from axe_playwright_python.sync_playwright import Axe

    for theme, rules in (("light", RULES), ("dark", COLOURS)):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        for violation in Axe().run(page, options=rules).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"]]
            house.broken.append(f"{path} {theme}: {violation['id']} {nodes}")
    page.set_viewport_size({"width": NARROW, "height": 900})
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if too_wide > 0:
        house.broken.append(f"{path}: {too_wide} pixels too wide for a narrow screen")
