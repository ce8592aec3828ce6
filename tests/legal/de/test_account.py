"""A debt over time: interest between payments, costs from their day, the two payment-day rules."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legal.allocation import Component
from legal.de.account import Convention, DatedAmount, Debt, settle
from legal.de.allocation import CONSUMER_LOAN_ORDER, GENERAL_ORDER, designated_order
from legal.interest import InterestRule, RateKind

COSTS, INTEREST, PRINCIPAL = Component.COSTS, Component.INTEREST, Component.PRINCIPAL
CONSUMER = InterestRule(RateKind.CONSUMER)
#: 36.5 % of 1000 euro is one euro a day in a common year.
ONE_EURO_A_DAY = InterestRule(RateKind.FIXED, Decimal("36.5"))


def on(text):
    return date.fromisoformat(text)


def paid(*pairs):
    return [DatedAmount(on(day), cents) for day, cents in pairs]


def opened(account):
    return tuple(account.open_cents[part] for part in (COSTS, INTEREST, PRINCIPAL))


DEBT = Debt(1000_00, on("2026-01-01"), ONE_EURO_A_DAY, paid(("2026-01-15", 10_00)))


@pytest.mark.parametrize(
    ("payments", "as_of", "order", "bears", "expected"),
    [
        pytest.param([], "2025-12-31", GENERAL_ORDER, True, (0, 0, 1000_00), id="before interest"),
        pytest.param([], "2026-01-01", GENERAL_ORDER, True, (0, 1_00, 1000_00), id="first day"),
        pytest.param(
            [], "2026-01-14", GENERAL_ORDER, True, (0, 14_00, 1000_00), id="before the costs"
        ),
        pytest.param(
            [], "2026-01-15", GENERAL_ORDER, True, (10_00, 15_00, 1000_00), id="costs on their day"
        ),
        # 20 days on 1000 (20.00), then 10 days on 500 (5.00)
        pytest.param(
            [("2026-01-20", 530_00)],
            "2026-01-30",
            GENERAL_ORDER,
            True,
            (0, 5_00, 500_00),
            id="the day of payment still bears interest",
        ),
        # 19 days on 1000, then 11 days on 499
        pytest.param(
            [("2026-01-20", 530_00)],
            "2026-01-30",
            GENERAL_ORDER,
            False,
            (0, 5_49, 499_00),
            id="the day of payment bears interest on the new balance",
        ),
        pytest.param(
            [("2026-01-20", 510_00)],
            "2026-01-30",
            CONSUMER_LOAN_ORDER,
            True,
            (0, 25_00, 500_00),
            id="consumer loan: principal before interest",
        ),
        pytest.param(
            [("2026-01-20", 500_00)],
            "2026-01-30",
            designated_order([PRINCIPAL]),
            True,
            (10_00, 25_00, 500_00),
            id="designated to the principal",
        ),
        pytest.param(
            [("2026-01-10", 500_00)],
            "2026-01-15",
            GENERAL_ORDER,
            True,
            (10_00, 2_55, 510_00),
            id="costs of a later day do not take from an earlier payment",
        ),
        pytest.param(
            [("2025-12-20", 500_00)],
            "2026-01-10",
            GENERAL_ORDER,
            True,
            (0, 5_00, 500_00),
            id="paid before interest begins",
        ),
        pytest.param(
            [("2026-02-01", 500_00)],
            "2026-01-31",
            GENERAL_ORDER,
            True,
            (10_00, 31_00, 1000_00),
            id="a payment after the key date does not count yet",
        ),
        pytest.param(
            [("2026-01-31", 2000_00)],
            "2026-12-31",
            GENERAL_ORDER,
            True,
            (0, 0, 0),
            id="nothing runs on what is paid",
        ),
    ],
)
def test_open_at_the_key_date(payments, as_of, order, bears, expected):
    convention = Convention(payment_day_bears_interest=bears)
    assert opened(settle(DEBT, paid(*payments), on(as_of), order, convention)) == expected


def test_payments_are_taken_in_order_of_time():
    payments = paid(("2026-01-30", 20_00), ("2026-01-20", 25_00))
    account = settle(DEBT, payments, on("2026-01-31"))
    assert [one.day for one in account.allocations] == [on("2026-01-20"), on("2026-01-30")]
    assert account.allocations[0].allocation.paid_cents == {
        COSTS: 10_00,
        INTEREST: 15_00,
        PRINCIPAL: 0,
    }


def test_without_default_no_interest_runs():
    assert opened(settle(Debt(1000_00), [], on("2026-12-31"))) == (0, 0, 1000_00)


def test_surplus_is_shown():
    account = settle(Debt(10_00), paid(("2026-01-20", 12_34)), on("2026-01-20"))
    assert account.allocations[0].allocation.surplus_cents == 2_34


def test_the_end_of_the_rate_table_is_said_once():
    debt = Debt(1000_00, on("2027-01-01"), CONSUMER)
    account = settle(debt, paid(("2027-02-01", 1), ("2027-03-01", 1)), on("2027-04-01"))
    assert [note.code for note in account.notes] == ["last_rate_used"]


def simulate(principal, first_day, payments, as_of, bears):
    """Day by day in fractions; interest becomes cents when a payment is booked and at the end."""
    opened = {COSTS: 0, INTEREST: 0, PRINCIPAL: principal}
    running = Fraction(0)
    surplus = 0
    day = min([first_day, *(day for day, _ in payments)])

    def book():
        nonlocal running
        opened[INTEREST] += int(running + Fraction(1, 2))
        running = Fraction(0)

    while day <= as_of:
        today = [cents for paid_on, cents in payments if paid_on == day]
        share = Fraction(365, 100 * 10 * 365)  # 36.5 % of a common year
        if bears and day >= first_day:
            running += opened[PRINCIPAL] * share
        for cents in today:
            book()
            for part in (COSTS, INTEREST, PRINCIPAL):
                taken = min(cents, opened[part])
                opened[part] -= taken
                cents -= taken  # noqa: PLW2901 - what is left of this payment
            surplus += cents
        if not bears and day >= first_day:
            running += opened[PRINCIPAL] * share
        day += timedelta(days=1)
    book()
    return (opened[COSTS], opened[INTEREST], opened[PRINCIPAL]), surplus


@settings(max_examples=80, deadline=None)
@given(
    principal=st.integers(0, 10**10),
    first_day=st.dates(on("2025-01-01"), on("2025-03-01")),
    payments=st.lists(
        st.tuples(st.dates(on("2025-01-01"), on("2025-05-01")), st.integers(1, 10**10)), max_size=5
    ),
    bears=st.booleans(),
)
def test_equal_to_a_simulation_day_by_day(principal, first_day, payments, bears):
    as_of = on("2025-05-31")
    ordered = sorted(payments, key=lambda payment: payment[0])
    account = settle(
        Debt(principal, first_day, ONE_EURO_A_DAY),
        [DatedAmount(*payment) for payment in payments],
        as_of,
        GENERAL_ORDER,
        Convention(payment_day_bears_interest=bears),
    )
    expected, surplus = simulate(principal, first_day, ordered, as_of, bears)
    assert opened(account) == expected
    assert sum(one.allocation.surplus_cents for one in account.allocations) == surplus
