"""Relationship policy on its pages: client, case, portal; approvals by one click; sales."""

import re
from datetime import date

import pytest

from cases.claims.asking import services as asking
from cases.claims.asking.models import AskedFor
from cases.claims.asking.policies import policy_of
from cases.claims.ending import Ending, end_case
from cases.claims.models import Outcome
from cases.claims.queries import get_case
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.filings.applications.readiness import check_filing
from cases.parties.relationship import Tone
from cases.people.policy import Role
from tests.factories.court_cases import make_court_case, make_house, make_ready_filing
from tests.factories.records import (
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.factories.visits import run_effects, visit

SOFT = {"tone": "soft", "without_visit": "1"}


@pytest.fixture
def house(fresh_app):
    """People of a house and of a client, with one case."""
    with fresh_app.app_context():
        with transaction():
            make_agency()
            creditor = make_creditor()
            emails = {
                role: make_user(role, creditor=creditor if "creditor" in role.value else None).email
                for role in Role
            }
            case, _ = make_case(
                creditor, debtors=[debtor_details(customer_number="K-77")], accepted_by=make_user()
            )
            ids = case.public_id, creditor.public_id
        db.session.remove()
    return fresh_app, emails, *ids


def test_it_is_set_for_the_client_and_tightened_for_a_debtor(house):
    app, emails, case_id, creditor_id = house
    accounts = visit(app, emails[Role.ACCOUNTS], "en")
    client = f"/clients/{creditor_id}/relationship"
    assert "All that the strategy provides for" in accounts.get(client).text
    assert accounts.post(client, {"tone": "balanced"}).status_code == 303
    firm = {"debtor_kind": "company", "tone": "firm"}
    refused = accounts.post(client, firm)
    assert refused.status_code == 422
    assert "at least as strict" in refused.text
    worker, path = visit(app, emails[Role.CASE_WORKER], "en"), f"/cases/{case_id}/relationship"
    page = worker.get(path).text
    assert "balanced" in page
    debtor = re.search(r'name="debtor" value="([^"]+)"', page)[1]
    told = worker.post(path, {**SOFT, "debtor": debtor})
    assert told.status_code == 422  # Nobody said why.
    why = {**SOFT, "debtor": debtor, "reason": "Schlüsselkunde"}
    assert worker.post(path, why).status_code == 303
    assert "Schlüsselkunde" in accounts.get(client).text
    with app.app_context():
        assert policy_of(get_case(case_id)).tone is Tone.SOFT


def test_the_client_sets_it_and_somebody_named_for_it_answers(house):
    app, emails, case_id, _ = house
    admin = visit(app, emails[Role.CREDITOR_ADMIN], "en")
    assert admin.post("/my-relationship", {"tone": ""}).status_code == 422
    assert admin.post("/my-relationship", SOFT).status_code == 303
    assert visit(app, emails[Role.CREDITOR]).get("/my-relationship").status_code == 403
    worker = visit(app, emails[Role.CASE_WORKER], "en")
    path = f"/cases/{case_id}/relationship"
    asked = {"asked_for": "court", "question": "Zwei Briefe blieben ohne Antwort."}
    assert worker.post(f"{path}/question", asked).status_code == 303
    assert worker.post(f"{path}/question", {"asked_for": "plan"}).status_code == 422
    approver = visit(app, emails[Role.CREDITOR_APPROVER], "en")
    page = approver.get("/my-approvals").text
    for words in ("Zwei Briefe", "court fee", "does not go to court", "1,000.00"):
        assert words in page, words
    question = re.search(r'name="approvals" value="([^"]+)"', page)[1]
    reader = visit(app, emails[Role.CREDITOR_READER])
    assert 'name="agrees"' not in reader.get("/my-approvals").text
    no = {"approvals": question, "agrees": "0"}
    assert approver.post("/my-approvals", {"agrees": "1"}).status_code == 422
    assert approver.post("/my-approvals", no).status_code == 422
    assert approver.post("/my-approvals", {**no, "words": "Großkunde"}).status_code == 303
    run_effects(app)
    shown = worker.get(path).text
    assert "Großkunde" in shown
    assert "decide how it goes on" in worker.get(f"/cases/{case_id}").text
    again = approver.post("/my-approvals", {**no, "words": "noch einmal"})
    assert again.status_code == 422
    assert "decided already" in again.text


def test_sales_see_whom_to_deliver_to_and_nothing_else(house):
    app, emails, case_id, _ = house
    sales = visit(app, emails[Role.CREDITOR_SALES], "en")
    assert sales.get("/").headers["Location"] == "/customer-status"
    page = sales.get("/customer-status?show=at_risk").text
    assert "at risk" in page
    assert "K-77" in page
    assert "1,000" not in page
    for closed in ("/overview", "/my-cases", f"/my-cases/{case_id}", "/my-approvals"):
        assert sales.get(closed).status_code == 403
    with app.app_context():
        with transaction():
            end_case(get_case(case_id).id, Ending.usual(Outcome.UNCOLLECTIBLE, "nichts zu holen"))
        db.session.remove()
    assert "do not deliver on account" in sales.get("/customer-status?show=blocked&q=webe").text
    assert "No customer found" in sales.get("/customer-status?show=clear").text
    assert "No customer found" in sales.get("/customer-status?show=at_risk").text


def test_an_application_waits_for_the_client_but_not_until_it_is_time_barred(database):
    with clock_at(date(2026, 11, 23)):
        house = make_house()
        case = make_court_case(house)
        make_creditor_ask(case)
        filing = make_ready_filing(house, case)
        asked = asking.find_open(case.id, AskedFor.COURT)
        assert codes(filing) >= {"client_must_agree"}
        with transaction():
            asking.note_answer(asked, agrees=True, words="Frau Kern am Telefon")
        check_filing(filing)
        assert filing.errors == 0, filing.findings


def make_creditor_ask(case):
    from cases.parties.relationship import Policy
    from cases.parties.relationship_rules import Scope, set_rule

    with transaction():
        set_rule(case.creditor_id, Scope(), Policy(asks_court=True))


def codes(filing):
    return {finding["code"] for finding in filing.findings}
