"""Sums over several cases or rows are never added up across currencies."""

from datetime import date

from flask_babel import force_locale

from cases.core.clock import clock_at
from cases.core.sums import NOTHING, Sums
from cases.intake.models import SubmissionRow
from cases.intake.queries import tally
from cases.ledger.models import Account, Direction, EntryKind
from cases.ledger.posting import ClaimEntry, Line, post
from cases.recoveries.figures import list_received, list_stage_figures
from legal.allocation import Component
from portal.shell.formatting import euro
from tests.factories.records import claim_details, make_agency, make_case, make_creditor
from tests.factories.uploads import make_read_upload

TODAY = date(2026, 11, 23)


def pay(case, claim, cents):
    post(
        "payment", case=case, value_on=TODAY, currency=case.currency,
        entries=[ClaimEntry(Direction.CREDIT, Component.PRINCIPAL, EntryKind.PAYMENT, cents,
                            claim.id)],
        lines=[Line(Account.TRUST_BANK, cents, case.creditor_id, case.id),
               Line(Account.CREDITOR_PAYABLES, -cents, case.creditor_id, case.id)],
    )  # fmt: skip


def test_figures_of_a_creditor(database):
    with clock_at(TODAY):
        make_agency()
        creditor = make_creditor()
        for currency, cents in (("EUR", 100_00), ("CHF", 200_00)):
            details = claim_details(currency=currency, principal_cents=cents)
            case, (claim,) = make_case(creditor, claims=[details])
            pay(case, claim, cents // 4)
        (figure,) = [each for each in list_stage_figures(TODAY) if each.cases >= 2]
        (month,) = list_received(date(2026, 11, 1), TODAY)
    assert dict(figure.open_cents.cents) == {"EUR": 75_00, "CHF": 150_00}
    assert dict(figure.received_cents.cents) == {"EUR": 25_00, "CHF": 50_00}
    assert (month.cents, dict(month.received.cents)) == (25_00, {"EUR": 25_00, "CHF": 50_00})


def test_rows_of_an_upload(database):
    upload = make_read_upload(make_creditor())
    rows = database.query(SubmissionRow).filter_by(submission_id=upload.id).all()
    before = tally(upload.id).ready
    chosen = next(row for row in rows if row.state == "ready")
    chosen.parsed = {**chosen.parsed, "currency": "CHF"}
    database.flush()
    after = tally(upload.id).ready
    assert after.rows == before.rows
    assert after.cents.cents["CHF"] == chosen.amount_cents
    assert after.cents.cents["EUR"] == before.cents.cents["EUR"] - chosen.amount_cents


def test_a_sum_is_shown_each_currency_apart(app):
    with app.test_request_context(), force_locale("de"):
        shown = euro(Sums({"CHF": 200_00, "EUR": 100_00, "USD": 0}))
        assert shown.replace("\N{NO-BREAK SPACE}", " ") == "100,00 € + 200,00 CHF"
        assert euro(NOTHING).startswith("0,00")
