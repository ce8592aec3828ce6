"""When the debtor owes collection costs, when the fee steps up, when a plan costs a fee."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from legal.costs import CollectionMatter, CostKind, Engagement
from legal.de.costs.collection import (
    MESSAGES,
    SettlementTerms,
    collection_items,
    reasons_against_costs,
    settlement_fee,
)
from legal.de.costs.fee_step import fee_step, window_last_day
from legal.de.costs.fees import Matter
from legal.fee_step import FeeStep, FirstDemand

ORDERED = date(2026, 4, 1)
OWED = Engagement(ORDERED, default_from=date(2026, 4, 1))
MATTER = Matter(ORDERED, 1000_00)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        pytest.param({}, [], id="default since the day of the order"),
        pytest.param({"default_from": date(2026, 4, 2)}, ["order_before_default"], id="a day late"),
        pytest.param({"default_from": None}, ["no_default"], id="no default"),
        pytest.param({"dispute_known_to_creditor": True}, ["dispute_known"], id="dispute known"),
        pytest.param({"owed_under_contract": False}, ["not_owed_under_contract"], id="no damage"),
        pytest.param({"our_letter_is_first_reminder": True, "default_from": None},
                     ["first_reminder_ours"], id="our letter is the first reminder"),
        pytest.param({"titled": True}, ["already_titled"], id="titled"),
        pytest.param({"default_from": None, "dispute_known_to_creditor": True},
                     ["no_default", "dispute_known"], id="every reason is shown"),
    ],
)  # fmt: skip
def test_costs_are_owed_or_zero_with_the_reason(change, codes):
    engagement = replace(OWED, **change)
    reasons = reasons_against_costs(engagement)
    assert [reason.code for reason in reasons] == codes
    assert all(reason.message(MESSAGES) for reason in reasons)


@pytest.mark.parametrize(
    ("value_cents", "rate", "with_vat", "cents"),
    [
        pytest.param(1000_00, "0.9", False, [83_70, 16_74], id="a thousand euro"),
        pytest.param(1000_01, "0.5", False, [67_25, 13_45], id="a claim added later raises it"),
        # 19 percent of 100.44 is 19.08 (19.0836).
        pytest.param(1000_00, "0.9", True, [83_70, 16_74, 19_08], id="VAT that is a loss"),
    ],
)
def test_one_fee_with_flat_expenses_on_all_principals(value_cents, rate, with_vat, cents):
    items = collection_items(CollectionMatter(value_cents, ORDERED, Decimal(rate), with_vat))
    assert [item.cents for item in items] == cents
    kinds = [CostKind.FEE, CostKind.EXPENSES, CostKind.VAT]
    assert [item.kind for item in items] == kinds[: len(cents)]


WINDOW = date(2026, 5, 18)
LATER = WINDOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("imported", "settled", "raised", "step"),
    [
        pytest.param(None, None, False, FeeStep.KEEP, id="no bank statement yet"),
        pytest.param(WINDOW, None, False, FeeStep.KEEP, id="statements until the last day only"),
        pytest.param(LATER, None, False, FeeStep.RAISE, id="one bank day after the window"),
        pytest.param(LATER, None, True, FeeStep.KEEP, id="already raised"),
        pytest.param(LATER, WINDOW, False, FeeStep.KEEP, id="settled on the last day"),
        pytest.param(LATER, WINDOW, True, FeeStep.REVERSE, id="settled in time, known too late"),
        pytest.param(LATER, LATER, True, FeeStep.KEEP, id="settled a day late"),
        pytest.param(LATER, LATER, False, FeeStep.RAISE, id="settled late, step still due"),
    ],
)
def test_step_from_the_simple_case(imported, settled, raised, step):
    assert fee_step(FirstDemand(WINDOW, imported, settled, raised)) is step


def test_the_window_is_two_weeks_and_postal_days():
    assert window_last_day(date(2026, 5, 1), postal_days=3) == WINDOW
    assert window_last_day(date(2026, 5, 1), 3, lambda day: day + timedelta(days=1)) == LATER


AGREED = SettlementTerms(private_person=True, warned_in_text_form=True, consumer_fee_allowed=True)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        pytest.param({}, [], id="allowed and warned"),
        pytest.param({"consumer_fee_allowed": False}, ["consumer_instalment_fee_open"],
                     id="the setting is off by default"),
        pytest.param({"consumer_fee_allowed": False, "consumer": False}, [], id="no consumer"),
        pytest.param({"warned_in_text_form": False}, ["not_warned"], id="no warning"),
        pytest.param({"warned_in_text_form": False, "private_person": False}, [], id="a company"),
        pytest.param({"waives_action_for_now": False}, ["no_waiver"], id="no waiver"),
    ],
)  # fmt: skip
def test_settlement_fee_of_a_plan(change, codes):
    result = settlement_fee(replace(AGREED, **change), MATTER)
    assert [reason.code for reason in result.reasons] == codes
    # 0.7 of the full fee for half of 1000 euro
    assert result.total_cents == (0 if codes else 36_05)


def test_the_setting_is_off_unless_somebody_turns_it_on():
    assert not SettlementTerms(private_person=True, warned_in_text_form=True).consumer_fee_allowed


def test_the_old_payment_agreement_counted_a_fifth_of_the_value():
    old = replace(MATTER, law_date=date(2021, 9, 30), value_cents=2500_01)
    # 1.5 of the full fee for 500.002 euro, which has begun the step above 500
    assert settlement_fee(AGREED, old).total_cents == 132_00
