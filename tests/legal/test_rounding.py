"""The rounding rule: half up, away from zero at exactly half, however the amount is given."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal.rounding import round_cents, round_ratio


@pytest.mark.parametrize(
    ("numerator", "denominator", "cents"),
    [(1, 2, 1), (-1, 2, -1), (149, 100, 1), (150, 100, 2), (-149, 100, -1), (0, 7, 0)],
)
def test_half_a_cent_is_rounded_up(numerator, denominator, cents):
    assert round_ratio(numerator, denominator) == cents
    assert round_cents(Fraction(numerator, denominator)) == cents
    assert round_cents(Decimal(numerator) / Decimal(denominator)) == cents


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**12))
def test_a_ratio_is_rounded_like_its_fraction(numerator, denominator):
    assert round_ratio(numerator, denominator) == round_cents(Fraction(numerator, denominator))
