"""Strategies at the screen: taken over, changed, compared, released by two people, chosen."""

import re

import pytest

from cases.core import clock
from cases.core.database import transaction
from cases.parties.queries import get_agency
from cases.people.policy import Role
from cases.strategies.models import VersionState
from cases.strategies.running import advance
from cases.strategies.steps import read_plan
from cases.strategies.versions import find_version, get_strategy
from tests.factories.records import make_case, make_user
from tests.factories.strategies import make_live_strategy
from tests.factories.visits import visit


@pytest.fixture
def lead(at_work):
    with transaction():
        email = make_user(Role.ADMIN, name="Katrin Hansen").email
    person = visit(at_work, email, "en")
    person.get("/strategies")
    return person


def fields(page):
    """What the editor's form holds."""
    form = page[page.index('name="opened"') - 200 : page.index("Save and compare")]
    values = dict(re.findall(r'name="([^"]+)" (?:type="\w+" )?value="([^"]*)"', form))
    for name, body in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        found = re.search(r'value="([^"]*)" selected', body)
        values[name] = found[1] if found else ""
    for name in re.findall(r'name="([^"]+)" value="1" checked', form):
        values[name] = "1"
    unchecked = re.findall(r'type="checkbox" id="[^"]+" name="([^"]+)" value="1">', form)
    own = {name for name in values if "-" in name or name in {"opened", "keys"}}
    return {name: values[name] for name in own - set(unchecked)}


def begin(lead, code="consumer"):
    answer = lead.post("/strategies", {"shipped": code})
    assert answer.status_code == 303
    return answer.headers["Location"]


def draft_of(address):
    strategy = get_strategy(address.rpartition("/")[2].partition("#")[0].partition("?")[0])
    return find_version(strategy.id, VersionState.DRAFT)


def test_one_that_ships_is_taken_over_changed_and_put_in_force_by_two(lead, at_work):
    with transaction():
        make_case(accepted_by=make_user())
    assert "ready-made" in lead.get("/strategies").text
    address = begin(lead)
    page = lead.get(address).text
    assert "Every step can be reached" in page
    form = {**fields(page), "second-wait_days": "6", "all-name": "Privatleute"}
    form |= {"call-payer_type": "late", "call-organisation": "person"}
    assert lead.post(address, form).status_code == 303
    assert read_plan(draft_of(address).plan).steps[1].wait_days == 6
    assert read_plan(draft_of(address).plan).steps[2].only.payer_type == "late"
    page = lead.get(f"{address}?step=call").text
    assert "How many of today" in page
    assert lead.post(f"{address}/release", {"running": "move"}).status_code == 303
    assert "asked for release" in lead.get(address).text
    with transaction():
        second = visit(at_work, make_user(Role.LEGAL).email, "en")
    waiting = second.get("/approvals").text
    assert "Put a strategy in force" in waiting
    assert second.post(re.search(r"/approvals/[^/]+/confirm", waiting)[0]).status_code == 303
    assert "Version 1 is in force" in lead.get(address).text


def test_steps_are_added_moved_and_taken_out_and_what_is_wrong_is_named(lead):
    address = begin(lead)
    base = fields(lead.get(address).text)
    assert lead.post(address, {**base, "add": "1"}).status_code == 303
    assert len(read_plan(draft_of(address).plan).steps) == 6
    base = fields(lead.get(address).text)
    lead.post(address, {**base, "up": "court"})
    page = lead.get(address).text
    assert "before version 1 can be released" in page
    assert "no case may stop" in page
    assert lead.post(f"{address}/release", {"running": "move"}).status_code == 422
    base = fields(page)
    lead.post(address, {**base, "remove": "court"})
    assert "court" not in {s.key for s in read_plan(draft_of(address).plan).steps}
    assert lead.post(f"{address}/drop").status_code == 303


def test_what_is_typed_wrong_is_kept_and_named(lead):
    address = begin(lead)
    form = {**fields(lead.get(address).text), "second-wait_days": "bald", "all-amount_from": "x"}
    answer = lead.post(address, form)
    assert answer.status_code == 422
    assert 'value="bald"' in answer.text
    assert "Please enter a number." in answer.text
    assert read_plan(draft_of(address).plan).steps[1].wait_days == 3
    assert lead.post(f"{address}/release", {"running": ""}).status_code == 422
    assert lead.post("/strategies", {"name": " "}).status_code == 422


def test_a_draft_is_compared_with_what_is_in_force_over_todays_cases(lead):
    with transaction():
        strategy = make_live_strategy()
        case, _ = make_case(accepted_by=make_user())
        get_agency().postage_cents = 95
    address = f"/strategies/{strategy.public_id}"
    assert lead.post(f"{address}/draft").status_code == 303
    form = {**fields(lead.get(address).text), "first-wait_days": "9"}
    assert lead.post(address, form).status_code == 303
    page = lead.get(address).text
    assert "One case with another result" in page
    assert case.number in page
    assert "First demand letter</s> <b>waits</b>" in page
    assert "First demand letter" in lead.get(f"/cases/{case.public_id}").text
    tonight = lead.get("/strategies/tonight").text
    assert "Letters, with a copy" in tonight
    assert "€0.95" in tonight


def test_the_night_is_reported_and_a_case_says_what_comes_next(lead, worker):
    with transaction():
        strategy = make_live_strategy()
        case, _ = make_case(accepted_by=make_user())
        advance([case.id], clock.today())
    page = lead.get("/strategies/nights").text
    assert "begun" in page
    assert strategy.name in page
    address = f"/cases/{case.public_id}/strategy"
    page = worker.get(address).text
    assert "it is being done" in page
    assert worker.post(address, {"strategy": strategy.public_id, "reason": ""}).status_code == 422
    assert worker.post(address, {"strategy": "x", "reason": "Bitte"}).status_code == 422
    answer = worker.post(address, {"strategy": strategy.public_id, "reason": "Neuer Anfang"})
    assert answer.status_code == 303
    assert "Another strategy: Neuer Anfang" in worker.get(f"/cases/{case.public_id}").text
