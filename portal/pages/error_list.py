"""Rows to be corrected as a spreadsheet: every cell as text, none a formula, the reasons first."""

import io
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from cases.intake.cells import INVISIBLE
from cases.intake.formulas import harmless
from portal.pages.intake_words import field_name
from portal.pages.row_view import EDITABLE, RowView, typed_value

#: The usual fields come first, so that a corrected list is recognised when it comes back.
_FIRST = ("invoice_number", "invoiced_on", "due_on", "open", "name", "street", "postcode", "city")


def error_list(rows: Sequence[RowView]) -> bytes:
    """The rows as an XLSX file with a column of reasons."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(gettext("To correct"))
    fields = list(dict.fromkeys((*_FIRST, *EDITABLE)))
    fields = [
        field for field in fields if field in _FIRST or any(_cell(row, field) for row in rows)
    ]
    heading = [gettext("What is wrong"), gettext("Line"), *map(field_name, fields)]
    sheet.column_dimensions["A"].width = 60
    sheet.append([_bold(sheet, text) for text in heading])
    for row in rows:
        reasons = " ".join(each.text for each in row.sentences if each.blocking)
        cells = [reasons, str(row.line), *(_cell(row, field) for field in fields)]
        sheet.append([_text(sheet, cell) for cell in cells])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(row: RowView, field: str) -> str:
    return typed_value(row.values, row.cells, field)


def _text(sheet: Any, cell: str) -> Any:
    written = WriteOnlyCell(sheet, value=harmless(INVISIBLE.sub("", cell)))
    written.data_type = "s"  # Never a formula, whatever the cell begins with.
    return written


def _bold(sheet: Any, text: str) -> Any:
    written = _text(sheet, text)
    written.font = Font(bold=True)
    return written
