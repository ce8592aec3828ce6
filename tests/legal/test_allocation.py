"""Filling components and claims in an order: sums, order, proportion."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal.allocation import AmountNotPositive, Component, allocate, allocate_in_ranks
from legal.de.allocation import CONSUMER_LOAN_ORDER, GENERAL_ORDER, designated_order
from legal.errors import InputInvalid

COSTS, INTEREST, PRINCIPAL = Component.COSTS, Component.INTEREST, Component.PRINCIPAL
OPEN = {PRINCIPAL: 1_000_00, INTEREST: 41_20, COSTS: 83_54}


@pytest.mark.parametrize(
    ("payment_cents", "order", "costs", "interest", "principal", "surplus"),
    [
        pytest.param(100_00, GENERAL_ORDER, 83_54, 16_46, 0, 0, id="costs, then interest"),
        pytest.param(200_00, CONSUMER_LOAN_ORDER, 83_54, 0, 116_46, 0, id="consumer loan"),
        pytest.param(1_200_00, GENERAL_ORDER, 83_54, 41_20, 1_000_00, 75_26, id="overpaid"),
        pytest.param(1, GENERAL_ORDER, 1, 0, 0, 0, id="one cent goes to costs"),
        pytest.param(83_54, GENERAL_ORDER, 83_54, 0, 0, 0, id="exactly the costs"),
        pytest.param(
            1_010_00, designated_order([PRINCIPAL]), 10_00, 0, 1_000_00, 0,
            id="designated to principal, the rest by the general order",
        ),
        pytest.param(
            100_00, designated_order([INTEREST, PRINCIPAL]), 0, 41_20, 58_80, 0,
            id="designated to interest, then principal",
        ),
        pytest.param(90_00, designated_order([]), 83_54, 6_46, 0, 0, id="nothing designated"),
    ],
)  # fmt: skip
def test_payment_fills_components_in_legal_order(
    payment_cents, order, costs, interest, principal, surplus
):
    result = allocate(payment_cents, OPEN, order)
    assert result.paid_cents == {COSTS: costs, INTEREST: interest, PRINCIPAL: principal}
    assert result.surplus_cents == surplus


@pytest.mark.parametrize("amount", [0, -1])
def test_a_payment_must_be_more_than_zero(amount):
    with pytest.raises(AmountNotPositive):
        allocate(amount, OPEN, GENERAL_ORDER)
    with pytest.raises(AmountNotPositive):
        allocate_in_ranks(amount, {"A": 1}, [["A"]])


def test_a_component_is_designated_only_once():
    with pytest.raises(InputInvalid):
        designated_order([PRINCIPAL, PRINCIPAL])


amounts = st.integers(0, 10**12)


@given(
    payment=st.integers(1, 10**13),
    opened=st.fixed_dictionaries({COSTS: amounts, INTEREST: amounts, PRINCIPAL: amounts}),
    order=st.permutations([COSTS, INTEREST, PRINCIPAL]),
)
def test_parts_add_up_never_exceed_and_keep_the_order(payment, opened, order):
    result = allocate(payment, opened, order)
    assert sum(result.paid_cents.values()) + result.surplus_cents == payment
    for component in order:
        assert 0 <= result.paid_cents[component] <= opened[component]
    for earlier, later in pairwise(order):
        if result.paid_cents[later]:
            assert result.paid_cents[earlier] == opened[earlier]


@given(
    payment=st.integers(1, 10**13),
    rank=st.lists(amounts, min_size=1, max_size=6),
    lower=amounts,
)
def test_claims_of_one_rank_share_in_proportion(payment, rank, lower):
    opened = {str(i): part for i, part in enumerate(rank)} | {"lower": lower}
    names = [str(i) for i in range(len(rank))]
    result = allocate_in_ranks(payment, opened, [names, ["lower"]])
    assert sum(result.paid_cents.values()) + result.surplus_cents == payment
    total = sum(rank)
    for name in names:
        paid = result.paid_cents[name]
        assert 0 <= paid <= opened[name]
        if payment < total:
            assert abs(paid * total - payment * opened[name]) <= total  # Less than a cent off.
    assert result.paid_cents["lower"] == min(lower, max(payment - total, 0))
