"""Which list it is, by its content: finds the line of headers, drops preamble and totals."""

import re
from collections.abc import Sequence
from dataclasses import replace

from cases.formats.claims.lists import datev, odoo, sap_list
from cases.formats.claims.lists.delimited import read_delimited
from cases.formats.claims.lists.fields import AMOUNTS
from cases.formats.claims.lists.fingerprints import fingerprint
from cases.formats.claims.lists.headers import currency_of_headers, recognise_header, unique_columns
from cases.formats.content import Content
from cases.formats.gate import Refused
from cases.formats.raw_table import Grid, RawRow, RawTable
from cases.formats.text import decode
from cases.formats.workbook import read_workbook
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "list_without_rows": N_("The list has column names but no rows. Please export it again."),
    "total_rows_skipped": N_("Rows with totals or repeated headers, left out: {count}."),
    "rows_ragged": N_(
        "This row has {cells} values, but the list has {columns} columns. Please check whether "
        "all values stand in their column."
    ),
}
_HEADER_WITHIN = 40
_TOTAL = re.compile(
    r"^\W*(?:(?:zwischen|gesamt|end)?summen?|gesamt(?:betrag|saldo)?|(?:sub|grand )?total|"
    r"übertrag|totale?|somme|anzahl)\b", re.IGNORECASE
)  # fmt: skip
#: What a printed list says at the foot of a page, alone in its row.
_PAGE = re.compile(r"^\W*(?:seite|blatt|page|pagina|pag\.)\W*\d{1,5}\b", re.IGNORECASE)
_DATA = re.compile(
    r"^(?:[-+(]?\d[\d.,' ]{0,40}|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*|[^@]{0,200}@.*|"
    r"[A-Z]{2}\d{2}[A-Z0-9 ]{10,60})$"
)
_MIN_HEADERS = 2
_BANK_STATEMENT = re.compile(r"^\s*(?:\{1:|:20:)")


def read_list(data: bytes, content: Content) -> RawTable:
    """Read any list we know into a table with one row per item.

    Raises:
        Refused: it cannot be opened or is another kind of file.
    """
    if content is not Content.TEXT:
        return _of_workbook(read_workbook(data, content))
    decoded = decode(data)
    if _BANK_STATEMENT.match(decoded.text):
        raise Refused("content_bank_statement")
    if sap_list.is_sap_list(decoded.text):
        return sap_list.read_sap_list(decoded)
    grid = read_delimited(decoded)
    if not grid.rows:
        raise Refused("file_empty")
    if datev.is_datev_format(grid):
        return datev.read_datev_format(grid)
    if datev.is_opos_classic(grid):
        return datev.read_opos_classic(grid)
    return recognise_table(grid)


def _of_workbook(grids: Sequence[Grid]) -> RawTable:
    """The sheet whose headers look most like a list of claims."""
    if not grids:
        raise Refused("file_empty")
    best = max(grids, key=lambda grid: max(map(_header_score, grid.rows[:_HEADER_WITHIN])))
    table = recognise_table(best)
    others = ", ".join(grid.sheet for grid in grids if grid is not best)
    if not others:
        return table
    params = {"sheet": best.sheet, "others": others}
    return table.with_findings(Finding("sheets_ignored", Severity.WARNING, params=params))


def recognise_table(grid: Grid) -> RawTable:
    """Find the headers of a grid and say which program's list it is."""
    place = _header_place(grid.rows)
    if place is None:
        return _without_header(grid)
    columns, findings = unique_columns(_headers(grid.rows[place].cells))
    table = RawTable(
        grid.source, grid.encoding, columns, list(grid.rows[place + 1 :]),
        (*grid.findings, *findings), currency=currency_of_headers(columns),
    )  # fmt: skip
    if odoo.is_aged_receivable(columns):
        return odoo.read_aged_receivable(table)
    named = replace(table, format=_name_of_format(columns, grid.source))
    return _evened(_without_totals(named))


def _headers(cells: Sequence[str]) -> list[str]:
    headers = [" ".join(cell.split()) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    return headers


def _header_score(row: RawRow) -> int:
    """How many cells of a line are headers we know; a line with values is none."""
    filled = [cell for cell in row.cells if cell.strip()]
    if any(_DATA.match(cell.strip()) for cell in filled if not recognise_header(cell[:80])):
        return 0
    fields = {known[0] for cell in filled if (known := recognise_header(cell[:80]))}
    return len(fields)


def _header_place(rows: Sequence[RawRow]) -> int | None:
    """The line with the most known headers; else the first one if it holds no values."""
    scores = [_header_score(row) for row in rows[:_HEADER_WITHIN]]
    best = max(scores, default=0)
    if best >= _MIN_HEADERS:
        return scores.index(best)
    first = [cell for cell in rows[0].cells if cell.strip()]
    looks_like_values = any(_DATA.match(cell.strip()) for cell in first)
    return None if looks_like_values or len(first) < _MIN_HEADERS else 0


def _without_header(grid: Grid) -> RawTable:
    """Columns by number; a person has to say what they hold."""
    width = max(len(row.cells) for row in grid.rows[:_HEADER_WITHIN])
    columns = tuple(f"#{number}" for number in range(1, width + 1))
    return RawTable(grid.source, grid.encoding, columns, grid.rows, grid.findings, has_header=False)


_PROGRAMS = (
    ("datev-opos-excel", {"konto", "rechnungsnummer", "sollbetrag", "habenbetrag", "saldo"}),
    ("sap-fbl5n", {"assignment", "documentnumber", "documenttype"}),
    ("sap-fbl5n", {"zuordnung", "belegnummer", "belegart"}),
    ("sap-fbl5n", {"bukrs", "kunnr", "belnr"}),
    ("bmd", {"konto", "belegnr", "belegdatum", "buchsymbol"}),
    ("odoo-invoices", {"invoicedate", "amountresidualsigned"}),
)


def _name_of_format(columns: Sequence[str], source: str) -> str:
    prints = {fingerprint(column) for column in columns}
    named = next((name for name, needed in _PROGRAMS if needed <= prints), None)
    return f"{named}-{source}" if named == "sap-fbl5n" else named or source


def _without_totals(table: RawTable) -> RawTable:
    """Leave out totals and repeated headers: rows that name no invoice and no debtor."""
    places = _identifying_places(table.columns)
    amounts = _amount_places(table.columns)
    kept = [row for row in table.rows if not _is_total(row, table.columns, places, amounts)]
    skipped = len(table.rows) - len(kept)
    if not skipped:
        return table
    finding = Finding("total_rows_skipped", Severity.WARNING, params={"count": skipped})
    return replace(table, rows=kept).with_findings(finding)


def _identifying_places(columns: Sequence[str]) -> list[int]:
    wanted = {"invoice_number", "name", "account", "invoiced_on", "due_on"}
    return [
        place for place, column in enumerate(columns)
        if (known := recognise_header(column)) and known[0] in wanted
    ]  # fmt: skip


def _amount_places(columns: Sequence[str]) -> list[int]:
    return [
        place for place, column in enumerate(columns)
        if (known := recognise_header(column)) and known[0] in AMOUNTS
    ]  # fmt: skip


def _is_total(
    row: RawRow, columns: Sequence[str], places: Sequence[int], amounts: Sequence[int]
) -> bool:
    cells = row.cells
    named = [cells[place].strip() for place in places if place < len(cells)]
    named = [cell for cell in named if cell]
    if not named:
        # Nothing says which claim it is; a row without any amount either is an empty one.
        return bool(places)
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) == 1 and _PAGE.match(filled[0]):
        return True
    if len(named) == 1 and any(_TOTAL.match(cell) for cell in cells if cell):
        return any(place < len(cells) and cells[place].strip() for place in amounts)
    return [cell.strip() for cell in cells[: len(columns)]] == list(columns)


def _evened(table: RawTable) -> RawTable:
    """Report rows with more values than columns; short rows are filled up with empty cells."""
    width = len(table.columns)
    rows = [row if len(row.cells) == width else _even(row, width) for row in table.rows]
    if not rows:
        finding = Finding("list_without_rows", Severity.ERROR)
        return replace(table, rows=rows).with_findings(finding)
    return replace(table, rows=rows)


def _even(row: RawRow, width: int) -> RawRow:
    cells = list(row.cells)
    surplus = any(cell.strip() for cell in cells[width:])
    params = {"cells": len(cells), "columns": width}
    ragged = Finding("rows_ragged", Severity.ERROR, line=row.line, params=params)
    findings = (*row.findings, ragged) if surplus else row.findings
    filled = (cells + [""] * (width - len(cells)))[:width]
    return replace(row, cells=filled, findings=findings)
