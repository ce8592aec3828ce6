"""The care of customers at the screen: switched on by a contract of its own, and off again."""

import pytest

from cases.core.database import db, transaction
from cases.people.policy import Role
from tests.factories.records import make_agency, make_creditor, make_user
from tests.factories.visits import visit


@pytest.fixture
def house(fresh_app):
    with fresh_app.app_context():
        with transaction():
            make_agency()
            creditor = make_creditor("Nordlicht Haustechnik GmbH")
            key, admin = creditor.public_id, make_user(Role.ADMIN).email
            client = make_user(Role.CREDITOR, creditor=creditor).email
        db.session.remove()
    return visit(fresh_app, admin, "en"), visit(fresh_app, client, "en"), key


def test_the_service_is_switched_on_with_an_agreement_and_off_again(house):
    admin, client, key = house
    address = f"/clients/{key}/care"
    form = {"active": "1"}
    assert "not part of your contract" in client.get("/customers").text
    new = {"kind": "company", "name": "Generalbau GmbH"}
    assert client.post("/customers/new", new).status_code == 409
    assert admin.post(address, form).status_code == 422
    assert admin.post(address, {**form, "agreed_on": "1.6.2026"}).status_code == 303
    assert 'href="/customers"' in client.get("/overview").text
    assert client.post("/customers/new", new).status_code == 303
    assert "One customer is entered" in admin.get(address).text
    assert admin.post(address, {**form, "active": "", "agreed_on": "1.6.2026"}).status_code == 303
    assert "Generalbau" in client.get("/customers").text
    assert client.post("/customers/new", new).status_code == 409
