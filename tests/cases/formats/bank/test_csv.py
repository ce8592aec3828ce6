"""CSV exports of banks: recognised by content, read with signs, days and references right."""

from datetime import date
from pathlib import Path

import pytest

from cases.formats.bank.csv_values import decimal_mark, parse_amount, parse_day
from cases.formats.bank.reading import read_statements
from cases.formats.bank.statement import EntryStatus

SAMPLES = Path(__file__).parents[3] / "samples" / "bank_csv"


def sample(name):
    return read_statements((SAMPLES / name).read_bytes(), "anything.bin")


def read(text, encoding="utf-8"):
    return read_statements(text.encode(encoding), "x.csv")


def entries(found):
    return [each for statement in found.statements for each in statement.entries]


def codes(found):
    return [each.code for each in found.findings]


@pytest.mark.parametrize(
    ("name", "profile", "cents"),
    [
        ("sparkasse_csv_camt_synthetisch.csv", "csv sparkasse-camt", [119_00, -27_00, 1050_00]),
        ("dkb_csv_synthetisch.csv", "csv dkb", [1050_00, 119_00]),
        ("volksbank_csv_synthetisch.csv", "csv volksbank", [119_00, 50_00]),
        ("ing_csv_mit_vorspann_synthetisch.csv", "csv ing", [50_00, 119_00]),
    ],
)
def test_export_is_known_by_its_header(name, profile, cents):
    found = sample(name)
    assert (found.format, found.findings) == (profile, ())
    assert [each.amount_cents for each in entries(found)] == cents
    assert found.statements[0].account == "DE89370400440532013000"


def test_returned_debit_of_a_savings_bank_is_split_into_amount_and_fee():
    returned = entries(sample("sparkasse_csv_camt_synthetisch.csv"))[1]
    assert returned.is_return
    assert (returned.original_cents, returned.charges_cents) == (23_00, 4_00)
    assert (returned.references.end_to_end, returned.references.mandate) == ("SDD-3", "M-4803")


@pytest.mark.parametrize("name", ["sparkasse_csv_camt_synthetisch.csv", "dkb_csv_synthetisch.csv"])
def test_marked_as_pending_is_pending(name):
    assert entries(sample(name))[-1].status is EntryStatus.PENDING


def test_names_of_payers_survive_their_encoding():
    assert entries(sample("sparkasse_csv_camt_synthetisch.csv"))[0].counterparty.name == (
        "Jürgen Weiß"
    )
    assert entries(sample("dkb_csv_synthetisch.csv"))[0].counterparty.name == "Anna Müller"


def test_marks_in_the_purpose_are_taken_apart():
    first = entries(sample("volksbank_csv_synthetisch.csv"))[0]
    assert (first.purpose, first.references.end_to_end) == ("Az. 2026/004710 Rate 1", None)


def test_file_without_header_is_read_by_its_columns_with_a_warning():
    found = sample("test_raiffeisen_01.csv")
    assert codes(found) == ["header_missing", "row_ignored"]
    assert len(entries(found)) == 73
    assert entries(found)[0].amount_cents == -33_87


POSTBANK = (
    "Konto;Girokonto\n\nBuchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;"
    "Verwendungszweck;IBAN / Kontonummer;BIC;Kundenreferenz;Mandatsreferenz;Gläubiger ID;"
    "Betrag;Soll;Haben;Währung\n"
    "2.11.2026;3.11.2026;SEPA Überweisung;Max Muster;Rate;DE02120300000000202051;X;E-1;;;"
    "-10,7;-10,7;;EUR\n"
)
PAYPAL = (
    '"Datum","Uhrzeit","Name","Status","Währung","Brutto","Gebühr","Netto",'
    '"Transaktionscode","Auswirkung auf Guthaben"\n'
    '"02.11.2026","10:00:00","Max","Abgeschlossen","EUR","100,00","-2,50","97,50","T1",'
    '"Haben"\n'
    '"02.11.2026","10:00:00","Max","Abgeschlossen","EUR","100,00","0,00","100,00","T2",'
    '"Memo"\n'
    '"02.11.2026","10:00:00","Eva","Abgelehnt","EUR","7,00","0,00","7,00","T3","Haben"\n'
    '"02.11.2026","10:00:00","Ann","Abgeschlossen","USD","5,00","0,00","5,00","T4","Haben"\n'
)


def test_one_decimal_and_one_digit_days_are_read():
    (entry,) = entries(read(POSTBANK))
    assert (entry.amount_cents, entry.booked_on, entry.value_on) == (
        -10_70,
        date(2026, 11, 2),
        date(2026, 11, 3),
    )


def test_payment_service_report_splits_currencies_and_leaves_out_what_is_no_payment():
    found = read(PAYPAL)
    assert found.format == "csv paypal"
    assert [(each.currency, len(each.entries)) for each in found.statements] == [
        ("EUR", 1),
        ("USD", 1),
    ]
    (entry,) = found.statements[0].entries
    assert (entry.amount_cents, entry.original_cents, entry.charges_cents) == (97_50, 100_00, 2_50)
    assert "row_ignored" in codes(found)


def test_debit_and_credit_in_two_columns_have_their_signs():
    found = read(
        "Datum;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Valuta\n"
        "2026-11-02;Miete;;1'200.00;2026-11-02\n2026-11-02;Lohn;5000.50;;2026-11-02\n"
    )
    assert [(each.amount_cents, each.currency) for each in entries(found)] == [
        (-1200_00, "CHF"),
        (5000_50, "CHF"),
    ]


def test_letter_for_debit_in_a_nameless_column():
    found = read(
        "Buchungstag;Valuta;Vorgang/Verwendungszweck;Währung;Umsatz; \n"
        "02.11.2026;02.11.2026;Miete;EUR;10,00;S\n02.11.2026;02.11.2026;X;EUR;5,00;H\n"
    )
    assert [each.amount_cents for each in entries(found)] == [-10_00, 5_00]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("31.02.2026;31.02.2026;Rate;10,00;EUR", id="a day that does not exist"),
        pytest.param("02.11.2026;02.11.2026;Rate;6,1776E+025;EUR", id="an exponent"),
        pytest.param("02.11.2026;02.11.2026;Rate;;EUR", id="no amount"),
        pytest.param("02.11.2026;02.11.2026;Rate;1,005;EUR", id="finer than a cent"),
        pytest.param(
            '02.11.2026;02.11.2026;"Rate;1,00;EUR\n02.11.2026;02.11.2026;x;1,00;EUR',
            id="a quotation mark never closed",
        ),
    ],
)
def test_one_row_that_cannot_be_read_holds_the_statement_back(row):
    found = read(
        "Buchungstag;Valutadatum;Verwendungszweck;Betrag;Währung\n"
        f"02.11.2026;02.11.2026;Gut;10,50;EUR\n{row}\n"
    )
    assert [each.held_back for each in found.statements] == [True]
    errors = [each for each in found.findings if each.severity == "error"]
    assert errors[0].line is not None


def test_unknown_header_is_read_by_the_meaning_of_its_names_with_a_warning():
    found = read("Buchungsdatum;Verwendungszweck;Betrag in EUR\n02.11.2026;Rate;10,00\n")
    assert codes(found) == ["header_unknown"]
    assert not found.statements[0].held_back


def test_money_without_any_currency_is_held_back_under_an_unknown_header():
    found = read("Buchungsdatum;Verwendungszweck;Betrag\n02.11.2026;Rate;10,00\n")
    assert "currency_assumed" in codes(found)
    assert found.statements[0].held_back


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Rechnungsnummer;Datum;Verwendungszweck;Betrag\nR1;02.11.2026;x;10,00\n",
            id="a list of claims",
        ),
        pytest.param("Name;Ort\nMax;Dresden\n", id="a list of names"),
        pytest.param(
            "02.11.2026;Text;02.11.2026;10,00;\n02.11.2026;Text;02.11.2026;;10,00\n",
            id="two columns of amounts without names",
        ),
        pytest.param("x" * 150_000, id="a cell longer than the csv module allows"),
    ],
)
def test_what_is_no_export_of_a_bank_is_refused(text):
    assert codes(read(text)) == ["format_unknown"]


@pytest.mark.parametrize(
    ("written", "mark", "cents"),
    [
        ("1.234,56", ",", 1234_56),
        ("1234,5", ",", 1234_50),
        ("-1.050,00 €", ",", -1050_00),
        ("10,00-", ",", -10_00),
        ("+7", None, 7_00),
        ("1,234.56", ".", 1234_56),
        ("1'234.56", ".", 1234_56),
        ("−5,00", ",", -5_00),
        ("1.234", None, None),
        ("1,234", None, None),
        ("1.23.4", ",", None),
        ("--5", None, None),
        ("", ",", None),
        ("1e3", None, None),
        ("٣,00", ",", None),
        ("-", ",", None),
    ],
)
def test_amounts_are_read_or_refused_and_never_guessed(written, mark, cents):
    assert parse_amount(written, "EUR", mark) == cents


def test_decimal_mark_is_known_by_values_that_leave_no_doubt():
    assert decimal_mark(["1.234", "5,00"]) == ","
    assert decimal_mark(["1,234", "1,234.50"]) == "."
    assert decimal_mark(["1.234", "7"]) is None
    assert decimal_mark(["1.5", "1,5"]) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3.11.2026", date(2026, 11, 3)),
        ("03.11.26", date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 3)),
        ("20261103", date(2026, 11, 3)),
        ("03/11/2026", date(2026, 11, 3)),
        ("31.02.2026", None),
        ("00.00.0000", None),
        ("", None),
        ("2026-13-01", None),
        ("0000-01-01", None),
    ],
)
def test_days_are_read_or_refused(written, day):
    assert parse_day(written) == day
