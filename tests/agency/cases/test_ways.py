"""No way ends: each reason of the worklist leads to where it is done, or says it in words."""

import re

import pytest

from agency.cases.ways import BY_WORDS, LEADING
from cases.core.database import transaction
from cases.objections.models import Verdict
from cases.worklist.reasons import REASONS
from cases.worklist.services import list_open_items
from tests.factories.casework import decide, make_objection
from tests.factories.records import make_case, make_user


@pytest.fixture
def case(worker):
    with transaction():
        return make_case(accepted_by=make_user())[0]


def reasons(case):
    return {item.reason for item in list_open_items(case.id)}


def test_each_reason_leads_somewhere_or_is_settled_by_a_person():
    assert set(REASONS) - LEADING - BY_WORDS == set()
    assert set() == LEADING & BY_WORDS


def test_a_decided_objection_is_answered_by_a_letter(worker, case):
    with transaction():
        objection = make_objection(case)
        decide(objection, Verdict.PRETEXT)
    page = worker.get(f"/cases/{case.public_id}").text
    address = f"/objections/{objection.public_id}"
    assert re.search(rf'href="{address}"[^>]*>(?:(?!</a>).)*Write the reply', page, re.DOTALL)
    assert f'action="{address}/letter"' in worker.get(address).text
    draft = worker.post(f"{address}/letter", {"language": "de"}).headers["Location"]
    text = "# Ihr Einwand\n{salutation},\n\nwir haben ihn geprueft.\n"
    assert worker.post(draft, {"text": text, "release": "1"}).status_code == 303
    assert "objection_decided" not in reasons(case)


def test_who_asks_for_instalments_is_offered_a_plan(worker, case):
    worker.get(f"/cases/{case.public_id}/message")
    form = {"channel": "letter", "note": "Ich kann nur 80 im Monat", "outcome": "instalments"}
    assert worker.post(f"/cases/{case.public_id}/message", form).status_code == 303
    page = worker.get(f"/cases/{case.public_id}").text
    assert f'href="/cases/{case.public_id}/plan"' in page


def test_what_a_letter_asks_is_answered_by_a_letter(worker, case):
    worker.get(f"/cases/{case.public_id}/message")
    form = {"channel": "letter", "note": "Bitte eine Kopie", "outcome": "question"}
    assert worker.post(f"/cases/{case.public_id}/message", form).status_code == 303
    page = worker.get(f"/cases/{case.public_id}").text
    page = worker.get(re.search(r'href="(/debtor-requests/[^"]+)"', page).group(1)).text
    address = re.search(r'href="(/cases/[^"]+kind=request_answer)"', page).group(1)
    form = {"kind": "request_answer", "language": "de"}
    draft = worker.post(address.partition("?")[0], form).headers["Location"]
    text = "# Ihre Anfrage\n{salutation},\n\ndie Kopie liegt bei.\n"
    assert worker.post(draft, {"text": text, "release": "1"}).status_code == 303
    assert reasons(case) == {"first_demand_due"}


def test_a_message_says_what_comes_of_it(worker, case):
    worker.get(f"/cases/{case.public_id}/message")
    form = {"channel": "letter", "note": "Zahle am Freitag"}
    refused = worker.post(f"/cases/{case.public_id}/message", form)
    assert refused.status_code == 422
    assert 'href="#outcome"' in refused.text
    promise = {**form, "outcome": "promise", "promise_amount": "100,00", "promise_on": "27.11.26"}
    assert worker.post(f"/cases/{case.public_id}/message", promise).status_code == 303
    page = worker.get(f"/cases/{case.public_id}").text
    assert "The debtor pays €100.00 by" in page
    kept = worker.post(f"/cases/{case.public_id}/message", {**form, "outcome": "nothing"})
    assert kept.status_code == 303
    objects = worker.post(f"/cases/{case.public_id}/message", {**form, "outcome": "objection"})
    assert "/objection?source=contact:" in objects.headers["Location"]


def test_a_wrong_number_leads_to_the_data_of_the_debtor(worker, case):
    worker.get(f"/cases/{case.public_id}/call")
    worker.post(f"/cases/{case.public_id}/call", {"outcome": "wrong_number"})
    page = worker.get(f"/cases/{case.public_id}").text
    assert "Find the right number" in page
    assert "Data of the debtor" in page.split('id="h-next"')[1].split("</section>")[0]
