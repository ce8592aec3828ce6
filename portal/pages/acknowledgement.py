"""What became of an upload, row by row, as a spreadsheet for the creditor's own records."""

import io
from collections.abc import Iterator, Sequence

import xlsxwriter
from flask_babel import gettext

from cases.formats.cells import INVISIBLE
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.claims.lists.formulas import harmless
from cases.intake.kept import row_of
from cases.intake.models import SubmissionRow
from portal.pages.row_view import RowView
from portal.shell.formatting import plain_amount

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def acknowledgement_of(
    opened: Sequence[tuple[SubmissionRow, str]], left: Sequence[RowView]
) -> bytes:
    """The rows in cases first, then those left with their reason; no cell is a formula."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(gettext("Acknowledgement"))
        for at, line in enumerate(_table(opened, left)):
            for column, cell in enumerate(line):
                sheet.write_string(at, column, harmless(INVISIBLE.sub("", cell)))
    return content.getvalue()


def _table(
    opened: Sequence[tuple[SubmissionRow, str]], left: Sequence[RowView]
) -> Iterator[Sequence[str]]:
    yield [
        gettext("Line"),
        gettext("Invoice number"),
        gettext("Debtor"),
        gettext("Amount"),
        gettext("Case"),
        gettext("State"),
        gettext("Reason"),
    ]
    for row, number in opened:
        values = row_of(row.parsed or {}, row.line)
        yield [*_claim(values), number, gettext("In a case"), ""]
    for view in left:
        reasons = " ".join(each.text for each in view.sentences)
        yield [*_claim(view.values), "", view.state[0], reasons]


def _claim(values: ClaimRow) -> list[str]:
    cents = values.open_cents
    amount = "" if cents is None else plain_amount(abs(cents), grouping=False)
    return [
        str(values.line),
        values.invoice_number or "",
        values.debtor.name or "",
        f"-{amount}" if cents is not None and cents < 0 else amount,
    ]
