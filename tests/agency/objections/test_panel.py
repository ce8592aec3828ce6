"""The verification panel on both sides' screens: asked, answered, explained, decided by two."""

import io

import pytest

from cases.claims.queries import list_claims
from cases.core.database import db, transaction
from cases.filings.evidence_bundle import bundle_pdf, bundle_zip
from cases.letters.models import LetterDraft, LetterKind
from cases.objections.evidence import list_pieces
from cases.objections.models import ObjectionKind, Verdict
from cases.objections.settings import change_settings
from cases.people.policy import Role
from cases.recoveries.objection_quality import GENUINE, list_decided, measure
from cases.worklist.services import list_open_items
from tests.agency.approvals.test_approvals_screen import act
from tests.factories.casework import answer_all, decide, make_objection
from tests.factories.documents import make_document_of
from tests.factories.records import claim_details, make_case, make_user
from tests.factories.visits import visit


@pytest.fixture
def case(worker):
    """An accepted case with two claims."""
    with transaction():
        found, _ = make_case(claims=[claim_details(), claim_details()], accepted_by=make_user())
    return found


def test_an_empty_label_keeps_the_verdict_back_until_it_is_explained(worker, case):
    with transaction():
        objection = make_objection(case, kind=ObjectionKind.NOT_DELIVERED)
        answer_all(objection)
        for piece in list_pieces(objection.id):
            piece.explained = None
    address = f"/objections/{objection.public_id}"
    worker.get(address)
    form = {"verdict": "pretext", "reason": "Bericht", "no_evidence": "liegt beim Gläubiger"}
    refused = worker.post(f"{address}/verdict", form)
    assert refused.status_code == 422
    assert "Ask for them, or say why" in refused.text
    why = {"label": "proof_of_delivery", "why": "verloren"}
    assert worker.post(f"{address}/evidence/explain", {**why, "why": ""}).status_code == 422
    assert worker.post(f"{address}/evidence/explain", why).status_code == 303
    assert worker.post(f"{address}/verdict", {**form, "to_court": "1"}).status_code == 303
    assert "court_after_verdict" in [item.reason for item in list_open_items(case.id)]
    assert worker.post(f"{address}/letter").status_code == 303
    draft = db.session.query(LetterDraft).one()
    assert draft.kind is LetterKind.OBJECTION_REPLY
    assert "Die Lieferung ist belegt" in draft.text


def test_two_people_decide_above_the_limit(worker, at_work, case):
    with transaction():
        change_settings(second_person_cents=1_00)
        objection = make_objection(case)
        answer_all(objection)
        email = make_user(Role.LEGAL).email
    address = f"/objections/{objection.public_id}"
    worker.get(address)
    form = {"verdict": "genuine", "reason": "stimmt", "no_evidence": "mündlich bestätigt"}
    assert worker.post(f"{address}/verdict", form).status_code == 422
    told = {**form, "told_creditor": "Der Mangel ist bestätigt."}
    assert worker.post(f"{address}/verdict", told).status_code == 303
    assert "waits for a second person" in worker.get(address).text
    second = visit(at_work, email, "en")
    assert act(second, "confirm").status_code == 303
    db.session.expire_all()
    assert objection.verdict is Verdict.GENUINE


def test_facts_the_rest_and_the_rules_have_their_forms(worker, at_work, case):
    with transaction():
        objection = make_objection(case, rest_waits=True)
        email = make_user(Role.ADMIN).email
    address = f"/objections/{objection.public_id}"
    worker.get(address)
    wrong = {"delivered_on": "gestern vielleicht"}
    assert worker.post(f"{address}/facts", wrong).status_code == 422
    right = {"delivered_on": "1.4.2026", "goods": "yes", "promised_on": "15.3.2026"}
    assert worker.post(f"{address}/facts", right).status_code == 303
    assert "promised for" in worker.get(f"/cases/{case.public_id}").text
    assert worker.post(f"{address}/rest", {}).status_code == 422
    assert worker.post(f"{address}/rest", {"rest_reason": "unstreitig"}).status_code == 303
    admin = visit(at_work, email, "en")
    admin.get("/house/objections")
    rule = {"condition": "days_after_due>=-9999", "speaks_for": "pretext", "weight": "weak",
            "german": "Er kam.", "english": "It came."}  # fmt: skip
    unread = admin.post("/house/objections/rules", {**rule, "condition": "weather"})
    assert unread.status_code == 422
    assert admin.post("/house/objections/rules", rule).status_code == 303
    assert "It came." in worker.get(address).text


def test_the_quality_report_equals_a_recount(worker, case):
    from cases.core import clock

    claims = list_claims(case.id)
    with transaction():
        from cases.objections.services import Disputed

        for claim, verdict in zip(claims, (Verdict.PRETEXT, Verdict.GENUINE), strict=True):
            decide(make_objection(case, disputed=[Disputed(claim.id, 10_00)]), verdict)
    rows = list_decided(clock.today(), clock.today())
    (group,) = measure(rows, lambda row: [row.kind])
    assert (group.decided, group.genuine) == (
        len(rows), sum(row.verdict in GENUINE for row in rows),
    )  # fmt: skip
    assert group.genuine_range is not None
    assert "1 of 2" in worker.get("/objections/quality").text
    assert worker.get("/objections?show=overdue").status_code == 200


def test_the_bundle_names_every_document_and_what_is_missing(worker, case):
    from pypdf import PdfReader

    with transaction():
        document = make_document_of(case)
    pdf = bundle_pdf(case)
    assert pdf == bundle_pdf(case)
    reader = PdfReader(io.BytesIO(pdf))
    first = reader.pages[0].extract_text()
    assert "Es fehlt" in first
    assert "SHA-256" in first
    assert reader.outline[0].title == "Verzeichnis"
    assert "Anlage 1, Seite 1" in reader.pages[1].extract_text()
    assert document.public_id
    assert bundle_zip(case).startswith(b"PK")
    assert worker.get(f"/cases/{case.public_id}/evidence.pdf").status_code == 200
    assert worker.get(f"/cases/{case.public_id}/evidence.zip").status_code == 200
