"""Lists of positions: several rows for one invoice, each with the sum of one line of it.

The claim is the invoice, so the sums of its lines are added up; a quantity is never an amount.
"""

from collections.abc import Sequence
from dataclasses import replace

from cases.formats.amounts import decide_notation, parse_cents
from cases.formats.cells import CellUnreadable
from cases.formats.claims.lists.fields import AMOUNTS, POSITION_TOTALS
from cases.formats.claims.lists.fingerprints import fingerprint
from cases.formats.claims.lists.headers import recognise_header
from cases.formats.raw_table import RawRow, RawTable
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "positions_summed": N_(
        "The list has a row for every position; the sums of {count} invoices were added up from "
        "their positions. Please check them."
    ),
    "positions_below": N_(
        "Rows that only repeat an invoice's number, without an amount, left out: {count}."
    ),
}


def sum_positions(table: RawTable) -> RawTable:
    """One row for each invoice of a list of positions; any other list as it is."""
    table = _without_continuations(table)
    amount = next(
        (at for at, name in enumerate(table.columns) if fingerprint(name) in POSITION_TOTALS), None
    )
    number = _place_of(table.columns, "invoice_number")
    if amount is None or number is None or _place_of(table.columns, "open") is not None:
        return table
    groups: dict[str, list[RawRow]] = {}
    for row in table.rows:
        key = row.cells[number].strip() or f"#{row.line}"
        groups.setdefault(key, []).append(row)
    notation = decide_notation(row.cells[amount] for row in table.rows if row.cells[amount])
    rows = []
    for group in groups.values():
        try:
            cents = sum(parse_cents(row.cells[amount], notation) for row in group)
        except CellUnreadable:
            rows += group  # Each row says itself what cannot be read.
            continue
        rows.append(_summed(group, amount, cents))
    if len(rows) == len(table.rows):
        return table
    params = {"count": sum(len(group) > 1 for group in groups.values())}
    finding = Finding("positions_summed", Severity.WARNING, params=params)
    return replace(table, rows=rows).with_findings(finding)


def _without_continuations(table: RawTable) -> RawTable:
    """A list in which further positions of an invoice stand below it without amounts of theirs."""
    number = _place_of(table.columns, "invoice_number")
    if number is None:
        number = _place_by_name(table.columns)
    amounts = [
        at for at, name in enumerate(table.columns)
        if (known := recognise_header(name)) and known[0] in AMOUNTS
    ]  # fmt: skip
    if number is None or not amounts:
        return table
    seen: set[str] = set()
    rows = []
    for row in table.rows:
        written = row.cells[number].strip()
        if written and written in seen and not any(row.cells[at].strip() for at in amounts):
            continue
        seen.add(written)
        rows.append(row)
    if len(rows) == len(table.rows):
        return table
    params = {"count": len(table.rows) - len(rows)}
    finding = Finding("positions_below", Severity.WARNING, params=params)
    return replace(table, rows=rows).with_findings(finding)


def _place_by_name(columns: Sequence[str]) -> int | None:
    prints = [fingerprint(column) for column in columns]
    return prints.index("name") if {"name", "billingname"} <= set(prints) else None


def _summed(group: Sequence[RawRow], amount: int, cents: int) -> RawRow:
    cells = list(group[0].cells)
    sign, whole = "-" if cents < 0 else "", abs(cents)
    cells[amount] = f"{sign}{whole // 100}.{whole % 100:02d}"
    return replace(group[0], cells=cells, findings=tuple(f for row in group for f in row.findings))


def _place_of(columns: Sequence[str], field: str) -> int | None:
    for place, column in enumerate(columns):
        known = recognise_header(column)
        if known and known[0] == field:
            return place
    return None
