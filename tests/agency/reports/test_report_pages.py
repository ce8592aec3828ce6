"""Reports on screens and as files: every one opens, in all forms, for staff and creditor."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from cases.claims.queries import lock_case
from cases.core import clock
from cases.core.database import db, transaction
from cases.ledger.queries import statement
from cases.parties.queries import get_agency
from cases.payments.booking import Money, book_payment
from cases.people.policy import Role
from cases.recoveries.reports.registry import REPORTS
from tests.factories.records import make_agency, make_case, make_creditor, make_user
from tests.factories.visits import visit


@pytest.fixture
def paid(worker):
    """A case on which 250.00 came in."""
    with transaction():
        case, _ = make_case(accepted_by=make_user())
        today = clock.today()
        book_payment(lock_case(case.id), Money(250_00, "EUR", today, today, None, "test"))
        return case


def test_every_report_opens_on_the_screen_and_as_a_file(worker, paid):
    assert worker.get("/reports/people").status_code == 404
    with transaction():
        get_agency().people_results_agreed_on = clock.today()
    assert all(code in worker.get("/reports").text for code in REPORTS)
    for code, report in REPORTS.items():
        shown = worker.get(f"/reports/{code}?months=6&window=7")
        assert shown.status_code == 200, code
        assert report.title in shown.text
        assert "What is counted:" in shown.text
        for kind in ("csv", "xlsx"):
            assert worker.get(f"/reports/{code}/file.{kind}").status_code == 200, (code, kind)
    assert worker.get("/reports/receipts/file.pdf").data.startswith(b"%PDF")
    for odd in ("/reports/nothing", "/reports/receipts/file.exe", "/reports/nothing/cases"):
        assert worker.get(odd).status_code == 404
    hostile = "/reports/receipts?day=gestern%27&months=x&window=-1&currency=XXX&creditor=%27"
    assert worker.get(hostile).status_code == 200
    assert worker.get("/reports/receipts/cases?key=%27;--").status_code == 200


def test_the_files_have_the_figures_of_the_page(worker, paid):
    page = worker.get("/reports/receipts").text
    assert "€250.00" in page
    text = worker.get("/reports/receipts/file.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[1][-1] == "250,00"
    book = openpyxl.load_workbook(io.BytesIO(worker.get("/reports/receipts/file.xlsx").data))
    assert book.worksheets[0].cell(2, 6).value == 250
    month = clock.today().replace(day=1)
    listed = worker.get(f"/reports/receipts/cases?key={month}").text
    assert paid.number in listed


def test_a_creditor_reads_his_report_and_it_equals_the_ledger(fresh_app):
    with fresh_app.app_context():
        with transaction():
            make_agency()
            own, other = make_creditor(), make_creditor("Andere AG")
            email = make_user(Role.CREDITOR, creditor=own).email
            case, _ = make_case(own, accepted_by=make_user())
            strange, _ = make_case(other, accepted_by=make_user())
            book_payment(
                lock_case(case.id),
                Money(100_00, "EUR", date(2026, 9, 1), date(2026, 9, 1), None, "test"),
            )
            open_cents = statement(case.id).principal_open_cents
            numbers = case.number, strange.number
        db.session.remove()
    person = visit(fresh_app, email, "en")
    page = person.get("/my-reports/aging").text
    assert f"€{open_cents // 100}.{open_cents % 100:02}" in page.replace(",", "")
    listed = person.get("/my-reports/claims").text
    assert numbers[0] in listed
    assert numbers[1] not in listed
    for code, report in REPORTS.items():
        expected = 200 if report.for_creditor else 404
        assert person.get(f"/my-reports/{code}").status_code == expected, code
        assert person.get(f"/my-reports/{code}/cases?key=x").status_code in {expected, 200}
    assert person.get("/my-reports/receipts/file.pdf").data.startswith(b"%PDF")
