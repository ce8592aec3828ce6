"""How a payment is spread over a case: by law, as designated, by contract. Figures by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cases.ledger.allocation import allocate_by_law, allocate_principal_first
from cases.ledger.statement import ClaimBalance, ClaimTerms, CostsBalance, Statement
from legal.allocation import AmountNotPositive, Component
from legal.interest import InterestRule, RateKind

DAY = date(2026, 11, 23)
P, INT, C = Component.PRINCIPAL, Component.INTEREST, Component.COSTS


def claim(number, principal, interest=0, due=date(2026, 7, 1), rate="6.52", loan=False):
    terms = ClaimTerms(number, f"RE-{number}", due, due, due, InterestRule(RateKind.CONSUMER), loan)
    return ClaimBalance(terms, principal, principal, interest, 0, Decimal(0), (), (), (),
                        Decimal(rate))  # fmt: skip


def owed(*claims, costs=0, bearing=0, costs_interest=0, all_interest_first=False):
    balance = CostsBalance(costs, 0, bearing, costs_interest)
    known = datetime(2026, 11, 23, tzinfo=UTC)
    return Statement(DAY, known, claims, (), balance, all_interest_first)


def shares(result):
    return [(s.claim_id, s.component, s.cents) for s in result.shares]


def test_costs_then_interest_then_principal():
    result = allocate_by_law(owed(claim(1, 1_000_00, 41_20), costs=83_54), 200_00, DAY)
    assert shares(result) == [(None, C, 83_54), (1, INT, 41_20), (1, P, 75_26)]
    assert result.surplus_cents == 0
    assert not result.departs


def test_titled_costs_come_before_others_and_their_interest_before_claims():
    account = owed(claim(1, 100_00), costs=60_00, bearing=40_00, costs_interest=3_00)
    result = allocate_by_law(account, 80_00, DAY)
    assert [(s.component, s.cents, s.bears_interest) for s in result.shares] == [
        (C, 40_00, True), (C, 20_00, False), (INT, 3_00, False), (P, 17_00, False),
    ]  # fmt: skip


def test_the_older_claim_comes_first():
    old, new = claim(1, 50_00, 1_00, date(2026, 1, 2)), claim(2, 50_00, 1_00)
    result = allocate_by_law(owed(new, old), 60_00, DAY)
    assert shares(result) == [(1, INT, 1_00), (1, P, 50_00), (2, INT, 1_00), (2, P, 8_00)]


def test_equals_share_in_proportion():
    # 300.00 and 100.00 are open; 100.00 is shared 75 to 25.
    result = allocate_by_law(owed(claim(1, 300_00), claim(2, 100_00)), 100_00, DAY)
    assert shares(result) == [(1, P, 75_00), (2, P, 25_00)]


def test_a_cent_that_cannot_be_shared_goes_to_one_claim_only():
    result = allocate_by_law(owed(claim(1, 1_00), claim(2, 1_00), claim(3, 1_00)), 100, DAY)
    assert sum(s.cents for s in result.shares) == 100
    assert sorted(s.cents for s in result.shares) == [33, 33, 34]


def test_a_consumer_loan_is_paid_principal_first():
    result = allocate_by_law(owed(claim(1, 100_00, 9_00, loan=True)), 105_00, DAY)
    assert shares(result) == [(1, P, 100_00), (1, INT, 5_00)]


def test_all_interest_first_where_the_house_says_so():
    old, new = claim(1, 50_00, 1_00, date(2026, 1, 2)), claim(2, 50_00, 2_00)
    result = allocate_by_law(owed(old, new, all_interest_first=True), 10_00, DAY)
    assert shares(result) == [(1, INT, 1_00), (2, INT, 2_00), (1, P, 7_00)]


def test_a_designation_between_claims_binds():
    old, new = claim(1, 50_00, due=date(2026, 1, 2)), claim(2, 50_00)
    result = allocate_by_law(owed(old, new), 60_00, DAY, [2])
    assert shares(result) == [(2, P, 50_00), (1, P, 10_00)]
    assert not result.departs


def test_an_order_of_his_own_departs_from_the_law():
    result = allocate_by_law(owed(claim(1, 100_00, 9_00), costs=20_00), 110_00, DAY, order=[P])
    assert shares(result) == [(1, P, 100_00), (None, C, 10_00)]
    assert result.departs
    lawful = allocate_by_law(owed(claim(1, 100_00), costs=20_00), 50_00, DAY, order=[C, INT, P])
    assert not lawful.departs


def test_the_creditors_view_follows_his_contract():
    account = owed(claim(1, 100_00, 9_00), costs=20_00)
    assert shares(allocate_principal_first(account, 105_00, DAY)) == [
        (1, P, 100_00), (1, INT, 5_00),
    ]  # fmt: skip


def test_an_overpaid_part_takes_nothing_and_a_surplus_is_named():
    overpaid = replace(claim(1, 100_00), principal_open_cents=-5_00)
    result = allocate_by_law(owed(overpaid, claim(2, 10_00)), 30_00, DAY)
    assert shares(result) == [(2, P, 10_00)]
    assert result.surplus_cents == 20_00


@pytest.mark.parametrize("cents", [0, -1])
def test_a_payment_is_more_than_zero(cents):
    with pytest.raises(AmountNotPositive):
        allocate_by_law(owed(claim(1, 1)), cents, DAY)
