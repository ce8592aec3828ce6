"""The monthly comparison with a client's open items: his file in, differences out, each asked."""

from datetime import date

import pytest
from sqlalchemy import select

from cases.claims.report_models import CreditorReport, ReportKind
from cases.claims.reports import ReportAmountMissing, ReportDayMissing
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.formats.claims.claim_row import ClaimRow
from cases.people.policy import Role
from cases.recoveries.open_items import services
from cases.recoveries.open_items.comparing import Ours, compare
from cases.recoveries.open_items.models import (
    CheckState,
    ClientAnswer,
    Difference,
    OpenItemQuestion,
    QuestionState,
)
from cases.recoveries.open_items.services import AnswerWish, answer_question, carry_out, take_in
from tests.factories.records import claim_details, make_agency, make_case, make_creditor, make_user

TODAY = date(2026, 11, 30)
HEAD = "Rechnungsnummer;Offener Betrag\n"


def ours(number, cents=1_000_00, currency="EUR", claim_id=1):
    return Ours(claim_id, 1, number, currency, cents)


def row(number, cents, currency="EUR"):
    return ClaimRow(line=2, invoice_number=number, open_cents=cents, currency=currency)


@pytest.mark.parametrize(
    ("rows", "kind", "his"),
    [
        ([row("RE 1", 1_000_00)], None, None),
        ([row("RE-1", 600_00), row("RE1", 400_00)], None, None),
        ([], Difference.MISSING, 0),
        ([row("RE-1", 400_00)], Difference.LESS, 400_00),
        ([row("RE-1", 1_000_00), row("RE-1", -400_00)], Difference.LESS, 600_00),
        ([row("RE-1", 1_200_00)], Difference.MORE, 1_200_00),
        ([row("RE-1", 1_000_00, "CHF")], Difference.MISSING, 0),
        ([row("RE-1", -5_00)], Difference.MISSING, 0),
        ([row(None, 1_000_00)], Difference.MISSING, 0),
    ],
)
def test_each_claim_is_compared_with_the_sum_of_its_rows(rows, kind, his):
    found = compare([ours("RE1")], rows)
    assert [(each.kind, each.his_cents) for each in found.differences] == (
        [(kind, his)] if kind else []
    )
    assert found.equal == (0 if kind else 1)


def test_invoices_that_were_never_handed_in_are_counted():
    found = compare([ours("RE1")], [row("RE-1", 1_000_00), row("RE-2", 5_00), row("RE-3", 0)])
    assert found.not_with_us == 1


@pytest.fixture
def client(database):
    with clock_at(TODAY), transaction():
        make_agency()
        creditor = make_creditor()
        claims = [claim_details(invoice_number=f"RE-{n}") for n in (1, 2, 3)]
        case, _ = make_case(creditor, claims=claims, accepted_by=make_user())
    with clock_at(TODAY):
        yield creditor, case


def handed(creditor, text, as_of=TODAY):
    check = take_in(creditor.id, (HEAD + text).encode(), "offen.csv", as_of)
    carry_out("key", check.id)
    return check


def questions():
    return list(db.session.scalars(select(OpenItemQuestion).order_by(OpenItemQuestion.id)))


def test_what_he_no_longer_shows_is_asked_and_his_answer_is_a_report(client):
    creditor, case = client
    check = handed(creditor, "RE-1;1.000,00\nRE-2;400,00\nRE-9;5,00\n")
    assert (check.state, check.rows_read, check.claims_compared) == (CheckState.DONE, 3, 3)
    assert (check.equal_claims, check.not_with_us) == (1, 1)
    less, missing = questions()
    assert (less.difference, less.his_cents) == (Difference.LESS, 400_00)
    assert (missing.difference, missing.our_cents) == (Difference.MISSING, 1_000_00)
    user = make_user(Role.CREDITOR, creditor=creditor)
    with pytest.raises(services.AnswerMissing):
        answer_question(less.public_id, user.id, AnswerWish(None))
    with pytest.raises(ReportAmountMissing):
        answer_question(less.public_id, user.id, AnswerWish(ClientAnswer.PAID))
    with pytest.raises(ReportDayMissing):
        answer_question(less.public_id, user.id, AnswerWish(ClientAnswer.PAID, 600_00))
    assert less.state is QuestionState.OPEN
    answer_question(
        less.public_id, user.id, AnswerWish(ClientAnswer.PAID, 600_00, date(2026, 11, 20))
    )
    [told] = db.session.scalars(select(CreditorReport).where(CreditorReport.case_id == case.id))
    assert (told.kind, told.amount_cents) == (ReportKind.DIRECT_PAYMENT, 600_00)
    assert (less.state, less.report_id) == (QuestionState.ANSWERED, told.id)
    answer_question(missing.public_id, user.id, AnswerWish(ClientAnswer.STILL_OPEN))
    with pytest.raises(services.AlreadySaid):
        answer_question(missing.public_id, user.id, AnswerWish(ClientAnswer.STILL_OPEN))


def test_the_same_difference_is_asked_once_and_settles_with_a_later_list(client):
    creditor, _ = client
    handed(creditor, "RE-1;1.000,00\nRE-2;1.000,00\n")
    handed(creditor, "RE-1;1.000,00\nRE-2;1.000,00\n")
    assert [each.state for each in questions()] == [QuestionState.OPEN]
    handed(creditor, "RE-1;1.000,00\nRE-2;1.000,00\nRE-3;1.000,00\n")
    db.session.expire_all()
    assert [each.state for each in questions()] == [QuestionState.GONE]


def test_more_with_him_is_only_noted(client):
    creditor, _ = client
    handed(creditor, "RE-1;1.200,00\nRE-2;1.000,00\nRE-3;1.000,00\n")
    assert [(each.difference, each.state) for each in questions()] == [
        (Difference.MORE, QuestionState.NOTED)
    ]


def test_a_file_without_amounts_is_refused_and_asks_nobody(client):
    creditor, _ = client
    check = take_in(creditor.id, b"\x00\x01nothing", "x.bin", TODAY)
    carry_out("key", check.id)
    assert (check.state, questions()) == (CheckState.REFUSED, [])
    assert check.findings
    with pytest.raises(services.ListMissing):
        take_in(creditor.id, b"", "x.csv", TODAY)
    with pytest.raises(services.ListDayAhead):
        take_in(creditor.id, b"x", "x.csv", date(2026, 12, 1))


def test_clients_are_due_after_a_month(client):
    creditor, _ = client
    [one] = services.list_rhythm()
    assert (one.creditor.id, one.last_on, one.is_late) == (creditor.id, None, True)
    handed(creditor, "RE-1;1.000,00\n")
    [one] = services.list_rhythm()
    assert (one.last_on, one.is_late, one.questions) == (TODAY, False, 2)
    with clock_at(date(2027, 1, 4)):
        assert services.list_rhythm()[0].is_late
