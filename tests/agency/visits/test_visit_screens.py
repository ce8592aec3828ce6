"""Visits at the screen: planned within the rules, the route, the report sent twice, the cash."""

import io
from datetime import datetime

import pytest

from cases.contacts.queries import list_contacts
from cases.contacts.visits.models import Visit
from cases.core import outbox
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.payments.cash.models import CashReceipt
from cases.people.models import User
from cases.people.policy import Role
from tests.factories.documents import PDF
from tests.factories.records import make_case, make_user
from tests.factories.visits import visit

THEN = datetime.fromisoformat("2026-12-01T14:30:00+01:00")
BEWARE = "Bissiger Hund am Tor"


@pytest.fixture
def case(worker):
    with transaction():
        found, _ = make_case(accepted_by=make_user())
    return found


def plan_form(**form):
    with transaction():
        visitor = make_user(name="Karl Besucher")
    given = {"on": "1.12.2026", "first": "14", "last": "15:00", "purpose": "payment",
             "visitor": visitor.public_id}  # fmt: skip
    return {**given, **form}


def planned(case):
    return db.session.query(Visit).filter_by(case_id=case.id).one()


def test_a_visit_is_planned_within_the_rules_and_only_legal_sets_one_aside(at_work, worker, case):
    address = f"/cases/{case.public_id}/visits"
    worker.get(address)
    for form, words in (
        ({"on": "29.11.2026"}, "Sunday; nobody is visited"),
        ({"on": "25.12.2026"}, "public holiday"),
        ({"last": "13:00"}, "begins before it ends"),
        ({"visitor": "niemand"}, "Say who makes the visit"),
        ({"first": "25:99"}, "14:30"),
        ({"on": ""}, "Day"),
        ({"on": "29.11.2026", "override_because": "Er bat darum"}, "you may not make one"),
    ):
        answer = worker.post(address, plan_form(**form))
        assert (answer.status_code, words in answer.text) == (422, True), form
    with transaction():
        legal = visit(at_work, make_user(Role.LEGAL).email, "en")
    legal.get("/worklist")
    form = plan_form(on="29.11.2026", override_because="Er bat darum")
    assert legal.post(address, form).status_code == 303
    page = worker.get(f"/visits/{planned(case).public_id}").text
    assert "Er bat darum" in page
    assert "29 November 2026" in page
    moved = {**plan_form(), "why": ""}
    move = f"/visits/{planned(case).public_id}/move"
    assert worker.post(move, moved).status_code == 422
    assert worker.post(move, {**moved, "why": "Er ist krank"}).status_code == 303
    cancel = f"/visits/{planned(case).public_id}/cancel"
    assert 'href="#cancel_why"' in worker.post(cancel, {"cancel_why": " "}).text
    assert worker.post(cancel, {"cancel_why": "Er hat gezahlt"}).status_code == 303
    assert worker.post(cancel, {"cancel_why": "Er hat gezahlt"}).status_code in {409, 422}


def test_from_the_letter_to_the_report_that_arrives_twice(at_work, worker, case):
    worker.get(f"/cases/{case.public_id}/visits")
    assert worker.post(f"/cases/{case.public_id}/visits", plan_form()).status_code == 303
    found = planned(case)
    address = f"/visits/{found.public_id}"
    beware = worker.post(f"{address}/safety", {"beware": BEWARE})
    assert beware.status_code == 303
    draft = worker.post(f"{address}/letter").headers["Location"]
    assert BEWARE not in worker.get(draft).text
    visitor = db.session.get_one(User, found.visitor_id)
    route = f"/visits?day=1.12.2026&person={visitor.public_id}"
    assert BEWARE in worker.get(route).text
    assert b"BEGIN:VEVENT" in worker.get(route.replace("/visits?", "/visits/route.ics?")).data
    report = {"identity": "confirmed", "outcome": "cash", "reason": "forgot", "person": "Weber",
              "cash_amount": "300", "paper_kind": "receipt",
              "cost": "12,60", "cost_words": "42 km"}  # fmt: skip
    with transaction():
        email = make_user().email
    with clock_at(THEN):
        worker = visit(at_work, email, "en")
        worker.get(address)
        for wrong, field in (
            ({"outcome": ""}, "outcome"), ({"cash_amount": ""}, "cash_amount"),
            ({"identity": "nobody"}, "identity"), ({"cost_words": ""}, "cost_words"),
        ):  # fmt: skip
            answer = worker.post(address, {**report, **wrong})
            assert (answer.status_code, f'href="#{field}"' in answer.text) == (422, True), wrong
        sent = {**report, "paper": (io.BytesIO(PDF), "Quittung.pdf")}
        answer = worker.post(address, sent, content_type="multipart/form-data")
        assert answer.status_code == 303
        for effect in outbox.list_due_effects():
            outbox.carry_out(effect)
        assert len(list_contacts(case.id)) == 1
        page = worker.get(address).text
        receipt = db.session.get_one(CashReceipt, found.receipt_id)
        for words in (receipt.number, "Quittung.pdf", "42 km", "€300.00"):
            assert words in page, words
        assert worker.get(f"{address}/receipt.pdf").data.startswith(b"%PDF")
        again = worker.post(address, {**report, "note": "anders"})
        assert again.status_code == 422
        assert "reported, cancelled or refused already" in again.text
    with transaction():
        admin = visit(at_work, make_user(Role.ADMIN).email, "en")
    assert receipt.number in admin.get("/cash").text
    assert admin.get(f"/cash/{receipt.public_id}.pdf").status_code == 200
    wrong = admin.post(f"/cash/{receipt.public_id}/take-back", {"why": ""})
    assert wrong.status_code == 422
    deposit = {"person": db.session.get_one(User, receipt.received_by).public_id,
               "currency": "EUR", "seen_cents": "30000", "paid_in_on": "23.11.2026"}  # fmt: skip
    stale = admin.post("/cash/pay-in", {**deposit, "seen_cents": "20000"})
    assert (stale.status_code, "More cash was taken" in stale.text) == (422, True)
    assert admin.post("/cash/pay-in", deposit).status_code == 303
    assert "paid in on" in admin.get("/cash").text
