"""Odoo's aged receivables: partner rows, indented items, total rows, columns by age."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cases.formats.claims.lists.fingerprints import fingerprint
from cases.formats.raw_table import RawRow, RawTable

_BUCKETS = {"130", "3160", "6190", "91120", "atdate", "older", "aelter", "amdatum", "zumdatum",
            "aelterals120", "nichtfaellig", "notdue"}  # fmt: skip
_FOREIGN_AMOUNTS = {"amountcurrency", "betragwaehrung", "waehrungsbetrag", "betraginwaehrung"}
_MIN_BUCKETS = 4
_TOTALS = ("total", "summe", "gesamt")
_AGES = _BUCKETS | {"total", "gesamt", "summe"}


def is_aged_receivable(columns: Sequence[str]) -> bool:
    """Whether the columns are the ages of receivables."""
    return len(_BUCKETS.intersection(fingerprint(column) for column in columns)) >= _MIN_BUCKETS


def read_aged_receivable(table: RawTable) -> RawTable:
    """Turn items into rows of their own, with the partner above them; totals are never claims."""
    prints = [fingerprint(column) for column in table.columns]
    total = next(place for place, name in enumerate(prints) if name in {"total", "gesamt", "summe"})
    kept = [place for place, name in enumerate(prints) if name not in _AGES and place != 0]
    columns = ("Partner", "Number", *(table.columns[place] for place in kept), "Open")
    rows = [
        replace(row, cells=[partner, row.cells[0].strip(),
                            *(row.cells[place] for place in kept), row.cells[total]])
        for partner, row in _items(table.rows, kept)
    ]  # fmt: skip
    mapping = _mapping(columns)
    return replace(
        table, format="odoo-aged-receivable", columns=columns, rows=rows, mapping=mapping
    )


def _items(rows: Sequence[RawRow], kept: Sequence[int]) -> Iterator[tuple[str, RawRow]]:
    partner = ""
    for row in rows:
        first = row.cells[0]
        has_details = any(row.cells[place].strip() for place in kept)
        if first.strip().casefold().startswith(_TOTALS) and not has_details:
            continue
        if has_details:
            yield partner, row
        elif first.strip():
            partner = first.strip()


def _mapping(columns: Sequence[str]) -> dict[str, str]:
    """Odoo's own names; the amount in the invoice's currency is what is open of it."""
    known = {
        "partner": "name", "number": "invoice_number", "invoicedate": "invoiced_on",
        "rechnungsdatum": "invoiced_on", "expecteddate": "due_on", "erwartetesdatum": "due_on",
        "duedate": "due_on", "faelligkeitsdatum": "due_on", "faelligam": "due_on",
        "currency": "currency", "waehrung": "currency",
    }  # fmt: skip
    prints = {column: fingerprint(column) for column in columns}
    mapping = {column: known[name] for column, name in prints.items() if name in known}
    foreign = [column for column, name in prints.items() if name in _FOREIGN_AMOUNTS]
    mapping[foreign[0] if foreign and "currency" in mapping.values() else "Open"] = "open"
    return mapping
