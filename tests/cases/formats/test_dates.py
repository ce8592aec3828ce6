"""Days in the notations of lists."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.formats.cells import CellUnreadable
from cases.formats.dates import decide_day_first, is_plausible, parse_day

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(("text", "day_first"), [
    pytest.param("01.03.2026", None, id="German"),
    pytest.param("1.3.26", None, id="German, short"),
    pytest.param("2026-03-01", None, id="ISO"),
    pytest.param("2026-03-01T00:00:00Z", None, id="ISO with a time"),
    pytest.param("01.03.2026 00:00", None, id="German with a time"),
    pytest.param("20260301", None, id="without separators, year first"),
    pytest.param("01032026", None, id="without separators, day first"),
    pytest.param("1032026", None, id="a spreadsheet took the leading zero"),
    pytest.param("01/03/2026", True, id="English, column says day first"),
    pytest.param("03/01/2026", False, id="American, column says month first"),
    pytest.param("1. März 2026", None, id="German words"),
    pytest.param("1 March 2026", None, id="English words"),
    pytest.param("Mar 1, 2026", None, id="American words"),
])  # fmt: skip
def test_day_is_read(text, day_first):
    assert parse_day(text, day_first) == DAY


@pytest.mark.parametrize(("text", "code"), [
    pytest.param("31.06.2026", "date_not_in_calendar", id="31 June"),
    pytest.param("00.00.0000", "date_not_in_calendar", id="zeros"),
    pytest.param("20260230", "date_not_in_calendar", id="30 February without separators"),
    pytest.param("03/04/2026", "date_ambiguous", id="day or month first"),
    pytest.param("46000", "date_is_number", id="day number of a spreadsheet"),
    pytest.param("KW 29", "date_is_week", id="calendar week"),
    pytest.param("2026-W29", "date_is_week", id="ISO week"),
    pytest.param("sofort", "date_unreadable", id="a word"),
    pytest.param("١٢.٠٣.٢٠٢٦", "date_unreadable", id="digits of another script"),
    pytest.param("01.03.2026 bis 03.03.2026", "date_unreadable", id="a period"),
])  # fmt: skip
def test_day_that_is_not_clear_says_why(text, code):
    with pytest.raises(CellUnreadable) as raised:
        parse_day(text)
    assert raised.value.code == code


def test_column_that_says_day_first_never_swaps():
    assert decide_day_first(["03/04/2026", "25/04/2026"]) is True
    with pytest.raises(CellUnreadable):
        parse_day("04/25/2026", day_first=True)


@pytest.mark.parametrize(("cells", "day_first"), [
    pytest.param(["03/04/2026"], None, id="one ambiguous day"),
    pytest.param(["03/04/2026", "04/13/2026"], False, id="a 13 in the middle"),
    pytest.param(["13/04/2026", "04/13/2026"], None, id="the column contradicts itself"),
    pytest.param(["03.04.2026"], None, id="dots need no decision"),
])  # fmt: skip
def test_column_decides_the_order(cells, day_first):
    assert decide_day_first(cells) is day_first


@pytest.mark.parametrize(("day", "plausible"), [
    pytest.param(date(1989, 12, 31), False, id="before 1990"),
    pytest.param(date(1990, 1, 1), True, id="1990"),
    pytest.param(date(2028, 12, 31), True, id="two years ahead"),
    pytest.param(date(2029, 1, 1), False, id="three years ahead"),
])  # fmt: skip
def test_plausible_years(day, plausible):
    assert is_plausible(day, date(2026, 11, 23)) is plausible


FORMATS = ["%d.%m.%Y", "%Y-%m-%d", "%Y%m%d", "%d%m%Y", "%d.%m.%Y %H:%M"]


@given(st.dates(date(1990, 1, 1), date(2079, 12, 31)), st.sampled_from(FORMATS))
def test_written_day_is_read_back(day, notation):
    assert parse_day(day.strftime(notation)) == day


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_reason(text):
    try:
        code = f"date_{parse_day(text).isoformat()}"
    except CellUnreadable as error:
        code = error.code
    assert code.startswith("date_")
