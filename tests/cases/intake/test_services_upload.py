"""From an upload to cases: nothing is lost, nothing is made twice."""

import pytest
from sqlalchemy import func, select

from cases.claims.models import Case, Claim, DueBasis, Purpose
from cases.claims.queries import list_claims
from cases.core import files
from cases.core.database import db, transaction
from cases.core.files import FileTooLarge, StoredFile
from cases.formats import gate
from cases.intake.corrections import confirm_row, correct_row, leave_out, take_back
from cases.intake.models import RowState, SubmissionState
from cases.intake.queries import get_row, get_upload, list_mistakes, list_rows, tally
from cases.intake.services import (
    NothingToHandOver,
    UploadEmpty,
    hand_in,
    hand_over,
    map_columns,
)
from cases.ledger.queries import statement
from tests.factories.records import make_creditor
from tests.factories.uploads import DECLARED, invoice, list_of, make_upload, open_upload


@pytest.fixture
def creditor(database):
    with transaction():
        return make_creditor()


def handed_over(submission):
    with transaction():
        hand_over(submission.id, DECLARED)
    open_upload(submission)


def count_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_original_is_kept_byte_for_byte(creditor):
    data = list_of([invoice("R-1")])
    assert files.read_bytes(get_upload(make_upload(creditor, data))) == data


def test_what_is_too_large_is_refused_before_anything_is_stored(creditor, monkeypatch):
    monkeypatch.setattr(gate, "MAX_BYTES", 10)
    with pytest.raises(FileTooLarge), transaction():
        hand_in(creditor.id, 1, b"12345678901", "a.csv", "text/csv")
    assert count_of(StoredFile) == 0


def test_an_empty_upload_is_refused(creditor):
    with pytest.raises(UploadEmpty), transaction():
        hand_in(creditor.id, 1, b"", "a.csv", "text/csv")


@pytest.mark.parametrize("data", [
    pytest.param(b"\x00\x01\x02 no list at all", id="no list"),
    pytest.param(b"%PDF-1.4 broken", id="a broken PDF"),
    pytest.param(b" \r\n", id="blanks only"),
])  # fmt: skip
def test_a_file_that_is_no_list_is_refused_with_a_sentence_and_kept(creditor, data):
    submission = make_upload(creditor, data, "kaputt.csv")
    assert submission.state is SubmissionState.REFUSED
    assert submission.findings
    assert files.read_bytes(get_upload(submission)) == data


def test_good_rows_go_ahead_while_bad_ones_stay(creditor):
    submission = make_upload(creditor, [invoice("R-1"), invoice("R-2", "abc"), invoice("R-3")])
    assert (tally(submission.id).ready.rows, tally(submission.id).errors.rows) == (2, 1)
    handed_over(submission)
    assert count_of(Claim) == 2
    assert submission.state is SubmissionState.CHECKING
    with transaction():
        row = correct_row(submission.id, get_row(submission.id, 3).line, {"open": "1.250,50"})
    assert (row.state, row.amount_cents) == (RowState.READY, 1_250_50)
    handed_over(submission)
    assert count_of(Claim) == 3
    assert submission.state is SubmissionState.DONE


def test_rows_of_one_debtor_come_into_one_case_with_principal_booked(creditor):
    submission = make_upload(creditor, [
        invoice("R-1"), invoice("R-2", name="WEBER gmbh"), invoice("R-3", name="Andere AG"),
    ])  # fmt: skip
    handed_over(submission)
    cases = list(db.session.scalars(select(Case).order_by(Case.id)))
    assert sorted(case.booked_open_cents for case in cases) == [100_00, 200_00]
    for case in cases:
        assert statement(case.id).principal_open_cents == case.booked_open_cents


def test_a_later_upload_adds_to_the_open_case_of_the_same_debtor(creditor):
    handed_over(make_upload(creditor, [invoice("R-1")]))
    handed_over(make_upload(creditor, [invoice("R-2")]))
    case = db.session.scalars(select(Case)).one()
    assert [claim.position for claim in list_claims(case.id)] == [1, 2]
    assert case.booked_open_cents == 200_00


def test_the_same_file_twice_creates_nothing_new(creditor):
    rows = [invoice("R-1"), invoice("R-2", "abc")]
    handed_over(make_upload(creditor, rows))
    second = make_upload(creditor, rows)
    assert [row.state for row in list_rows(second.id)] == [RowState.DUPLICATE, RowState.ERROR]
    with pytest.raises(NothingToHandOver), transaction():
        hand_over(second.id, DECLARED)
    assert (count_of(Case), count_of(Claim)) == (1, 1)


def test_two_uploads_handed_over_at_once_make_one_claim(creditor):
    first, second = make_upload(creditor, [invoice("R-1")]), make_upload(creditor, [invoice("R-1")])
    assert list_rows(second.id)[0].findings[0]["code"] == "in_other_upload"
    with transaction():
        hand_over(first.id, DECLARED)
        hand_over(second.id, DECLARED)
    open_upload(first)
    open_upload(second)
    assert count_of(Claim) == 1
    assert list_rows(second.id)[0].state is RowState.DUPLICATE


def test_another_amount_under_a_known_number_is_asked(creditor):
    handed_over(make_upload(creditor, [invoice("R-1")]))
    row = list_rows(make_upload(creditor, [invoice("r-1 ", "99,00")]).id)[0]
    assert row.state is RowState.ERROR
    assert row.findings[-1]["params"] == {"amount_cents": 100_00, "new_cents": 99_00}


def test_rows_that_came_back_corrected_need_no_correction_any_more(creditor):
    first = make_upload(creditor, [invoice("R-1", "abc"), invoice("R-2", "def")])
    handed_over(make_upload(creditor, [invoice("R-1", "12,30")], "korrigiert.csv"))
    settled, waiting = list_rows(first.id)
    assert (settled.state, settled.findings[0]["code"]) == (
        RowState.LEFT_OUT,
        "corrected_elsewhere",
    )
    assert waiting.state is RowState.ERROR


def test_an_effect_carried_out_twice_does_everything_once(creditor):
    submission = make_upload(creditor, [invoice("R-1"), invoice("R-2")])
    open_upload(submission)  # Nothing was handed over yet.
    handed_over(submission)
    open_upload(submission)
    assert (count_of(Case), count_of(Claim)) == (1, 2)


def test_a_list_without_known_headers_asks_for_the_columns_and_remembers_them(creditor):
    rows, header = [["4711", "01.07.2026", "55,00", "Weber GmbH"]], ("A", "B", "C", "D")
    data = list_of(rows, header)
    submission = make_upload(creditor, data)
    assert submission.state is SubmissionState.MAPPING
    with transaction():
        map_columns(
            submission.id, {"A": "invoice_number", "B": "invoiced_on", "C": "open", "D": "name"}
        )
    from cases.intake.reading_in import read_submission

    read_submission("test", submission.id)
    assert list_rows(submission.id)[0].amount_cents == 55_00
    assert make_upload(creditor, data).state is SubmissionState.CHECKING


def test_a_row_left_out_can_be_taken_back(creditor):
    submission = make_upload(creditor, [invoice("R-1")])
    with transaction():
        assert leave_out(submission.id, 2).state is RowState.LEFT_OUT
    with transaction():
        assert take_back(submission.id, 2).state is RowState.READY


def test_a_missing_due_date_is_answered_and_never_invented(creditor):
    submission = make_upload(creditor, [invoice("R-1", **{"Fällig am": ""})])
    assert list_rows(submission.id)[0].state is RowState.ERROR
    with transaction():
        row = confirm_row(submission.id, 2, "due_on_missing")
    assert row.state is RowState.READY
    handed_over(submission)
    claim = db.session.scalars(select(Claim)).one()
    assert (claim.due_on, claim.due_basis, claim.default_on) == (None, DueBasis.STATUTE, None)


def test_a_corrected_number_that_another_row_has_is_a_contradiction(creditor):
    submission = make_upload(creditor, [invoice("R-1"), invoice("R-2")])
    with transaction():
        row = correct_row(submission.id, 3, {"invoice_number": "R-1"})
    assert row.state is RowState.ERROR
    assert row.findings[0]["code"] == "duplicate_conflict"


def test_a_row_that_stood_back_for_another_is_free_when_that_one_goes(creditor):
    submission = make_upload(
        creditor, [invoice("R-1", "50,00"), invoice("R-1", "60,00"), invoice("R-2")]
    )
    first, second, _ = list_rows(submission.id)
    assert {first.state, second.state} == {RowState.ERROR}
    with transaction():
        leave_out(submission.id, first.line)
    assert list_rows(submission.id)[1].state is RowState.READY
    with transaction():
        take_back(submission.id, first.line)  # The other one is there by now.
        assert list_rows(submission.id)[0].state is RowState.ERROR
        correct_row(submission.id, first.line, {"invoice_number": "R-9"})
    assert [row.state for row in list_rows(submission.id)] == [RowState.READY] * 3


def test_mistakes_are_grouped_with_their_rows(creditor):
    submission = make_upload(
        creditor, [invoice("R-1", "-5,00"), invoice("R-2", "-6,00"), invoice("R-3", PLZ="2025")]
    )
    codes = [(mistake.code, mistake.rows) for mistake in list_mistakes(submission.id)]
    assert ("credit_note", 2) in codes


def test_the_declaration_reaches_the_claim(creditor):
    handed_over(make_upload(creditor, [invoice("R-1", name="Jonas Weber"), invoice("R-2")]))
    claims = list(db.session.scalars(select(Claim).order_by(Claim.invoice_number)))
    assert [claim.purpose for claim in claims] == [Purpose.CONSUMER, Purpose.BUSINESS]
    assert all(claim.performed and claim.due_basis is DueBasis.CONTRACT for claim in claims)
    assert all(claim.default_on is not None for claim in claims)
