"""Bookings for the tax adviser: the header and columns that genuine files have."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cases.ledger.books.datev import (
    COLUMNS,
    Booking,
    Stack,
    document_reference,
    encode_stack,
    pairs_of,
)
from cases.ledger.errors import JournalUnbalanced
from cases.ledger.models import Account

SAMPLE = Path(__file__).parents[2] / "samples" / "open_items" / "EXTF_Buchungsstapel.csv"
STACK = Stack(date(2026, 11, 1), date(2026, 11, 30), datetime(2026, 12, 1, 8, tzinfo=UTC), "Möller")


def booking(*lines, **more):
    return Booking(7, date(2026, 11, 4), more.get("text", "Auskehrung"), "bank:1", tuple(lines))


def rows(*bookings):
    data = encode_stack(STACK, bookings)
    assert data.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(data.decode("cp1252"), newline=""), delimiter=";"))


def genuine():
    data = SAMPLE.read_bytes().decode("cp1252")
    return list(csv.reader(io.StringIO(data, newline=""), delimiter=";"))


def test_header_and_titles_have_the_fields_of_the_format():
    header, titles = rows()
    assert len(header) == 31
    assert header[:5] == ["EXTF", "700", "21", "Buchungsstapel", "9"]
    assert header[12:16] == ["20260101", "4", "20261101", "20261130"]
    assert len(titles) == len(COLUMNS) == 120
    assert titles == genuine()[1]
    assert len(genuine()[0]) == len(header)
    assert titles[6:8] == ["Konto", "Gegenkonto (ohne BU-Schlüssel)"]


def test_a_booking_names_both_accounts_and_a_positive_amount():
    found = booking((Account.CREDITOR_PAYABLES, 1_234_05), (Account.TRUST_BANK, -1_234_05))
    row = rows(found)[2]
    assert len(row) == 120
    assert (row[0], row[1], row[6], row[7], row[9]) == ("1234,05", "S", "3700", "1810", "0411")
    assert row[13] == "Auskehrung"


@pytest.mark.parametrize("key", ["", "40"])
def test_the_advisers_key_stands_with_income_alone(key):
    found = booking((Account.CREDITOR_RECEIVABLES, 119), (Account.AGENCY_INCOME, -100),
                    (Account.VAT_PAYABLE, -19))  # fmt: skip
    data = encode_stack(STACK, [found], income_key=key).decode("cp1252")
    _, titles, *lines = csv.reader(io.StringIO(data, newline=""), delimiter=";")
    assert titles[8].startswith("BU-Schl")
    assert [(line[7], line[8]) for line in lines] == [("4400", key), ("3806", "")]


def test_several_lines_become_pairs_that_add_up():
    found = booking(
        (Account.CREDITOR_PAYABLES, 119), (Account.SHARE_IN_TRUST, -119),
        (Account.CREDITOR_RECEIVABLES, 119), (Account.AGENCY_INCOME, -100),
        (Account.VAT_PAYABLE, -19), (Account.CLAIMS_DUE, 5), (Account.CLAIMS_HELD, -5),
    )  # fmt: skip
    assert pairs_of(found) == [
        (Account.CREDITOR_PAYABLES, Account.SHARE_IN_TRUST, 119),
        (Account.CREDITOR_RECEIVABLES, Account.AGENCY_INCOME, 100),
        (Account.CREDITOR_RECEIVABLES, Account.VAT_PAYABLE, 19),
    ]


def test_one_sided_bookings_are_refused():
    with pytest.raises(JournalUnbalanced):
        pairs_of(booking((Account.TRUST_BANK, 1)))


def test_quotes_and_line_breaks_cannot_leave_their_field():
    found = booking((Account.TRUST_BANK, 1), (Account.SUSPENSE, -1), text='a"b;\r\nc')
    assert rows(found)[2][13] == 'a"b; c'


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("bank:ZQkp2LSm_-x", "bank-ZQkp2LSm--x"),
        ("RE 2026/0815", "RE-2026/0815"),
        ("court:4711;x", "court-4711-x"),
        ("", ""),
        ("x" * 50, "x" * 36),
    ],
)
def test_the_document_reference_has_only_signs_that_datev_takes(reference, expected):
    assert document_reference(reference) == expected
