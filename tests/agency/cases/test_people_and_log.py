"""The log and the people at a debtor, at the screen."""

from io import BytesIO

import pytest

from cases.claims.queries import list_debtors
from cases.contacts.queries import list_contacts
from cases.core.database import transaction
from cases.parties.debtor_contacts import list_debtor_contacts
from cases.parties.profiles import find_profile
from tests.factories.contacts import make_merge_of
from tests.factories.records import debtor_details, make_case, make_user


@pytest.fixture
def case(worker):
    with transaction():
        found, _ = make_case(accepted_by=make_user())
    return found


def test_a_message_is_logged_with_role_request_and_attachment_and_put_right(worker, case):
    address = f"/cases/{case.public_id}"
    form = {
        "channel": "portal", "direction": "inbound", "person": "Petra Hartwig", "role": "payables",
        "note": "Bitte die Rechnung noch einmal", "outcome": "question", "request_kind": "copy",
        "chaser": "1", "next_step": "Kopie schicken",
        "attachment": (BytesIO(b"Guten Tag"), "anfrage.txt"),
    }  # fmt: skip
    assert worker.post(f"{address}/message", form).status_code == 303
    log = worker.get(f"{address}/contacts").text
    for words in ("Petra Hartwig", "accounts payable", "had to remind us", "Kopie schicken"):
        assert words in log
    contact = list_contacts(case.id)[0]
    file = worker.get(f"{address}/contacts/{contact.public_id}/file")
    assert (file.data, file.mimetype) == (b"Guten Tag", "application/octet-stream")
    wrong = worker.post(f"{address}/message", {**form, "attachment": (BytesIO(b"\x00"), "x.exe")})
    assert (wrong.status_code, 'href="#attachment"' in wrong.text) == (422, True)
    correction = f"{address}/contacts/{contact.public_id}/correction"
    assert "Petra Hartwig" in worker.get(correction).text
    changed = {"outcome": "question", "person": "Paul Hartwig", "role": "payables"}
    assert worker.post(correction, changed).status_code == 303
    assert "Put right by a newer entry" in worker.get(f"{address}/contacts").text


def test_people_card_and_payer_type_of_a_debtor(worker, case):
    debtor = list_debtors(case.id)[0].debtor
    address = f"/cases/{case.public_id}/debtors/{debtor.public_id}"
    person = {"person_name": "Olga Nowaczyk", "person_role": "purchasing",
              "person_phone": "040 5550182", "person_how_known": "Anruf"}  # fmt: skip
    assert worker.post(f"{address}/people", person).status_code == 303
    page = worker.get(f"{address}/people").text
    assert "tel:+49405550182" in page
    assert "purchasing" in page
    (kept,) = list_debtor_contacts(debtor.id)
    assert worker.post(f"{address}/people/{kept.public_id}/end").status_code == 303
    assert list_debtor_contacts(debtor.id) == []
    wrong = worker.post(f"{address}/people", {**person, "person_phone": "12"})
    assert 'href="#person_phone"' in wrong.text
    card = {"organisation": "large", "payment_run_days": "25. und 5.", "no_phone": "1"}
    assert worker.post(f"{address}/card", card).status_code == 303
    assert "Without an order number nobody pays there" in worker.get(f"{address}/people").text
    assert find_profile(debtor.id).opted_out == ["phone"]
    assert worker.post(f"{address}/card", {"payment_run_days": "bald"}).status_code == 422
    assert worker.post(f"{address}/payer-type", {"payer_type": "late"}).status_code == 422
    said = {"payer_type": "late", "payer_type_reason": "Zahlt am Quartalsende"}
    assert worker.post(f"{address}/payer-type", said).status_code == 303


def test_two_records_are_compared_put_together_and_taken_apart(worker, case):
    with transaction():
        other, _ = make_case(debtors=[debtor_details("Webber")])
    one, two = (list_debtors(each.id)[0].debtor for each in (case, other))
    address = f"/cases/{case.public_id}/debtors/{one.public_id}"
    assert "Webber" in worker.get(f"{address}/same?other={two.public_id}").text
    assert worker.post(f"{address}/same", {"other": two.public_id}).status_code == 422
    form = {"other": two.public_id, "merge_why": "Gleiches Geburtsdatum"}
    assert worker.post(f"{address}/same", form).status_code == 303
    assert "Take apart again" in worker.get(f"{address}/people").text
    assert list_debtors(other.id)[0].debtor.id == one.id


def test_what_was_taken_apart_is_found_by_its_name(worker, case):
    with transaction():
        merge = make_merge_of(case)
    answer = worker.post(f"/debtor-merges/{merge.public_id}/undo", {"why": "Vater und Sohn"})
    assert "Webber" in worker.get(answer.headers["Location"]).text
