"""Amounts, days and numbers as they are shown."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask

from portal.shell import formatting


def shown(app: Flask, language: str, name: str, *values: object) -> str:
    with app.test_request_context(headers={"Accept-Language": language}):
        return str(app.jinja_env.filters[name](*values)).replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("name", "value", "german", "english"),
    [
        pytest.param("euro", 4_812_36, "4.812,36_€", "€4,812.36", id="an amount"),
        pytest.param("euro", -5, "−0,05_€", "−€0.05", id="a few cents less, with a real minus"),
        pytest.param("euro", 1_204_877_10, "1.204.877,10_€", "€1,204,877.10", id="a large amount"),
        pytest.param("euro", 2**62, "46.116.860.184.273.879,04_€", "€46,116,860,184,273,879.04",
                     id="no float in between"),
        pytest.param("amount_input", 4_812_36, "4812,36", "4812.36", id="in a field"),
        pytest.param("amount_input", "1.2x", "1.2x", "1.2x", id="typed text stays"),
        pytest.param("percent", Decimal("61.44"), "61,4_%", "61.4%", id="a share"),
        pytest.param("percent", Decimal("-0.5"), "−0,5_%", "−0.5%", id="a negative share"),
        pytest.param("number", 1204, "1.204", "1,204", id="a count"),
        pytest.param("day", date(2026, 11, 3), "03.11.2026", "3 Nov 2026", id="a day"),
        pytest.param("day_short", date(2026, 11, 3), "03.11.", "3 Nov", id="in a dense list"),
        pytest.param("day_named", date(2026, 11, 27), "Fr., 27.11.", "Fri 27 Nov", id="a weekday"),
        pytest.param("day_long", date(2026, 11, 23), "Montag, 23. November 2026",
                     "Monday, 23 November 2026", id="at length"),
        pytest.param("near", date(2026, 11, 23), "heute", "today", id="today"),
        pytest.param("near", date(2026, 11, 22), "gestern", "yesterday", id="yesterday"),
        pytest.param("near", date(2026, 11, 24), "morgen", "tomorrow", id="tomorrow"),
        pytest.param("near", date(2026, 11, 20), "vor 3 Tg.", "3 days ago", id="this week"),
        pytest.param("near", date(2026, 11, 26), "in 3 Tg.", "in 3 days", id="next days"),
        pytest.param("near", date(2026, 12, 31), "31.12.", "31 Dec", id="this year"),
        pytest.param("near", date(2027, 1, 2), "02.01.2027", "2 Jan 2027", id="another year"),
        pytest.param("time", datetime(2026, 11, 23, 8, 30, tzinfo=UTC), "09:30 Uhr", "09:30",
                     id="the agency's wall clock"),
        pytest.param("moment", datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "heute, 00:30",
                     "today, 00:30", id="already today on our clock"),
        pytest.param("moment", datetime(2026, 11, 18, 8, 14, tzinfo=UTC), "18.11., 09:14",
                     "18 Nov, 09:14", id="some days ago"),
        pytest.param("size", 2_400_000, "2,4_MB", "2.4_MB", id="a file"),
        pytest.param("euro", None, "", "", id="nothing stays empty"),
    ],
)  # fmt: skip
def test_values_are_shown_in_both_languages(
    app: Flask, name: str, value: object, german: str, english: str
) -> None:
    assert shown(app, "de", name, value) == german
    assert shown(app, "en", name, value) == english


def test_other_currencies_stand_by_their_code(app: Flask) -> None:
    assert shown(app, "de", "euro", 12_00, "CHF") == "12,00_CHF"


def test_only_filters_named_here_are_installed(app: Flask) -> None:
    assert {"euro", "number"} <= set(app.jinja_env.filters)
    assert app.jinja_env.filters["count"] is not formatting.count  # Jinja's own keeps its name.
