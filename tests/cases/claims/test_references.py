"""Case numbers, RF and QR references; vectors of ISO 11649 and SIX computed independently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from cases.claims.references import (
    case_number_of_iso11649,
    case_number_of_qrr,
    is_case_number,
    is_iso11649,
    is_qrr,
    iso11649,
    make_case_number,
    parse_case_numbers,
    print_form,
    qrr,
)

NUMBER = make_case_number(1234, 2026)
DIGITS = NUMBER.replace("-", "")
serials = st.integers(min_value=1, max_value=9_999_999)
years = st.integers(min_value=2000, max_value=2099)


def test_case_number_has_year_serial_and_check_digit():
    assert NUMBER == "2026-0001234-6"


def test_check_digit_follows_the_published_example_of_iso_7064():
    # ISO/IEC 7064 MOD 11,10, the example 0794: check digit 5; python-stdnum is the second opinion.
    assert mod_11_10.calc_check_digit("0794") == "5"
    assert mod_11_10.calc_check_digit(DIGITS[:-1]) == DIGITS[-1]


@pytest.mark.parametrize(
    ("serial", "year"),
    [
        pytest.param(0, 2026, id="serial zero"),
        pytest.param(10_000_000, 2026, id="serial of eight digits"),
        pytest.param(1, 1999, id="last century"),
    ],
)
def test_no_case_number_outside_its_range(serial, year):
    with pytest.raises(ValueError, match="no case number"):
        make_case_number(serial, year)


@given(serials, years, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(serial, year, place, change):
    digits = make_case_number(serial, year).replace("-", "")
    wrong = digits[:place] + str((int(digits[place]) + change) % 10) + digits[place + 1 :]
    assert not is_case_number(f"{wrong[:4]}-{wrong[4:11]}-{wrong[11]}")


@pytest.mark.parametrize(
    "purpose",
    [
        pytest.param(f"Az. {NUMBER} Rate 1", id="as printed"),
        pytest.param(f"AZ{NUMBER}EUR 50,00", id="blanks lost on both sides"),
        pytest.param(f"RATE 1{NUMBER}", id="a digit ran into it"),
        pytest.param("2026 - 0001234 - 6", id="blanks around the hyphens"),
        pytest.param("2026–0001234–6", id="dashes of a word processor"),
        pytest.param("2026/0001234/6", id="slashes"),
        pytest.param("2026 0001234 6", id="blanks for hyphens"),
        pytest.param("Rechnung 202600012346", id="no separators"),
        pytest.param("20260001234-6", id="one hyphen missing"),
        pytest.param("2026-0001\n234-6", id="a line break inside"),
        pytest.param("2026-000 1234-6", id="a blank inside"),
        pytest.param("2026 0001 2346", id="groups of four"),
        pytest.param("12.11.2026 2026-0001234-6", id="a date in front"),
        pytest.param("12.11.2026 2026 0001234 6", id="a date in front of blanks"),
        pytest.param("2026-0001234-6 12.11.2026", id="a date behind"),
        pytest.param(iso11649(NUMBER), id="RF reference"),
        pytest.param("SVWZ+" + print_form(iso11649(NUMBER)) + " Mueller", id="RF in print form"),
        pytest.param(iso11649(NUMBER).lower(), id="RF in small letters"),
        pytest.param(qrr(NUMBER), id="QR reference"),
        pytest.param("２０２６-０００１２３４-６", id="full-width digits"),
    ],
)
def test_case_number_is_found_in_messy_purposes(purpose):
    assert parse_case_numbers(purpose) == [NUMBER]


@pytest.mark.parametrize(
    "purpose",
    [
        pytest.param("", id="nothing"),
        pytest.param("2026-0001234-2", id="wrong check digit"),
        pytest.param("2026-0001243-6", id="digits swapped"),
        pytest.param("2026-O001234-1", id="letter O is never taken for a zero"),
        pytest.param("12026000123462", id="inside a longer number"),
        pytest.param("20 26 00 01 23 46", id="in pairs"),
        pytest.param("DE89370400440532013000", id="an IBAN"),
        pytest.param("1926-0001234-" + mod_11_10.calc_check_digit("19260001234"), id="1926"),
        pytest.param("2026-0000000-" + mod_11_10.calc_check_digit("20260000000"), id="serial zero"),
        pytest.param("٢٠٢٦-٠٠٠١٢٣٤-٦", id="digits of another script"),
    ],
)
def test_nothing_is_found_where_nothing_valid_stands(purpose):
    assert parse_case_numbers(purpose) == []


def test_several_case_numbers_keep_their_order_and_stand_once():
    other = make_case_number(99, 2025)
    assert parse_case_numbers(f"{other} und {NUMBER} sowie {other}") == [other, NUMBER]


@given(serials, years, st.text(max_size=30), st.text(max_size=30))
def test_any_text_around_never_crashes_the_search(serial, year, before, after):
    number = make_case_number(serial, year)
    assert number in parse_case_numbers(f"{before} {number} {after}")


@given(serials, years)
def test_references_lead_back_to_their_case(serial, year):
    number = make_case_number(serial, year)
    assert is_iso11649(iso11649(number))
    assert is_qrr(qrr(number))
    assert case_number_of_iso11649(iso11649(number)) == number
    assert case_number_of_qrr(qrr(number)) == number


RF_VECTORS = {
    "RF18539007547034": True,
    "RF75AZ20264711": True,
    "RF741": True,
    "RF25A": True,
    "RF80AKTE00000000000000004": True,
    "RF40123456789012345678901": True,
    "RF912026004711X": True,
    "RF040": True,
    "RF6800012": True,
    "RF18 5390 0754 7034": True,
    "rf18539007547034": True,
    "RF19539007547034": False,
    "RF18539007547043": False,
    "RF00539007547034": False,
    "RF18": False,
    "RF191234567890123456789012": False,
    "RF18Ä39007547034": False,
}
QRR_VECTORS = {
    "210000000003139471430009017": True,
    "000000000000000000000000011": True,
    "123456789012345678901234567": True,
    "000000000002026004711000017": True,
    "999999999999999999999999992": True,
    "21 00000 00003 13947 14300 09017": True,
    "210000000003139471430009018": False,
    "000000000000000000000000000": False,
    "21000000000313947143000901": False,
    "21000000000313947143000901A": False,
}


@pytest.mark.parametrize(("reference", "valid"), RF_VECTORS.items())
def test_rf_references_are_checked(reference, valid):
    assert is_iso11649(reference) is valid


@pytest.mark.parametrize(("reference", "valid"), QRR_VECTORS.items())
def test_qr_references_are_checked(reference, valid):
    assert is_qrr(reference) is valid


def test_references_of_others_belong_to_no_case():
    assert case_number_of_iso11649("RF18539007547034") is None
    assert case_number_of_qrr("210000000003139471430009017") is None


def test_no_reference_is_made_for_a_wrong_number():
    with pytest.raises(ValueError, match="not a case number"):
        iso11649("2026-0001234-2")
    with pytest.raises(ValueError, match="not a case number"):
        qrr("2026-0001234-2")
