"""Amounts in the notations of lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.formats.amounts import Notation, decide_notation, parse_cents
from cases.formats.cells import CellUnreadable

COMMA, DOT = Notation(","), Notation(".")


@pytest.mark.parametrize(("text", "notation", "cents"), [
    pytest.param("1.234,56", COMMA, 123456, id="German"),
    pytest.param("1,234.56", DOT, 123456, id="English"),
    pytest.param("1'234.50", DOT, 123450, id="Swiss"),
    pytest.param("1’234.50", DOT, 123450, id="Swiss with a typographic apostrophe"),
    pytest.param("1 234,56", COMMA, 123456, id="French with a blank"),
    pytest.param("1\u202f234,56 €", COMMA, 123456, id="narrow no-break blank and euro behind"),
    pytest.param("€ 99", Notation(), 9900, id="euro in front, no decimals"),
    pytest.param("CHF 12.5", Notation(), 1250, id="one decimal"),
    pytest.param("1.234", COMMA, 123400, id="thousands in a German column"),
    pytest.param("1,234", DOT, 123400, id="thousands in an English column"),
    pytest.param("-119,00", COMMA, -11900, id="minus in front"),
    pytest.param("119,00-", COMMA, -11900, id="minus behind, as SAP writes it"),
    pytest.param("−119,00", COMMA, -11900, id="typographic minus"),
    pytest.param("(119,00)", COMMA, -11900, id="brackets"),
    pytest.param("119,00 H", COMMA, -11900, id="Haben is a credit"),
    pytest.param("119,00 S", COMMA, 11900, id="Soll is owed"),
    pytest.param("119,--", COMMA, 11900, id="dashes for no cents"),
    pytest.param("-0,00", COMMA, 0, id="minus zero is zero"),
    pytest.param("1.234.567.890,12", COMMA, 123456789012, id="a thousand million"),
    pytest.param("4.5000", DOT, 450, id="zeros behind the cents mean nothing"),
])  # fmt: skip
def test_amount_is_read_as_cents(text, notation, cents):
    assert parse_cents(text, notation) == cents


@pytest.mark.parametrize(("text", "notation", "code"), [
    pytest.param("1.234", Notation(), "amount_ambiguous", id="nothing settles one dot"),
    pytest.param("1.234", Notation(",", mixed=True), "amount_ambiguous", id="column disagrees"),
    pytest.param("1.234", DOT, "amount_ambiguous", id="three decimals or a slip"),
    pytest.param("12,345.67", COMMA, "amount_other_notation", id="English in a German column"),
    pytest.param("0,001", COMMA, "amount_too_precise", id="less than a cent"),
    pytest.param("1e400", COMMA, "amount_unreadable", id="exponent"),
    pytest.param("NaN", COMMA, "amount_unreadable", id="not a number"),
    pytest.param("Infinity", COMMA, "amount_unreadable", id="infinity"),
    pytest.param("٣٤٥,٠٠", COMMA, "amount_unreadable", id="digits of another script"),
    pytest.param("12.34.56", COMMA, "amount_unreadable", id="groups of two"),
    pytest.param("1,234,567,89", COMMA, "amount_unreadable", id="last group of two"),
    pytest.param("", COMMA, "amount_unreadable", id="nothing"),
    pytest.param("=1+1", COMMA, "amount_unreadable", id="formula"),
    pytest.param("9" * 26 + ",99", COMMA, "amount_out_of_range", id="absurd"),
    pytest.param("10.000.000.000,01", COMMA, "amount_out_of_range", id="a cent too much"),
])  # fmt: skip
def test_amount_that_is_not_clear_says_why(text, notation, code):
    with pytest.raises(CellUnreadable) as raised:
        parse_cents(text, notation)
    assert raised.value.code == code


@pytest.mark.parametrize(("cells", "notation"), [
    pytest.param(["1.234", "99,50"], Notation(","), id="one comma settles the column"),
    pytest.param(["1,234", "99.50"], Notation("."), id="one dot settles the column"),
    pytest.param(["1.234", "5.678"], Notation(), id="nothing settles it"),
    pytest.param(["1.234.567"], Notation(","), id="two groups are thousands"),
    pytest.param(["1,00", "2,00", "3.00"], Notation(",", mixed=True), id="most write commas"),
    pytest.param(["1,00", "3.00"], Notation(None, mixed=True), id="as many dots as commas"),
])  # fmt: skip
def test_column_decides_its_notation(cells, notation):
    assert decide_notation(cells) == notation


@given(st.integers(-(10**12), 10**12), st.sampled_from([(".", ","), (",", "."), ("'", ".")]))
def test_what_is_written_with_groups_is_read_back(cents, signs):
    thousands, decimal = signs
    whole, rest = divmod(abs(cents), 100)
    text = f"{whole:,}".replace(",", thousands) + f"{decimal}{rest:02d}"
    assert parse_cents("-" + text if cents < 0 else text, Notation(decimal)) == cents


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_reason(text):
    try:
        code = f"amount_{parse_cents(text):d}"
    except CellUnreadable as error:
        code = error.code
    assert code.startswith("amount_")
