"""What other rows and other files add to a list: part payments, master data, traps of a sheet."""

import io
from datetime import date
from pathlib import Path

import openpyxl

from cases.formats.claims.reading import read_claims, read_debtors, read_together

SAMPLES = Path(__file__).parents[2] / "samples" / "open_items"
AS_OF = date(2026, 11, 23)
SAP = (
    "|Assignment|DocumentNo|Type|Doc. Date |Amt in loc.cur.|LCurr|Net due dt|\n"
    "|R-1       |180001    |RV  |01.03.2026|      1.000,00 |EUR  |31.03.2026|\n"
    "|R-1       |140001    |DZ  |15.04.2026|        300,00-|EUR  |15.04.2026|\n"
    "|R-2       |180002    |RV  |01.03.2026|        500,00 |EUR  |31.03.2026|\n"
    "|R-3       |180003    |RV  |01.03.2026|        100,00 |EUR  |31.03.2026|\n"
    "|R-3       |180004    |RV  |02.03.2026|        200,00 |EUR  |31.03.2026|\n"
)


def sap_list(body):
    head = "\n  Customer      0000010001\n  Name          Müller GmbH\n\n" + "-" * 60 + "\n"
    return (head + body).encode("cp1252")


def test_part_payment_is_set_off_against_its_invoice():
    claims = read_claims(sap_list(SAP), "x.txt", as_of=AS_OF)
    first, second, *contradiction = claims.rows
    assert (first.line, first.total_cents, first.paid_cents) == (7, 100000, 30000)
    assert (first.open_cents, first.debtor.account) == (70000, "10001")
    assert (second.total_cents, second.open_cents) == (50000, 50000)
    assert "items_netted" in {finding.code for finding in claims.findings}
    assert [row.is_usable for row in contradiction] == [False, False]


def test_master_data_complete_a_list_of_accounts():
    listed = (SAMPLES / "EXTF_Buchungsstapel.csv").read_bytes()
    master = (SAMPLES / "EXTF_Stammdaten.csv").read_bytes()
    assert read_debtors(listed) is None
    (_, alone), _ = read_together([("a", listed), ("b", b"")], as_of=AS_OF)
    assert not alone.rows[0].is_usable
    (_, claims), (_, refused) = read_together([("a", listed), ("b", master)], as_of=AS_OF)
    (row,) = claims.rows
    assert row.debtor.name == "Sabine Mustermann"
    assert (row.debtor.street, row.debtor.postcode) == ("Am Haagelspfädchen 14", "50999")
    assert row.is_usable
    assert [finding.code for finding in refused.findings] == ["datev_master_data"]


def workbook(*rows, hidden=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for line in hidden:
        book.active.row_dimensions[line].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_formulas_without_result_and_hidden_rows_are_named():
    data = workbook(
        ["Rechnung", "Name", "Offen"], ["R-1", "Max", "=1+1"], ["R-2", "Eva", 0.1 + 0.2],
        ["R-3", "Ida", "119,00"], hidden=[3],
    )  # fmt: skip
    claims = read_claims(data, "x.xlsx", as_of=AS_OF)
    found = {row.invoice_number: {each.code for each in row.findings} for row in claims.rows}
    assert "formula_without_value" in found["R-1"]
    assert "row_hidden" in found["R-2"]
    assert [row.open_cents for row in claims.rows] == [None, 30, 11900]


def test_numbers_of_a_sheet_are_never_taken_for_thousands():
    data = workbook(["Rechnung", "Name", "Offen"], ["R-1", "Max", 1234], ["R-2", "Eva", 1.234])
    rows = read_claims(data, "x.xlsx", as_of=AS_OF).rows
    assert rows[0].open_cents == 123400
    assert "amount_too_precise" in {finding.code for finding in rows[1].findings}
