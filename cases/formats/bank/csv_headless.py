"""CSV exports without a header line: columns are known by what stands in every row of them."""

from collections.abc import Sequence

from cases.formats.bank.csv_columns import Layout
from cases.formats.bank.csv_values import decimal_mark, parse_amount, parse_day

#: Columns are judged by this many rows.
JUDGED_ROWS = 200
CURRENCY_LENGTH = 3


def find_headless_layout(rows: Sequence[Sequence[str]]) -> Layout | None:
    """Day, amount, currency and text by content; None unless rows begin with a day.

    Two columns of amounts that are filled in turn do not tell which of them is the credit, so
    such a file is not read.
    """
    judged = [row for row in rows if row and parse_day(row[0])][:JUDGED_ROWS]
    width = min((len(row) for row in judged), default=0)
    if width < 3 or 2 * len(judged) < len(rows[:JUDGED_ROWS]):  # noqa: PLR2004 - day, text, amount.
        return None
    columns = {index: [row[index].strip().strip("'") for row in judged] for index in range(width)}
    days = [index for index, cells in columns.items() if all(map(parse_day, cells))]
    amounts = [index for index, cells in columns.items() if index not in days and _is_money(cells)]
    texts = [index for index in columns if index not in {*days, *amounts}]
    if not amounts or not texts:
        return None
    layout = {
        "booked_on": days[0],
        "amount": amounts[0],
        "purpose": max(texts, key=lambda index: sum(map(len, columns[index]))),
    }
    if len(days) > 1:
        layout["value_on"] = days[1]
    for index, cells in columns.items():
        if all(len(cell) == CURRENCY_LENGTH and cell.isupper() for cell in cells):
            layout["currency"] = index
    return Layout("headless", None, layout, known=False)


def _is_money(cells: Sequence[str]) -> bool:
    """Whether every cell is an amount and at least one has decimals."""
    mark = decimal_mark(cells)
    return mark is not None and all(
        cell and parse_amount(cell, "EUR", mark) is not None for cell in cells
    )
