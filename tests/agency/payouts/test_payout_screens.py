"""Paying creditors on the screens: prepared, released by another person, fetched, seen by him."""

import re
from datetime import date

import pytest

from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.people.policy import Role
from cases.remittances.models import PayoutRun
from tests.agency.conftest import NOW
from tests.factories.payouts import make_paid_case
from tests.factories.records import make_agency, make_creditor, make_user
from tests.factories.visits import Visit, run_effects, visit

TERMS = {"steps": [{"until_cents": None, "percent": "20"}]}


def person(at_work, role, **more) -> Visit:
    with transaction():
        email = make_user(role, **more).email
    return visit(at_work, email, "en")


@pytest.fixture
def creditor(at_work):
    with transaction():
        creditor = make_creditor("Stadtwerke Beispiel GmbH", fee_terms=TERMS)
        make_paid_case(creditor, 100_00, date(2026, 11, 2))
    return creditor


def test_from_the_run_to_the_creditors_own_page(fresh_app):
    """With the database's own roles: the portal sees its own settlements only."""
    app = fresh_app
    with clock_at(NOW), app.app_context(), transaction():
        make_agency()
        own_creditor = make_creditor("Stadtwerke Beispiel GmbH", fee_terms=TERMS)
        stranger = make_creditor("Andere GmbH")
        make_paid_case(own_creditor, 100_00, date(2026, 11, 2))
        emails = [
            make_user(role, creditor=of).email
            for role, of in (
                (Role.ACCOUNTS, None), (Role.ADMIN, None), (Role.CREDITOR, own_creditor),
                (Role.CREDITOR, stranger),
            )
        ]  # fmt: skip
    with clock_at(NOW):
        walk(app, *(visit(app, email, "en") for email in emails))


def walk(app, clerk, admin, own, other):
    clerk.get("/payouts")
    shown = clerk.post("/payouts")
    assert shown.status_code == 303
    page = clerk.get(shown.location).text
    assert "€76.20" in page
    address = re.search(r'action="(/payouts/[^"]+/ask)"', page).group(1)
    assert clerk.get(address.replace("/ask", "/orders.xml")).status_code == 404
    assert clerk.post(address).status_code == 303
    waiting = admin.get("/approvals").text
    assert "€76.20" in waiting
    confirm = re.search(r'action="(/approvals/[^"]+/confirm)"', waiting).group(1)
    assert admin.post(confirm).status_code == 303
    orders = admin.get(address.replace("/ask", "/orders.xml"))
    assert b"76.20" in orders.data
    run_effects(app)
    listed = own.get("/my-settlements").text
    assert "€76.20" in listed
    pdf = re.search(r'href="(/my-settlements/[^"]+\.pdf)"', listed).group(1)
    assert own.get(pdf).data.startswith(b"%PDF")
    assert other.get(pdf).status_code == 404
    rows = re.search(r'href="(/my-settlements/[^"]+\.csv)"', listed).group(1)
    assert "100,00" in own.get(rows).text
    assert other.get(rows).status_code == 404
    assert "€76.20" not in other.get("/my-settlements").text


def test_what_is_prepared_can_be_given_up(at_work, creditor):
    clerk = person(at_work, Role.ACCOUNTS)
    clerk.get("/payouts")
    shown = clerk.post("/payouts")
    again = clerk.post("/payouts")
    assert again.status_code == 422
    drop = re.search(r'action="(/payouts/[^"]+/drop)"', clerk.get(shown.location).text).group(1)
    assert clerk.post(drop).status_code == 303
    assert clerk.post("/payouts").status_code == 303
    assert db.session.query(PayoutRun).count() == 2


def test_a_case_worker_pays_nobody(worker):
    assert worker.get("/payouts").status_code == 403
    assert worker.post("/payouts").status_code == 403
