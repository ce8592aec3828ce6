"""What people type into amount and date fields."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.shell.typed import NotUnderstood, parse_amount_cents, parse_date

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        pytest.param("1.234,5", 1_234_50, id="one decimal, grouped by points"),
        pytest.param("1234.50", 1_234_50, id="a decimal point"),
        pytest.param("1.234,56 €", 1_234_56, id="with the euro sign"),
        pytest.param("EUR 1,234.56", 1_234_56, id="English grouping, currency first"),
        pytest.param("1.234", 1_234_00, id="a point before three digits groups"),
        pytest.param("1.234.567", 1_234_567_00, id="several groups"),
        pytest.param("1 234,50", 1_234_50, id="grouped by a blank"),
        pytest.param("1\u202f234,50", 1_234_50, id="grouped by a narrow blank"),
        pytest.param("1’234.50", 1_234_50, id="Swiss grouping"),
        pytest.param("12,", 12_00, id="a comma and nothing behind it"),
        pytest.param(",5", 50, id="cents only"),
        pytest.param("0", 0, id="zero"),
        pytest.param("−318,20", -318_20, id="a real minus"),
        pytest.param("318,20-", -318_20, id="a minus behind the amount"),
        pytest.param("-318,20 €", -318_20, id="minus and currency"),
    ],
)
def test_amounts_people_type_are_understood(typed: str, cents: int) -> None:
    assert parse_amount_cents(typed) == cents


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("€", id="a sign only"),
        pytest.param("-", id="a minus only"),
        pytest.param("zwölf", id="words"),
        pytest.param("1,2345", id="four decimals"),
        pytest.param("1,234", id="a thousand or one and some"),
        pytest.param("0.123", id="a group cannot begin with zero"),
        pytest.param("1.23.456", id="groups of two"),
        pytest.param("1.234.56", id="the same sign twice"),
        pytest.param("1e5", id="a float"),
        pytest.param("١٢٣", id="digits of another script"),
        pytest.param("99.999.999.999.999,00", id="far too much"),
    ],
)
def test_what_is_not_one_amount_is_asked_back(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        parse_amount_cents(typed)


def test_in_english_the_comma_groups_and_the_point_is_asked_back() -> None:
    assert parse_amount_cents("1,234", "en") == 1_234_00
    with pytest.raises(NotUnderstood):
        parse_amount_cents("1.234", "en")


@given(st.integers(min_value=0, max_value=10**14))
def test_every_amount_survives_being_written_in_german_and_in_english(cents: int) -> None:
    english = f"{cents // 100:,}.{cents % 100:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert parse_amount_cents(german) == parse_amount_cents(english) == cents


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        pytest.param("3.7.26", date(2026, 7, 3), id="short"),
        pytest.param("03.07.2026", date(2026, 7, 3), id="long"),
        pytest.param("3. 7. 2026", date(2026, 7, 3), id="with blanks"),
        pytest.param("2026-07-03", date(2026, 7, 3), id="ISO"),
        pytest.param(" 29.02.2028 ", date(2028, 2, 29), id="a leap day, blanks around"),
        pytest.param("heute", TODAY, id="today in German"),
        pytest.param("Übermorgen", date(2026, 11, 25), id="the day after tomorrow"),
        pytest.param("in 14 Tagen", date(2026, 12, 7), id="in a fortnight"),
        pytest.param("in einer Woche", date(2026, 11, 30), id="in a week"),
        pytest.param("vor 3 Tagen", date(2026, 11, 20), id="three days ago in German"),
        pytest.param("2 weeks ago", date(2026, 11, 9), id="two weeks ago in English"),
        pytest.param("3.12.", date(2026, 12, 3), id="no year, soon"),
        pytest.param("3.1.", date(2027, 1, 3), id="no year, beyond the year's end"),
        pytest.param("20.10", date(2026, 10, 20), id="no year, a month ago"),
    ],
)
def test_days_people_type_are_understood(typed: str, day: date) -> None:
    assert parse_date(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    ["31.06.2026", "29.02.2027", "KW 29/26", "7/3/26", "31.6.", "0.1.26", "in Tagen", "bald"],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        parse_date(typed, TODAY)


def test_a_birth_date_needs_four_digits_of_the_year() -> None:
    with pytest.raises(NotUnderstood, match="four digits"):
        parse_date("3.7.55", TODAY, full_year=True)
    with pytest.raises(NotUnderstood, match="four digits"):
        parse_date("3.7.", TODAY, full_year=True)
    assert parse_date("3.7.1955", TODAY, full_year=True) == date(1955, 7, 3)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("heute", date(2026, 11, 28)),
        ("Morgen", date(2026, 11, 29)),
        ("übermorgen", date(2026, 11, 30)),
        ("yesterday", date(2026, 11, 27)),
        ("3.12.", date(2026, 12, 3)),
        ("3.12", date(2026, 12, 3)),
        ("15. 1.", date(2027, 1, 15)),
        ("20.11.", date(2026, 11, 20)),
        ("29.2.", date(2028, 2, 29)),
        ("3.7.25", date(2025, 7, 3)),
    ],
)
def test_a_near_day_needs_no_year_and_has_names(typed, day):
    today = date(2028, 1, 10) if typed == "29.2." else date(2026, 11, 28)
    assert parse_date(typed, today) == day


@pytest.mark.parametrize("typed", ["31.11.", "0.12.", "bald", "29.2."])
def test_a_day_that_does_not_exist_is_not_guessed(typed):
    with pytest.raises(NotUnderstood):
        parse_date(typed, date(2025, 11, 28))
