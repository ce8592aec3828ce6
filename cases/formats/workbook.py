"""Workbooks (XLSX, XLS, ODS) by python-calamine: typed cells become text read in one way only."""

import io
import math
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from cases.formats.archives import open_archive, read_entry
from cases.formats.content import Content
from cases.formats.gate import Refused
from cases.formats.raw_table import Grid, RawRow
from cases.formats.sheet_traps import SheetTraps, sheet_traps
from legal.findings import N_, Finding, Severity

MAX_ROWS = 250_000
MAX_COLUMNS = 300
#: A cell costs the reader about 32 bytes, so this keeps a sheet below 200 MB.
MAX_CELLS = 6_000_000

MESSAGES = {
    "workbook_unreadable": N_(
        "The workbook cannot be opened. Please save it again as XLSX, or as CSV."
    ),
    "sheet_too_large": N_(
        "The sheet spreads over more than {limit} cells. Please delete what does not belong to the "
        "list, or save it as CSV."
    ),
    "workbook_cut": N_("The sheet has more than {limit} rows; the rest was not read."),
    "sheets_ignored": N_("Only the sheet “{sheet}” was read, not: {others}."),
}
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d{1,7})"')
_COLUMN = re.compile(rb' r="([A-Z]{1,3})\d')
_SHEET_NUMBER = re.compile(r"^xl/worksheets/sheet(\d{1,4})\.xml$")
_ODS_PARTS = {"content.xml", "styles.xml"}
#: Cells with a value, how often one is repeated, and how often its row is.
_FILLED = re.compile(rb"<table:table-cell ([^>]{0,400}office:value[^>]{0,400})>")
_REPEATED = re.compile(rb'number-columns-repeated="(\d{1,9})"')
_ROWS = re.compile(rb'^[^>]{0,400}number-rows-repeated="(\d{1,9})"')
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TEXT_PARTS = {"xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"}
_SIGNIFICANT_DIGITS = 15  # What a binary floating point number can hold.
_PLACES = 6


def read_workbook(data: bytes, content: Content) -> list[Grid]:
    """The visible sheets that hold anything, in their order.

    Raises:
        Refused: it cannot be opened, or is a bomb.
    """
    traps: list[SheetTraps] = []
    if content is Content.XLSX:
        traps = _check_sheets(data)
    elif content is Content.ODS:
        _check_tables(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = [
            _read_sheet(book, sheet.name, content, traps[place] if place < len(traps) else {})
            for place, sheet in enumerate(book.sheets_metadata)
            if sheet.visible is SheetVisibleEnum.Visible
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise Refused("workbook_unreadable") from error
    return [grid for grid in grids if grid.rows]


def _check_sheets(data: bytes) -> list[SheetTraps]:
    """Unpack everything once: sizes that lie, and sheets that would need endless memory.

    The reader keeps every cell of the used rectangle, so two cells in far corners are a bomb.
    """
    traps: dict[int, SheetTraps] = {}
    with open_archive(data) as archive:
        for entry in archive.infolist():
            is_sheet = entry.filename.startswith("xl/worksheets/")
            content = read_entry(archive, entry, keep=is_sheet or entry.filename in _TEXT_PARTS)
            if _DOCTYPE.search(content):
                raise Refused("workbook_unreadable")
            if is_sheet and _area(content) > MAX_CELLS:
                raise Refused("sheet_too_large", limit=MAX_CELLS)
            if number := _SHEET_NUMBER.search(entry.filename):
                traps[int(number.group(1))] = sheet_traps(content)
    return [traps[number] for number in sorted(traps)]


def _check_tables(data: bytes) -> None:
    """Unpack everything of an ODS once; a table spreads by counts of repeats, which must add up."""
    with open_archive(data) as archive:
        for entry in archive.infolist():
            content = read_entry(archive, entry, keep=entry.filename in _ODS_PARTS)
            if _DOCTYPE.search(content):
                raise Refused("workbook_unreadable")
            if sum(map(_filled_cells, content.split(b"<table:table-row")[1:])) > MAX_CELLS:
                raise Refused("sheet_too_large", limit=MAX_CELLS)


def _filled_cells(row: bytes) -> int:
    """How many cells a row of an ODS stands for; empty repeats at its end cost nothing."""
    repeats = (_REPEATED.search(tag) for tag in _FILLED.findall(row))
    cells = sum(int(each[1]) if each else 1 for each in repeats)
    rows = _ROWS.match(row)
    return cells * int(rows[1]) if rows else cells


def _area(sheet: bytes) -> int:
    rows = max((int(row) for row in _ROW.findall(sheet)), default=0)
    columns = max((_column_number(name) for name in set(_COLUMN.findall(sheet))), default=0)
    return rows * columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("@")
    return number


def _read_sheet(book: CalamineWorkbook, name: str, content: Content, traps: SheetTraps) -> Grid:
    sheet = book.get_sheet_by_name(name)
    cells = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS + 1)
    if content is Content.XLSX:
        _fill_merged(cells, sheet.merged_cell_ranges or [])
    findings: list[Finding] = []
    if len(cells) > MAX_ROWS:
        params = {"limit": MAX_ROWS}
        findings.append(Finding("workbook_cut", Severity.ERROR, line=MAX_ROWS, params=params))
    rows = [
        RawRow(line, texts, tuple(traps.get(line, ())))
        for line, row in enumerate(cells[:MAX_ROWS], start=1)
        if any(texts := _texts(row))
    ]
    return Grid(content.value, content.value, rows, tuple(findings), name)


def _fill_merged(
    cells: list[list[Any]], ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    """A cell that spans rows holds for each of them; titles across columns stay as they are."""
    for (top, left), (bottom, right) in ranges:
        if left != right or top >= len(cells):
            continue
        for row in cells[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = cells[top][left]


Cell = int | float | str | bool | time | date | datetime | timedelta


def _texts(row: Iterable[Cell]) -> list[str]:
    return [text_of(cell) for cell in list(row)[:MAX_COLUMNS]]


def text_of(cell: Cell) -> str:
    """A typed cell as text: days in ISO form, numbers with a decimal point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, int | float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _number_text(cell: int | float) -> str:
    """A number without binary noise; three decimals become four, which no thousands sign has."""
    if isinstance(cell, int):
        return str(cell)
    if not math.isfinite(cell):
        return ""
    if cell.is_integer():
        return str(int(cell))
    number = round(Decimal(f"{cell:.{_SIGNIFICANT_DIGITS}g}"), _PLACES)
    text = f"{number:f}".rstrip("0").rstrip(".")
    decimals = len(text.partition(".")[2])
    return text + "0" if decimals == 3 else text  # noqa: PLR2004 - the width of a group
