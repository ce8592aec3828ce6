"""Refunds, bills, our share and advances on screen; the client's side of questions and advances."""

import io

import pytest
from sqlalchemy import select

from cases.core.database import db, transaction
from cases.people.policy import Role
from cases.recoveries.open_items.models import OpenItemCheck, OpenItemQuestion
from cases.recoveries.open_items.services import carry_out
from cases.remittances.transfers.bill_models import AdvanceRequest, Bill
from cases.remittances.transfers.models import Transfer
from cases.remittances.transfers.refunds_due import list_refunds_due
from tests.factories.bank_files import Transfer as Line
from tests.factories.debits import set_up_debits
from tests.factories.payouts import take_statement
from tests.factories.records import claim_details, make_case, make_creditor, make_user
from tests.factories.visits import visit


def person(at_work, role, **more):
    with transaction():
        email = make_user(role, **more).email
    return visit(at_work, email, "en")


@pytest.fixture
def clerk(at_work):
    return person(at_work, Role.ACCOUNTS)


def test_a_refund_goes_from_the_list_to_the_file_by_two_people(at_work, clerk):
    with transaction():
        case, _ = make_case(claims=[claim_details()])
        take_statement([Line(5_000_00, purpose=case.number)])
    [due] = list_refunds_due("EUR")
    page = clerk.get("/transfers").text
    assert f"Paid too much on case {case.number}" in page
    assert clerk.post("/transfers/refunds", {}).status_code == 422
    names = {"refund": due.key, f"name-{due.key}": "Jonas Weber"}
    refused = clerk.post("/transfers/refunds", {**names, f"iban-{due.key}": "DE00"})
    assert refused.status_code == 422
    assert "DE00 is no valid IBAN" in refused.text
    assert 'value="DE00"' in refused.text  # Nothing typed is lost.
    other = "DE02120300000000202051"
    assert clerk.post("/transfers/refunds", {**names, f"iban-{due.key}": other}).status_code == 303
    transfer = db.session.scalars(select(Transfer)).one()
    run = f"/transfers/{_run_of(transfer)}"
    assert "not the account that paid" in clerk.get(run).text
    assert clerk.get(f"{run}/orders.xml").status_code == 404
    assert clerk.post(f"{run}/ask").status_code == 303
    second = person(at_work, Role.ADMIN)
    approvals = second.get("/approvals").text
    assert "Refunds to another account than the one that paid" in approvals
    from cases.people.approvals import find_open

    asked = find_open("transfer.release", transfer.run_id).public_id
    assert clerk.post(f"/approvals/{asked}/confirm").status_code == 422
    assert second.post(f"/approvals/{asked}/confirm").status_code == 303
    assert b"CdtTrfTxInf" in second.client.get(f"{run}/orders.xml").data
    reject = f"/transfers/of/{transfer.public_id}/reject"
    assert clerk.post(reject, {"reason": ""}).status_code == 422
    assert clerk.post(reject, {"reason": "Konto erloschen"}).status_code == 303
    assert "Konto erloschen" in clerk.get(run).text


def _run_of(transfer):
    from cases.remittances.transfers.models import TransferRun

    return db.session.get(TransferRun, transfer.run_id).public_id


def test_a_bill_is_entered_with_its_cases_and_nothing_typed_is_lost(at_work, clerk):
    with transaction():
        case, _ = make_case()
    form = {
        "kind": "bailiff", "payee": "OGV Beispiel", "iban": "DE02 1203 0000 0000 2020 51",
        "number": "DR II 815/26", "billed_on": "20.11.2026", "due_on": "11.12.2026",
        "amount_cents": "38,40", "source": "operating", "case_1": case.number, "share_1": "30,00",
    }  # fmt: skip
    refused = clerk.post("/bills", form)
    assert refused.status_code == 422
    assert "They must be equal" in refused.text
    assert case.number in refused.text
    assert clerk.post("/bills", {**form, "share_1": "was"}).status_code == 422
    assert clerk.post("/bills", {**form, "share_1": "38,40"}).status_code == 303
    bill = db.session.scalars(select(Bill)).one()
    assert "DR II 815/26" in clerk.get("/transfers").text
    assert clerk.post(f"/bills/{bill.public_id}/withdraw", {"why": ""}).status_code == 422
    assert clerk.post("/transfers/bills", {"bill": bill.public_id}).status_code == 303
    assert "OGV Beispiel" in clerk.get("/bills").text


def test_a_client_sees_the_advance_he_is_asked_for(at_work, clerk):
    with transaction():
        creditor = make_creditor()
    form = {"advance_creditor": creditor.public_id, "advance_amount_cents": "200,00",
            "advance_due_on": "14.12.2026", "advance_reason": "Gerichtskosten"}  # fmt: skip
    assert clerk.post("/advances", {**form, "advance_creditor": ""}).status_code == 422
    assert clerk.post("/advances", {**form, "advance_reason": ""}).status_code == 422
    assert clerk.post("/advances", form).status_code == 303
    asked = db.session.scalars(select(AdvanceRequest)).one()
    assert asked.number in clerk.get("/bills").text
    assert clerk.post(f"/advances/{asked.public_id}/withdraw").status_code == 303


def test_a_list_of_open_items_is_taken_in_and_compared(at_work, clerk):
    with transaction():
        creditor = make_creditor()
        make_case(creditor, claims=[claim_details(invoice_number="RE-1")])
    form = {"creditor": creditor.public_id, "as_of": "23.11.2026"}
    assert clerk.post("/open-items", form).status_code == 422
    assert clerk.post("/open-items", {**form, "creditor": ""}).status_code == 422
    data = b"Rechnungsnummer;Offener Betrag\nRE-1;400,00\n"
    sent = clerk.post("/open-items", {**form, "file": (io.BytesIO(data), "offen.csv")})
    assert sent.status_code == 303
    check = db.session.scalars(select(OpenItemCheck)).one()
    address = f"/open-items/{check.public_id}"
    assert "Is being compared" in clerk.get(address).text
    with transaction():
        carry_out("key", check.id)
    assert "less open with him" in clerk.get(address).text
    assert len(db.session.scalars(select(OpenItemQuestion)).all()) == 1


def test_the_page_of_debits_says_what_the_house_has_to_enter_first(at_work, clerk):
    assert "enter them under Agency" in clerk.get("/debits").text
    with transaction():
        set_up_debits()
    assert "enter them under Agency" not in clerk.get("/debits").text
