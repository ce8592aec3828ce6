"""Clients on their screens: entered, refused, changed with history, bank details by two people."""

import re
from datetime import date, timedelta

import pytest

from cases.core import clock
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.parties.clients import WAITING_DAYS, is_paid_to
from cases.parties.models import Creditor
from cases.parties.queries import get_contract
from cases.people.policy import Role
from cases.remittances.terms import terms_of
from cases.remittances.versions import list_versions
from tests.factories.records import make_creditor, make_user
from tests.factories.visits import Visit, visit

NEW_IBAN = "DE02120300000000202051"
CLIENT = {
    "name": "Nordlicht Haustechnik GmbH", "street": "Kai 3", "postcode": "25335",
    "city": "Elmshorn", "country": "DE", "language": "de", "register_court": "Pinneberg",
    "register_number": "HRB 8841",
}  # fmt: skip
VERSION = {
    "valid_from": "01.01.2027", "until_1": "500,00", "percent_1": "25", "percent_2": "12,5",
    "reading": "marginal", "fee_on": ["principal", "interest"], "vat": "domestic",
    "costs_owner": "agency", "deducts_input_tax": "1", "owes_collection_fee": "1",
    "hold_back": "60", "threshold": "10,00", "then": "sign",
}  # fmt: skip


def person(at_work, role) -> Visit:
    with transaction():
        email = make_user(role).email
    return visit(at_work, email, "en")


@pytest.fixture
def admin(at_work) -> Visit:
    return person(at_work, Role.ADMIN)


@pytest.fixture
def client(database) -> Creditor:
    with transaction():
        return make_creditor("Stadtwerke Beispiel GmbH")


def address(creditor, rest=""):
    return f"/clients/{creditor.public_id}{rest}"


def entered(name=CLIENT["name"]) -> Creditor:
    return db.session.query(Creditor).filter_by(name=name).one()


def test_a_client_is_won_on_monday(admin):
    """From the first entry to a contract in force, and the contract settles to the cent."""
    admin.get("/clients/new")
    answer = admin.post("/clients/new", CLIENT)
    assert answer.status_code == 303
    assert answer.location.endswith("/contract")
    creditor = entered()
    assert admin.post(address(creditor, "/contract"), VERSION).status_code == 303
    contract = get_contract(creditor.id, date(2027, 1, 1))
    terms = terms_of(contract)
    assert [str(step.percent) for step in terms.fee.steps] == ["25", "12.5"]
    assert terms.threshold_cents == 10_00
    page = admin.get(address(creditor, "/contract?claim=530,00&costs=71,05")).text
    assert "25.00" in page or "25" in page


def test_what_a_version_leaves_is_shown_before_it_is_signed(admin, client):
    admin.get(address(client, "/contract"))
    answer = admin.post(
        address(client, "/contract"),
        {**VERSION, "percent_1": "0", "percent_2": "0", "then": "try"},
    )
    assert answer.status_code == 200
    assert "€516.50" in answer.text  # 530.00, 71.05 kept, 13.50 VAT.
    assert len(list_versions(client.id)) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"valid_from": "01.01.2020"}, "valid_from", id="begins with the last version"),
        pytest.param({"percent_1": "101"}, "percent_1", id="more than came in"),
        pytest.param({"percent_2": ""}, "percent_1", id="nothing above the first step"),
        pytest.param({"until_2": "100,00", "percent_3": "5"}, "percent_1", id="ends that fall"),
        pytest.param({"costs_owner": ""}, "costs_owner", id="nobody owns the costs"),
        pytest.param({"percent_1": "viel"}, "percent_1", id="not a rate"),
    ],
)
def test_what_cannot_be_agreed_is_said_at_its_field(admin, client, changes, field):
    admin.get(address(client, "/contract"))
    answer = admin.post(address(client, "/contract"), {**VERSION, **changes})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert len(list_versions(client.id)) == 1


def test_a_version_in_a_closed_period_is_refused(admin, client):
    from cases.ledger.books.closing import close_period

    with clock_at(clock.today() + timedelta(days=80)), transaction():
        close_period(clock.today() - timedelta(days=40))
    admin.get(address(client, "/contract"))
    day = clock.today() + timedelta(days=1)
    answer = admin.post(address(client, "/contract"), {**VERSION, "valid_from": f"{day:%d.%m.%Y}"})
    assert answer.status_code == 422
    assert "closed" in answer.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"name": "stadtwerke beispiel gmbh"}, "name", id="a known name"),
        pytest.param({"name": ""}, "name", id="no name"),
        pytest.param({"register_court": ""}, "register_court", id="a number without its court"),
        pytest.param({"vat_id": "DE123456789"}, "vat_id", id="wrong check digit"),
    ],
)
def test_a_client_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    admin, client, changes, field
):
    admin.get("/clients/new")
    answer = admin.post("/clients/new", {**CLIENT, **changes})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert "Elmshorn" in answer.text


def test_changes_stand_in_the_history_before_and_after(admin, client):
    admin.get(address(client))
    form = {**CLIENT, "name": client.name, "city": "Kiel", "house_contact": "Nora Petersen"}
    assert admin.post(address(client), form).status_code == 303
    page = admin.get(address(client)).text
    assert re.search(r"City: Hamburg → Kiel", page)
    assert "Contact person in our house: – → Nora Petersen" in page


def test_new_bank_details_need_a_second_person_and_wait(admin, at_work, client):
    old = client.iban
    admin.get(address(client))
    form = {"iban": NEW_IBAN, "reason": "Letter of 20 November"}
    assert admin.post(address(client, "/bank"), form).status_code == 303
    assert client.iban == old
    accounts = person(at_work, Role.ACCOUNTS)
    page = accounts.get("/approvals").text
    assert "known before" in page
    confirm = re.search(r'action="(/approvals/[^"]+/confirm)"', page).group(1)
    assert accounts.post(confirm).status_code == 422  # How was it checked?
    assert accounts.post(confirm, {"note": "Called Bea Beispiel"}).status_code == 303
    db.session.refresh(client)
    assert client.iban == NEW_IBAN
    assert not is_paid_to(client)
    with clock_at(clock.today() + timedelta(days=WAITING_DAYS)):
        assert is_paid_to(client)


def test_nobody_is_paid_at_anothers_account(admin, client):
    with transaction():
        other = make_creditor("Andere GmbH")
        other.iban = NEW_IBAN
    admin.get(address(client))
    answer = admin.post(address(client, "/bank"), {"iban": NEW_IBAN, "reason": "Mail"})
    assert answer.status_code == 422
    assert "Andere GmbH" in answer.text


def test_representatives_of_today_are_named_to_the_court(admin, client):
    admin.get(address(client))
    for name in ("Sabine Albers", "Lars Frerichsen"):
        admin.post(address(client, "/representatives"), {"representative_name": name})
    db.session.refresh(client)
    assert client.representative == "Sabine Albers und Lars Frerichsen"
    end = re.findall(r'action="([^"]+/representatives/[^"]+/end)"', admin.get(address(client)).text)
    admin.post(end[0])
    db.session.refresh(client)
    assert client.representative == "Lars Frerichsen"


def test_an_archived_client_is_found_among_the_archived(admin, client):
    admin.get(address(client))
    admin.post(address(client, "/archive"))
    assert client.name not in admin.get("/clients").text
    assert client.name in admin.get("/clients?show=archived").text
    assert admin.post(address(client, "/contract"), VERSION).status_code == 422


@pytest.mark.parametrize("words", ["stadtw", "BEISPIEL", "hamburg", "DE7551210"])
def test_a_client_is_found_by_what_people_have_in_hand(admin, client, words):
    assert client.name in admin.get(f"/clients?q={words}").text
    assert client.name not in admin.get("/clients?q=nirgends").text


def test_a_case_worker_sees_and_changes_nothing(worker, client):
    assert worker.get(address(client)).status_code == 200
    assert worker.post(address(client), CLIENT).status_code == 403
    assert worker.post(address(client, "/contract"), VERSION).status_code == 403


def test_an_archived_client_hands_in_nothing_new(client):
    from cases.intake.services import hand_in
    from cases.parties.clients import ClientArchived, archive_client

    user = make_user(Role.CREDITOR, creditor=client)
    archive_client(client.id)
    with pytest.raises(ClientArchived):
        hand_in(client.id, user.id, b"a;b\n", "list.csv", "text/csv")
