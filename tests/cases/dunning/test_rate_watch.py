"""A week before 1 January and 1 July somebody is asked for the new base rate."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.core import clock
from cases.ledger.rates import enter_rate, house_rates
from cases.worklist.house_tasks import HOUSE_REASONS, list_house_tasks
from tests.factories.runs import run_now


def causes():
    return [task.cause for task in list_house_tasks()]


@pytest.fixture
def missing_from(database):
    return house_rates().known_until + timedelta(days=1)


@pytest.mark.parametrize(
    ("days_before", "asked"),
    [
        pytest.param(8, False, id="eight days before"),
        pytest.param(7, True, id="a week before"),
        pytest.param(0, True, id="on the day"),
        pytest.param(-40, True, id="when it is missing already"),
    ],
)
def test_the_rate_is_asked_for_in_time(missing_from, days_before, asked):
    with clock.clock_at(missing_from - timedelta(days=days_before)):
        run_now("rates")
        run_now("rates")
        assert causes() == ([f"rate:{missing_from}"] if asked else [])


def test_entering_it_is_enough_and_the_next_half_year_is_asked_for_in_its_time(missing_from):
    with clock.clock_at(missing_from - timedelta(days=3)):
        run_now("rates")
        [task] = list_house_tasks()
        assert task.due_on == missing_from
        assert missing_from in (date(missing_from.year, 1, 1), date(missing_from.year, 7, 1))
        assert task.reason in HOUSE_REASONS
        enter_rate(missing_from, Decimal("1.27"), "Bundesbank, Pressemitteilung")
        assert causes() == []
        run_now("rates")
        assert causes() == []
