"""Digests over 62 days: exact days, and no day of news in two of them or in none."""

from datetime import date, timedelta

import pytest

from cases.watch.digests import Frequency, covered, digests

SINCE = date(2026, 12, 16)  # A Wednesday.
DAYS = [SINCE + timedelta(days=each) for each in range(62)]


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        (Frequency.DAILY, DAYS[1:]),
        (Frequency.WEEKLY, [day for day in DAYS if day.weekday() == 0]),
        (Frequency.MONTHLY, [date(2027, 1, 1), date(2027, 2, 1)]),
    ],
)
def test_62_days_of_digests(frequency, expected):
    sent = list(digests(frequency, DAYS[0], DAYS[-1]))
    assert [on for on, _ in sent] == expected
    told = [
        each.first_day + timedelta(days=place)
        for _, each in sent
        for place in range((each.last_day - each.first_day).days + 1)
    ]
    assert told == [day for day in DAYS if day < expected[-1]]
    assert all(each.last_day == on - timedelta(days=1) for on, each in sent)


@pytest.mark.parametrize("frequency", list(Frequency))
def test_a_program_that_stood_still_tells_everything_once(frequency):
    told_until = SINCE - timedelta(days=1)
    late = covered(frequency, told_until, DAYS[50])
    assert late.first_day == SINCE
    assert covered(frequency, late.last_day, DAYS[50]) is None
    usual = [days for _, days in digests(frequency, DAYS[0], DAYS[50])]
    assert late.last_day == usual[-1].last_day
