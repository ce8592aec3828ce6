"""What is said about a row, and that a corrected row goes through the same code."""

from datetime import date

import pytest

from cases.formats.amounts import Notation
from cases.formats.claims.conventions import Conventions, conventions_from_json
from cases.formats.claims.messages import MESSAGES
from cases.formats.claims.reading import check_row, read_claims
from legal.findings import Severity

CONVENTIONS = Conventions({"open": Notation(",")}, {}, "EUR", date(2026, 11, 23))
GOOD = {
    "invoice_number": "R-1", "invoiced_on": "01.03.2026", "due_on": "31.03.2026", "open": "119,00",
    "name": "Max Mustermann", "street": "Weg 1", "postcode": "01067", "city": "Dresden",
}  # fmt: skip


def findings(**changes):
    row = check_row(GOOD | changes, line=7, conventions=CONVENTIONS)
    for finding in row.findings:
        assert finding.line == 7
        assert finding.message(MESSAGES)
    return {(finding.field, finding.code, finding.severity) for finding in row.findings}


def test_good_row_has_nothing_to_say():
    row = check_row(GOOD, conventions=CONVENTIONS)
    assert row.findings == ()
    assert (row.open_cents, row.due_on, row.debtor.city) == (11900, date(2026, 3, 31), "Dresden")


@pytest.mark.parametrize(("changes", "field", "code", "severity"), [
    ({"invoice_number": " "}, "invoice_number", "invoice_number_missing", Severity.ERROR),
    ({"name": ""}, "name", "name_missing", Severity.ERROR),
    ({"open": ""}, "open", "amount_missing", Severity.ERROR),
    ({"open": "0,00"}, "open", "amount_zero", Severity.ERROR),
    ({"open": "-5,00"}, "open", "credit_note", Severity.ERROR),
    ({"open": "1.000.000,01"}, "open", "amount_unusual", Severity.WARNING),
    ({"due_on": ""}, "due_on", "due_on_missing", Severity.WARNING),
    ({"due_on": "31.06.2026"}, "due_on", "date_not_in_calendar", Severity.ERROR),
    ({"due_on": "01.02.2026"}, "due_on", "due_before_invoice", Severity.WARNING),
    ({"due_on": "23.11.2026"}, "due_on", "due_in_future", Severity.ERROR),
    ({"due_on": "31.12.9999"}, "due_on", "date_implausible", Severity.ERROR),
    ({"invoiced_on": "01.03.2023", "due_on": "31.12.2023"}, "due_on", "limitation_near",
     Severity.WARNING),
    ({"invoiced_on": "01.03.2022", "due_on": "31.12.2022"}, "due_on", "limitation_over",
     Severity.WARNING),
    ({"invoiced_on": "01.12.2001", "due_on": "30.12.2001"}, "due_on", "interest_unknown",
     Severity.ERROR),
    ({"street": "Postfach 12 34 56"}, "street", "address_po_box", Severity.WARNING),
    ({"street": "P.O. Box 7"}, "street", "address_po_box", Severity.WARNING),
    ({"invoiced_on": "01.03.1826"}, "invoiced_on", "date_implausible", Severity.ERROR),
    ({"street": "", "city": ""}, "street", "address_missing", Severity.WARNING),
    ({"postcode": "1067"}, "postcode", "postcode_country_unclear", Severity.WARNING),
    ({"postcode": "1067", "country": "D"}, "postcode", "postcode_invalid", Severity.ERROR),
    ({"postcode": "O1067"}, "postcode", "postcode_invalid", Severity.ERROR),
    ({"country": "Atlantis"}, "country", "country_unknown", Severity.WARNING),
    ({"currency": "Taler"}, "currency", "currency_unknown", Severity.ERROR),
    ({"email": "max@"}, "email", "email_invalid", Severity.WARNING),
    ({"iban": "DE89370400440532013001"}, "iban", "iban_invalid", Severity.ERROR),
    ({"iban": "ΑT611904300234573201"}, "iban", "iban_invalid", Severity.ERROR),
    ({"vat_id": "DE123456789"}, "vat_id", "vat_id_invalid", Severity.WARNING),
    ({"register_number": "123"}, "register_number", "register_number_invalid", Severity.WARNING),
    ({"leitweg_id": "991-01234-45"}, "leitweg_id", "leitweg_id_invalid", Severity.WARNING),
    ({"name": "M" * 201}, "name", "too_long", Severity.ERROR),
    ({"name": "\u202eGmbH nnamretsuM"}, "name", "text_cleaned", Severity.WARNING),
    ({"total": "100,00", "paid": "10,00"}, "open", "amounts_disagree", Severity.WARNING),
])  # fmt: skip
def test_finding_names_field_and_reason(changes, field, code, severity):
    assert (field, code, severity) in findings(**changes)


@pytest.mark.parametrize("changes", [
    pytest.param({"postcode": "A-1010", "city": "Wien"}, id="Austrian postcode with its prefix"),
    pytest.param({"postcode": "8001", "country": "Schweiz"}, id="Swiss postcode"),
    pytest.param({"iban": "DE89 3704 0044 0532 0130 00"}, id="IBAN with blanks"),
    pytest.param({"iban": "IBAN DE89370400440532013000"}, id="IBAN with its name in front"),
    pytest.param({"vat_id": "CHE-116.281.710"}, id="Swiss UID"),
    pytest.param({"register_number": "732 829 320 00074"}, id="French SIRET"),
    pytest.param({"leitweg_id": "04011000-1234512345-06"}, id="Leitweg-ID"),
    pytest.param({"total": "200,00", "paid": "81,00"}, id="amounts that agree"),
])  # fmt: skip
def test_nothing_is_found_where_all_is_well(changes):
    assert findings(**changes) == set()


def test_confirmed_finding_is_not_raised_again():
    kept = conventions_from_json(CONVENTIONS.to_json(), CONVENTIONS.as_of, {"amount_unusual"})
    row = check_row(GOOD | {"open": "2.000.000,00"}, conventions=kept)
    assert row.findings == ()


def test_corrected_row_of_a_file_is_read_like_the_file():
    data = "Rechnung;Name;Betrag\nR-1;Max;1.234\nR-2;Eva;99,50\nR-3;Ida;x\n"
    claims = read_claims(data.encode(), "x.csv")
    assert claims.rows[0].open_cents == 123400
    corrected = check_row({**claims.rows[2].raw, "total": "2.345"}, conventions=claims.conventions)
    assert corrected.open_cents == 234500


def test_duplicates_are_skipped_and_contradictions_shown():
    lines = ("R-1;Max;1,00", "r-1 ;MAX;1,00", "R-2;Eva;2,00", "R-2;Eva;3,00", "R-01;X;1,00")
    data = "\n".join(("Rechnung;Name;Offen", *lines))
    rows = read_claims(data.encode(), "x.csv").rows
    codes = [
        [(each.code, each.params["first"]) for each in row.findings if "duplicate" in each.code]
        for row in rows
    ]
    first, second = "duplicate_in_file", "duplicate_conflict"
    assert codes == [[], [(first, 2)], [(second, 5)], [(second, 4)], []]


@pytest.mark.parametrize(("name", "kind"), [
    ("Müller Bäckerei GmbH & Co. KG", "company"), ("D'Angelo Hausverwaltung e.K.", "sole_trader"),
    ("Stadt Köln", "public_body"), ("Max Mustermann", None), ("Société Étoile Sàrl", "company"),
    ("Agnes Magnus", None), ("Kita Sonnenkäfer e. V.", "company"),
    ("BÄCKEREI KÖNIG OHG", "company"),
])  # fmt: skip
def test_legal_form_betrays_the_kind_of_debtor(name, kind):
    assert check_row(GOOD | {"name": name}, conventions=CONVENTIONS).debtor.kind == kind


def test_yen_have_no_cents():
    row = check_row(GOOD | {"open": "1500", "currency": "JPY"}, conventions=CONVENTIONS)
    assert row.open_cents == 1500


def test_default_on_the_first_day_of_rates_can_be_computed():
    changes = {"invoiced_on": "01.12.2001", "due_on": "31.12.2001"}
    assert "interest_unknown" not in {code for _, code, _ in findings(**changes)}
