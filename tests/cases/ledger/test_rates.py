"""Base rates that the agency entered: checked, newest counts, missing half-years are counted."""

from datetime import date
from decimal import Decimal

import pytest

from cases.core import clock
from cases.ledger.rates import (
    RateImplausible,
    RateLeavesGap,
    RateOfNoHalfYear,
    SourceMissing,
    count_missing,
    end_of_half_year,
    enter_rate,
    house_rates,
)

SOURCE = "Bundesbank, 2026-12-29"


@pytest.fixture(autouse=True)
def _today(database):
    with clock.clock_at(date(2026, 11, 23)):
        yield


@pytest.mark.parametrize(
    ("first_day", "percent", "source", "refusal"),
    [
        pytest.param(date(2027, 1, 2), "1.77", SOURCE, RateOfNoHalfYear, id="not a half-year"),
        pytest.param(date(2027, 7, 1), "1.77", SOURCE, RateLeavesGap, id="leaves a gap"),
        pytest.param(date(2027, 1, 1), "177", SOURCE, RateImplausible, id="a decimal too far"),
        pytest.param(date(2027, 1, 1), "1.77", "  ", SourceMissing, id="without a source"),
    ],
)
def test_a_rate_that_cannot_be_right_is_refused(first_day, percent, source, refusal):
    known = house_rates().known_until
    with pytest.raises(refusal):
        enter_rate(first_day, Decimal(percent), source)
    assert house_rates().known_until == known


def test_a_newer_row_for_the_same_half_year_counts():
    enter_rate(date(2027, 1, 1), Decimal("1.77"), SOURCE)
    enter_rate(date(2027, 1, 1), Decimal("1.67"), "corrected")
    assert house_rates().rate_percent(date(2027, 3, 1)) == Decimal("1.67")
    assert house_rates().known_until == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 12, 31), None), (date(2027, 1, 1), 1), (date(2027, 6, 30), 1),
        (date(2027, 7, 1), 2), (date(2028, 1, 1), 3),
    ],
)  # fmt: skip
def test_missing_half_years_are_counted(today, missing):
    with clock.clock_at(today):
        assert count_missing() == missing


def test_half_years_end_in_june_and_december():
    assert end_of_half_year(date(2027, 1, 1)) == date(2027, 6, 30)
    assert end_of_half_year(date(2027, 7, 1)) == date(2027, 12, 31)
