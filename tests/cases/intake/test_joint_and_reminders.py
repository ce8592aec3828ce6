"""A list with joint debtors and several reminders: both reach the case and its claim."""

from datetime import date

import pytest
from sqlalchemy import select

from cases.claims.models import CaseDebtor, Claim
from cases.core.database import db, transaction
from cases.formats.claims.claim_row import ClaimRow
from cases.intake.corrections import correct_row
from cases.intake.declaration import Declaration, claim_of_row
from cases.intake.services import hand_over
from tests.factories.records import make_creditor
from tests.factories.uploads import DECLARED, HEADER, invoice, list_of, make_upload, open_upload

COLUMNS = (*HEADER, "Mitschuldner", "Mitschuldner PLZ", "1. Mahnung", "2. Mahnung")


@pytest.fixture
def creditor(database):
    with transaction():
        return make_creditor()


def test_joint_debtors_share_a_case_and_reminders_stay_with_the_claim(creditor):
    rows = [
        [*invoice("R-1", name="Jonas Weber"), "Maria Weber", "", "10.07.2026", "01.08.2026"],
        [*invoice("R-2", name="Jonas Weber"), "", "", "", ""],
        [*invoice("R-3", name="Jonas Weber"), "Maria Weber", "", "01.08.2026", ""],
    ]
    submission = make_upload(creditor, list_of(rows, COLUMNS))
    with transaction():
        correct_row(submission.id, 3, {"text": "Strom"})  # Checked anew, it stays what it is.
        hand_over(submission.id, Declaration(**{**_as_dict(DECLARED), "reminder": "list"}))
    open_upload(submission)
    claims = {one.invoice_number: one for one in db.session.scalars(select(Claim))}
    assert claims["R-1"].case_id == claims["R-3"].case_id != claims["R-2"].case_id
    query = select(CaseDebtor).where(CaseDebtor.case_id == claims["R-1"].case_id)
    debtors = db.session.scalars(query.order_by(CaseDebtor.position)).all()
    assert [one.submitted_name for one in debtors] == ["Jonas Weber", "Maria Weber"]
    assert debtors[0].submitted_address == debtors[1].submitted_address
    # A reminder before the due date (15 July) puts nobody in default; the next one counts.
    assert claims["R-1"].reminders == [date(2026, 7, 10), date(2026, 8, 1)]
    assert claims["R-1"].reminded_on == date(2026, 8, 1)
    assert (claims["R-2"].reminders, claims["R-2"].reminded_on) == ([], None)


def test_further_reminders_stand_behind_the_day_that_was_declared():
    row = ClaimRow(
        1, invoice_number="R-1", invoiced_on=date(2026, 7, 1), due_on=date(2026, 7, 15),
        currency="EUR", open_cents=100, last_reminded_on=date(2026, 9, 1),
    )  # fmt: skip
    declared = Declaration(
        **{**_as_dict(DECLARED), "reminder": "day", "reminded_on": date(2026, 8, 1)}
    )
    claim = claim_of_row(row, declared)
    assert claim.reminders == (date(2026, 8, 1), date(2026, 9, 1))
    assert claim.reminded_on == date(2026, 8, 1)


def _as_dict(declared):
    return {name: getattr(declared, name) for name in declared.__dataclass_fields__}
