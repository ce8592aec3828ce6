"""A report as a file for others: CSV and XLSX with the same rows. Amounts are numbers, in euro."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from cases.recoveries.reports.shape import Figures, Unit

#: What a spreadsheet must not take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FORMATS = {
    Unit.MONEY: "#,##0.00",
    Unit.SHARE: "0.0%",
    Unit.DAYS: "0.0",
    Unit.COUNT: "#,##0",
    Unit.DAY: "dd.mm.yyyy",
    Unit.MONTH: "mm/yyyy",
}


@dataclass(frozen=True, slots=True)
class Titled:
    """A report with its words in the reader's language."""

    title: str
    definition: str
    as_of: str  # Key date and what it is limited to, as one line.
    labels: Sequence[str]
    total: str
    figures: Figures
    words: dict[str, dict[str, str]]


def cells_of(report: Titled) -> Iterator[tuple[Any, ...]]:
    """The rows with words for codes; the total last."""
    columns = report.figures.columns
    for row in report.figures.rows:
        yield tuple(_cell(row[c.name], report.words.get(c.name)) for c in columns)
    total = report.figures.total
    if total is not None:
        yield (report.total, *(_cell(total[c.name], None) for c in columns[1:]))


def as_csv(report: Titled) -> bytes:
    """Semicolons, decimal commas, UTF-8 with a byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(report.labels)
    units = [column.unit for column in report.figures.columns]
    for cells in cells_of(report):
        writer.writerow([_plain(cell, unit) for cell, unit in zip(cells, units, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(report: Titled) -> bytes:
    """One sheet with the rows, one with the definition; numbers stay numbers."""
    return as_workbook([report])


def as_workbook(reports: Sequence[Titled]) -> bytes:
    """A sheet for each report, the last one with the definitions."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    for report in reports:
        _write_sheet(book, report)
    about = book.add_worksheet("Definition")
    about.set_column(0, 0, 100)
    lines = [words for each in reports for words in (each.title, each.as_of, each.definition)]
    for line, words in enumerate(lines):
        about.write_string(line, 0, words)
    book.close()
    return out.getvalue()


def _write_sheet(book: Any, report: Titled) -> None:
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    formats = {unit: book.add_format({"num_format": shown}) for unit, shown in _FORMATS.items()}
    sheet.write_row(0, 0, report.labels, bold)
    for place, column in enumerate(report.figures.columns):
        sheet.set_column(place, place, 18, formats.get(column.unit))
    units = [column.unit for column in report.figures.columns]
    for line, cells in enumerate(cells_of(report), start=1):
        for place, (cell, unit) in enumerate(zip(cells, units, strict=True)):
            _write(sheet, line, place, cell, unit, formats)
    sheet.freeze_panes(1, 0)


def _write(sheet: Any, line: int, place: int, cell: Any, unit: Unit, formats: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        sheet.write_datetime(line, place, cell, formats[unit])
    elif isinstance(cell, int | Decimal):
        value = Decimal(cell).scaleb(-2) if unit is Unit.MONEY else cell
        sheet.write_number(line, place, value, formats.get(unit))
    else:
        sheet.write_string(line, place, str(cell))


def _cell(value: Any, words: dict[str, str] | None) -> Any:
    return words.get(value, value) if words and isinstance(value, str) else value


def _plain(cell: Any, unit: Unit) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%m/%Y}" if unit is Unit.MONTH else f"{cell:%d.%m.%Y}"
    if isinstance(cell, int | Decimal):
        value = Decimal(cell).scaleb(-2) if unit is Unit.MONEY else cell
        return str(value).replace(".", ",")
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
