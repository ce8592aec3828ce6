"""Default interest: published examples, both days around each change, an exact oracle."""

import csv
import importlib.util
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legal.base_rates import BaseRate, BaseRates
from legal.de.base_rates import base_rates
from legal.de.day_count import YearBasis, count_days
from legal.de.interest import default_interest
from legal.de.interest_rules import rate_steps
from legal.errors import InputInvalid, RateUnknown
from legal.interest import InterestRule, RateKind

spec = importlib.util.spec_from_file_location(
    "interest_oracle", Path(__file__).with_name("interest_oracle.py")
)
oracle = importlib.util.module_from_spec(spec)
spec.loader.exec_module(oracle)

CONSUMER = InterestRule(RateKind.CONSUMER)
BUSINESS = InterestRule(RateKind.BUSINESS)
PUBLISHED = Path(__file__).parents[2] / "samples/law/default_rates.csv"


def agreed(kind, points):
    return InterestRule(kind, Decimal(points))


@pytest.mark.parametrize(
    ("first_day", "last_day", "rule", "basis", "cents"),
    [
        pytest.param("2025-07-01", "2025-12-31", CONSUMER, "actual", 31_61, id="published example"),
        # 1000 x 6.27 % x 365/365
        pytest.param("2025-01-01", "2025-01-01", CONSUMER, "actual", 20, id="one day"),
        # 1000 x 8.62 % x 182/366 + 1000 x 8.37 % x 184/366
        pytest.param("2024-01-01", "2024-12-31", CONSUMER, "actual", 84_94, id="leap year"),
        # 1000 x 8.62 % x 182/365 + 1000 x 8.37 % x 184/365
        pytest.param("2024-01-01", "2024-12-31", CONSUMER, "365", 85_18, id="leap year over 365"),
        # 1000 x (8.62 % + 8.37 %) / 2
        pytest.param("2024-01-01", "2024-12-31", CONSUMER, "30/360", 84_95, id="commercial year"),
        # 1000 x 4.12 %: -0.88 + 5
        pytest.param("2021-01-01", "2021-12-31", CONSUMER, "actual", 41_20, id="negative base"),
        pytest.param("2021-01-01", "2021-12-31", BUSINESS, "actual", 81_20, id="nine points"),
        pytest.param(
            "2021-01-01", "2021-12-31", InterestRule(RateKind.BUSINESS_OTHER), "actual", 41_20,
            id="damages between businesses bear five points",
        ),
        pytest.param(
            "2021-01-01", "2021-12-31", agreed(RateKind.MARGIN, "2.5"), "actual", 16_20,
            id="real-estate consumer loan",
        ),
        pytest.param(
            "2021-01-01", "2021-12-31", agreed(RateKind.FIXED, "5"), "actual", 50_00, id="fixed",
        ),
        pytest.param(
            "2021-01-01", "2021-12-31", agreed(RateKind.MARGIN, "0.5"), "actual", 0,
            id="a sum below zero bears no interest",
        ),
    ],
)  # fmt: skip
def test_interest_on_1000_euro(first_day, last_day, rule, basis, cents):
    days = date.fromisoformat(first_day), date.fromisoformat(last_day)
    assert default_interest(1_000_00, *days, rule, YearBasis(basis)).interest_cents == cents


def rows_of_published_rates():
    with PUBLISHED.open() as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows_of_published_rates(), ids=lambda row: row["valid_from"])
def test_rates_of_each_half_year_are_the_published_ones(row):
    for column, rule in (
        ("consumer", CONSUMER),
        ("business_8", InterestRule(RateKind.BUSINESS, arose_on=date(2002, 1, 1))),
        ("business_9", InterestRule(RateKind.BUSINESS, arose_on=date(2014, 7, 29))),
    ):
        for day in (row["valid_from"], row["valid_to"]):
            if row[column]:
                rate = rate_steps(rule, base_rates()).rate_percent(date.fromisoformat(day))
                assert rate == Decimal(row[column])
    if row["ecb_main_refinancing"]:
        base = base_rates().rate_percent(date.fromisoformat(row["valid_from"]))
        assert base == Decimal(row["ecb_main_refinancing"]) - Decimal("0.88")


@pytest.mark.parametrize(
    ("arose_on", "performed_on", "day", "rate"),
    [
        pytest.param(None, None, "2014-07-28", "7.27", id="day before the change, eight points"),
        pytest.param(None, None, "2014-07-29", "8.27", id="day of the change, nine points"),
        pytest.param("2014-07-28", None, "2026-01-01", "9.27", id="old obligation keeps eight"),
        pytest.param("2014-07-29", None, "2026-01-01", "10.27", id="new obligation, nine"),
        pytest.param(
            "2014-07-28", "2016-06-30", "2026-01-01", "9.27",
            id="continuing, performed on the last day of eight points",
        ),
        pytest.param(
            "2014-07-28", "2016-07-01", "2026-01-01", "10.27",
            id="continuing, performed on the first day of nine points",
        ),
    ],
)  # fmt: skip
def test_transition_of_2014_and_2016(arose_on, performed_on, day, rate):
    rule = InterestRule(
        RateKind.BUSINESS,
        arose_on=arose_on and date.fromisoformat(arose_on),
        performed_on=performed_on and date.fromisoformat(performed_on),
    )
    on = date.fromisoformat(day)
    assert default_interest(1_00, on, on, rule).periods[0].rate_percent == Decimal(rate)


def test_periods_are_cut_at_rate_changes_and_year_ends_only():
    interest = default_interest(1_000_00, date(2023, 5, 1), date(2026, 8, 31), CONSUMER)
    assert [(p.first_day.isoformat(), p.days, str(p.rate_percent)) for p in interest.periods] == [
        ("2023-05-01", 61, "6.62"),
        ("2023-07-01", 184, "8.12"),
        ("2024-01-01", 182, "8.62"),
        ("2024-07-01", 184, "8.37"),
        ("2025-01-01", 181, "7.27"),
        ("2025-07-01", 184, "6.27"),
        ("2026-01-01", 181, "6.27"),
        ("2026-07-01", 62, "6.52"),
    ]


def test_amount_per_further_day_is_that_of_the_day_after():
    last = default_interest(1_000_00, date(2026, 1, 1), date(2026, 6, 29), CONSUMER)
    assert last.per_day_cents == Decimal("17.18")
    change = default_interest(1_000_00, date(2026, 1, 1), date(2026, 6, 30), CONSUMER)
    assert change.per_day_cents == Decimal("17.86")  # 100000 x 6.52 % / 365


def test_after_the_table_the_last_rate_is_used_and_said():
    inside = default_interest(1_000_00, date(2026, 7, 1), date(2026, 12, 30), CONSUMER)
    assert inside.notes == ()
    edge = default_interest(1_000_00, date(2026, 7, 1), date(2026, 12, 31), CONSUMER)
    assert [note.code for note in edge.notes] == ["next_rate_unknown"]
    beyond = default_interest(1_000_00, date(2027, 1, 1), date(2027, 1, 1), CONSUMER)
    assert beyond.periods[0].rate_percent == Decimal("6.52")
    assert [note.code for note in beyond.notes] == ["last_rate_used"]
    fixed = default_interest(1, date(2027, 1, 1), date(2027, 1, 1), agreed(RateKind.FIXED, "5"))
    assert fixed.notes == ()


def test_before_the_table_no_rate_is_known():
    with pytest.raises(RateUnknown):
        default_interest(1, date(2001, 12, 31), date(2002, 1, 1), CONSUMER)
    fixed = agreed(RateKind.FIXED, "4")
    assert (
        default_interest(100_00, date(1999, 1, 1), date(1999, 12, 31), fixed).interest_cents == 4_00
    )


def test_interest_before_the_claim_arose_is_noted():
    rule = InterestRule(RateKind.BUSINESS, arose_on=date(2026, 2, 1))
    interest = default_interest(1, date(2026, 1, 31), date(2026, 2, 1), rule)
    assert [note.code for note in interest.notes] == ["arose_after_first_day"]


def test_no_days_bear_no_interest():
    assert default_interest(1, date(2026, 2, 1), date(2026, 1, 31), CONSUMER).interest_cents == 0


def test_an_agency_adds_a_newer_rate():
    newer = BaseRate(date(2027, 1, 1), date(2027, 6, 30), Decimal("2.02"), "Bundesbank notice")
    table = base_rates().with_rows([newer])
    interest = default_interest(1_000_00, date(2027, 1, 1), date(2027, 1, 1), CONSUMER, table=table)
    assert interest.periods[0].rate_percent == Decimal("7.02")
    assert interest.notes == ()
    assert base_rates().known_until == date(2026, 12, 31)


def test_a_gap_in_the_table_is_refused():
    late = BaseRate(date(2027, 7, 1), date(2027, 12, 31), Decimal("2.02"), "Bundesbank notice")
    with pytest.raises(InputInvalid):
        base_rates().with_rows([late])
    with pytest.raises(InputInvalid):
        BaseRates([])


def test_amounts_and_rates_are_never_negative():
    with pytest.raises(InputInvalid):
        default_interest(-1, date(2026, 1, 1), date(2026, 1, 2), CONSUMER)
    for points in ("-0.01", "NaN", "Infinity"):
        with pytest.raises(InputInvalid):
            agreed(RateKind.MARGIN, points)
    with pytest.raises(InputInvalid):
        InterestRule(RateKind.MARGIN)
    with pytest.raises(InputInvalid):
        agreed(RateKind.CONSUMER, "5")


rules = st.one_of(
    st.sampled_from([CONSUMER, BUSINESS, InterestRule(RateKind.BUSINESS_OTHER)]),
    st.builds(
        InterestRule,
        st.just(RateKind.BUSINESS),
        arose_on=st.dates(date(2010, 1, 1), date(2018, 1, 1)),
    ),
    st.builds(
        InterestRule,
        st.sampled_from([RateKind.MARGIN, RateKind.FIXED]),
        st.decimals(0, 20, places=3),
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    principal=st.integers(0, 10**12),
    first_day=st.dates(date(2002, 1, 1), date(2028, 1, 1)),
    days=st.integers(0, 900),
    rule=rules,
    basis=st.sampled_from(list(YearBasis)),
)
def test_equal_to_exact_fractions_day_by_day(principal, first_day, days, rule, basis):
    last_day = first_day + timedelta(days=days)
    interest = default_interest(principal, first_day, last_day, rule, basis)
    exact = oracle.exact_interest(principal, first_day, last_day, rule, basis)
    assert interest.interest_cents == oracle.half_up(exact)
    assert sum(period.interest_cents for period in interest.periods) == interest.interest_cents
    assert interest.periods[0].first_day == first_day
    assert interest.periods[-1].last_day == last_day
    for earlier, later in zip(interest.periods, interest.periods[1:], strict=False):
        assert later.first_day == earlier.last_day + timedelta(days=1)


def test_commercial_months_count_both_days():
    """From 1 January to 30 July 2016 it is seven months of thirty days."""
    days = count_days(date(2016, 1, 1), date(2016, 7, 30), YearBasis.THIRTY_360)
    assert days == 210
    first = count_days(date(2016, 1, 1), date(2016, 1, 30), YearBasis.THIRTY_360)
    rest = count_days(date(2016, 1, 31), date(2016, 7, 31), YearBasis.THIRTY_360)
    assert first + rest == count_days(date(2016, 1, 1), date(2016, 7, 31), YearBasis.THIRTY_360)
