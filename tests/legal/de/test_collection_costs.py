"""When the debtor owes collection costs, when the fee steps up, when a plan costs a fee."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from legal.costs import Engagement
from legal.de.costs.collection import (
    MESSAGES,
    SettlementTerms,
    check_rate,
    collection_costs,
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
    result = collection_costs(engagement, MATTER, Decimal("0.9"))
    assert result.total_cents == (0 if codes else 100_44)
    assert (result.costs is None) == bool(codes)


def test_a_claim_added_later_raises_the_value_of_the_one_fee():
    more = replace(MATTER, value_cents=1000_01)
    assert collection_costs(OWED, more, Decimal("0.5")).total_cents == 67_25 + 13_45


@pytest.mark.parametrize(
    ("rate", "day", "has_reasons", "contested", "codes"),
    [
        pytest.param("0.9", "2026-01-01", False, False, [], id="the usual most"),
        pytest.param("0.91", "2026-01-01", False, False, ["rate_needs_reasons"], id="no reasons"),
        pytest.param("1.3", "2026-01-01", True, False, [], id="with reasons"),
        pytest.param("1.31", "2026-01-01", True, False, ["rate_above_limit"], id="too high"),
        pytest.param("1.5", "2026-01-01", False, True, [], id="contested"),
        pytest.param("1.3", "2021-09-30", False, False, [], id="before the rule"),
        pytest.param("1.3", "2021-10-01", False, False, ["rate_needs_reasons"], id="from its day"),
    ],
)
def test_rates_of_the_business_fee(rate, day, has_reasons, contested, codes):
    found = check_rate(Decimal(rate), date.fromisoformat(day), has_reasons, contested)
    assert [finding.code for finding in found] == codes


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
