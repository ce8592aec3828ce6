"""DATEV's debtor master data (category 16): names and addresses for lists that only know accounts.

Source: open_items (columns by title, Adressatentyp 1 person, 2 company).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cases.formats.claims.lists.datev import MASTER_CATEGORY, is_datev_format
from cases.formats.claims.lists.delimited import read_delimited
from cases.formats.claims.lists.fingerprints import fingerprint
from cases.formats.claims.rows import field_places
from cases.formats.content import Content, recognise
from cases.formats.gate import Refused
from cases.formats.raw_table import RawRow, RawTable
from cases.formats.text import decode

#: Account -> field -> cell.
Debtors = Mapping[str, Mapping[str, str]]
NOBODY: Debtors = {}
#: Field -> titles of the columns that hold it, the preferred one first.
_TITLES = {
    "name": ("nameadressatentypunternehmen", "nameadressatentypnatuerlperson",
             "nameadressatentypkeineangabe"),
    "first_name": ("vornameadressatentypnatuerlperson",),
    "street": ("strasse", "postfach"), "postcode": ("postleitzahl",), "city": ("ort",),
    "country": ("land",), "email": ("email",), "phone": ("telefon",),
    "vat_id": ("euustidnr",),
}  # fmt: skip


def read_debtors(data: bytes) -> dict[str, dict[str, str]] | None:
    """Account -> cells of a debtor master file; None if the file is something else."""
    try:
        if recognise(data) is not Content.TEXT:
            return None
        grid = read_delimited(decode(data))
    except Refused:
        return None
    if len(grid.rows) < len(("head", "titles")) or not is_datev_format(grid):
        return None
    if grid.rows[0].cells[2].strip() != MASTER_CATEGORY:
        return None
    titles = [fingerprint(title) for title in grid.rows[1].cells]
    return dict(_debtors(grid.rows[2:], titles))


def _debtors(rows: Sequence[RawRow], titles: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    for row in rows:
        named = dict(zip(titles, (cell.strip() for cell in row.cells), strict=False))
        cells = {
            field: next((named[title] for title in wanted if named.get(title)), "")
            for field, wanted in _TITLES.items()
        }
        # The VAT number stands in two columns, its country first.
        cells["vat_id"] = named.get("euland", "") + cells["vat_id"] if cells["vat_id"] else ""
        account = named.get("konto", "").lstrip("0")
        if account:
            yield account, {field: text for field, text in cells.items() if text}


def complete(
    table: RawTable, mapping: Mapping[str, str], debtors: Debtors
) -> tuple[RawTable, dict[str, str]]:
    """Add names and addresses by account, as further columns; what the list says itself stays."""
    places = dict(field_places(table.columns, mapping))
    if "account" not in places or not debtors:
        return table, dict(mapping)
    added = [field for field in _TITLES if field not in places]
    columns = {f"Debtor master: {field}": field for field in added}
    rows = [_completed(row, places["account"], added, debtors) for row in table.rows]
    completed = replace(table, columns=(*table.columns, *columns), rows=rows)
    return completed, {**mapping, **columns}


def _completed(row: RawRow, place: int, added: Sequence[str], debtors: Debtors) -> RawRow:
    cells: Mapping[str, str] = debtors.get(row.cells[place].strip().lstrip("0"), {})
    return replace(row, cells=[*row.cells, *(cells.get(field, "") for field in added)])
