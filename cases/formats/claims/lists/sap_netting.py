"""Part payments in SAP lists stand as rows of their own with the assignment of their invoice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cases.formats.amounts import Notation, parse_cents
from cases.formats.cells import CellUnreadable
from cases.formats.claims.conventions import Conventions
from cases.formats.claims.rows import field_places
from cases.formats.raw_table import RawRow, RawTable
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "items_netted": N_(
        "{count} rows were payments or credits on an invoice of the list and were set off against "
        "it. Please check what is open."
    ),
}
_PAID, _OPEN = "Paid (set off)", "Open (set off)"


def net_items(
    table: RawTable, mapping: Mapping[str, str], conventions: Conventions
) -> tuple[RawTable, dict[str, str]]:
    """Set payments off against the one invoice with the same customer and assignment."""
    places = dict(field_places(table.columns, mapping))
    if not {"invoice_number", "total"} <= places.keys() or {"paid", "open"} & places.keys():
        return table, dict(mapping)
    notation = conventions.notation.get("total", Notation())
    netted: dict[int, tuple[int, int]] = {}
    dropped: set[int] = set()
    for group in _groups(table.rows, places):
        invoice = _net(table.rows, group, places["total"], notation)
        if invoice is not None:
            netted[invoice[0]] = invoice[1:]
            dropped.update(place for place in group if place != invoice[0])
    if not netted:
        return table, dict(mapping)
    rows = [_with(row, netted.get(place)) for place, row in enumerate(table.rows)
            if place not in dropped]  # fmt: skip
    finding = Finding("items_netted", Severity.WARNING, params={"count": len(dropped)})
    result = replace(table, columns=(*table.columns, _PAID, _OPEN), rows=rows)
    return result.with_findings(finding), {**mapping, _PAID: "paid", _OPEN: "open"}


def _groups(rows: Sequence[RawRow], places: Mapping[str, int]) -> list[list[int]]:
    """Rows of one customer with one assignment, where there are several."""
    groups: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        number = row.cells[places["invoice_number"]].strip()
        customer = row.cells[places["account"]].strip() if "account" in places else ""
        if number:
            groups.setdefault((customer, number), []).append(place)
    return [group for group in groups.values() if len(group) > 1]


def _net(
    rows: Sequence[RawRow], group: Sequence[int], amount: int, notation: Notation
) -> tuple[int, int, int] | None:
    """The invoice among the rows, what is paid of it and what is open; None if it is not clear."""
    try:
        cents = {place: parse_cents(rows[place].cells[amount], notation) for place in group}
    except CellUnreadable:
        return None
    invoices = [place for place, each in cents.items() if each > 0]
    if len(invoices) != 1 or any(each == 0 for each in cents.values()):
        return None
    left = sum(cents.values())
    return (invoices[0], cents[invoices[0]] - left, left)


def _with(row: RawRow, amounts: tuple[int, int] | None) -> RawRow:
    cells = ["", ""] if amounts is None else [_decimal(each) for each in amounts]
    return replace(row, cells=[*row.cells, *cells])


def _decimal(cents: int) -> str:
    """Two decimals read in one way only, whatever the notation of the column."""
    whole = abs(cents)
    return f"{'-' if cents < 0 else ''}{whole // 100}.{whole % 100:02d}"
