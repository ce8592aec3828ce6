"""CSV exports without a header line: columns are known by what stands in every row of them."""

from collections.abc import Mapping, Sequence

from cases.formats.bank.csv_columns import Layout
from cases.formats.bank.csv_values import decimal_mark, parse_amount, parse_day
from cases.formats.identifiers import find_iban

#: Columns are judged by this many rows.
JUDGED_ROWS = 200
CURRENCY_LENGTH = 3
#: Where the file names no currency, the country of its own account does, with a warning.
EURO_COUNTRIES = ("DE", "AT")
MIN_COLUMNS = 3  # Day, text, amount.


def find_headless_layout(rows: Sequence[Sequence[str]]) -> Layout | None:
    """Day, amount, currency and text by content; None unless the first row is a payment already.

    What stands in front of the days may be a header in words we do not know, and then the columns
    have to be asked for. Two columns of amounts tell which is the debit only by its minus; a
    second one that is always filled must be the balance by its figures.
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    judged = [row for row in filled if any(map(parse_day, row))][:JUDGED_ROWS]
    width = min((len(row) for row in judged), default=0)
    if width < MIN_COLUMNS or judged[0] is not filled[0] or 2 * len(judged) < len(filled):
        return None
    columns = {index: [row[index].strip().strip("'") for row in judged] for index in range(width)}
    days = [index for index, cells in columns.items() if all(map(parse_day, cells))]
    money = _money_columns({index: cells for index, cells in columns.items() if index not in days})
    texts = [index for index, cells in columns.items() if _is_text(cells)]
    if not days or not money or not texts:
        return None
    layout = {
        "booked_on": (days[0],),
        "purpose": (max(texts, key=lambda index: sum(map(len, columns[index]))),),
        **money,
    }
    if len(days) > 1:
        layout["value_on"] = (days[1],)
    for index, cells in columns.items():
        if all(len(cell) == CURRENCY_LENGTH and cell.isupper() for cell in cells):
            layout["currency"] = (index,)
        elif len(set(cells)) == 1 and find_iban(cells[0]):
            layout["account"] = (index,)
    own = next((columns[index][0] for index in layout.get("account", ())), "")
    usual = "EUR" if own.startswith(EURO_COUNTRIES) else ""
    return Layout("headless", None, layout, known=False, usual_currency=usual)


def _money_columns(columns: Mapping[int, Sequence[str]]) -> dict[str, tuple[int, ...]]:
    """The column of amounts, or the two of debits (with a minus) and credits; else nothing."""
    amounts = [index for index, cells in columns.items() if _is_money(cells)]
    if len(amounts) == 1:
        return {"amount": (amounts[0],)}
    if amounts:
        first, second = columns[amounts[0]], columns[amounts[1]]
        return {"amount": (amounts[0],)} if _is_balance(first, second) else {}
    halves = [index for index, cells in columns.items() if _is_money([c for c in cells if c])]
    if len(halves) != len(("debit", "credit")):
        return {}
    pairs = list(zip(*(columns[index] for index in halves), strict=True))
    debits = [index for index in halves if all(c[:1] in {"", "-"} for c in columns[index])]
    if len(debits) != 1 or any(bool(one) == bool(other) for one, other in pairs):
        return {}
    return {"debit": (debits[0],), "credit": (next(h for h in halves if h != debits[0]),)}


def _is_text(cells: Sequence[str]) -> bool:
    """Whether a column holds words: neither days nor accounts."""
    return not any(parse_day(cell[:10]) or find_iban(cell) for cell in cells) and any(
        len(cell) > CURRENCY_LENGTH for cell in cells
    )


def _is_money(cells: Sequence[str]) -> bool:
    """Whether every cell is an amount and at least one has decimals."""
    mark = decimal_mark(cells)
    return mark is not None and all(
        cell and parse_amount(cell, "EUR", mark) is not None for cell in cells
    )


def _is_balance(amounts: Sequence[str], balances: Sequence[str]) -> bool:
    """Whether the second column follows from the first, upwards or downwards."""
    cents = [parse_amount(cell, "EUR", decimal_mark(amounts)) or 0 for cell in amounts]
    sums = [parse_amount(cell, "EUR", decimal_mark(balances)) or 0 for cell in balances]
    steps = range(len(cents) - 1)
    down = all(sums[at] == sums[at + 1] + cents[at] for at in steps)
    return down or all(sums[at + 1] == sums[at] + cents[at + 1] for at in steps)
