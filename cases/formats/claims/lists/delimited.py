"""Text lists (CSV, tab-separated, Excel's Unicode text): from text to lines of cells.

A quote that is never closed would swallow the rest of the file in an ordinary CSV reader; here a
record may span a few lines, and beyond that its first line is read by itself and reported.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from cases.formats.raw_table import Grid, RawRow
from cases.formats.text import Decoded
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "quotes_broken": N_(
        "A quotation mark in this line is not closed or stands in the wrong place. Please check "
        "whether all values stand in their column."
    ),
    "line_too_long": N_(
        "Line {line} has {length} characters and was not read; at most {limit} are possible."
    ),
}
DELIMITERS = (";", "\t", ",", "|", "^", "~")
MAX_LINE = 200_000
MAX_RECORD_LINES = 40
_SAMPLE_LINES = 60
#: Beyond these limits a cell is kept by itself: the memory for finding repeats is limited too.
_SHARING_COLUMNS, _SHARED_CELLS = 300, 2_000
_LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTE = '"'
_CONTROLS = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 127)))


def read_delimited(decoded: Decoded) -> Grid:
    """Split a text into lines of cells with the delimiter that fits best."""
    lines = _LINE_END.split(decoded.text)
    delimiter = find_delimiter(lines)
    findings = list(decoded.findings)
    rows = [row for row in _records(lines, delimiter, findings) if _says_something(row.cells)]
    return Grid(_source(delimiter, decoded), decoded.encoding, rows, tuple(findings))


def _says_something(cells: Sequence[str]) -> bool:
    """Whether a line holds more than marks that old programs end a file with (Ctrl-Z)."""
    return any(cell.strip(_CONTROLS) for cell in cells)


def _sharing() -> Callable[[Sequence[str]], Sequence[str]]:
    """Cells that repeat in a column (days, towns) are kept once, which halves a large list."""
    known: list[dict[str, str]] = []

    def share(cells: Sequence[str]) -> Sequence[str]:
        if len(cells) > _SHARING_COLUMNS:
            return cells
        known.extend({} for _ in range(len(cells) - len(known)))
        return [
            seen.get(cell) or (seen.setdefault(cell, cell) if len(seen) < _SHARED_CELLS else cell)
            for cell, seen in zip(cells, known, strict=False)
        ]

    return share


def _source(delimiter: str, decoded: Decoded) -> str:
    """What the list is called: Excel writes its "Unicode text" in UTF-16 with tabs."""
    if delimiter != "\t":
        return "csv"
    return "excel-unicode-text" if decoded.encoding.startswith("utf-16") else "tab-separated"


def find_delimiter(lines: list[str]) -> str:
    """The delimiter that splits most lines into the same number of cells."""
    sample = [line[:MAX_LINE] for line in lines[:_SAMPLE_LINES] if line.strip()]
    return max(DELIMITERS, key=lambda sign: _consistency(sample, sign))


def _consistency(sample: list[str], delimiter: str) -> float:
    widths = Counter(len(_split(line, delimiter)[0]) for line in sample if delimiter in line)
    if not widths:
        return 0.0
    width, lines = max(widths.items(), key=lambda item: item[1] * (item[0] - 1))
    return lines / len(sample) * (1 + min(width, 30) / 10)


def _records(lines: list[str], delimiter: str, findings: list[Finding]) -> Iterator[RawRow]:
    """Records with the number of their first line; a record is longer only inside quotes."""
    share = _sharing()
    position = 0
    while position < len(lines):
        number, line = position + 1, lines[position]
        if len(line) > MAX_LINE:
            findings.append(_too_long(number, len(line)))
            position += 1
            continue
        taken, cells, clean = _record_at(lines, position, delimiter)
        yield RawRow(number, share(cells), () if clean else (_broken(number),))
        position += taken


def _record_at(lines: list[str], position: int, delimiter: str) -> tuple[int, list[str], bool]:
    """The lines a record takes, its cells, and whether its quotes are in order."""
    line = lines[position]
    if _QUOTE not in line:
        return 1, line.split(delimiter), True
    taken = _lines_of_record(lines, position)
    if taken > 1:
        cells = _strict("\n".join(lines[position : position + taken]), delimiter)
        if cells is not None:
            return taken, cells, True
    return 1, *_split(line, delimiter)


def _lines_of_record(lines: list[str], position: int) -> int:
    """How many lines the record has; 0 if a quote of its first line is never closed."""
    quotes = 0
    for taken, line in enumerate(lines[position : position + MAX_RECORD_LINES], start=1):
        if len(line) > MAX_LINE:
            return 0
        quotes += line.count(_QUOTE)
        if quotes % 2 == 0:
            return taken
    return 0


def _split(line: str, delimiter: str) -> tuple[list[str], bool]:
    """The cells of a line, and whether its quotes are in order."""
    if _QUOTE not in line:
        return line.split(delimiter), True
    cells = _strict(line, delimiter)
    if cells is not None:
        return cells, True
    if line.count(_QUOTE) % 2 == 0:
        return next(csv.reader([line], delimiter=delimiter), []), False
    return [cell.strip().strip(_QUOTE) for cell in line.split(delimiter)], False


def _strict(record: str, delimiter: str) -> list[str] | None:
    csv.field_size_limit(MAX_LINE * MAX_RECORD_LINES)
    lines = [line + "\n" for line in record.split("\n")]
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        cells = next(reader)
    except (csv.Error, StopIteration):
        return None
    return cells if reader.line_num == len(lines) else None


def _broken(line: int) -> Finding:
    return Finding("quotes_broken", Severity.ERROR, line=line)


def _too_long(line: int, length: int) -> Finding:
    params = {"line": line, "length": length, "limit": MAX_LINE}
    return Finding("line_too_long", Severity.ERROR, line=line, params=params)
