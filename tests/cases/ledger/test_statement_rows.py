"""A statement shows how each payment was spread, and nothing of how it was spread before."""

from datetime import date

import pytest
from sqlalchemy import select

from cases.core import clock
from cases.core.database import db
from cases.costs.booking import book_first_costs
from cases.ledger.queries import statement
from cases.letters.statement_document import describe, invoices_of
from cases.payments.booking import Money, book_payment, reverse_payment
from cases.payments.models import Payment
from tests.factories.records import make_agency, make_case

TODAY = date(2026, 11, 23)


@pytest.fixture
def case(database):
    with clock.clock_at(TODAY):
        make_agency()
        made, _ = make_case()
        book_first_costs(made, date(2026, 9, 1))
        yield made


def pay(case, cents, day):
    return book_payment(case, Money(cents, "EUR", day, day, None, "test"))


def payments(case):
    rows = statement(case.id, TODAY).rows
    return [(row.day, row.kind, row.payment_cents) for row in rows if row.payment_cents]


def test_a_payment_that_moved_up_is_one_row_with_what_it_went_to(case):
    pay(case, 300_00, date(2026, 10, 20))
    pay(case, 100_00, date(2026, 10, 1))
    assert payments(case) == [
        (date(2026, 10, 1), "payment", 100_00), (date(2026, 10, 20), "payment", 300_00),
    ]  # fmt: skip
    owed = statement(case.id, TODAY)
    for row in (row for row in owed.rows if row.kind == "payment"):
        assert sum(share.cents for share in row.spread) == row.payment_cents
    first = next(row for row in owed.rows if row.kind == "payment")
    words = describe(first, invoices_of(case.id), "de")
    assert words.startswith("Zahlung, Kosten ")
    assert "Zinsen" in words
    assert owed.rows[-1].balance_cents == owed.open_cents


def test_a_payment_that_the_bank_took_back_is_shown_with_its_reversal(case):
    payment = pay(case, 300_00, date(2026, 10, 20))
    pay(case, 50_00, date(2026, 11, 1))
    reverse_payment(payment.id, "returned")
    assert payments(case) == [
        (date(2026, 10, 20), "payment", 300_00),
        (date(2026, 10, 20), "reversal", -300_00),
        (date(2026, 11, 1), "payment", 50_00),
    ]
    live = db.session.scalars(select(Payment).where(Payment.reversed_at.is_(None))).all()
    assert [each.amount_cents for each in live] == [50_00]
