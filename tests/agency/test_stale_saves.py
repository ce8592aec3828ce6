"""Two people have one record open: who saves second is told what changed, and loses nothing."""

from urllib.parse import urlsplit

import pytest
from flask import url_for
from sqlalchemy import select

from cases.core import audit
from cases.core.database import db, transaction
from cases.parties.models import Creditor
from cases.people.models import User
from cases.people.policy import CREDITOR_ROLES, Role, allows
from cases.people.services import change_role, find_user
from tests.agency.test_routes import routes, world
from tests.agency.test_sign_in import sign_in
from tests.factories.html_forms import forms_of
from tests.factories.records import make_user

__all__ = ["world"]

#: Forms with something filled in that change no record: why a save cannot undo anybody's.
NO_EDITS = {
    "bills.enter": "makes a record",
    "cash.deposit": "notes a day; another sum than the one that was seen is refused",
    "care_customers.add": "makes a record",
    "care_customers.see_account": "notes a day; known bank details are seen again",
    "client_contracts.sign": "a new version stands beside the old ones, each with a first day",
    "clients.create": "makes a record",
    "complaints.record": "makes a record",
    "contact_log.save_correction": "writes an entry beside the old one",
    "contacts.save_call": "notes what was said",
    "contacts.save_message": "notes what was said",
    "contacts.save_visit": "notes what was said",
    "debtors.came_back": "notes a day",
    "estates.ask": "makes a letter",
    "notes.correct": "a correction is a new entry; a second one of the same note is refused",
    "objections.decide": "decides once; findings are suggested from the file",
    "objections.record": "makes a record",
    "open_items.take_in": "makes a record",
    "own_name.take_in": "takes a list in",
    "returns.note": "notes what came back on a day",
    "visits.save": "makes a record",
    "submission_rows.correct": "sends what it showed with each cell, and changes only what differs",
}
#: Form -> its page (with a query), who, what the first and the second person type.
EDITS = {
    "arrangement.save_bands": (
        "arrangement.show", "", Role.ADMIN, {"band_task": "7"}, {"band_task": "8"},
    ),
    "arrangement.save_rules": (
        "arrangement.show", "", Role.ADMIN, {"phone_most": "2"}, {"phone_most": "4"},
    ),
    "care.save": (
        "care.show", "", Role.ADMIN, {"agreed_on": "01.09.2026"}, {"agreed_on": "02.09.2026"},
    ),
    "care_customers.save": (
        "care_customers.edit", "", Role.CREDITOR_ADMIN, {"city": "Kiel"}, {"city": "Husum"},
    ),
    "client_relationship.save": (
        "client_relationship.show", "", Role.ADMIN,
        {"tone": "soft", "without_sms": "1"}, {"tone": "balanced", "without_sms": "1"},
    ),
    "clients.save": ("clients.show", "", Role.ADMIN, {"street": "Neue 1"}, {"street": "Neue 2"}),
    "colleagues.give_role": (
        "colleagues.index", "", Role.CREDITOR_ADMIN, {"role": "{0}"}, {"role": "{1}"},
    ),
    "commitments.save_move": (
        "commitments.move", "", Role.CASE_WORKER,
        {"on": "31.12.2027", "at": "10:00", "why": "Krank", "told": "1"},
        {"on": "30.12.2027", "at": "11:00", "why": "Urlaub", "told": "1"},
    ),
    "creditor_documents.sign": (
        "creditor_documents.signature", "", Role.CASE_WORKER,
        {"signed_by": "Erste"}, {"signed_by": "Zweite"},
    ),
    "datev_settings.save": (
        "datev_settings.show", "", Role.ADMIN, {"consultant": "29098"}, {"consultant": "29099"},
    ),
    "meetings.change": (
        "meetings.show", "", Role.CASE_WORKER,
        {"on": "14.12.2027", "why": "Krank"}, {"on": "15.12.2027", "why": "Urlaub"},
    ),
    "visits.beware": (
        "visits.show", "", Role.CASE_WORKER, {"beware": "Hund"}, {"beware": "Treppe"},
    ),
    "visits.save_move": (
        "visits.move", "", Role.CASE_WORKER,
        {"on": "14.12.2027", "why": "Krank"}, {"on": "15.12.2027", "why": "Urlaub"},
    ),
    "own_name.save": (
        "own_name.show", "", Role.ADMIN, {"person_before": "3"}, {"person_before": "4"},
    ),
    "own_relationship.save": (
        "own_relationship.show", "", Role.CREDITOR_ADMIN,
        {"tone": "soft", "without_sms": "1"}, {"tone": "balanced", "without_sms": "1"},
    ),
    "objection_house.save": (
        "objection_house.show", "", Role.ADMIN, {"answer_days": "10"}, {"answer_days": "11"},
    ),
    "deadlines.move": (
        "deadlines.index", "?deadline={deadline_public_id}", Role.LEGAL,
        {"last_day": "12.01.2028", "reason": "Erstens"},
        {"last_day": "15.01.2028", "reason": "Zweitens"},
    ),
    "debtor_people.save_card": (
        "debtor_people.show", "", Role.CASE_WORKER, {"sector": "Bau"}, {"sector": "Handel"},
    ),
    "debtors.save": (
        "debtors.edit", "", Role.CASE_WORKER,
        {"street": "Neue 1", "how_known": "Anruf"}, {"street": "Neue 2", "how_known": "Brief"},
    ),
    "filing_reports.change": (
        "filing_reports.settings", "", Role.ADMIN, {"query_days": "21"}, {"query_days": "22"},
    ),
    "filings.enter": (
        "filings.index", "?filing={filing_public_id}", Role.LEGAL,
        {"entry": "Erstens"}, {"entry": "Zweitens"},
    ),
    "house.save": ("house.show", "", Role.ADMIN, {"phone": "040 111"}, {"phone": "040 222"}),
    "letter_texts.save": (
        "letter_texts.show", "", Role.ADMIN, {"body": "Erstens."}, {"body": "Zweitens."},
    ),
    "limitation.kind": (
        "limitation.show", "", Role.LEGAL, {"claim_kind": "{0}"}, {"claim_kind": "{1}"},
    ),
    "limitation.set_day": (
        "limitation.show", "", Role.LEGAL,
        {"last_day_on": "31.12.2029", "why": "Erstens"},
        {"last_day_on": "30.12.2029", "why": "Zweitens"},
    ),
    "origins.save": (
        "origins.show", "", Role.CASE_WORKER,
        {"original_creditor": "Erste GmbH", "original_postcode": "20095",
         "original_city": "Hamburg", "assigned_on": "01.09.2026"},
        {"original_creditor": "Zweite GmbH", "original_postcode": "20095",
         "original_city": "Hamburg", "assigned_on": "02.09.2026"},
    ),
    "strategies.save": (
        "strategies.show", "", Role.ADMIN, {"all-name": "Erstens"}, {"all-name": "Zweitens"},
    ),
    "teams.save": ("teams.edit", "", Role.TEAM_LEAD, {"name": "Erstes"}, {"name": "Zweites"}),
    "user_rules.save": (
        "user_rules.show", "", Role.ADMIN, {"role": "accounts"}, {"role": "team_lead"},
    ),
    "user_rules.save_agreement": (
        "user_rules.show", "", Role.ADMIN,
        {"agreed_on": "01.09.2026", "agreement": "Erstens"},
        {"agreed_on": "02.09.2026", "agreement": "Zweitens"},
    ),
    "users.change_role": ("users.index", "", Role.ADMIN, {"role": "{0}"}, {"role": "{1}"}),
    "written_letters.save": (
        "written_letters.show", "", Role.CASE_WORKER, {"text": "Erstens."}, {"text": "Zweitens."},
    ),
}  # fmt: skip

#: Forms that act once on what they showed: page, who, what both type. Tried in this order.
ONCE = {
    "plans.decision": ("plans.show", Role.CASE_WORKER, {"agrees": "1", "words": "Frau Kern, Mail"}),
    "plans.end": ("plans.show", Role.CASE_WORKER, {"ended_as": "revoked", "why": "So gewollt"}),
}


@pytest.fixture(scope="module")
def others(world):
    """A second person of each role, at a desk of their own."""
    clients = {}
    with world.app.app_context():
        with transaction():
            own = db.session.scalar(select(Creditor).where(Creditor.name == "Eigene GmbH"))
            roles = (set(Role) - CREDITOR_ROLES) | {Role.CREDITOR_ADMIN}
            emails = {
                role: make_user(
                    role,
                    name=f"Zweite {role.value}",
                    creditor=own if role in CREDITOR_ROLES else None,
                ).email
                for role in roles
            }
        db.session.remove()
    for role, email in emails.items():
        clients[role] = world.app.test_client()
        assert sign_in(clients[role], email).status_code == 303
    return clients


def address_of(world, endpoint, query=""):
    values = {name: value for made in world.values.values() for name, value in made.items()}
    own = {name: value for (side, _), made in world.values.items() if side == "own"
           for name, value in made.items()}  # fmt: skip
    with world.app.test_request_context():
        return url_for(endpoint, **world.values["own", endpoint]) + query.format(**values | own)


def endpoint_of(world, action):
    return world.app.url_map.bind("localhost").match(urlsplit(action).path, "POST")[0]


def form_of(world, client, page, endpoint, action=None):
    text = client.get(page).text
    found = [form for form in forms_of(text, page) if endpoint_of(world, form.action) == endpoint]
    return next(form for form in found if action in (None, form.action))


def test_every_form_that_changes_a_record_says_what_it_showed(world):
    silent, speaking = set(), set()
    for rule in routes(world.app):
        permission = getattr(world.app.view_functions[rule.endpoint], "permission", None)
        if "GET" not in rule.methods or permission is None:
            continue
        who = next(role for role in (Role.ADMIN, *Role) if allows(role, permission))
        page = address_of(world, rule.endpoint)
        answer = world.clients[who].get(page)
        for form in forms_of(answer.text, page) if answer.mimetype == "text/html" else ():
            endpoint = endpoint_of(world, form.action)
            if "opened" in form.values:
                speaking.add(endpoint)
            elif form.typed:
                silent.add(endpoint)
    assert speaking - set(EDITS) - set(ONCE) == set(), "these need an entry in EDITS"
    assert silent == set(NO_EDITS), "these do not say what they showed"


@pytest.mark.parametrize("endpoint", EDITS)
def test_who_saves_second_is_told_and_loses_nothing(world, others, endpoint):
    page_of, query, who, *typed = EDITS[endpoint]
    page = address_of(world, page_of, query)
    # Of all colleagues, one who is neither of the two.
    whose = address_of(world, endpoint) if endpoint == "colleagues.give_role" else None
    mine = form_of(world, world.clients[who], page, endpoint, whose)
    first, second = (fill(mine, changes) for changes in typed)
    theirs = form_of(world, others[who], page, endpoint, mine.action)
    if endpoint == "users.change_role":
        confirm_role(world, mine, first["role"])
    else:
        answer = others[who].post(mine.action, data={**theirs.values, **first})
        assert answer.status_code == 303, answer.text
    answer = world.clients[who].post(mine.action, data={**mine.values, **second})
    assert answer.status_code == 422, "the second save has undone the first one"
    assert f"Zweite {who.value}" in answer.text
    again = [form for form in forms_of(answer.text, page) if form.action == mine.action][-1]
    for name, value in second.items():
        assert value in answer.text, f"{name} is lost"
    assert again.values["opened"] != mine.values["opened"]
    answer = world.clients[who].post(mine.action, data={**again.values, **second, "form_key": "n"})
    assert answer.status_code == 303, "saved once more, it counts"


def test_who_acts_second_on_what_is_done_is_told_and_does_nothing(world, others):
    for endpoint, (page_of, who, typed) in ONCE.items():
        page = address_of(world, page_of)
        mine = form_of(world, world.clients[who], page, endpoint)
        theirs = form_of(world, others[who], page, endpoint, mine.action)
        answer = others[who].post(mine.action, data={**theirs.values, **typed})
        assert answer.status_code == 303, answer.text
        done = world.clients[who].get(page).text
        answer = world.clients[who].post(mine.action, data={**mine.values, **typed})
        assert answer.status_code == 422, endpoint
        assert f"Zweite {who.value}" in answer.text, endpoint
        again = {**mine.values, **typed, "opened": "", "form_key": "n"}
        assert world.clients[who].post(mine.action, data=again).status_code == 422, endpoint
        assert state_shown(world.clients[who].get(page).text) == state_shown(done), endpoint


def state_shown(page):
    """The tag on the card of the plan: what the page says of its state."""
    return page.split('id="plan"')[1].split("</h2>")[1][:300]


def confirm_role(world, form, role):
    """What a second administrator's confirmation does: roles that release things wait for it."""
    with world.app.app_context():
        with transaction():
            admin = db.session.scalar(select(User).where(User.name == "Zweite admin"))
            audit.set_actor(admin.id)
            change_role(find_user(form.action.split("/")[-2]).id, Role(role))
        db.session.remove()


def fill(form, changes):
    """What a person types, where the form has names and choices of its own."""
    if "entry" in changes:
        name = next(
            name for name in form.values if name.startswith("entry.") and name not in form.options
        )
        return {name: changes["entry"]}
    options = [value for value in form.options.get(next(iter(changes)), []) if value]
    others = [value for value in options if value not in form.values.values()]
    return {name: value.format(*others) for name, value in changes.items()}
