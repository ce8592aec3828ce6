"""The settlement with a creditor: fee steps to the cent, VAT, held-back money, what is carried."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.remittances.contract import CostsOwner, FeeTerms, FeeTier, Share, Steps, Terms, fee_of
from cases.remittances.settlement import Earlier, Outlay, Received, settle_run
from legal.errors import InputInvalid

STEPS = (FeeTier(500_00, Decimal(25)), FeeTier(None, Decimal(15)))
MARGINAL = FeeTerms(STEPS, minimum_cents=5_00)
WHOLE = FeeTerms(STEPS, Steps.WHOLE, minimum_cents=5_00)
AS_OF = date(2026, 11, 30)


def terms(fee=MARGINAL, vat="19", owner=CostsOwner.AGENCY, **more):
    return Terms(fee, Decimal(vat), owner, **more)


@pytest.mark.parametrize(
    ("base_cents", "fee", "expected"),
    [
        pytest.param(499_99, MARGINAL, 125_00, id="marginal, a cent below the step"),
        pytest.param(500_00, MARGINAL, 125_00, id="marginal, on the step"),
        pytest.param(500_01, MARGINAL, 125_00, id="marginal, a cent above"),
        pytest.param(499_99, WHOLE, 125_00, id="whole, a cent below"),
        pytest.param(500_00, WHOLE, 125_00, id="whole, a base equal to the end belongs to it"),
        pytest.param(500_01, WHOLE, 75_00, id="whole, a cent above"),
        pytest.param(10_00, MARGINAL, 5_00, id="at least the minimum"),
        pytest.param(3_00, MARGINAL, 3_00, id="never more than the base"),
        pytest.param(0, MARGINAL, 0, id="nothing of nothing"),
        pytest.param(-100_00, MARGINAL, 0, id="nothing of what went back"),
    ],
)
def test_fee_at_the_steps(base_cents, fee, expected):
    assert fee_of(base_cents, fee) == expected


def test_a_fixed_fee_knows_no_minimum_and_no_cap():
    fixed = FeeTerms((), fixed_cents=40_00, minimum_cents=50_00)
    assert fee_of(1_00, fixed) == 40_00
    assert fee_of(1_00, fixed, unattachable=True) == 0


@pytest.mark.parametrize("ends", [(None, None), (100, 50, None), (100, 100, None), (100,)])
def test_steps_that_leave_a_gap_are_refused(ends):
    with pytest.raises(InputInvalid):
        FeeTerms(tuple(FeeTier(end, Decimal(1)) for end in ends))


def test_published_example_of_a_debtor_who_pays_the_costs_on_top():
    """Principal 500.00, interest 20.00, reminder costs 10.00, fee costs 71.05; paid out 516.50."""
    fee = FeeTerms((FeeTier(None, Decimal(0)),))
    paid = Received("1", AS_OF, "transfer", 500_00, 20_00, 71_05, 10_00)
    run = settle_run(terms(fee), [paid], AS_OF)
    assert run.vat_cents == 13_50
    assert sum(case.costs_kept_cents for case in run.cases) == 71_05
    assert run.payout_cents == 516_50


def test_published_example_with_commission_and_costs_owed_by_the_creditor():
    """Received 182.11, costs 62.00, commission 21.94, VAT 4.17 and 11.78; paid out 82.22."""
    fee = FeeTerms((), fixed_cents=21_94)
    paid = Received("1", AS_OF, "transfer", 94_00, 26_11, fee_costs_cents=62_00)
    run = settle_run(terms(fee), [paid], AS_OF)
    assert run.vat_cents == 4_17 + 11_78
    assert run.payout_cents == 82_22


@pytest.mark.parametrize(
    ("as_of", "held"),
    [
        pytest.param(date(2026, 12, 30), 100_00, id="a day before it is free"),
        pytest.param(date(2026, 12, 31), 0, id="free on the day on which 60 days have passed"),
    ],
)
def test_returnable_money_is_held_back(as_of, held):
    paid = Received("1", date(2026, 11, 1), "direct_debit", 100_00)
    run = settle_run(terms(hold_back_days={"direct_debit": 60}), [paid], as_of)
    assert run.held_back_cents == held
    assert (run.payout_cents == 0) == bool(held)


def test_a_return_takes_the_fee_back_and_is_carried():
    back = Received("1", AS_OF, "transfer", -400_00)
    run = settle_run(terms(), [back], AS_OF, earlier={"1": Earlier(400_00, 100_00)})
    assert run.fee_net_cents == -100_00
    assert run.payout_cents == 0
    assert run.carry_forward_cents == -400_00 + 100_00 + 19_00


def test_costs_with_vat_in_them_are_net_once_over_all_cases():
    paid = [Received(str(n), AS_OF, "transfer", fee_costs_cents=10_01) for n in range(3)]
    run = settle_run(terms(costs_include_vat=True), paid, AS_OF)
    assert run.vat_paid_by_debtors_cents == 30_03 - 25_24
    assert run.vat_cents == 4_80  # 19 % of 25.24
    assert run.payout_cents == 0


cents = st.integers(-2_000_00, 20_000_00)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    payments=st.lists(
        st.builds(
            Received,
            case=st.sampled_from("abc"),
            on=st.dates(date(2026, 9, 1), AS_OF),
            way=st.sampled_from(["transfer", "card", "direct_debit", "to_creditor"]),
            principal_cents=cents,
            interest_cents=cents,
            fee_costs_cents=cents,
            creditor_costs_cents=cents,
        ),
        max_size=8,
    ),
    carried=cents,
    outlays=st.integers(0, 500_00),
)
def test_every_cent_that_came_goes_somewhere(payments, carried, outlays):
    """Received = to the creditor + the house + the tax office, and nothing is paid twice."""
    run = settle_run(
        terms(hold_back_days={"card": 60, "direct_debit": 60}, threshold_cents=10_00),
        payments,
        AS_OF,
        outlays=[Outlay("a", outlays, borne_by_creditor=True)],
        carried_cents=carried,
    )
    came = sum(each.total_cents for each in payments if each.way != "to_creditor")
    kept = sum(case.costs_kept_cents for case in run.cases)
    assert came - run.held_back_cents == sum(case.received_cents for case in run.cases)
    assert run.payout_cents + run.carry_forward_cents == (
        came - run.held_back_cents - kept - run.fee_net_cents
        - (run.vat_cents - run.vat_paid_by_debtors_cents) - outlays + carried
    )  # fmt: skip
    assert run.payout_cents == 0 or run.payout_cents >= 10_00


def test_a_fee_on_costs_alone():
    fee = FeeTerms((FeeTier(None, Decimal(10)),), on=frozenset({Share.COSTS}))
    paid = Received("1", AS_OF, "transfer", 100_00, 0, fee_costs_cents=50_00)
    assert settle_run(terms(fee), [paid], AS_OF).fee_net_cents == 5_00
