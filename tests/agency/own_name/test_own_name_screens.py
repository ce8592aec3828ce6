"""Reminders in a client's name at the screen: agreed, listed, asked about, looked at."""

import io

import pytest

from cases.core import clock
from cases.core.database import db, transaction
from cases.people.policy import Role
from cases.strategies.own_name.models import ItemState, OwnNameItem
from cases.strategies.own_name.services import find_terms
from tests.factories.own_name import make_own_item
from tests.factories.records import make_creditor, make_user
from tests.factories.visits import visit


@pytest.fixture
def client(at_work):
    with transaction():
        made = make_creditor("Stadtwerke Musterstadt GmbH")
        made.email = "rechnung@stadtwerke.example"
        email = make_user(Role.ADMIN).email
    return visit(at_work, email, "en"), made, f"/clients/{made.public_id}/own-name"


def opened(page):
    return page.partition('name="opened" value="')[2].partition('"')[0]


def test_terms_are_saved_with_an_agreement_and_a_list_is_taken_in(client):
    person, creditor, address = client
    page = person.get(address).text
    assert "No list yet" in page
    form = {"opened": opened(page), "person_before": "5", "company_after": "3", "active": "1"}
    assert person.post(address, form).status_code == 422
    assert "Name the day of the processing contract" in person.post(address, form).text
    assert person.post(address, {**form, "agreed_on": "1.10.2026"}).status_code == 303
    terms = find_terms(creditor.id)
    assert terms.active
    assert terms.rules["person"]["before_days"] == 5
    wrong = person.post(address, {**form, "person_before": "bald"})
    assert wrong.status_code == 422
    assert 'value="bald"' in wrong.text
    today = clock.today().strftime("%d.%m.%Y")
    assert person.post(f"{address}/list", {"as_of": today}).status_code == 422
    data = {"as_of": today, "file": (io.BytesIO(b"Rechnungsnummer;Betrag\r\n"), "OP.csv")}
    assert person.post(f"{address}/list", data).status_code == 303
    for stage in ("before", "after"):
        assert person.get(f"{address}/preview?stage={stage}").data.startswith(b"%PDF")


def test_an_invoice_is_asked_about_and_goes_on(client):
    person, creditor, address = client
    with transaction():
        item = make_own_item(creditor)
        key = item.public_id
    assert item.invoice_number in person.get(address).text
    wrong = person.post(f"{address}/{key}/ask", {f"note-{key}": " "})
    assert wrong.status_code == 422
    assert "what the customer asks" in wrong.text
    assert person.post(f"{address}/{key}/ask", {f"note-{key}": "Menge?"}).status_code == 303
    assert "Menge?" in person.get(address).text
    for step, state in (("go-on", ItemState.OPEN), ("rest", ItemState.STOPPED)):
        assert person.post(f"{address}/{key}/{step}").status_code == 303
        assert find(item.id).state is state


def find(item_id):
    return db.session.get_one(OwnNameItem, item_id, populate_existing=True)
