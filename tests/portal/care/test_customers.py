"""A client's customers in the portal: entered, found, changed, brought together; others' unseen."""

import pytest

from cases.care.models import Customer, CustomerAccount, CustomerChange, CustomerPerson
from cases.core.database import db, transaction
from cases.people.policy import Role
from tests.factories.care import make_customer, order_care
from tests.factories.records import make_agency, make_creditor, make_user
from tests.factories.visits import visit

NEW = {
    "kind": "company", "name": "Generalbau Wilstermarsch GmbH", "number": "K 10-482",
    "register_court": "Pinneberg", "register_number": "HRB 10482 PI", "country": "de",
    "language": "de", "discount_percent": "2,5", "discount_days": "10",
    "credit_limit_cents": "25.000", "vat_id": "DE 136 695 976",
}  # fmt: skip


@pytest.fixture
def house(fresh_app):
    with fresh_app.app_context():
        with transaction():
            make_agency()
            creditor = make_creditor("Nordlicht Haustechnik GmbH")
            order_care(creditor)
            people = {
                role: make_user(role, creditor=creditor).email
                for role in (Role.CREDITOR, Role.CREDITOR_SALES, Role.CREDITOR_READER)
            }
            stranger = make_customer(make_creditor("Anderer Mandant AG"), name="Fremd AG")
            key = stranger.public_id
        db.session.remove()
    return fresh_app, people, key


def test_customers_are_entered_found_changed_and_others_are_not_there(house):
    app, people, strange = house
    person = visit(app, people[Role.CREDITOR_SALES])
    assert "Kunden" in person.get("/customers").text
    wrong = person.post("/customers/new", {**NEW, "register_number": "8841", "vat_id": "DE1"})
    assert wrong.status_code == 422
    assert "keine deutsche Registernummer" in wrong.text
    assert 'value="25.000"' in wrong.text
    made = person.post("/customers/new", NEW)
    assert made.status_code == 303
    address = made.location
    page = person.get(address).text
    assert "2,5" in page
    assert "25.000,00" in page
    for words in ("wilster", "k10482"):
        assert "Generalbau" in person.get(f"/customers?q={words}").text
    assert "Fremd AG" not in person.get("/customers").text
    assert person.get(f"/customers/{strange}").status_code == 404
    assert person.post(f"/customers/{strange}/edit", NEW).status_code == 404
    form = person.get(f"{address}/edit").text
    mark = form.partition('name="opened" value="')[2].partition('"')[0]
    changed = {**NEW, "name": "Generalbau AG", "register_number": "HRB 10482 PI", "opened": mark}
    assert person.post(f"{address}/edit", changed).status_code == 303
    assert "Generalbau Wilstermarsch GmbH" in person.get(address).text  # What stood there before.
    stale = person.post(f"{address}/edit", {**changed, "name": "Generalbau SE"})
    assert stale.status_code == 422
    reader = visit(app, people[Role.CREDITOR_READER])
    assert reader.get(address).status_code == 200
    assert reader.post("/customers/new", NEW).status_code == 403


def test_people_and_bank_details_keep_their_days(house):
    app, people, _ = house
    person = visit(app, people[Role.CREDITOR])
    address = person.post("/customers/new", NEW).location
    assert person.post(f"{address}/people", {"role": "represents"}).status_code == 422
    named = {"role": "represents", "person_name": "Dr. Wiebke Thaysen", "function": "GF, einzeln"}
    assert person.post(f"{address}/people", named).status_code == 303
    seen = {"iban": "DE89 3704 0044 0532 0130 00", "source": "form", "seen_on": "1.6.2026"}
    wrong = person.post(f"{address}/accounts", {**seen, "iban": "DE00 3704"})
    assert wrong.status_code == 422
    assert "DE00 3704" in wrong.text
    assert person.post(f"{address}/accounts", {**seen, "seen_on": "1.1.2090"}).status_code == 422
    assert person.post(f"{address}/accounts", {**seen, "announced_reason": "x"}).status_code == 422
    assert person.post(f"{address}/accounts", seen).status_code == 303
    again = {**seen, "seen_on": "2.9.2026", "source": "payment"}
    assert person.post(f"{address}/accounts", again).status_code == 303
    with app.app_context():
        account = db.session.query(CustomerAccount).one()
        assert [account.first_seen_on.month, account.last_seen_on.month] == [6, 9]
        key = db.session.query(CustomerPerson).one().public_id
        db.session.remove()
    assert person.post(f"{address}/people/{key}/end").status_code == 303
    assert "vom " in person.get(address).text


def test_two_with_one_number_are_told_and_brought_together(house):
    app, people, _ = house
    person = visit(app, people[Role.CREDITOR])
    first = person.post("/customers/new", NEW).location
    second = person.post(
        "/customers/new", {**NEW, "name": "Generalbau", "number": "k10482"}
    ).location
    assert "Eine Nummer, mehrere Kunden" in person.get("/customers").text
    assert "hat dieselbe Nummer" in person.get(second).text
    kept = first.rpartition("/")[2]
    same = person.post(f"{first}/bring-together", {"other": kept})
    assert same.status_code == 422
    assert person.post(f"{second}/bring-together", {"other": kept}).location == first
    assert "mit einem anderen zusammengeführt" in person.get(second).text
    assert person.post(f"{second}/edit", NEW).status_code == 409
    assert person.post(f"{second}/take-up").status_code == 409
    assert person.post(f"{first}/lay-aside").status_code == 303
    assert "Wilstermarsch" not in person.get("/customers").text
    assert "Wilstermarsch" in person.get("/customers?show=archived").text
    assert person.post(f"{first}/take-up").status_code == 303
    with app.app_context():
        assert db.session.query(Customer).filter_by(archived_at=None, name=NEW["name"]).count() == 1
        assert db.session.query(CustomerChange).filter_by(field="merged").count() == 1
        db.session.remove()
