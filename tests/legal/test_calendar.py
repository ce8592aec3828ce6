"""Counting: worked days of the sections, holidays of places, and every day of thirty years."""

from datetime import date, timedelta

import pytest

from legal.calendar import (
    Period,
    Start,
    Unit,
    add_months,
    add_working_days,
    days_between,
    end_of_period,
    is_working_day,
    parse_period,
    roll_back,
    roll_forward,
)
from legal.errors import InputInvalid
from legal.public_holidays import PlaceUnknown, check_place, find_holiday

NRW = "DE-NW"


@pytest.mark.parametrize(
    ("event", "period", "last_day"),
    [
        pytest.param("2026-05-21", "2 weeks", "2026-06-04", id="weeks end on the same weekday"),
        pytest.param(
            "2026-05-21", "14 days", "2026-06-04", id="the day of the event does not count"
        ),
        pytest.param("2026-01-31", "1 month", "2026-02-28", id="a missing day is the month's last"),
        pytest.param("2028-01-31", "1 month", "2028-02-29", id="... in a leap year too"),
        pytest.param(
            "2026-02-28", "1 month", "2026-03-28", id="the end of February is just the 28th"
        ),
        pytest.param("2024-02-29", "1 year", "2025-02-28", id="29 February plus a year"),
        pytest.param("2026-08-31", "6 months", "2027-02-28", id="over the turn of the year"),
        pytest.param("2026-03-31", "-1 month", "2026-02-28", id="counted back to a shorter month"),
        pytest.param("2026-06-15", "-2 weeks", "2026-06-01", id="counted back by weeks"),
        pytest.param("2026-01-15", "-3 months", "2025-10-15", id="counted back over New Year"),
        pytest.param("2026-01-15", "1 half_year", "2026-07-15", id="half a year is six months"),
        pytest.param("2026-01-15", "1 quarter", "2026-04-15", id="a quarter is three months"),
        pytest.param("2026-02-01", "1 half_month", "2026-02-16", id="half a month is fifteen days"),
        pytest.param("2026-05-22", "1 working_day", "2026-05-26", id="over Whitsun"),
        pytest.param("2026-05-26", "-1 working day", "2026-05-22", id="back over Whitsun"),
        pytest.param("2026-05-21", "0 days", "2026-05-21", id="no days at all"),
    ],
)
def test_period_after_an_event(event, period, last_day):
    end = end_of_period(date.fromisoformat(event), parse_period(period), NRW)
    assert end == date.fromisoformat(last_day)


@pytest.mark.parametrize(
    ("first_day", "period", "last_day"),
    [
        pytest.param("2026-06-01", "14 days", "2026-06-14", id="days"),
        pytest.param("2026-06-01", "2 weeks", "2026-06-14", id="weeks end on the weekday before"),
        pytest.param("2026-01-01", "1 month", "2026-01-31", id="from the first of a month"),
        pytest.param("2026-02-01", "1 month", "2026-02-28", id="from the first of February"),
        pytest.param("2026-01-15", "1 month", "2026-02-14", id="from the middle"),
        pytest.param("2026-01-31", "1 month", "2026-02-28", id="from the 31st into February"),
        pytest.param("2026-03-31", "1 month", "2026-04-30", id="from the 31st into April"),
        pytest.param("2026-01-01", "1 year", "2026-12-31", id="a calendar year"),
        pytest.param("2026-05-22", "2 working_days", "2026-05-26", id="working days"),
    ],
)
def test_period_whose_first_day_counts(first_day, period, last_day):
    start = date.fromisoformat(first_day)
    end = end_of_period(start, parse_period(period), NRW, Start.DAY)
    assert end == date.fromisoformat(last_day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2",
        "weeks",
        "2 fortnights",
        "1.5 months",
        "two weeks",
        "999999 days",
        "50000 days",
        None,
        "2 weeks\n3 days",
        "२ weeks",
        [],
        {},
    ],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(InputInvalid) as refused:
        parse_period(text)
    assert refused.value.field == "period"


def test_periods_read_aloud():
    assert str(Period(1, Unit.WEEKS)) == "1 week"
    assert str(Period(3, Unit.WORKING_DAYS)) == "3 working days"


@pytest.mark.parametrize(
    ("day", "place", "name"),
    [
        pytest.param("2026-06-04", "DE-NW", "Fronleichnam", id="Corpus Christi in the west"),
        pytest.param("2026-06-04", "DE-BE", None, id="not in Berlin"),
        pytest.param("2026-03-08", "DE-BE", "Frauentag", id="8 March in Berlin"),
        pytest.param("2026-11-18", "DE-SN", "Buß- und Bettag", id="Day of Repentance in Saxony"),
        pytest.param("2025-10-31", "DE-NI", "Reformationstag", id="31 October in Lower Saxony"),
        pytest.param("2017-10-31", "DE-BY", "Reformationstag", id="500 years: everywhere in 2017"),
        pytest.param("2026-08-15", "DE-SL", "Mariä Himmelfahrt", id="Assumption in Saarland"),
        pytest.param("2026-08-15", "DE-BY", None, id="Coburg: no Assumption"),
        pytest.param("2026-08-15", "DE-BY+catholic", "Mariä Himmelfahrt", id="catholic Bavaria"),
        pytest.param(
            "2025-08-08", "DE-BY+augsburg", "Augsburger Hohes Friedensfest", id="Augsburg"
        ),
        pytest.param("2026-12-24", "DE-NW", None, id="Christmas Eve is an ordinary day"),
        pytest.param("2026-12-31", "DE-NW", None, id="New Year's Eve is an ordinary day"),
        pytest.param("2026-10-26", "AT-9", "Nationalfeiertag", id="Vienna"),
        pytest.param("2026-05-01", "CH-ZH", "Tag der Arbeit", id="Zürich"),
        pytest.param(
            "2026-01-02", "CH-ZH", "Berchtoldstag", id="Zürich's courts rest on 2 January"
        ),
        pytest.param("2026-01-02", "CH-BS", None, id="Basel's do not"),
    ],
)
def test_holidays_of_a_place(day, place, name):
    assert find_holiday(date.fromisoformat(day), place) == name


@pytest.mark.parametrize(
    "place",
    [
        "",
        "XX",
        "DE-XX",
        "DE-",
        "NRW",
        "DE-NW+catholic",
        "FR",
        None,
        5,
        "DE-Augsburg",
        "D" * 90,
    ],
)
def test_places_without_a_calendar_are_refused(place):
    with pytest.raises(PlaceUnknown) as refused:
        check_place(place)
    assert refused.value.field == "place"


def test_rolling_moves_over_a_long_weekend():
    good_friday, easter_tuesday = date(2026, 4, 3), date(2026, 4, 7)
    assert roll_forward(good_friday, NRW) == easter_tuesday
    assert roll_back(date(2026, 4, 6), NRW) == date(2026, 4, 2)
    assert roll_forward(easter_tuesday, NRW) == easter_tuesday


def test_days_between_counts_both_ends():
    assert days_between(date(2026, 7, 1), date(2026, 12, 31)) == 184
    assert days_between(date(2026, 7, 1), date(2026, 6, 30)) == 0


@pytest.mark.parametrize("place", ["DE-NW", "DE-BY", "CH-ZH", "AT-9"])
def test_every_day_of_thirty_years(place):
    """Reliability row 22: a rolled day is the nearest working day, each way."""
    day, end = date(2020, 1, 1), date(2050, 1, 1)
    last_working, waiting = roll_back(day - timedelta(days=1), place), []
    while day < end:
        if is_working_day(day, place):
            assert day.weekday() < 5
            for closed in waiting:
                assert roll_forward(closed, place) == day
                assert roll_back(closed, place) == last_working
            assert add_working_days(last_working, 1, place) == day
            last_working, waiting = day, []
        else:
            assert day.weekday() >= 5 or find_holiday(day, place)
            waiting.append(day)
            assert len(waiting) < 7
        following = add_months(day, 1)
        assert 28 <= (following - day).days <= 31
        assert following.day == day.day or (following + timedelta(days=1)).day == 1
        day += timedelta(days=1)
