"""Lists of other programs: what stands beside an amount decides what it is worth.

Every list here was read before with a wrong value and without a word, or refused for a reason that
was none.
"""

from datetime import date

import pytest

from cases.formats.claims.reading import read_claims
from cases.intake.standing import state_of

HEAD = "Rechnungsnummer;Rechnungsdatum;Fällig am;Name;Straße;PLZ;Ort;"
WHO = "01.03.2026;15.03.2026;Uwe Test;Weg 1;10115;Berlin;"
AS_OF = date(2026, 11, 28)


def read(text, encoding="utf-8"):
    return read_claims(text.encode(encoding), "list.csv", as_of=AS_OF)


def codes(row):
    return {each.code for each in row.findings}


def one(header, cells):
    """The only row of a list with these columns behind the usual ones."""
    (row,) = read(f"{HEAD}{header}\n1;{WHO}{cells}\n").rows
    return row


@pytest.mark.parametrize(
    ("kind", "cents", "state"),
    [("Rechnung", 100_00, "ready"), ("RE", 100_00, "ready"), ("Abschlagsrechnung", 100_00, "ready"),
     ("Gutschrift", -100_00, "error"), ("Stornorechnung", -100_00, "error"),
     ("Credit note", -100_00, "error"), ("Avoir", -100_00, "error"),
     ("Zahlung", -100_00, "error"), ("Angebot", 100_00, "left_out"),
     ("Lieferschein", 100_00, "left_out"), ("Proforma-Rechnung", 100_00, "left_out"),
     ("GU", 100_00, "error")],
)  # fmt: skip
def test_a_positive_amount_is_what_its_kind_of_document_says(kind, cents, state):
    row = one("Belegart;Betrag", f"{kind};100,00")
    assert (row.open_cents, state_of(row.findings)) == (cents, state)


@pytest.mark.parametrize("header", ["S/H", "Soll/Haben-Kennzeichen", "SH"])
def test_s_and_h_stand_beside_the_amount(header):
    assert one(f"Betrag;{header}", "100,00;S").open_cents == 100_00
    assert one(f"Betrag;{header}", "100,00;H").open_cents == -100_00
    assert one(f"Betrag;{header}", "-100,00;H").open_cents == -100_00


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [("Bezahlt", "ja", "status_paid"), ("Bezahlt", "nein", None), ("Bezahlt", "x", "status_paid"),
     ("Bezahlt am", "20.03.2026", "status_paid"), ("Zahlungsdatum", "2026-03-20", "status_paid"),
     ("Ausgleichsdatum", "20.04.2026", "status_paid"), ("Storniert", "ja", "status_cancelled"),
     ("Storniert", "nein", None), ("Bezahlt am", "", None), ("Status", "bezahlt am 3.4.2026",
      "status_paid"), ("Status", "Partiellement réglée", None), ("Status", "pending",
      "status_unknown"), ("Storniert", "vielleicht", "status_unknown")],
)  # fmt: skip
def test_what_is_paid_or_cancelled_is_no_claim_however_the_list_says_so(header, cell, code):
    row = one(f"Betrag;{header}", f"100,00;{cell}")
    assert codes(row) == ({code} if code else set())
    assert row.open_cents == 100_00


def test_a_day_of_payment_with_something_left_is_a_part_payment():
    row = one("Betrag;Offen;Zahlungsdatum", "100,00;40,00;20.03.2026")
    assert (row.open_cents, codes(row)) == (40_00, set())


@pytest.mark.parametrize(
    ("header", "cell", "cents", "currency"),
    [("Betrag", "£1.234,50", 1234_50, "GBP"), ("Betrag", "CHF 1'500.00", 1500_00, "CHF"),
     ("Betrag", "99,00 $", 99_00, "USD"), ("Betrag", "99,00 €", 99_00, "EUR"),
     ("Betrag (Cent)", "9900", 99_00, "EUR"), ("amount_cents", "5", 5, "EUR")],
)  # fmt: skip
def test_amounts_keep_the_currency_and_the_unit_they_name(header, cell, cents, currency):
    row = one(header, cell)
    assert (row.open_cents, row.currency) == (cents, currency)
    assert state_of(row.findings) == "ready"


def test_two_currencies_in_one_row_are_asked_about():
    assert "currency_contradicts" in codes(one("Betrag;Währung", "£99,00;EUR"))


def test_thousands_of_euro_and_the_balance_of_a_customer_are_no_amount_of_a_claim():
    assert "columns_missing" in {
        each.code for each in read(f"{HEAD}Betrag in TEUR\n1;{WHO}1,5\n").findings
    }
    row = one("Rechnungsbetrag;Kundensaldo", "100,00;350,00")
    assert row.open_cents == 100_00


def test_more_open_than_invoiced_is_asked_about_before_anything_is_handed_over():
    assert state_of(one("Rechnungsbetrag;Offen", "100,00;350,00").findings) == "error"


def test_joint_debtors_have_columns_of_their_own():
    numbered = one(
        "Name 2;Vorname 2;Straße 2;PLZ 2;Ort 2;Betrag", "Test;Erna;Hof 2;10117;Berlin;9,00"
    )
    assert numbered.debtor.name == "Uwe Test"
    assert [(each.name, each.street, each.postcode) for each in numbered.joint] == [
        ("Erna Test", "Hof 2", "10117")
    ]
    named = one("Mitschuldner;Ehepartner2;Betrag", "Erna Test;;9,00")
    assert [(each.name, each.street) for each in named.joint] == [("Erna Test", "Weg 1")]
    assert codes(one("Mitschuldner;Mitschuldner PLZ;Betrag", "Erna;1011;9,00")) == {
        "address_missing", "postcode_country_unclear",
    }  # fmt: skip
    # A second line of one name is no second person.
    assert one("Name 2;Betrag", "Haus A;9,00").debtor.name == "Uwe Test Haus A"


def test_two_people_in_one_name_are_pointed_out():
    (row,) = read(
        f"{HEAD}Betrag\n1;{WHO}9,00\n".replace("Uwe Test", "Eheleute Ali und Ada Demir")
    ).rows
    assert codes(row) == {"name_of_several"}
    (firm,) = read(f"{HEAD}Betrag\n1;{WHO}9,00\n".replace("Uwe Test", "Kunz und Söhne GmbH")).rows
    assert not codes(firm)


@pytest.mark.parametrize(
    ("cell", "party"),
    [("Karl Muster, Hauptstr. 1a, 01067 Dresden",
      ("Karl Muster", "Hauptstr. 1a", "01067", "Dresden")),
     ("Muster GmbH; Am Alten Markt 3; 24103 Kiel",
      ("Muster GmbH", "Am Alten Markt 3", "24103", "Kiel")),
     ("Karl Muster | Q 7, 24 | 68161 Mannheim", ("Karl Muster", "Q 7, 24", "68161", "Mannheim")),
     ("Muster, Karl", ("Karl Muster", None, None, None)),
     ("Autohaus Bergstraße 12 GmbH", ("Autohaus Bergstraße 12 GmbH", None, None, None)),
     ("Studio 54321 Bar GmbH", ("Studio 54321 Bar GmbH", None, None, None))],
)  # fmt: skip
def test_an_address_within_the_name_is_told_apart(cell, party):
    head = "Rechnungsnummer;Rechnungsdatum;Fällig am;Name;Betrag\n"
    (row,) = read(f'{head}1;02.03.2026;16.03.2026;"{cell}";9,00\n').rows
    found = row.debtor
    assert (found.name, found.street, found.postcode, found.city) == party
    assert "name_with_address" not in codes(row)


@pytest.mark.parametrize(
    "cell", ["Karl Muster Hauptstr. 1 01067 Dresden", "Karl Muster, 01067 Dresden",
             "Karl Muster, Lange Straße 5", "Karl Muster, Nordring 5, 24103 Kiel"],
)  # fmt: skip
def test_an_address_within_the_name_that_is_not_certain_is_asked_about(cell):
    (row,) = read(f"{HEAD}Betrag\n1;{WHO}9,00\n".replace("Uwe", "").replace("Test", cell)).rows
    assert "name_with_address" in codes(row)
    assert state_of(row.findings) == "error"


def test_three_reminders_are_kept():
    row = one("1. Mahnung;2. Mahnung;3. Mahnung;Betrag", "20.03.2026;05.04.2026;20.04.2026;9,00")
    assert row.reminders == (date(2026, 3, 20), date(2026, 4, 5), date(2026, 4, 20))


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman", "utf-8", "cp1252", "utf-16"])
def test_umlauts_survive_old_encodings(encoding):
    (row,) = read(f"{HEAD}Betrag\n1;{WHO}9,00\n".replace("Uwe", "Jürgen").replace("Weg", "Schön"),
                  encoding).rows  # fmt: skip
    assert (row.debtor.name, row.debtor.street) == ("Jürgen Test", "Schön 1")


def test_a_name_that_is_odd_in_one_encoding_is_not_turned_into_another():
    header = HEAD.replace("Fällig am", "Due date").replace("Straße", "Street")
    row = f"1;{WHO}9,00".replace("Uwe", "Škoda Vašek")
    (found,) = read(f"{header}Betrag\n{row}\n", "cp1252").rows
    assert found.debtor.name == "Škoda Vašek Test"


def test_text_encoded_twice_is_put_right_and_lost_letters_are_asked_for():
    twice = f"{HEAD}Betrag\n1;{WHO}9,00\n".replace("Uwe", "Jürgen").encode().decode("cp1252")
    claims = read(twice)
    assert claims.rows[0].debtor.name == "Jürgen Test"
    assert "encoding_twice" in {each.code for each in claims.findings}
    assert "letters_lost" in codes(one("Betrag;Telefon 2;Text", "9,00;;K\ufffdln"))


def test_marks_at_the_end_of_an_old_file_are_no_row():
    assert len(read(f"\ufeff\ufeff{HEAD}Betrag\n1;{WHO}9,00\n\x1a").rows) == 1


def test_orders_of_a_shop():
    claims = read(
        "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem name,Billing Name,"
        "Billing Street,Billing City,Billing Zip,Billing Country,Outstanding Balance\n"
        "#1001,a@example.org,partially_paid,,EUR,54.90,2026-03-01 10:00:00 +0200,Kaffee,Anna A,"
        "Weg 1,Berlin,'10115,DE,24.90\n"
        "#1001,a@example.org,,,,,2026-03-01 10:00:00 +0200,Tasse,,,,,,\n"
        "#1002,b@example.org,voided,,EUR,9.00,2026-03-02 10:00:00 +0200,Tee,Bo B,Weg 2,Berlin,"
        "'10115,DE,9.00\n"
    )  # fmt: skip
    first, second = claims.rows
    assert (first.invoice_number, first.debtor.name, first.debtor.postcode) == (
        "#1001", "Anna A", "10115")  # fmt: skip
    assert (first.open_cents, first.invoiced_on) == (24_90, date(2026, 3, 1))
    assert "status_cancelled" in codes(second)


def test_a_column_of_states_or_of_tax_is_neither_a_status_nor_a_number():
    header = "Invoice No;Invoice Date;Due Date;Customer;Street;ZIP;City;State;TVA;Amount"
    cells = "1;2026-03-01;2026-03-15;Foo Inc;Main 1;10115;Berlin;NY;19,00;9,00"
    (row,) = read(f"{header}\n{cells}\n").rows
    assert not codes(row)


@pytest.mark.parametrize(
    ("postcode", "city", "code"),
    [("02542", "Pinneberg", "postcode_unknown"), ("99999", "Hamburg", "postcode_elsewhere"),
     ("25421", "Pinneberg", None), ("10115", "Berlin", None), ("28195", "Bremen", None)],
)  # fmt: skip
def test_a_postcode_that_cannot_be_its_place_s_is_pointed_out(postcode, city, code):
    list_ = f"{HEAD}Betrag\n1;{WHO}9,00\n".replace("10115;Berlin", f"{postcode};{city}")
    assert codes(read(list_).rows[0]) == ({code} if code else set())
