"""An invoice handed in again with another amount: old and new are shown, and the new one counts."""

import pytest
from sqlalchemy import select

from cases.claims.models import Case, Claim
from cases.claims.report_models import CreditorReport, ReportKind
from cases.claims.services import accept_case
from cases.core.database import db, transaction
from cases.intake.corrections import confirm_row, correct_row
from cases.intake.models import RowState
from cases.intake.queries import get_row
from cases.intake.services import hand_over
from cases.ledger.books.verifying import verify_ledger
from cases.people.policy import Role
from tests.factories.casework import make_letter
from tests.factories.records import make_agency, make_creditor, make_user
from tests.factories.uploads import DECLARED, invoice, make_upload, open_upload


@pytest.fixture
def creditor(database):
    with transaction():
        make_agency()
        own = make_creditor()
    hand_in(own, "100,00")
    return own


def hand_in(creditor, amount):
    """Hand R-1 in with this amount; another one than before is confirmed."""
    submission = make_upload(creditor, [invoice("R-1", amount)])
    row = get_row(submission.id, 2)
    if row.state is RowState.ERROR:
        (finding,) = row.findings
        assert finding["code"] == "handed_in_differently"
        with transaction():
            confirm_row(submission.id, 2, "handed_in_differently")
        (warned,) = get_row(submission.id, 2).findings
        assert warned["code"] == "amount_changes"
        assert warned["params"] == finding["params"]
    with transaction():
        hand_over(submission.id, DECLARED)
    open_upload(submission)
    db.session.expire_all()
    return get_row(submission.id, 2)


@pytest.mark.parametrize(("amount", "cents"), [("130,50", 130_50), ("60,00", 60_00)])
def test_while_nothing_was_demanded_the_claim_changes(creditor, amount, cents):
    row = hand_in(creditor, amount)
    claim = db.session.scalars(select(Claim)).one()
    case = db.session.scalars(select(Case)).one()
    assert (claim.principal_cents, case.principal_cents, case.booked_open_cents) == (cents,) * 3
    assert (row.state, row.claim_id) == (RowState.OPENED, claim.id)
    assert not list(verify_ledger())
    # The same amount once more is known; nothing is booked twice.
    assert make_known(creditor, amount) is RowState.DUPLICATE


def make_known(creditor, amount):
    return get_row(make_upload(creditor, [invoice("R-1", amount)]).id, 2).state


def test_an_amount_that_is_changed_again_is_confirmed_again(creditor):
    submission = make_upload(creditor, [invoice("R-1", "130,50")])
    with transaction():
        confirm_row(submission.id, 2, "handed_in_differently")
        correct_row(submission.id, 2, {"open": "140,00"})
    assert get_row(submission.id, 2).state is RowState.ERROR


def test_after_a_letter_the_new_amount_is_a_report_that_somebody_answers(creditor):
    with transaction():
        case = db.session.scalars(select(Case)).one()
        accept_case(case.id, make_user(Role.CASE_WORKER).id)
        make_letter(case)
    hand_in(creditor, "60,00")
    hand_in(creditor, "130,50")
    assert db.session.scalars(select(Claim)).one().principal_cents == 100_00
    reports = db.session.scalars(select(CreditorReport).order_by(CreditorReport.id)).all()
    assert [(one.kind, one.amount_cents) for one in reports] == [
        (ReportKind.CREDIT_NOTE, 40_00), (ReportKind.MESSAGE, None),
    ]  # fmt: skip
    assert "130.50" in (reports[1].words or "")
