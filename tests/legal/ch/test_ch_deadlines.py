"""Swiss deadlines: every worked date and every closed period of the collected facts."""

import csv
from datetime import date
from pathlib import Path

import pytest

from legal.calendar import parse_period
from legal.ch.closed_periods import ClosedPeriod, Regime, closed_periods, easter_sunday
from legal.ch.deadlines import SERVED_IN_CLOSED_PERIOD, deadline, deadline_by_rule, deadline_rules
from legal.errors import InputInvalid

SAMPLES = Path(__file__).parents[2] / "samples" / "ch_law"


def read(name):
    return list(csv.DictReader((SAMPLES / name).read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"{row['rule']} {row['event_date']} {row['length']} {row['canton']}")
        for row in read("deadline_vectors.csv")
    ],
)
def test_worked_dates(row):
    """Of a waiting period the result is the first day to act, else the last day."""
    event_on, place = date.fromisoformat(row["event_date"]), f"CH-{row['canton']}"
    period = parse_period(f"{row['length']} {row['unit']}")
    found = deadline_by_rule(row["rule"], event_on, place, period=period)
    earliest = row["rule"].startswith(("earliest", "fortsetzung_earliest"))
    result = found.first_day_after if earliest else found.last_day
    assert result == date.fromisoformat(row["result"])


@pytest.mark.parametrize("year", range(2024, 2032))
def test_closed_periods(year):
    rows = [row for row in read("closed_periods.csv") if row["year"] == str(year)]
    for regime, prefix in ((Regime.CLOSED_PERIODS, "schkg"), (Regime.COURT_HOLIDAYS, "zpo")):
        expected = [
            ClosedPeriod(
                date.fromisoformat(row[f"{prefix}_from"]), date.fromisoformat(row[f"{prefix}_to"])
            )
            for row in rows
        ]
        assert list(closed_periods(year, regime)) == expected


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (1961, "1961-04-02"),
        (2000, "2000-04-23"),
        (2008, "2008-03-23"),
        (2038, "2038-04-25"),
    ],
)
def test_easter(year, easter):
    assert easter_sunday(year) == date.fromisoformat(easter)


@pytest.mark.parametrize(
    ("event", "period", "last_day"),
    [
        pytest.param("2026-07-10", "10 days", "2026-08-21", id="five days before, five after"),
        pytest.param("2026-07-20", "10 days", "2026-08-25", id="begins after the holidays"),
        pytest.param("2026-05-04", "20 days", "2026-05-26", id="no holidays: off Whit Monday"),
        pytest.param(
            "2026-06-30", "1 month", "2026-08-31", id="a month with 16 days standing still"
        ),
        pytest.param("2026-12-07", "10 days", "2026-12-17", id="the day before the holidays"),
        pytest.param("2026-12-08", "10 days", "2027-01-04", id="one day left after them, a Sunday"),
    ],
)
def test_court_holidays_stop_a_period(event, period, last_day):
    found = deadline_by_rule(
        "court_deadline", date.fromisoformat(event), "CH-ZH", period=parse_period(period)
    )
    assert found.last_day == date.fromisoformat(last_day)


def test_a_period_without_a_rule_is_one_of_debt_enforcement():
    found = deadline(date(2025, 7, 10), parse_period("10 days"), "CH-ZH")
    assert (found.unrolled, found.last_day) == (date(2025, 7, 20), date(2025, 8, 6))
    plain = deadline(date(2025, 7, 10), parse_period("10 days"), "CH-ZH", roll=False)
    assert plain.last_day == date(2025, 7, 20)


def test_service_in_a_closed_period_is_pointed_out():
    found = deadline_by_rule("rechtsvorschlag", date(2026, 7, 20), "CH-ZH")
    assert SERVED_IN_CLOSED_PERIOD in found.notes


@pytest.mark.parametrize(
    ("rule", "period", "field"),
    [
        ("nothing", "10 days", "rule"),
        ("act_by_deadline", None, "period"),
        ("rechtsvorschlag", "11 days", "period"),
    ],
)
def test_questions_without_an_answer(rule, period, field):
    length = parse_period(period) if period else None
    with pytest.raises(InputInvalid) as refused:
        deadline_by_rule(rule, date(2026, 5, 4), "CH-ZH", period=length)
    assert refused.value.field == field


def test_every_rule_can_be_computed():
    for rule in deadline_rules().values():
        own = None if rule.period else parse_period("10 days")
        found = deadline_by_rule(rule.id, date(2026, 3, 2), "CH-ZH", period=own)
        assert found.last_day >= found.unrolled
