"""Amounts that a list gives in cents, as programs of shops and payments do (`amount_cents`)."""

import re
from dataclasses import replace

from cases.formats.claims.lists.fields import MONEY
from cases.formats.claims.lists.headers import recognise_header
from cases.formats.raw_table import RawTable
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "amounts_in_cents": N_("The column “{column}” was read in cents, as its name says."),
}
_CENTS = re.compile(r"(?:^|[^a-z])(?:euro)?cents?(?:$|[^a-z])", re.IGNORECASE)
_WHOLE = re.compile(r"^(-?)(\d{1,12})$")


def in_whole_units(table: RawTable) -> RawTable:
    """The table with amounts in cents written as amounts."""
    places = [
        place for place, column in enumerate(table.columns)
        if _CENTS.search(column) and (known := recognise_header(column)) and known[0] in MONEY
    ]  # fmt: skip
    for place in places:
        rows = [
            replace(row, cells=[
                _written(cell) if at == place else cell for at, cell in enumerate(row.cells)
            ])
            for row in table.rows
        ]  # fmt: skip
        params = {"column": table.columns[place]}
        finding = Finding("amounts_in_cents", Severity.WARNING, params=params)
        table = replace(table, rows=rows).with_findings(finding)
    return table


def _written(cell: str) -> str:
    whole = _WHOLE.match(cell.strip())
    return f"{whole[1]}{whole[2].zfill(3)[:-2]}.{whole[2].zfill(3)[-2:]}" if whole else cell
