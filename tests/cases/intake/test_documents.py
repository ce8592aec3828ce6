"""Documents follow their rows into the cases, and say what a claim still lacks."""

import pytest

from cases.claims.models import Claim
from cases.claims.queries import list_claims
from cases.claims.timeline import list_events
from cases.core import outbox
from cases.core.database import db, transaction
from cases.documents.content import DocumentRefused
from cases.documents.models import ClaimDocument, DocumentKind
from cases.documents.queries import list_of_row, list_of_upload, missing_by_claim
from cases.intake.documents import (
    Handed,
    attach_to_case,
    attach_to_upload,
    list_invoiced,
    list_of_case,
    tell_document,
)
from cases.intake.queries import get_row
from cases.intake.services import hand_over
from tests.factories.documents import PDF, PNG, make_document_of
from tests.factories.records import make_case, make_creditor
from tests.factories.uploads import DECLARED, invoice, make_upload, open_upload

NOTE = Handed(PDF, "Lieferschein.pdf", DocumentKind.DELIVERY_NOTE)
TERMS = Handed(PNG, "AGB.png", DocumentKind.TERMS)


@pytest.fixture
def opened(database):
    """An upload of two debtors with a document for row 2 and one for all rows, in cases."""
    with transaction():
        creditor = make_creditor()
    submission = make_upload(creditor, [invoice("R-1"), invoice("R-2", name="Sommer AG")])
    with transaction():
        attach_to_upload(submission.id, 1, [NOTE], line=2)
        attach_to_upload(submission.id, 1, [TERMS])
        hand_over(submission.id, DECLARED)
    open_upload(submission)
    return submission


def claim_and_document(submission):
    claim_id = get_row(submission.id, 2).claim_id
    document = db.session.get_one(ClaimDocument, list_of_row(submission.id, 2)[0].document.id)
    db.session.refresh(document)
    return claim_id, document


def test_the_document_of_a_row_goes_into_its_case_only(opened):
    claim_id, document = claim_and_document(opened)
    assert document.claim_id == claim_id
    own = list_of_case(document.case_id, [claim_id])
    assert [each.document.kind for each in own] == [DocumentKind.DELIVERY_NOTE, DocumentKind.TERMS]
    other = get_row(opened.id, 3).claim_id
    other_case = db.session.get_one(Claim, other).case_id
    assert [each.document.kind for each in list_of_case(other_case, [other])] == [
        DocumentKind.TERMS
    ]


def test_a_document_that_comes_late_joins_the_claim_at_once(opened):
    with transaction():
        late = attach_to_upload(opened.id, 1, [NOTE], line=3)[0]
    assert late.claim_id == get_row(opened.id, 3).claim_id
    assert [each.document.line for each in list_of_upload(opened.id)] == [None, 2, 3]


def test_what_a_claim_lacks(opened):
    claim_id, document = claim_and_document(opened)
    kept = list_of_case(document.case_id, [claim_id])
    assert list_invoiced([claim_id]) == set()
    assert missing_by_claim([claim_id], kept, set()) == {
        claim_id: [(DocumentKind.CONTRACT, DocumentKind.ORDER), (DocumentKind.INVOICE,)]
    }
    assert missing_by_claim([claim_id], kept, {claim_id})[claim_id] == [
        (DocumentKind.CONTRACT, DocumentKind.ORDER)
    ]


def test_one_bad_document_keeps_none_of_the_lot(database):
    with transaction():
        case, _ = make_case()
    bad = Handed(b"MZ", "vertrag.pdf", DocumentKind.CONTRACT)
    with pytest.raises(DocumentRefused), transaction():
        attach_to_case(case, 1, [NOTE, bad])
    assert list_of_case(case.id, []) == []


def test_a_document_of_a_case_is_told_to_the_staff(database):
    with transaction():
        case, _ = make_case()
        claim_id = list_claims(case.id)[0].id
        document = make_document_of(case, claim_id=claim_id)
    assert outbox.list_due_effects()
    with transaction():
        tell_document("test", document.id)
    event = list_events(case.id)[0]
    assert (event.kind, event.params["name"]) == ("document.added", "Lieferschein.pdf")
