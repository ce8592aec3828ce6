"""Two workers on one case at once, with real connections: no wrong allocation, no lost booking."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from cases.claims.queries import lock_case
from cases.core import clock
from cases.core.database import db, transaction
from cases.costs.booking import book_first_costs
from cases.ledger.books.closing import close_period
from cases.ledger.books.verifying import verify_ledger
from cases.ledger.errors import NotEnoughThere, PeriodClosed
from cases.ledger.models import Account, Entry, EntryKind, Journal
from cases.ledger.posting import Line, post
from cases.ledger.queries import statement
from cases.ledger.services import allocate_by_law, post_payment
from cases.ledger.trust_bookings import balance_of, pay_out
from tests.factories.records import make_case

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today():
    with clock.clock_at(TODAY):
        yield


def both(app, *works):
    """Run the works at the same moment, each with a connection of its own."""
    barrier = Barrier(len(works))

    def begin(work):
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    return work()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.exception() or future.result() for future in
                [pool.submit(begin, work) for work in works]]  # fmt: skip


def pay(case_id, cents):
    case = lock_case(case_id)
    spread = allocate_by_law(statement(case.id, TODAY), cents, TODAY)
    post_payment(case, spread, amount_cents=cents, value_on=TODAY)


def test_two_payments_never_share_the_same_debt(fresh_app):
    with fresh_app.app_context(), transaction():
        case, _ = make_case()
        case_id, owed = case.id, statement(case.id, TODAY).open_cents
    results = both(fresh_app, *[lambda: pay(case_id, 600_00)] * 4)
    assert results == [None] * 4
    with fresh_app.app_context():
        after = statement(case_id, TODAY)
        assert after.open_cents == 0
        assert after.paid_cents == owed
        surplus = 4 * 600_00 - owed
        refunds = select(func.sum(Entry.amount_cents)).where(Entry.kind == EntryKind.PAYMENT)
        assert db.session.scalar(refunds) == 4 * 600_00 - surplus
        assert list(verify_ledger()) == []


def test_the_fee_is_booked_once(fresh_app):
    with fresh_app.app_context(), transaction():
        case, _ = make_case()
        case_id = case.id
    both(fresh_app, *[lambda: book_first_costs(lock_case(case_id), TODAY).total_cents] * 3)
    with fresh_app.app_context():
        assert statement(case_id, TODAY).costs_open_cents == 55_80


def test_two_pay_outs_cannot_spend_the_same_money(fresh_app):
    with fresh_app.app_context(), transaction():
        case, _ = make_case()
        creditor_id = case.creditor_id
        pay(case.id, 500_00)
    results = both(fresh_app, *[lambda: pay_out(creditor_id, 400_00, TODAY).id] * 2)
    assert sum(isinstance(result, NotEnoughThere) for result in results) == 1
    with fresh_app.app_context():
        assert balance_of(Account.CREDITOR_PAYABLES, creditor_id) == 100_00


def test_a_booking_and_the_closing_of_its_period_take_turns(fresh_app):
    yesterday = TODAY - timedelta(days=1)
    lines = [Line(Account.TRUST_BANK, 1), Line(Account.SUSPENSE, -1)]

    def book():
        return post("bank_entry", value_on=yesterday, booked_on=yesterday, currency="EUR",
                    lines=lines).id  # fmt: skip

    results = both(fresh_app, book, book, lambda: close_period(yesterday).last_day, book, book)
    refused = sum(isinstance(result, PeriodClosed) for result in results)
    assert yesterday in results
    with fresh_app.app_context():
        booked = select(func.count()).where(Journal.booked_on == yesterday)
        assert db.session.scalar(booked) == 4 - refused
