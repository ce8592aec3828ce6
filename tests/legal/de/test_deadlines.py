"""German deadlines: the published example, each rule of the table, payment days of letters."""

from datetime import date, timedelta

import pytest

from legal.calendar import Start, parse_period
from legal.de.deadlines import (
    court_post_received,
    deadline,
    deadline_by_rule,
    deadline_rules,
    payment_day,
    payment_term,
)
from legal.errors import InputInvalid


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("event", "period", "place", "unrolled", "last_day"),
    [
        pytest.param(
            "2026-05-21",
            "2 weeks",
            "DE-NW",
            "2026-06-04",
            "2026-06-05",
            id="Corpus Christi moves it in Hagen",
        ),
        pytest.param(
            "2026-05-21", "2 weeks", "DE-BE", "2026-06-04", "2026-06-04", id="but not in Wedding"
        ),
        pytest.param(
            "2026-12-11",
            "2 weeks",
            "DE-BE",
            "2026-12-25",
            "2026-12-28",
            id="Christmas and the weekend after it",
        ),
        pytest.param(
            "2026-12-10",
            "2 weeks",
            "DE-BE",
            "2026-12-24",
            "2026-12-24",
            id="Christmas Eve does not move",
        ),
        pytest.param(
            "2026-04-17",
            "2 weeks",
            "DE-BE",
            "2026-05-01",
            "2026-05-04",
            id="Labour Day on a Friday",
        ),
        pytest.param(
            "2026-04-20",
            "-2 weeks",
            "DE-BE",
            "2026-04-06",
            "2026-04-02",
            id="counted back: before Easter, not after it",
        ),
        pytest.param(
            "2026-08-31",
            "6 months",
            "DE-HH",
            "2027-02-28",
            "2027-03-01",
            id="six months into a short February that ends on a Sunday",
        ),
    ],
)
def test_deadlines(event, period, place, unrolled, last_day):
    result = deadline(day(event), parse_period(period), place)
    assert (result.unrolled, result.last_day) == (day(unrolled), day(last_day))
    assert result.first_day_after == day(last_day) + timedelta(days=1)


def test_unrolled_on_request():
    result = deadline(day("2026-05-21"), parse_period("2 weeks"), "DE-NW", roll=False)
    assert result.last_day == day("2026-06-04")
    assert "193" not in result.law


@pytest.mark.parametrize(
    ("period", "start", "words"),
    [
        pytest.param("14 days", Start.EVENT, "BGB §§ 187(1), 188(1), 193; ZPO § 222(2)", id="days"),
        pytest.param(
            "2 weeks", Start.EVENT, "BGB §§ 187(1), 188(2), 193; ZPO § 222(2)", id="weeks"
        ),
        pytest.param(
            "15 days", Start.DAY, "BGB §§ 187(2), 188(1), 193; ZPO § 222(2)", id="day start"
        ),
    ],
)
def test_the_law_names_what_was_applied(period, start, words):
    assert deadline(day("2026-05-21"), parse_period(period), "DE-NW", start=start).law == words


@pytest.mark.parametrize(
    ("rule", "event", "last_day"),
    [
        pytest.param("M06", "2026-01-30", "2026-03-02", id="a month; 28 February is Saturday"),
        pytest.param("M07", "2026-05-22", "2026-05-26", id="the next working day"),
        pytest.param("M09", "2026-05-21", "2026-06-05", id="opposition"),
        pytest.param("opposition", "2026-05-21", "2026-06-05", id="opposition by its name"),
        pytest.param("M10", "2026-06-05", "2026-06-06", id="enforcement order from the day after"),
        pytest.param("M11", "2026-05-21", "2026-11-23", id="six months, then off a Saturday"),
        pytest.param("M14", "2026-05-21", "2026-11-21", id="the end of a suspension does not move"),
        pytest.param("M15", "2026-05-20", "2026-06-03", id="statement of claim"),
        pytest.param("M17", "2026-05-21", "2026-06-05", id="protest"),
        pytest.param("M19", "2026-05-19", "2026-06-02", id="third-party debtor's declaration"),
        pytest.param(
            "M20", "2026-05-13", "2026-06-12", id="advance attachment counts its first day"
        ),
        pytest.param("M21", "2026-05-21", "2026-06-05", id="two weeks behind"),
        pytest.param("M22", "2026-05-21", "2028-05-21", id="disclosure barred two years, a Sunday"),
        pytest.param("M23", "2026-05-21", "2026-06-05", id="waiting period"),
        pytest.param(
            "M24", "2026-05-21", "2026-05-25", id="court post on the fourth day, Whit Monday"
        ),
    ],
)
def test_rules_of_the_table(rule, event, last_day):
    assert deadline_by_rule(rule, day(event), "DE-NW").last_day == day(last_day)


@pytest.mark.parametrize(
    ("rule", "period", "last_day"),
    [
        ("D01", "14 days", "2026-06-05"),
        ("D02", "2 weeks", "2026-06-03"),
        ("D03", "2 weeks", "2026-06-05"),
        ("D04", "1 month", "2026-06-22"),
        ("D05", "1 half_month", "2026-06-05"),
        ("D06", "2 weeks", "2026-06-05"),
        ("D08", "2 weeks", "2026-06-05"),
        ("D09", "2 weeks", "2026-06-04"),
    ],
)
def test_general_rules_take_a_period(rule, period, last_day):
    found = deadline_by_rule(rule, day("2026-05-21"), "DE-NW", period=parse_period(period))
    assert found.last_day == day(last_day)


def test_a_general_rule_without_a_period_is_refused():
    with pytest.raises(InputInvalid, match="give a period"):
        deadline_by_rule("D01", day("2026-05-21"), "DE-NW")


def test_a_set_period_cannot_be_replaced():
    with pytest.raises(InputInvalid, match="its own period"):
        deadline_by_rule("M09", day("2026-05-21"), "DE-NW", period=parse_period("3 weeks"))


def test_an_unknown_rule_is_named():
    with pytest.raises(InputInvalid, match="M99") as refused:
        deadline_by_rule("M99", day("2026-05-21"), "DE-NW")
    assert refused.value.field == "rule"


def test_uncertain_rules_say_so():
    for rule in deadline_rules().values():
        assert rule.confidence == "high" or rule.note, rule.id


def test_court_post_is_deemed_received_on_the_fourth_day():
    assert court_post_received(day("2026-05-21")) == day("2026-05-25")


@pytest.mark.parametrize(
    ("dispatched", "postal", "term", "place", "expected"),
    [
        pytest.param("2026-11-23", 3, 14, "DE-NW", "2026-12-10", id="an ordinary fortnight"),
        pytest.param("2026-05-18", 3, 14, "DE-NW", "2026-06-05", id="off Corpus Christi"),
        pytest.param("2026-05-18", 3, 14, "DE-HH", "2026-06-04", id="not in Hamburg"),
        pytest.param("2026-12-09", 2, 14, "DE-BE", "2026-12-28", id="over Christmas"),
        pytest.param("2026-07-16", 2, 14, "CH-ZH", "2026-08-03", id="over the Swiss national day"),
    ],
)
def test_payment_day_of_a_letter(dispatched, postal, term, place, expected):
    assert payment_day(day(dispatched), postal, term, place) == day(expected)


def test_the_postal_assumption_stays_visible():
    term = payment_term(day("2026-05-18"), 3, 14, "DE-NW")
    assert (term.assumed_arrival_on, term.unrolled) == (day("2026-05-21"), day("2026-06-04"))


@pytest.mark.parametrize(
    ("postal", "term", "field"), [(-1, 14, "postal_days"), (2, 0, "term_days")]
)
def test_impossible_terms_are_refused(postal, term, field):
    with pytest.raises(InputInvalid) as refused:
        payment_day(day("2026-05-18"), postal, term, "DE-NW")
    assert refused.value.field == field


def test_every_payment_day_of_thirty_years_leaves_the_whole_term():
    """Reliability row 22: never a weekend, never less than postal days and term."""
    dispatched = date(2020, 1, 1)
    while dispatched.year < 2050:
        payment = payment_day(dispatched, 3, 14, "DE-BY")
        assert payment.weekday() < 5
        assert 17 <= (payment - dispatched).days <= 17 + 5
        dispatched += timedelta(days=1)
