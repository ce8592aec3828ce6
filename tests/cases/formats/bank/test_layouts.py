"""The exports of German, Austrian and Swiss banks: one file each, five payments, signs and days."""

import csv
from datetime import date
from pathlib import Path

import pytest

from cases.formats.bank.csv_columns import DATA
from cases.formats.bank.reading import read_statements

FOLDER = Path(__file__).parents[3] / "samples" / "bank_layouts"
with (FOLDER / "EXPECTED.csv").open(encoding="utf-8", newline="") as file:
    EXPECTED = list(csv.DictReader(file))
PAYMENTS = {
    date(2026, 3, 2): 1190_00,
    date(2026, 3, 3): -250_00,
    date(2026, 3, 4): 50_50,
    date(2026, 3, 5): -12_34,
    date(2026, 3, 16): 2000_00,
}


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["file"])
def test_layout_is_known_and_read_with_its_signs_days_currency_and_balances(row):
    read = read_statements((FOLDER / row["file"]).read_bytes(), row["file"])
    (statement,) = read.statements
    assert read.format == f"csv {row['profile']}"
    assert not statement.held_back
    assert statement.currency == row["currency"]
    entries = {each.booked_on: each for each in statement.entries}
    assert {day: each.amount_cents for day, each in entries.items()} == PAYMENTS
    assert "2026-0000007-4" in entries[date(2026, 3, 2)].purpose
    if row["names"] == "1":
        assert entries[date(2026, 3, 2)].counterparty.name == "Anna Muster"
    if row["balances"] == "1":
        assert (statement.opening_cents, statement.closing_cents) == (1000_00, 3978_16)


def test_every_profile_names_its_public_source_and_at_least_forty_have_a_file():
    with (DATA / "bank_csv_profiles.csv").open(encoding="utf-8", newline="") as stream:
        profiles = {row["profile"]: row for row in csv.DictReader(stream)}
    assert all(row["source"] for row in profiles.values())
    assert len(EXPECTED) >= 40
    assert {row["profile"] for row in EXPECTED} <= profiles.keys() | {"headless"}


def test_balance_that_contradicts_a_header_we_do_not_know_holds_the_statement_back():
    read = read_statements(
        b"Buchungstag;Text;Betrag EUR;Saldo\n"
        b"02.03.2026;a;10,00;100,00\n03.03.2026;b;20,00;80,00\n04.03.2026;c;30,00;50,00\n",
        "x.csv",
    )
    assert "balances_contradict" in [each.code for each in read.findings]
    assert read.statements[0].held_back


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(
            "Buchungstag;Wozu;Belastet;Gutgeschrieben;Saldo\n02.03.2026;a;1,00;;9,00\n",
            "columns_unknown",
            id="a header in words we do not know is never guessed at",
        ),
        pytest.param(
            "Date;Description;Amount;Currency\n2026-03-02;a;1.00;TOM\n",
            "currency_unknown",
            id="a currency that does not exist",
        ),
    ],
)
def test_what_concerns_money_is_said_and_nothing_booked(text, code):
    read = read_statements(text.encode(), "x.csv")
    assert code in [each.code for each in read.findings]
    assert not read.bookable


def test_remarks_sums_and_pending_rows_hold_nothing_back():
    read = read_statements(
        "Buchungstag;Wertstellung (Valuta);Vorgang;Buchungstext;Umsatz in EUR\n"
        "offen;--;Lastschrift;Auftraggeber: Otto Buchungstext: Test;-12,00\n"
        "05.01.2026;05.01.2026;Überweisung;"
        "Auftraggeber: Anna Muster Kto/IBAN: DE02120300000000202051 "
        "Buchungstext: Rechnung 12 Ref. ABC/1;50,00\n"
        "Alter Kontostand;;;;1.000,00\n;;;Hinweis ohne Betrag;0,00\n".encode(),
        "x.csv",
    )
    pending, booked = read.statements[0].entries
    assert (str(pending.status), pending.amount_cents) == ("pending", -12_00)
    assert (booked.counterparty.name, booked.purpose) == ("Anna Muster", "Rechnung 12")
    assert booked.counterparty.iban == "DE02120300000000202051"
    assert not read.statements[0].held_back
