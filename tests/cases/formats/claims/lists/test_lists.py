"""Lists of open items in the layouts of many programs, all with the same 24 items."""

from datetime import date
from pathlib import Path

import pytest

from cases.formats.claims.reading import open_file, preview, read_claims

SAMPLES = Path(__file__).parents[4] / "samples" / "open_items"
AS_OF = date(2026, 11, 23)
OPEN_TOTAL = 165_906_75


def read(name):
    return read_claims((SAMPLES / name).read_bytes(), name, as_of=AS_OF)


@pytest.mark.parametrize(("name", "layout", "currency"), [
    ("datev_opos_klassisch_ohne_kopf.txt", "datev-opos-classic", "EUR"),
    ("debitorenliste_schweiz.csv", "csv", "CHF"),
    ("excel_unicode_text.txt", "excel-unicode-text", "EUR"),
    ("odoo_aged_receivable.xlsx", "odoo-aged-receivable", "EUR"),
    ("op_liste_oesterreich_bmd_aehnlich.csv", "bmd", "EUR"),
    ("rechnungsliste_allgemein_de.csv", "csv", "EUR"),
    ("sap_fbl5n_liste_unkonvertiert.txt", "sap-fbl5n-list", "EUR"),
])  # fmt: skip
def test_every_layout_gives_the_same_items(name, layout, currency):
    claims = read(name)
    assert claims.format == layout
    assert len(claims.rows) == 24
    assert sum(row.open_cents for row in claims.rows) == OPEN_TOTAL
    assert {row.currency for row in claims.rows} == {currency}
    part_paid = next(row for row in claims.rows if row.invoice_number == "RE-2026-1002")
    assert (part_paid.invoiced_on, part_paid.due_on) == (date(2026, 2, 7), date(2026, 2, 21))
    assert part_paid.open_cents == 148003


def test_content_decides_and_not_the_name():
    data = (SAMPLES / "rechnungsliste_allgemein_de.csv").read_bytes()
    assert len(read_claims(data, "list.xlsx").rows) == 24


def test_credit_notes_are_no_claims():
    rows = read("rechnungsliste_allgemein_de.csv").rows
    credits = [row for row in rows if row.open_cents < 0]
    assert len(credits) == 3
    assert all(not row.is_usable for row in credits)


def test_booking_batch_is_netted_by_debtor_and_invoice():
    claims = read("EXTF_Buchungsstapel.csv")
    assert [(row.line, row.invoice_number, row.open_cents) for row in claims.rows] == [
        (4, "RE201802-135", 595000)
    ]
    assert claims.rows[0].invoiced_on == date(2018, 2, 22)
    assert claims.rows[0].debtor.account == "10000"


BATCH = (
    '"EXTF";700;21;"Buchungsstapel";9;20260306102500000;;"XY";"";"";1001;456;20260101;4;20260201;'
    '20260331;"";"";1;;0;"EUR"\r\n'
    "Umsatz;S/H;Konto;Gegenkonto;Belegdatum;Belegfeld 1;Belegfeld 2;Buchungstext\r\n"
    "1190,00;S;10000;8400;401;R-1;150326;Rechnung\r\n"
    "190,00;S;1200;10000;2803;R-1;;Zahlung\r\n"
    "500,00;S;10001;8400;0502;R-2;;Rechnung\r\n"
    "500,00;H;10001;1200;0503;R-2;;Zahlung\r\n"
)


def test_payments_in_a_batch_reduce_and_clear():
    claims = read_claims(BATCH.encode("cp1252"), "batch.csv", as_of=AS_OF)
    (row,) = claims.rows
    assert (row.invoice_number, row.total_cents, row.paid_cents) == ("R-1", 119000, 19000)
    assert (row.open_cents, row.due_on) == (100000, date(2026, 3, 15))


def test_list_without_header_asks_and_loses_no_line():
    data = b"R-1;01.03.2026;31.03.2026;Max Muster;119,00\nR-2;01.03.2026;31.03.2026;Eva;1,00\n"
    asked = read_claims(data, "x.csv")
    assert [finding.code for finding in asked.findings] == ["mapping_needed"]
    mapping = {"#1": "invoice_number", "#2": "invoiced_on", "#3": "due_on", "#4": "name",
               "#5": "open"}  # fmt: skip
    rows = read_claims(data, "x.csv", mapping).rows
    assert [(row.line, row.open_cents) for row in rows] == [(1, 11900), (2, 100)]


def test_preamble_totals_and_repeated_headers_are_no_claims():
    data = (
        "Offene Posten\nStand 23.11.2026\n\nRechnung;Name;Offen\nR-1;Max;1,00\n"
        "Rechnung;Name;Offen\nR-2;Eva;2,00\nSumme;;3,00\n"
    )
    claims = read_claims(data.encode(), "x.csv")
    assert [(row.line, row.invoice_number) for row in claims.rows] == [(5, "R-1"), (7, "R-2")]


def test_given_mapping_overrides_ours():
    data = b"Rechnung;Name;Betrag;Offen\nR-1;Max;10,00;4,00\n"
    mapping = {"Rechnung": "invoice_number", "Name": "name", "Betrag": "open", "Offen": ""}
    assert read_claims(data, "x.csv", mapping).rows[0].open_cents == 1000


def test_preview_shows_the_file_and_what_we_take_it_for():
    shown = preview((SAMPLES / "debitorenliste_schweiz.csv").read_bytes(), "x.csv")
    fields = {each.column: (each.field, each.confidence) for each in shown.columns}
    assert fields["Offen CHF"] == ("open", 1.0)
    assert shown.row_count == 24
    assert shown.rows[0][4] == "202500000"


def test_two_columns_of_one_name_are_told_apart():
    claims = read_claims(b"Rechnung;Name;Betrag;Betrag\nR-1;Max;1,00;2,00\n", "x.csv")
    assert claims.columns == ("Rechnung", "Name", "Betrag", "Betrag (2)")
    assert "header_duplicate" in {finding.code for finding in claims.findings}


def test_long_list_is_read_in_parts_like_at_once():
    lines = [f"R-{n % 90};Name {n};{n % 7},00" for n in range(100)]
    data = "\n".join(["Rechnung;Name;Offen", *lines]).encode()
    opened = open_file(data, "x.csv", as_of=AS_OF)
    assert opened.row_count == 100
    parts = list(opened.parts(size=30))
    assert [len(part) for part in parts] == [30, 30, 30, 10]
    whole = read_claims(data, "x.csv", as_of=AS_OF)
    assert tuple(row for part in parts for row in part) == whole.rows
    assert sum("duplicate_conflict" in str(row.findings) for row in whole.rows) == 20


@pytest.mark.parametrize(("cells", "field"), [
    pytest.param(("Smith, John", "Doe"), "name", id="names"),
    pytest.param(("10001", "K-20"), "account", id="numbers"),
])  # fmt: skip
def test_cells_decide_whether_customer_heads_names_or_numbers(cells, field):
    data = "Invoice;Customer;Open\n" + "".join(f"{n};{c};1.00\n" for n, c in enumerate(cells))
    assert read_claims(data.encode(), "x.csv").mapping["Customer"] == field
    assert preview(data.encode(), "x.csv").columns[1].field == field


def test_one_column_of_days_settles_the_others():
    data = b"Invoice;Name;Open;Invoice Date;Due Date\n1;A;1.00;03/13/2026;04/05/2026\n"
    (row,) = read_claims(data, "x.csv").rows
    assert (row.invoiced_on, row.due_on) == (date(2026, 3, 13), date(2026, 4, 5))
