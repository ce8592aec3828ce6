"""The first demand letter at the screen: missing facts, wish, preview, release, download."""

import hashlib

import pytest

from cases.core.database import transaction
from cases.core.outbox import carry_out, list_due_effects
from cases.letters.models import SentLetter
from cases.letters.queries import list_letters
from cases.people.policy import Role
from tests.factories.records import claim_details, debtor_details, make_case, make_user
from tests.factories.visits import visit


@pytest.fixture
def case(worker):
    return accepted()


def accepted(**fields):
    with transaction():
        return make_case(accepted_by=make_user(), **fields)[0]


def test_the_page_shows_the_real_letter_and_releases_it(worker, case):
    page = worker.get(f"/cases/{case.public_id}/letter").text
    assert "payable by" in page
    assert "<iframe" in page
    answer = worker.post(f"/cases/{case.public_id}/letter", {"dispatched_on": "23.11.2026"})
    assert "is being printed" in worker.get(answer.headers["Location"]).text
    assert len(list_letters(case.id)) == 1


def test_a_wrong_day_is_shown_again_and_releases_nothing(worker, case):
    answer = worker.get(f"/cases/{case.public_id}/letter?dispatched_on=99.99.2026")
    assert answer.status_code == 422
    field = answer.text.split('id="dispatched_on"')[1].split(">")[0]
    assert 'value="99.99.2026"' in field
    assert "disabled" in answer.text.split("Release letter")[0].rsplit("<button", 1)[1]
    refused = worker.post(f"/cases/{case.public_id}/letter", {"dispatched_on": "99.99.2026"})
    assert refused.status_code == 422
    assert list_letters(case.id) == []


def test_only_the_preview_may_stand_in_a_frame(worker, case):
    shown = worker.get(f"/cases/{case.public_id}/letter.pdf")
    assert shown.mimetype == "application/pdf"
    assert shown.data.startswith(b"%PDF")
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Cache-Control"] == "no-store"
    page = worker.get(f"/cases/{case.public_id}/letter")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_missing_facts_are_completed_in_place(worker):
    claim = claim_details(description=None, contract_on=None, invoice_number="RE-5")
    case = accepted(claims=[claim])
    page = worker.get(f"/cases/{case.public_id}/letter").text
    assert "Complete claim RE-5" in page
    assert "Must be corrected:" in page
    assert "disabled" in page.split("Release letter")[0].rsplit("<button", 1)[1]
    refused = worker.post(f"/cases/{case.public_id}/letter")
    assert refused.status_code == 422
    assert list_letters(case.id) == []

    address = page.split('action="/claims/')[1].split('"')[0]
    form = {"case": case.public_id, "description": "Heating oil"}
    assert worker.post(f"/claims/{address}", form).status_code == 422
    answer = worker.post(f"/claims/{address}", {**form, "contract_on": "1.3.2026"})
    page = worker.get(answer.headers["Location"]).text
    assert "Complete claim" not in page
    assert "All duties of the law and of the house are met." in page


def test_one_claim_without_its_facts_is_enough_to_stop_the_letter(worker):
    bare = claim_details(description=None, contract_on=None)
    case = accepted(claims=[claim_details(), bare])
    page = worker.get(f"/cases/{case.public_id}/letter").text
    assert "day of the contract" in page.split("Must be corrected:", 1)[1]
    assert worker.post(f"/cases/{case.public_id}/letter").status_code == 422


def test_a_short_term_needs_a_reason(worker, case):
    address = f"/cases/{case.public_id}/letter"
    assert "needs a reason" in worker.get(address, query_string={"term_days": "10"}).text
    assert worker.post(address, {"term_days": "10"}).status_code == 422
    with_reason = {"term_days": "10", "term_reason": "The debtor asked for it"}
    assert worker.post(address, with_reason).status_code == 303


@pytest.mark.parametrize(
    ("form", "field"),
    [
        pytest.param({"term_days": "many"}, "term_days", id="no number"),
        pytest.param({"dispatched_on": "someday"}, "dispatched_on", id="no day"),
        pytest.param({"next_step": "threaten"}, "next_step", id="no such step"),
    ],
)
def test_wishes_that_make_no_sense_are_said(worker, case, form, field):
    answer = worker.post(f"/cases/{case.public_id}/letter", form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_joint_debtors_get_a_letter_each(worker):
    debtors = [debtor_details("Weber"), debtor_details("Weber", given_name="Ida")]
    case = accepted(debtors=debtors)
    page = worker.get(f"/cases/{case.public_id}/letter").text
    assert page.count("<iframe") == 2
    assert "Release 2 letters" in page
    preview = f"/cases/{case.public_id}/letter.pdf"
    assert worker.get(preview, query_string={"debtor": 3}).status_code == 404
    worker.post(f"/cases/{case.public_id}/letter")
    assert len(list_letters(case.id)) == 2


def test_the_bytes_that_left_are_the_bytes_that_are_shown(worker, case, database):
    worker.get(f"/cases/{case.public_id}/letter")
    worker.post(f"/cases/{case.public_id}/letter")
    letter = list_letters(case.id)[0][0]
    assert worker.get(f"/letters/{letter.public_id}.pdf").status_code == 404
    for effect_id in list_due_effects():
        carry_out(effect_id)
    shown = worker.get(f"/letters/{letter.public_id}.pdf")
    sent = database.get(SentLetter, letter.id)
    assert hashlib.sha256(shown.data).hexdigest() == sent.sha256
    assert shown.headers["Content-Disposition"] == f'inline; filename="{letter.number}.pdf"'
    assert f"/letters/{letter.public_id}.pdf" in worker.get(f"/cases/{case.public_id}").text


def test_a_letter_is_sent_once_and_only_for_an_accepted_case(worker, case):
    worker.get(f"/cases/{case.public_id}/letter")
    worker.post(f"/cases/{case.public_id}/letter")
    assert worker.post(f"/cases/{case.public_id}/letter").status_code == 409
    with transaction():
        new, _ = make_case()
    page = worker.get(f"/cases/{new.public_id}/letter")
    assert page.status_code == 200
    assert "accept the case first" in page.text
    assert "<iframe" not in page.text


def test_accounts_read_letters_but_do_not_send_them(at_work, case):
    with transaction():
        email = make_user(Role.ACCOUNTS).email
    person = visit(at_work, email)
    assert person.get(f"/cases/{case.public_id}/letter").status_code == 403
