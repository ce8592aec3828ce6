"""A debtor's data, changed from the case: history kept, holds for an unknown address ended."""

from datetime import date

import pytest

from cases.claims.models import HoldReason
from cases.claims.queries import list_debtors, list_open_holds
from cases.claims.timeline import list_events
from cases.core.database import transaction
from cases.parties.changes import list_changes
from tests.factories.records import debtor_details, make_case, make_creditor, make_user


@pytest.fixture
def case(worker):
    with transaction():
        return make_case(accepted_by=make_user())[0]


def form_of(case, **changes):
    party = list_debtors(case.id)[0]
    form = {
        "name": party.debtor.name, "given_name": party.debtor.given_name,
        "street": party.address.street, "postcode": party.address.postcode,
        "city": party.address.city, "country": "DE", "how_known": "Call of today",
        "source": "debtor",
    }  # fmt: skip
    return {**form, **changes}


def save(worker, case, **changes):
    address = f"/cases/{case.public_id}/debtors/{list_debtors(case.id)[0].debtor.public_id}"
    worker.get(address)
    return worker.post(address, form_of(case, **changes))


def test_phone_and_name_change_and_what_stood_before_is_kept(worker, case):
    assert save(worker, case, phone="040 5550199", name="Weber-Klein").status_code == 303
    debtor = list_debtors(case.id)[0].debtor
    assert (debtor.phone, debtor.name) == ("040 5550199", "Weber-Klein")
    assert {(one.field, one.before) for one in list_changes(debtor.id)} == {
        ("phone", None), ("name", "Weber"),
    }  # fmt: skip
    page = worker.get(f"/cases/{case.public_id}/debtors/{debtor.public_id}").text
    assert "What stood before" in page
    event = next(event for event in list_events(case.id) if event.kind == "debtor.changed")
    assert not event.creditor_visible
    assert case.number in worker.get("/cases", query_string={"q": "weber klein"}).text


def test_a_new_address_is_a_new_version_and_ends_the_hold_in_every_case(worker, case):
    with transaction():
        other, _ = make_case(make_creditor("Andere GmbH"), debtors=[debtor_details()],
                             accepted_by=make_user())  # fmt: skip
    debtor = list_debtors(case.id)[0].debtor
    assert list_debtors(other.id)[0].debtor.id == debtor.id
    assert other.number in worker.get(f"/cases/{case.public_id}").text
    address = f"/cases/{case.public_id}/debtors/{debtor.public_id}"
    for one in (case, other):
        here = f"/cases/{one.public_id}/debtors/{debtor.public_id}/post-came-back"
        assert worker.post(here, {"came_back_on": "20.11.2026"}).status_code == 303
        assert [hold.reason for hold in list_open_holds(one.id)] == [HoldReason.ADDRESS_UNKNOWN]
    assert "Post came back on 20" in worker.get(f"/cases/{case.public_id}").text
    moved = save(worker, case, street="Neue Straße 1", postcode="21335", city="Lüneburg")
    assert moved.status_code == 303
    found = list_debtors(case.id)[0].address
    assert (found.street, found.undeliverable_on) == ("Neue Straße 1", None)
    assert list_open_holds(case.id) == list_open_holds(other.id) == []
    assert "Lindenallee 7" in worker.get(address).text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"name": " "}, "name", id="no name"),
        pytest.param({"email": "weber"}, "email", id="no e-mail address"),
        pytest.param({"phone": "1", "how_known": " "}, "how_known", id="no source"),
        pytest.param({"city": " ", "street": "X 1"}, "postcode", id="half an address"),
    ],
)
def test_what_is_missing_is_said_at_its_field(worker, case, changes, field):
    answer = save(worker, case, **changes)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert list_changes(list_debtors(case.id)[0].debtor.id) == []


def test_post_cannot_come_back_tomorrow(worker, case):
    debtor = list_debtors(case.id)[0].debtor
    address = f"/cases/{case.public_id}/debtors/{debtor.public_id}"
    worker.get(address)
    answer = worker.post(f"{address}/post-came-back", {"came_back_on": date(2026, 11, 24)})
    assert answer.status_code == 422
    assert list_open_holds(case.id) == []


def test_a_mailbox_that_came_back_is_marked_until_another_or_a_person_says_so(worker, case):
    debtor = list_debtors(case.id)[0].debtor
    address = f"/cases/{case.public_id}/debtors/{debtor.public_id}"
    with transaction():
        debtor.email, debtor.email_refused_on = "jonas@post.example", date(2026, 11, 20)
    assert "E-mail came back on" in worker.get(f"/cases/{case.public_id}").text
    assert "nothing more is sent there" in worker.get(address).text
    assert worker.post(f"{address}/mailbox-good").status_code == 303
    assert list_debtors(case.id)[0].debtor.email_refused_on is None
    with transaction():
        list_debtors(case.id)[0].debtor.email_refused_on = date(2026, 11, 20)
    assert save(worker, case, email="neu@post.example").status_code == 303
    assert list_debtors(case.id)[0].debtor.email_refused_on is None
