"""Where the headers leave it open, the cells of a column decide what it holds."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from cases.formats.claims.document_types import type_of
from cases.formats.claims.lists.fingerprints import fingerprint
from cases.formats.claims.lists.headers import automatic_mapping
from cases.formats.claims.status_words import answer_of, status_of
from cases.formats.raw_table import RawTable

_DECIDING_CELLS = 100
_NAME_OR_ACCOUNT = {"customer", "kunde", "debitor", "client", "debtor", "konto", "account"}
#: Headers that mean something else as often as what we take them for.
_VAGUE = {"state", "type", "typ", "art"}
_NUMBER = re.compile(r"^[A-Za-z]{0,5}[-_/. #]?\d[\w./-]*$")
_AMOUNT = re.compile(r"^\D{0,5}\d[\d.,' ]*\D{0,5}$")
_DAY = re.compile(r"^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")


def sensible_mapping(table: RawTable) -> dict[str, str]:
    """The automatic mapping of a table, less and other than its headers say where cells differ."""
    mapping = automatic_mapping(table.columns)
    for column, field in list(mapping.items()):
        cells = list(islice(table.column_values(column), _DECIDING_CELLS))
        if field == "paid":
            mapping = _paid(mapping, column, cells)
        elif field in {"status", "document_type"} and fingerprint(column) in _VAGUE:
            read = status_of if field == "status" else type_of
            if not any(map(read, cells)):
                del mapping[column]
    return _order_names(table, _name_or_account(table, mapping))


def _order_names(table: RawTable, mapping: dict[str, str]) -> dict[str, str]:
    """Shops call an order by a “Name” (#1001) and its debtor by a “Billing Name”."""
    called = {fingerprint(column): column for column in table.columns}
    column = called.get("name")
    if "invoice_number" in mapping.values() or not column or "billingname" not in called:
        return mapping
    return mapping if column in mapping else {**mapping, column: "invoice_number"}


def _paid(mapping: dict[str, str], column: str, cells: Sequence[str]) -> dict[str, str]:
    """“Bezahlt” heads sums, days, or a yes; anything else says nothing of an amount."""
    amounts = sum(bool(_AMOUNT.match(cell)) and not _DAY.match(cell) for cell in cells)
    if not cells or amounts * 2 >= len(cells):
        return mapping
    answers = sum(answer_of(cell) is not None or status_of(cell) is not None for cell in cells)
    if answers * 2 >= len(cells) and "settled" not in mapping.values():
        return {**mapping, column: "settled"}
    return {name: field for name, field in mapping.items() if name != column}


def _name_or_account(table: RawTable, mapping: Mapping[str, str]) -> dict[str, str]:
    """“Customer” may head names or numbers; without a column for the other, the cells decide."""
    fields = {field: column for column, field in mapping.items()}
    for taken, other in (("account", "name"), ("name", "account")):
        column = fields.get(taken)
        if column is None or other in fields or fingerprint(column) not in _NAME_OR_ACCOUNT:
            continue
        cells = list(islice(table.column_values(column), _DECIDING_CELLS))
        numbers = sum(bool(_NUMBER.match(cell.strip())) for cell in cells)
        if cells and (numbers * 2 < len(cells)) is (taken == "account"):
            return {**mapping, column: other}
    return dict(mapping)
