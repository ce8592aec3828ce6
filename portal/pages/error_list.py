"""Rows to be corrected as a spreadsheet: every cell as text, none a formula, the reasons first."""

import io
from collections.abc import Iterator, Sequence

import xlsxwriter
from flask_babel import gettext

from cases.formats.cells import INVISIBLE
from cases.formats.claims.lists.formulas import harmless
from portal.pages.intake_words import field_name
from portal.pages.row_view import EDITABLE, RowView, typed_value

#: The usual fields come first, so that a corrected list is recognised when it comes back.
_FIRST = ("invoice_number", "invoiced_on", "due_on", "open", "name", "street", "postcode", "city")


def error_list(rows: Sequence[RowView]) -> bytes:
    """The rows as an XLSX file with a column of reasons."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(gettext("To correct"))
        sheet.set_column(0, 0, 60)
        for at, line in enumerate(_table(rows)):
            for column, cell in enumerate(line):
                # Written as a string: never a formula, whatever the cell begins with.
                text = harmless(INVISIBLE.sub("", cell))
                sheet.write_string(at, column, text, bold if at == 0 else None)
    return content.getvalue()


def _table(rows: Sequence[RowView]) -> Iterator[Sequence[str]]:
    """The headings, then a line for each row; fields that no row has are left out."""
    fields = list(dict.fromkeys((*_FIRST, *EDITABLE)))
    fields = [
        field for field in fields if field in _FIRST or any(_cell(row, field) for row in rows)
    ]
    yield [gettext("What is wrong"), gettext("Line"), *map(field_name, fields)]
    for row in rows:
        reasons = " ".join(each.text for each in row.sentences if each.blocking)
        yield [reasons, str(row.line), *(_cell(row, field) for field in fields)]


def _cell(row: RowView, field: str) -> str:
    return typed_value(row.values, row.cells, field)
