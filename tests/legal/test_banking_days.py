"""The last banking day before a day, which a bank statement must have reached."""

from datetime import date

import pytest

from legal.banking_days import is_banking_day, last_banking_day


@pytest.mark.parametrize(
    ("before", "last"),
    [
        pytest.param(date(2026, 11, 24), date(2026, 11, 23), id="Tuesday after Monday"),
        pytest.param(date(2026, 11, 30), date(2026, 11, 27), id="Monday after Friday"),
        pytest.param(date(2026, 4, 7), date(2026, 4, 2), id="after Easter: Thursday"),
        pytest.param(date(2026, 12, 28), date(2026, 12, 23), id="Christmas Eve is none"),
        pytest.param(date(2027, 1, 4), date(2026, 12, 30), id="neither is New Year's Eve"),
    ],
)
def test_last_banking_day(before, last):
    assert last_banking_day(before, "DE-HH") == last


def test_reformation_day_is_none_in_hamburg_only():
    day = date(2029, 10, 31)  # A Wednesday.
    assert (is_banking_day(day, "DE-HH"), is_banking_day(day, "DE-BY")) == (False, True)
