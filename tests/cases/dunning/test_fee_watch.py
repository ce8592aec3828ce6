"""The step from 0.5 to 0.9 after the fortnight: raised when the bank shows it empty, taken back."""

from datetime import date

import pytest
from sqlalchemy import select

from cases.claims.models import HoldReason
from cases.claims.services import lift_hold, set_hold
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.outbox import carry_out, list_due_effects
from cases.dunning.fee_watch import bank_imported_through, review_case
from cases.dunning.models import FeeDecision
from cases.ledger.books.trial_balance import trial_balance
from cases.ledger.models import Account
from cases.ledger.queries import statement
from cases.letters.drafting import DemandWish
from cases.letters.services import release_first_demand
from cases.payments.importing import import_statement
from cases.people.policy import Role
from legal.fee_step import FeeStep
from tests.factories.bank_files import Transfer, camt053
from tests.factories.records import make_agency, make_case, make_user
from tests.factories.runs import run_now

SENT_ON = date(2026, 11, 2)
#: 2026-11-02 + 3 postal days + 14 days = 2026-11-19, a Thursday.
WINDOW_END = date(2026, 11, 19)
LATER = date(2026, 11, 23)


@pytest.fixture
def case(app):
    with clock.clock_at(SENT_ON), transaction():
        make_agency()
        worker = make_user(Role.CASE_WORKER)
        made, _ = make_case(accepted_by=worker)
        release_first_demand(made.id, DemandWish(SENT_ON), worker.id)
    return made


def bank(day, *paid):
    """The statement of one day: our bank's charge, and what was paid (cents, value date)."""
    transfers = [Transfer(-1_00, f"Entgelt {day}", on=day)]
    transfers += [
        Transfer(cents, f"Zahlung {number}", on=day, value_on=value_on)
        for cents, number, value_on in paid
    ]
    with transaction():
        import_statement(camt053(transfers, number=day.toordinal()), "statement.xml")
    settle()


def watch_fees():
    """The run of a night; answers for how many cases something was decided."""
    done, failed = run_now("fees")
    assert failed == 0
    return done


def decisions():
    return list(db.session.scalars(select(FeeDecision.decision)))


def settle():
    for _ in range(5):
        for effect_id in list_due_effects():
            carry_out(effect_id)
    db.session.expire_all()


def costs_of(case):
    return statement(case.id, clock.today()).costs_owed_cents


def test_the_step_waits_for_a_bank_day_after_the_window(case):
    with clock.clock_at(LATER):
        assert watch_fees() == 0
        bank(WINDOW_END)
        assert watch_fees() == 0
        bank(date(2026, 11, 20))
        assert watch_fees() == 1
        assert watch_fees() == 0
        # 0.9 of 93.00 is 83.70, the flat 16.74.
        assert costs_of(case) == 100_44


def test_paid_in_the_window_stays_a_simple_case(case):
    with clock.clock_at(LATER):
        bank(WINDOW_END, (1_080_00, case.number, WINDOW_END))
        bank(date(2026, 11, 20))
        assert watch_fees() == 0
        assert costs_of(case) == 55_80


def test_what_was_decided_is_not_asked_again_every_night(case):
    with clock.clock_at(LATER):
        bank(WINDOW_END, (900_00, case.number, WINDOW_END))  # The letter demanded more.
        bank(date(2026, 11, 20))
        assert watch_fees() == 1
        assert decisions() == [FeeStep.RAISE]
        assert watch_fees() == 0
        # Money moves: asked once more, at once, and what was raised stays.
        bank(LATER, (10_00, case.number, LATER))
        assert decisions() == [FeeStep.KEEP]
        assert watch_fees() == 0


def test_a_hold_that_is_lifted_is_asked_about_again(case):
    with clock.clock_at(LATER):
        with transaction():
            hold = set_hold(case, HoldReason.OBJECTION)
        bank(date(2026, 11, 20))
        assert watch_fees() == 0
        with transaction():
            lift_hold(case, hold)
        assert watch_fees() == 1


def test_nothing_is_raised_while_something_stands_still(case):
    with clock.clock_at(LATER):
        with transaction():
            set_hold(case, HoldReason.OBJECTION)
        bank(date(2026, 11, 20))
        with transaction():
            assert review_case(case.id) is FeeStep.KEEP


def test_a_payment_that_counts_inside_takes_the_step_back(case):
    with clock.clock_at(LATER):
        bank(date(2026, 11, 20))
        watch_fees()
        # It pays the raised costs too; what it paid too much goes back to the debtor.
        bank(date(2026, 11, 23), (1_200_00, case.number, WINDOW_END))
        assert costs_of(case) == 55_80
        owed = statement(case.id, LATER)
        assert owed.open_cents == 0
        refunds = {row.account: row.balance_cents for row in trial_balance(LATER)}
        assert refunds[Account.REFUNDS_DUE] == owed.paid_cents - 1_200_00


def test_a_house_without_a_profile_has_no_fees_to_watch(database):
    assert bank_imported_through() is None
    assert watch_fees() == 0
