"""What intake warned of stands on the case; an absurd amount is confirmed before hand-over."""

import pytest

from cases.claims.models import Claim
from cases.core.database import db, transaction
from cases.intake.corrections import confirm_row, correct_row
from cases.intake.models import RowState
from cases.intake.queries import get_row
from cases.intake.services import hand_over
from cases.intake.warnings import warnings_of_case
from tests.factories.records import make_creditor
from tests.factories.uploads import DECLARED, invoice, make_upload, open_upload


@pytest.fixture
def creditor(database):
    with transaction():
        return make_creditor()


def case_of(submission, line=2):
    with transaction():
        hand_over(submission.id, DECLARED)
    open_upload(submission)
    return db.session.get_one(Claim, get_row(submission.id, line).claim_id).case_id


def test_an_absurd_amount_waits_for_its_creditor_and_says_so_on_the_case(creditor):
    submission = make_upload(creditor, [invoice("R-1", "12.500.000,00")])
    assert get_row(submission.id, 2).state is RowState.ERROR
    with transaction():
        confirm_row(submission.id, 2, "amount_unusual")
    assert get_row(submission.id, 2).state is RowState.READY
    (warned,) = warnings_of_case(case_of(submission))
    assert (warned.invoice_number, list(warned.confirmed)) == ("R-1", ["amount_unusual"])


def test_a_confirmed_amount_that_is_changed_has_to_be_confirmed_again(creditor):
    submission = make_upload(creditor, [invoice("R-1", "12.500.000,00")])
    with transaction():
        confirm_row(submission.id, 2, "amount_unusual")
        correct_row(submission.id, 2, {"open": "99.000.000,00"})
    assert get_row(submission.id, 2).state is RowState.ERROR


def test_a_warning_about_limitation_is_kept_with_its_claim(creditor):
    old = invoice("R-1", **{"Rechnungsdatum": "03.03.2021", "Fällig am": "17.03.2021"})
    submission = make_upload(creditor, [old, invoice("R-2")])
    found = warnings_of_case(case_of(submission))
    assert [(each.invoice_number, [one["code"] for one in each.findings]) for each in found] == [
        ("R-1", ["limitation_over"])
    ]
