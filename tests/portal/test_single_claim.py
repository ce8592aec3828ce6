"""One claim by form, with a joint debtor and a document; and the day of the contracts of a list."""

import io

import pytest
from sqlalchemy import select

from cases.claims.models import Case, CaseDebtor, Claim
from cases.core.database import db, transaction
from cases.documents.models import ClaimDocument
from cases.people.policy import Role
from tests.factories.documents import PDF
from tests.factories.records import make_agency, make_creditor, make_user
from tests.factories.uploads import invoice, list_of
from tests.factories.visits import run_effects, visit

TYPED = {
    "invoice_number": "R-1", "invoiced_on": "1.7.2026", "due_on": "15.7.26", "open": "1.250,40",
    "text": "Dachreparatur", "contract_on": "1.6.2026", "name": "Jonas Weber",
    "street": "Lindenallee 7", "postcode": "20259", "city": "Hamburg", "purpose": "consumer",
    "due_basis": "contract", "reminder": "day", "reminded_day": "1.8.2026", "performed": "1",
    "disputed": "no",
}  # fmt: skip


@pytest.fixture
def creditor(fresh_app):
    with fresh_app.app_context(), transaction():
        make_agency()
        email = make_user(Role.CREDITOR, creditor=make_creditor()).email
    person = visit(fresh_app, email)
    assert "Gesamtschuldner" in person.get("/submissions/single").text
    return person


def test_one_page_makes_a_case_against_joint_debtors_with_its_document(fresh_app, creditor):
    sent = creditor.post("/submissions/single", {
        **TYPED, "second_name": "Maria Weber", "kind": "contract",
        "document": (io.BytesIO(PDF), "vertrag.pdf"),
    })  # fmt: skip
    assert sent.status_code == 303, sent.text
    run_effects(fresh_app)
    assert "1 Forderung ist übergeben" in creditor.get(sent.headers["Location"]).text
    with fresh_app.app_context():
        claim = db.session.scalars(select(Claim)).one()
        assert (claim.principal_cents, str(claim.contract_on)) == (125_040, "2026-06-01")
        debtors = db.session.scalars(select(CaseDebtor).order_by(CaseDebtor.position)).all()
        assert [(one.submitted_name, one.submitted_address) for one in debtors] == [
            ("Jonas Weber", debtors[0].submitted_address),
            ("Maria Weber", debtors[0].submitted_address),
        ]
        assert db.session.scalars(select(ClaimDocument)).one().claim_id == claim.id


def test_each_reminder_is_handed_in_with_its_day_and_proves_it_in_the_case(fresh_app, creditor):
    sent = creditor.post("/submissions/single", {
        **TYPED, "second_reminded_on": "20.8.2026", "last_reminded_on": "5.9.2026",
        "reminder_first": (io.BytesIO(PDF), "m1.pdf"),
        "reminder_second": (io.BytesIO(PDF), "m2.pdf"),
    })  # fmt: skip
    assert sent.status_code == 303, sent.text
    run_effects(fresh_app)
    with fresh_app.app_context():
        kept = db.session.scalars(select(ClaimDocument).order_by(ClaimDocument.dated_on)).all()
        assert [(one.kind, str(one.dated_on)) for one in kept] == [
            ("reminder", "2026-08-01"), ("reminder", "2026-08-20"),
        ]  # fmt: skip
        case = db.session.get_one(Case, kept[0].case_id).public_id
    page = creditor.get(f"/my-cases/{case}").text
    assert "Mahnung vom 20.08.2026" in page
    assert page.count("Schreiben fehlt") == 1
    later = {"kind": "reminder", "document": (io.BytesIO(PDF), "Mahnung_2026-09-05.pdf")}
    creditor.post(f"/my-cases/{case}/documents", later)
    page = creditor.get(f"/my-cases/{case}").text
    assert "Schreiben fehlt" not in page
    wrong = {"kind": "reminder", "dated_on": "31.6.2026", "document": (io.BytesIO(PDF), "m.pdf")}
    assert creditor.post(f"/my-cases/{case}/documents", wrong).status_code == 422


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(fresh_app, creditor):
    wrong = {**TYPED, "open": "12.500.000,00", "due_on": "", "postcode": "2025",
             "second_name": "Maria Weber", "second_city": "Berlin"}  # fmt: skip
    refused = creditor.post("/submissions/single", wrong)
    assert refused.status_code == 422
    for words in ("12.500.000,00", "Maria Weber", "Dachreparatur", "error-open", "error-due_on",
                  "error-postcode", "error-second_street", "confirm_amount_unusual"):  # fmt: skip
        assert words in refused.text, words
    right = {**TYPED, "open": "12.500.000,00", "due_on": "", "due_basis": "statute",
             "confirm_amount_unusual": "1"}  # fmt: skip
    assert creditor.post("/submissions/single", right).status_code == 303
    run_effects(fresh_app)
    again = creditor.post("/submissions/single", right)
    assert again.status_code == 422
    assert "schon" in again.text


def test_the_day_of_the_contracts_is_asked_for_rows_that_name_none(fresh_app, creditor):
    sent = creditor.post("/submissions", {"file": (io.BytesIO(list_of([invoice("R-9")])), "a.csv")})
    run_effects(fresh_app)
    address = f"{sent.headers['Location']}/hand-over"
    assert "Wann wurden die Verträge geschlossen?" in creditor.get(address).text
    creditor.post(address, {
        "due_basis": "contract", "reminder": "none", "performed": "1", "disputed": "no",
        "contract_day": "3.5.2026",
    })  # fmt: skip
    run_effects(fresh_app)
    with fresh_app.app_context():
        assert str(db.session.scalars(select(Claim)).one().contract_on) == "2026-05-03"


def test_a_claim_that_was_bought_names_with_whom_it_arose(fresh_app, creditor):
    own = {"original_creditor": "Stadtwerke Musterstadt GmbH"}
    refused = creditor.post("/submissions/single", {**TYPED, **own})
    assert refused.status_code == 422
    assert "der jetzige Gläubiger selbst" in refused.text
    bought = {"original_creditor": "Alt AG", "assigned_on": "1.9.2026", "original_city": "Köln"}
    sent = creditor.post("/submissions/single", {**TYPED, **bought})
    assert sent.status_code == 303, sent.text
    run_effects(fresh_app)
    with fresh_app.app_context():
        claim = db.session.scalars(select(Claim)).one()
        assert (claim.original_creditor, claim.original_city) == ("Alt AG", "Köln")
        assert str(claim.assigned_on) == "2026-09-01"
