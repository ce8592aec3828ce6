"""What invoice lists of other programs carry: states, positions, names in parts, odd addresses."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from cases.formats.claims.reading import read_claims
from cases.formats.claims.status_words import InvoiceStatus, status_of

AS_OF = date(2026, 11, 23)
HEAD = "Rechnungsnummer;Rechnungsdatum;Fälligkeit;"
DAYS = "03.04.2026;04.05.2026;"


def read(text, name="x.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return read_claims(data, name, as_of=AS_OF)


def codes(row):
    return {each.code for each in row.findings}


def test_only_open_invoices_of_a_list_with_a_status_become_claims():
    claims = read(
        f"{HEAD}Kunde;Bruttobetrag;Status\n"
        f"R1;{DAYS}A GmbH;1190,00;Offen\nR2;{DAYS}A GmbH;119,00;Bezahlt\n"
        f"R3;{DAYS}A GmbH;238,00;Storniert\nR4;{DAYS}A GmbH;357,00;Entwurf\n"
        f"R5;{DAYS}A GmbH;10,00;gutgeschrieben\nR6;{DAYS}A GmbH;10,00;Wasweißich\n"
    )
    assert [row.invoice_number for row in claims.rows if row.is_usable] == ["R1", "R6"]
    assert [
        next((code for code in codes(row) if code.startswith("status_")), None)
        for row in claims.rows
    ] == [None, "status_paid", "status_cancelled", "status_draft", "status_credited",
          "status_unknown"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("nicht bezahlt", InvoiceStatus.OPEN), ("2. Mahnung", InvoiceStatus.OPEN),
        ("1° sollecito", InvoiceStatus.OPEN), ("overdue", InvoiceStatus.OPEN),
        ("teilweise bezahlt", InvoiceStatus.OPEN), ("Payée", InvoiceStatus.PAID),
        ("void", InvoiceStatus.CANCELLED), ("written off", InvoiceStatus.CANCELLED),
        ("Bozza", InvoiceStatus.DRAFT), ("avoir", InvoiceStatus.CREDITED), ("X7", None),
    ],
)  # fmt: skip
def test_words_of_a_status_in_german_english_french_and_italian(text, status):
    assert status_of(text) is status


def test_positions_are_added_up_and_a_quantity_is_never_an_amount():
    claims = read(
        '"number";"client_name";"date";"due";"currency";"position_name";"position_amount";'
        '"position_total"\n'
        '"10003";"Zylinder AG";"08.09.2025";"08.10.2025";"CHF";"a";"35.00";"17.33"\n'
        '"10003";"Zylinder AG";"08.09.2025";"08.10.2025";"CHF";"b";"20.00";"158.39"\n'
        '"10004";"Neu AG";"08.09.2025";"08.10.2025";"CHF";"c";"7.00";"1.68"\n'
    )
    assert {row.invoice_number: row.open_cents for row in claims.rows} == {
        "10003": 175_72, "10004": 1_68,
    }  # fmt: skip
    assert "positions_summed" in {each.code for each in claims.findings}


def test_company_and_contact_are_not_one_name_and_a_person_keeps_his_last_name():
    claims = read(
        f"{HEAD}Firma;Anrede;Vorname;Nachname;Straße;PLZ;Ort;Offen\n"
        f"C1;{DAYS}Muster GmbH;Frau;Erika;Beispiel;Weg 1;01067;Dresden;100,00\n"
        f"C2;{DAYS};Herr;Karl;von der Höhe;Weg 2;01067;Dresden;100,00\n"
        f"C3;{DAYS}Norddeutsche Röhrenwerke AG;;;;Weg 3;01067;Dresden;100,00\n"
    )
    assert [(row.debtor.name, row.debtor.kind) for row in claims.rows] == [
        ("Muster GmbH", "company"),
        ("Karl von der Höhe", None),
        ("Norddeutsche Röhrenwerke AG", "company"),
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Muster, Karl", "Karl Muster"),
        ("von der Höhe, Karl-Heinz", "Karl-Heinz von der Höhe"),
        ("Meier, Müller & Partner", "Meier, Müller & Partner"),
        ("Bau, Holz GmbH", "Bau, Holz GmbH"),
        ("Karl Muster", "Karl Muster"),
    ],
)
def test_name_behind_its_comma_is_turned_where_it_is_certain(written, name):
    claims = read(f"{HEAD}Name;Offen\nR1;{DAYS}{written};1,00\n")
    assert claims.rows[0].debtor.name == name


@pytest.mark.parametrize(
    ("written", "street", "postcode", "city"),
    [
        ("Hauptstr. 1a, 01067 Dresden", "Hauptstr. 1a", "01067", "Dresden"),
        ('"Hauptstr. 1a\n01067 Dresden"', "Hauptstr. 1a", "01067", "Dresden"),
        ("Straße des 17. Juni 135, 10623 Berlin", "Straße des 17. Juni 135", "10623", "Berlin"),
        ("Q 7, 24, 68161 Mannheim", "Q 7, 24", "68161", "Mannheim"),
        ("Ring 3, 1010 Wien", "Ring 3", "1010", "Wien"),
        ("Straße 2000 Nord", "Straße 2000 Nord", None, None),
    ],
)
def test_address_in_one_column_is_split(written, street, postcode, city):
    debtor = read(f"{HEAD}Name;Anschrift;Offen\nR1;{DAYS}A;{written};1,00\n").rows[0].debtor
    assert (debtor.street, debtor.postcode, debtor.city) == (street, postcode, city)


@pytest.mark.parametrize(
    ("country", "code"),
    [("Irland", "IE"), ("Portugal", "PT"), ("Türkei", "TR"), ("Hongrie", "HU"), ("Svezia", "SE"),
     ("Vereinigtes Königreich", "GB"), ("Slovakia", "SK"), ("Zypern", "CY"), ("Nirgendwo", None)],
)  # fmt: skip
def test_countries_by_name_in_four_languages(country, code):
    claims = read(f"{HEAD}Name;Land;Offen\nR1;{DAYS}A;{country};1,00\n")
    assert claims.rows[0].debtor.country == code


def test_kind_of_customer_contract_and_reminders_are_columns():
    claims = read(
        f"{HEAD}Name;Kundenart;Vertragsdatum;1. Mahnung;2. Mahnung;Offen\n"
        f"R1;{DAYS}A;Privatkunde;01.03.2026;20.05.2026;20.06.2026;1,00\n"
        f"R2;{DAYS}B;gewerblich;;01.02.2026;;1,00\n"
    )
    first, second = claims.rows
    assert (first.debtor.kind, first.contract_on) == ("natural_person", date(2026, 3, 1))
    assert first.reminders == (date(2026, 5, 20), date(2026, 6, 20))
    assert second.debtor.kind == "company"
    assert "reminded_before_invoice" in codes(second)


def test_columns_that_nobody_reads_are_named():
    claims = read(f"{HEAD}Name;Offen;Hausfarbe;Leer\nR1;{DAYS}A;1,00;blau;\n")
    named = [each for each in claims.findings if each.code == "columns_unmapped"]
    assert [each.params["columns"] for each in named] == ["Hausfarbe"]


def test_merged_cells_hold_for_all_their_rows():
    path = Path(__file__).parents[3] / "samples" / "open_items" / "merged.xlsx"
    claims = read(path.read_bytes(), path.name)
    assert [row.debtor.name for row in claims.rows] == ["Anna Muster", "Anna Muster", "B AG"]


NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def ods(rows):
    """A table as an office program saves it, with the endless empty rest of a sheet."""
    empty = '<table:table-cell table:number-columns-repeated="16380"/>'
    body = f"""<office:document-content {NAMESPACES} office:version="1.3"><office:body>
        <office:spreadsheet><table:table table:name="Liste">{rows}
        <table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>
        </table:table></office:spreadsheet></office:body></office:document-content>"""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", body)
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}"/>')
    return target.getvalue()


def table_row(*cells):
    return "<table:table-row>" + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{each}</text:p></table:table-cell>'
        for each in cells
    ) + "</table:table-row>"  # fmt: skip


def test_table_of_an_office_program_is_read():
    claims = read(ods(
        table_row("Rechnungsnummer", "Kunde", "Rechnungsdatum", "Betrag EUR")
        + table_row("R1", "Muster GmbH", "03.04.2026", "119,00")
    ), "liste.ods")  # fmt: skip
    assert [(row.invoice_number, row.open_cents) for row in claims.rows] == [("R1", 119_00)]


def test_table_that_spreads_a_value_without_end_is_refused():
    bomb = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell'
        ' office:value-type="float" office:value="1" table:number-columns-repeated="16000"/>'
        "</table:table-row>"
    )
    assert [each.code for each in read(ods(bomb), "x.ods").findings] == ["sheet_too_large"]
