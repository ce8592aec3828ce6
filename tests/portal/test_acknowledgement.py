"""What came of an upload is found again and downloaded; an upload can be discarded."""

import io

import pytest
from openpyxl import load_workbook

from cases.core.database import transaction
from cases.intake.models import RowState, SubmissionState
from cases.intake.queries import get_row, get_submission
from cases.intake.services import UploadBusy, discard
from cases.people.policy import Role
from tests.factories.records import make_creditor, make_user
from tests.factories.uploads import invoice, list_of
from tests.factories.visits import run_effects, visit

DECLARED = {
    "due_basis": "contract", "reminder": "none", "performed": "1", "disputed": "no",
}  # fmt: skip


@pytest.fixture
def creditor(fresh_app):
    with fresh_app.app_context(), transaction():
        email = make_user(Role.CREDITOR, creditor=make_creditor()).email
    return visit(fresh_app, email)


def uploaded(app, creditor, rows):
    creditor.get("/submissions")
    sent = creditor.post("/submissions", {"file": (io.BytesIO(list_of(rows)), "a.csv")})
    run_effects(app)
    return sent.headers["Location"]


def test_the_acknowledgement_has_cases_sums_and_what_was_left_with_its_reason(fresh_app, creditor):
    rows = [invoice("R-1"), invoice("R-2", "50,00"), invoice("R-3", "abc"), invoice("=R-4", "0,00")]
    address = uploaded(fresh_app, creditor, rows)
    creditor.get(f"{address}/hand-over")
    creditor.post(f"{address}/hand-over", DECLARED)
    run_effects(fresh_app)
    text = creditor.get(f"{address}/cases").text
    for words in ("Bestätigung der Übergabe", "150,00", "„abc“ ist kein Betrag",
                  "Zeilen, aus denen keine Akte wurde"):  # fmt: skip
        assert words in text, words
    book = load_workbook(io.BytesIO(creditor.get(f"{address}/acknowledgement.xlsx").data))
    table = [[cell.value for cell in row] for row in book.active]
    assert [row[1] for row in table[1:3]] == ["R-1", "R-2"]
    assert table[1][4].startswith("2026-")
    assert "„abc“ ist kein Betrag" in table[3][6]
    assert all(cell.data_type == "s" or cell.value is None for row in book.active for cell in row)


def test_an_upload_is_discarded_after_a_question_and_its_invoice_waits_no_more(fresh_app, creditor):
    address = uploaded(fresh_app, creditor, [invoice("R-1"), invoice("R-2", "abc")])
    assert "Ja, verwerfen" in creditor.get(address).text
    assert creditor.post(f"{address}/discard").status_code == 303
    assert "Diese Datei ist verworfen" in creditor.get(address).text
    assert "a.csv" not in creditor.get("/overview").text
    again = uploaded(fresh_app, creditor, [invoice("R-1")])
    assert "wartet" not in creditor.get(f"{again}?tab=all").text
    creditor.get(f"{again}/hand-over")
    creditor.post(f"{again}/hand-over", DECLARED)
    with fresh_app.app_context():
        first, second = (get_submission(each.rpartition("/")[2]) for each in (address, again))
        assert first.state is SubmissionState.DISCARDED
        assert get_row(first.id, 2).state is RowState.LEFT_OUT
        with pytest.raises(UploadBusy), transaction():
            discard(second.id)
