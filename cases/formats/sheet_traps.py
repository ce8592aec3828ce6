"""What a sheet hides: formulas whose result was never saved, and rows nobody sees."""

import re
from collections.abc import Iterator

from legal.findings import N_, Finding, Severity

MESSAGES = {
    "formula_without_value": N_(
        "Cell {cell} holds a formula without a saved result, so it was read as empty. Open the "
        "file in your spreadsheet program and save it again."
    ),
    "row_hidden": N_("This row is hidden in the sheet. It was read like the others."),
}
_EMPTY_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*'
    rb"(?:<v\s*/>|<v></v>)?\s*</c>"
)
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d{1,7})"')


#: Line of a sheet -> what is to be said about it.
SheetTraps = dict[int, list[Finding]]


def sheet_traps(sheet: bytes) -> SheetTraps:
    """What is to be said about the lines of a sheet, from its XML."""
    found: SheetTraps = {}
    for line, finding in (*_formulas(sheet), *_hidden(sheet)):
        found.setdefault(line, []).append(finding)
    return found


def _formulas(sheet: bytes) -> Iterator[tuple[int, Finding]]:
    if b"<f" not in sheet:
        return
    for column, row in _EMPTY_FORMULA.findall(sheet):
        line, cell = int(row), (column + row).decode()
        params = {"cell": cell}
        yield line, Finding("formula_without_value", Severity.ERROR, line=line, params=params)


def _hidden(sheet: bytes) -> Iterator[tuple[int, Finding]]:
    for row in _HIDDEN_ROW.findall(sheet):
        yield int(row), Finding("row_hidden", Severity.WARNING, line=int(row))
