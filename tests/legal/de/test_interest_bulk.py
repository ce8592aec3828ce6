"""Interest in bulk equals the single form to the cent, also beyond 64 bits."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legal.de.day_count import YearBasis
from legal.de.interest import default_interest
from legal.de.interest_bulk import day_table
from legal.errors import InputInvalid, RateUnknown
from legal.interest import InterestRule, RateKind

FIRST, LAST = date(2002, 1, 1), date(2028, 12, 31)
RULES = [
    InterestRule(RateKind.CONSUMER),
    InterestRule(RateKind.BUSINESS),
    InterestRule(RateKind.BUSINESS, arose_on=date(2014, 7, 28)),
    InterestRule(RateKind.MARGIN, Decimal("0.5")),
    InterestRule(RateKind.FIXED, Decimal("4.125")),
]
TABLES = {
    (rule, basis): day_table(rule, FIRST, LAST, basis) for rule in RULES for basis in YearBasis
}

claims = st.tuples(
    st.one_of(st.integers(0, 10**7), st.integers(0, 10**13)),
    st.dates(FIRST, LAST),
    st.integers(-1, 10_000),
)


@settings(max_examples=150, deadline=None)
@given(key=st.sampled_from(sorted(TABLES, key=str)), batch=st.lists(claims, min_size=1, max_size=8))
def test_equal_to_the_single_form(key, batch):
    rule, basis = key
    spans = [
        (cents, begin, min(begin + timedelta(days=days), LAST)) for cents, begin, days in batch
    ]
    principals, begins, ends = zip(*spans, strict=True)
    result = TABLES[key].interest_cents(
        np.array(principals, dtype=np.int64),
        np.array(begins, dtype="datetime64[D]"),
        np.array(ends, dtype="datetime64[D]"),
    )
    single = [
        default_interest(cents, begin, end, rule, basis).interest_cents
        for cents, begin, end in spans
    ]
    assert result.tolist() == single


def one(table, cents, first_day, last_day):
    days = (np.array([day], dtype="datetime64[D]") for day in (first_day, last_day))
    return table.interest_cents(np.array([cents], dtype=np.int64), *days).tolist()


def test_both_sides_of_the_safe_range_are_exact():
    rule = InterestRule(RateKind.BUSINESS)
    table = TABLES[rule, YearBasis.ACTUAL]
    safe = (2**63 - 1 - table.denominator // 2) // int(table.sums[-1])
    for cents in (safe - 1, safe, safe + 1, 10 * safe):
        single = default_interest(cents, FIRST, LAST, rule).interest_cents
        assert one(table, cents, FIRST, LAST) == [single]


def test_a_day_outside_the_table_is_refused_not_guessed():
    table = day_table(RULES[0], date(2026, 1, 1), date(2026, 1, 31))
    assert one(table, 1_000_00, date(2026, 1, 1), date(2026, 1, 31)) == [5_33]
    for first_day, last_day in (
        (date(2025, 12, 31), date(2026, 1, 1)),
        (date(2026, 1, 31), date(2026, 2, 1)),
    ):
        with pytest.raises(InputInvalid):
            one(table, 1, first_day, last_day)
    with pytest.raises(RateUnknown):
        day_table(RULES[0], date(2001, 12, 31), date(2026, 1, 31))
    with pytest.raises(InputInvalid):
        one(table, -1, date(2026, 1, 1), date(2026, 1, 31))


def test_no_claims_give_no_interest():
    empty = np.array([], dtype=np.int64)
    days = np.array([], dtype="datetime64[D]")
    assert TABLES[RULES[0], YearBasis.ACTUAL].interest_cents(empty, days, days).tolist() == []
