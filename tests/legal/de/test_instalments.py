"""Instalment plans: booked as payments, the instalments leave exactly nothing open."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legal.allocation import Component
from legal.de.account import Convention, DatedAmount, Debt, settle
from legal.de.allocation import CONSUMER_LOAN_ORDER, GENERAL_ORDER
from legal.de.instalments import PlannedDebt, schedule_by_amount, schedule_by_number
from legal.errors import InputInvalid
from legal.instalments import PlanNeverEnds, PlanTerms, Rhythm
from legal.interest import InterestRule, RateKind

CONSUMER = InterestRule(RateKind.CONSUMER, None)
DEBT = Debt(1_000_00, date(2026, 11, 1), CONSUMER, [DatedAmount(date(2026, 11, 20), 100_44)])
TERMS = PlanTerms(date(2026, 11, 28), date(2026, 12, 15))


def test_the_published_example():
    made = schedule_by_amount(PlannedDebt(DEBT), TERMS, 150_00)
    assert [each.amount_cents for each in made.instalments] == [150_00] * 7 + [78_21]
    assert made.instalments[-1].on == date(2027, 7, 15)
    assert (made.interest_cents, made.total_cents) == (27_77, 1_128_21)
    assert [note.code for note in made.notes] == ["last_instalment_moves"]


def test_months_keep_their_day_or_end_with_the_month():
    terms = PlanTerms(date(2027, 1, 1), date(2027, 1, 31))
    made = schedule_by_amount(PlannedDebt(Debt(400_00)), terms, 100_00)
    assert [each.on for each in made.instalments] == [
        date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30),
    ]  # fmt: skip


def test_waived_interest_ends_the_day_before_the_agreement():
    waived = PlanTerms(date(2026, 11, 28), date(2026, 12, 15), interest_runs=False)
    made = schedule_by_amount(PlannedDebt(DEBT), waived, 2_000_00)
    owed = settle(DEBT, [], date(2026, 11, 27)).open_cents
    assert made.total_cents == sum(owed.values())


def test_a_settlement_fee_is_a_cost_of_the_agreement():
    terms = PlanTerms(date(2026, 11, 28), date(2026, 12, 15), fee_cents=50_00)
    made = schedule_by_amount(PlannedDebt(DEBT), terms, 150_00)
    assert sum(each.part(Component.COSTS) for each in made.instalments) == 150_44


@pytest.mark.parametrize(("number", "first"), [(8, 142_00), (3, 372_00), (1, None)])
def test_equal_instalments_are_whole_euro_where_that_works(number, first):
    made = schedule_by_number(PlannedDebt(DEBT), TERMS, number)
    assert len(made.instalments) == number
    assert all(each.amount_cents >= made.instalments[-1].amount_cents for each in made.instalments)
    if first is not None:
        assert made.instalments[0].amount_cents == first


def test_cents_where_whole_euro_would_lose_an_instalment():
    made = schedule_by_number(PlannedDebt(Debt(10_00)), TERMS, 9)
    assert [each.amount_cents for each in made.instalments] == [1_12] * 8 + [1_04]


def test_more_instalments_than_cents_are_refused():
    with pytest.raises(InputInvalid, match="too small"):
        schedule_by_number(PlannedDebt(Debt(5)), TERMS, 9)


def test_a_plan_that_interest_eats_names_the_smallest_that_ends():
    planned = PlannedDebt(Debt(10_000_00, date(2026, 11, 1), CONSUMER))
    with pytest.raises(PlanNeverEnds) as caught:
        schedule_by_amount(planned, TERMS, 40_00)
    smallest = caught.value.figures["smallest_instalment_cents"]
    assert schedule_by_amount(planned, TERMS, smallest).instalments[-1].on <= date(2056, 11, 28)
    with pytest.raises(PlanNeverEnds):
        schedule_by_amount(planned, TERMS, smallest - 1)


@settings(max_examples=40, deadline=None)
@given(
    principal=st.integers(1, 5_000_00),
    costs=st.integers(1, 300_00),
    instalment=st.integers(60_00, 900_00),
    paid=st.integers(1, 100_00),
    every=st.sampled_from(list(Rhythm)),
    order=st.sampled_from([GENERAL_ORDER, CONSUMER_LOAN_ORDER]),
    bears=st.booleans(),
)
def test_paid_as_planned_nothing_is_left(principal, costs, instalment, paid, every, order, bears):
    convention = Convention(payment_day_bears_interest=bears)
    debt = Debt(principal, date(2025, 5, 1), CONSUMER, [DatedAmount(date(2025, 6, 1), costs)])
    before = [DatedAmount(date(2025, 7, 1), min(paid, principal))]
    terms = PlanTerms(date(2025, 8, 1), date(2025, 8, 31), every)
    planned = PlannedDebt(debt, before, order, convention)
    made = schedule_by_amount(planned, terms, instalment)
    payments = [*before, *(DatedAmount(each.on, each.amount_cents) for each in made.instalments)]
    account = settle(debt, payments, made.instalments[-1].on, order, convention)
    assert sum(account.open_cents.values()) == 0
    assert all(each.allocation.surplus_cents == 0 for each in account.allocations)
