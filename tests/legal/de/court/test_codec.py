"""Fields in and out of a record of 128 bytes."""

from datetime import date
from decimal import Decimal

import pytest

from legal.de.court.eda.codec import Field, decode_record, encode_record, fault_of
from legal.de.court.eda.layouts import layouts


def make_field(kind: str, length: int, empty: str = "blank") -> Field:
    return Field("TEST", 9, length, kind, empty, "A", "value")


def encoded(kind: str, length: int, value: object, empty: str = "blank") -> str:
    field = make_field(kind, length, empty)
    filler = Field("FILLER", 9 + length, 119 - length, "blank", "", "A", "")
    record = encode_record("01XX   00", (field, filler), {"value": value})
    assert len(record) == 128
    return record.decode("cp858")[9 : 9 + length]


@pytest.mark.parametrize(
    ("kind", "length", "empty", "value", "expected"),
    [
        pytest.param("text", 6, "blank", "Öl", "Öl    ", id="text stands left"),
        pytest.param("text", 3, "blank", "", "   ", id="no text is blanks"),
        pytest.param("upper", 6, "blank", "abc1ä", "ABC1Ä ", id="upper case is forced"),
        pytest.param("mark", 1, "blank", True, "X", id="a mark is X"),
        pytest.param("mark", 1, "blank", False, " ", id="no mark is blank"),
        pytest.param("amount", 10, "zeros", 129900, "0000129900", id="amount in cents with zeros"),
        pytest.param("amount", 10, "blank", 0, "0000000000", id="zero is said"),
        pytest.param("amount", 10, "blank", None, " " * 10, id="not stated is blank"),
        pytest.param("amount", 4, "zeros", None, "0000", id="mandatory and empty is zeros"),
        pytest.param("rate", 5, "blank", Decimal("9"), "09000", id="rate with three places"),
        pytest.param("rate", 5, "blank", Decimal("12.345"), "12345", id="rate to a thousandth"),
        pytest.param("percent", 4, "blank", Decimal("19"), "1900", id="percent with two places"),
        pytest.param("date", 6, "blank", date(2026, 9, 1), "260901", id="day as JJMMTT"),
        pytest.param(
            "date", 6, "blank", date(1998, 12, 31), "981231", id="day of the last century"
        ),
        pytest.param("digits", 8, "zeros", "1234", "00001234", id="digits stand right"),
        pytest.param("digits", 8, "zeros", "SAH00003", "SAH00003", id="the portal's number"),
        pytest.param("gnr", 11, "zeros", "26111111100", "26111111100", id="court number"),
        pytest.param("gnr", 11, "zeros", "", "0" * 11, id="no court number"),
    ],
)
def test_value_becomes_characters_and_comes_back(kind, length, empty, value, expected):
    assert encoded(kind, length, value, empty) == expected
    record = f"01XX   00{expected}".ljust(128).encode("cp858")
    values, faults = decode_record((make_field(kind, length, empty),), record)
    assert not faults
    if empty == "zeros" and value is None:
        assert values["value"] == 0
    elif kind == "upper":
        assert values["value"] == value.upper()
    elif kind == "digits":
        assert values["value"] == expected
    else:
        assert values["value"] == value


@pytest.mark.parametrize(
    ("kind", "length", "value", "code"),
    [
        pytest.param("text", 3, "abcd", "too_long", id="never cut off"),
        pytest.param("text", 9, "5 € mehr", "character_not_admitted", id="no euro sign"),
        pytest.param("text", 9, "André", "character_not_admitted", id="no accents"),
        pytest.param("text", 9, "a\nb", "character_not_admitted", id="no line ends"),
        pytest.param("amount", 4, 10000, "too_long", id="amount too large"),
        pytest.param("amount", 4, -1, "value_not_possible", id="amount below zero"),
        pytest.param("rate", 5, Decimal("1.2345"), "value_not_possible", id="rate too fine"),
        pytest.param(
            "date", 6, date(2075, 1, 1), "value_not_possible", id="day of another century"
        ),
        pytest.param("gnr", 11, "2611111110", "value_not_possible", id="court number too short"),
        pytest.param("text", 9, 5, "value_not_possible", id="a number is no text"),
    ],
)
def test_value_that_does_not_fit_is_refused(kind, length, value, code):
    fault = fault_of(make_field(kind, length), value)
    assert fault is not None
    assert fault.code == code
    assert fault.position == 10


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("amount", "00A0"),
        ("amount", " 100"),
        ("rate", "9,000"),
        ("date", "261301"),
        ("date", "26 101"),
        ("mark", "Z"),
        ("gnr", "2611111110X"),
    ],
)
def test_damaged_field_is_reported_and_not_guessed(kind, raw):
    field = make_field(kind, len(raw))
    values, (fault,) = decode_record((field,), f"01XX   00{raw}".ljust(128).encode("cp858"))
    assert values["value"] is None
    assert (fault.code, fault.position) == ("field_unreadable", 10)


def test_umlauts_have_the_bytes_of_the_courts_code_page():
    layout = layouts()["C02"]
    record = layout.encode("01", {"n1": "äöüÄÖÜß§"})
    assert record[45:53] == bytes.fromhex("84 94 81 8E 99 9A E1 F5")
