"""Call mode at the screen: the brief, the guide, rules of contact, what is learned, the day."""

from datetime import datetime

import pytest

from cases.claims.queries import list_debtors
from cases.contacts.queries import list_contacts
from cases.contacts.requests import list_open_requests
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.parties.debtor_contacts import list_debtor_contacts
from cases.people.policy import Role
from tests.factories.contacts import make_person_of, make_request_of
from tests.factories.records import make_case, make_user
from tests.factories.visits import visit

SATURDAY = datetime.fromisoformat("2026-11-28T11:00:00+01:00")
REACHED = {"identity": "confirmed", "reason": "forgot", "person": "Petra Hartwig"}


@pytest.fixture
def case(worker):
    with transaction():
        found, _ = make_case(accepted_by=make_user())
        make_person_of(found)
    return found


def test_the_brief_shows_whom_to_call_what_was_and_what_to_say(worker, case):
    with transaction():
        make_request_of(case)
    page = worker.get(f"/cases/{case.public_id}/call").text
    for words in (
        "Call Petra Hartwig", "tel:+49405550182", "number 1 of 3 in 7 days", "Answer first:",
        "proof of delivery is missing", "Spreche ich mit Petra Hartwig", "accounts payable",
    ):  # fmt: skip
        assert words in page, words
    assert "Call Jonas Weber" in worker.get(f"/cases/{case.public_id}/call?called=own").text
    other = worker.get(f"/cases/{case.public_id}/call?guide_reason=dispute").text
    assert "Ich schreibe es so auf, wie Sie es sagen" in other


def test_a_call_keeps_guide_time_and_what_was_learned(worker, case):
    began = datetime.fromisoformat("2026-11-23T09:55:00+01:00").isoformat()
    (person,) = list_debtor_contacts(list_debtors(case.id)[0].debtor.id)
    form = {
        **REACHED, "outcome": "reached_pays", "began_at": began, "called": person.public_id,
        "guide": "1:person/*/forgot", "right_person": "1", "new_phone": "040 5550183",
        "new_person": "Paul Hartwig", "new_role": "decides", "request_kind": "copy",
        "new_street": "Werftstraße 21", "new_postcode": "22113", "new_city": "Hamburg",
    }  # fmt: skip
    assert worker.post(f"/cases/{case.public_id}/call", form).status_code == 303
    contact = list_contacts(case.id)[0]
    assert (contact.seconds, contact.guide) == (300, "1:person/*/forgot")
    assert contact.debtor_contact_id == person.id
    party = list_debtors(case.id)[0]
    assert party.address.street == "Werftstraße 21"
    people = list_debtor_contacts(party.debtor.id)
    assert {one.phone for one in people} == {"+49 40 5550182", "+49 40 5550183"}
    assert len(list_open_requests(case.id)) == 1
    wrong = worker.post(f"/cases/{case.public_id}/call", {**form, "new_phone": "12"})
    assert 'href="#new_phone"' in wrong.text
    day = worker.get("/my-day").text
    assert "1 contacts, 5 minutes of talk" in day


def test_a_soft_rule_is_set_aside_by_legal_with_a_reason_only(at_work, case):
    with transaction():
        people = [make_user(role).email for role in (Role.CASE_WORKER, Role.LEGAL)]
    form = {"outcome": "not_reached", "override_because": "Bat um Anruf am Samstag"}
    with clock_at(SATURDAY):
        caller, legal = (visit(at_work, email, "en") for email in people)
        for person in (caller, legal):
            person.get("/worklist")
        answer = caller.post(f"/cases/{case.public_id}/call", form)
        assert (answer.status_code, "Saturday" in answer.text) == (422, True)
        page = legal.get(f"/cases/{case.public_id}/call").text
        assert "Why the rule is set aside" in page
        assert legal.post(f"/cases/{case.public_id}/call", form).status_code == 303
    assert list_contacts(case.id)[0].overridden_because == "Bat um Anruf am Samstag"


def test_the_debtor_over_all_cases_diary_views_and_requests(worker, case):
    debtor = list_debtors(case.id)[0].debtor
    with transaction():
        other, _ = make_case()
        request = make_request_of(case)
    page = worker.get(f"/debtors/{debtor.public_id}").text
    assert case.number in page
    assert other.number in page
    assert "Petra Hartwig" in page
    address = f"/debtor-requests/{request.public_id}"
    assert "copy of a document" in worker.get(address).text
    assert worker.post(address, {"answer": " "}).status_code == 422
    assert worker.post(address, {"answer": "Am Telefon erklärt"}).status_code == 303
    kept = worker.post("/worklist/views", {"name": "Große", "least": "1000", "phase": "amicable"})
    assert "Große" in worker.get(kept.headers["Location"]).text
    day = {"due_on": "27.11.2026", "note": "Nachfragen"}
    assert worker.post(f"/cases/{case.public_id}/follow-up", day).status_code == 303
    assert case.number in worker.get("/diary?person=").text
    promise = {"kind": "copy", "what": "Rechnung senden", "on": "25.11.2026"}
    assert worker.post(f"/cases/{case.public_id}/commitments/new", promise).status_code == 303
    assert "Rechnung senden" in worker.get("/diary?person=").text


def test_an_administrator_arranges_rules_bands_and_sharing(at_work, case):
    with transaction():
        admin = visit(at_work, make_user(Role.ADMIN).email, "en")
        taker = make_user()
    admin.get("/arrangement")
    rules = {"phone_begins": "9", "phone_until": "18:30", "phone_most": "2", "visit_begins": "9",
             "visit_until": "17", "closed_days": "24.12., 31.12., 23.11."}  # fmt: skip
    assert admin.post("/arrangement/rules", rules).status_code == 303
    assert "no calls and visits on this day" in admin.get(f"/cases/{case.public_id}/call").text
    assert admin.post("/arrangement/rules", {**rules, "phone_until": "8"}).status_code == 422
    assert admin.post("/arrangement/bands", {"band_task": "2"}).status_code == 303
    assert admin.post("/arrangement/bands", {"band_task": "0"}).status_code == 422
    share = {"person": taker.public_id, "most_cases": "3"}
    assert admin.post("/arrangement/sharing", share).status_code == 303
    assert admin.post("/arrangement/share-out").status_code == 303
    assert "0 of 3 cases" in admin.get("/arrangement").text
