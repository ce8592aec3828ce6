"""The file of a directory of courts: read, checked, and every mistake named with its line. Pure.

A list with a header, its cells apart by semicolon, comma or tab. `docs/filings.md` describes it.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cases.formats.gate import MAX_LINE, Refused, check_size
from cases.formats.gate import MESSAGES as GATE
from cases.formats.text import decode
from legal.findings import N_, Finding, Severity

#: Column -> what it may be called in the header.
COLUMNS = {
    "postcode": ("plz", "postleitzahl", "postcode"),
    "place": ("ort", "place"),
    "kind": ("gerichtsart", "kind"),
    "court_postcode": ("gericht_plz", "court_postcode"),
    "court_place": ("gericht_ort", "court_place"),
    "court_name": ("gericht_name", "court_name"),
}
REQUIRED = ("postcode", "kind", "court_postcode", "court_place")
#: How a file names the kinds of courts -> how the courts' format does.
KINDS = {"AG": "1", "AMTSGERICHT": "1", "1": "1", "LG": "2", "LANDGERICHT": "2", "2": "2"}
#: Length of the place of a court in the courts' format.
LONGEST_PLACE = 30
MOST_ROWS = 200_000
#: Mistakes that are shown; a file with more of them is wrong as a whole.
SHOWN = 100
_POSTCODE = re.compile(r"[0-9]{5}")

MESSAGES = {
    **GATE,
    "header_missing": N_(
        "The first line has to name the columns; missing: {columns}. Wanted are plz, ort, "
        "gerichtsart, gericht_plz, gericht_ort and gericht_name."
    ),
    "file_unreadable": N_("The file is no list of text. Save it as CSV (UTF-8)."),
    "too_many_rows": N_("The file has more than {most} lines."),
    "postcode_wrong": N_("“{found}” is no postcode of five digits."),
    "kind_unknown": N_("“{found}” is no kind of court; wanted is AG or LG."),
    "court_place_missing": N_("The place of the court is missing."),
    "court_place_long": N_("The place of the court has more than {most} characters."),
    "contradiction": N_("Line {other} names another court for the same postcode and place."),
    "place_and_whole": N_(
        "Line {other} names a court for the whole postcode, so it cannot have one for a place too."
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """The court of one kind for a postcode, or for one place in it."""

    postcode: str
    place: str
    kind: str
    court_postcode: str
    court_place: str
    court_name: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Which question it answers."""
        return (self.postcode, fold(self.place), self.kind)

    @property
    def court(self) -> tuple[str, str]:
        """What goes into an application."""
        return (self.court_postcode, self.court_place)


@dataclass(frozen=True, slots=True)
class DirectoryFile:
    """What a file says; it can be taken only if nothing is wrong with it."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]

    @property
    def courts_count(self) -> int:
        """How many courts it names."""
        return len({(row.kind, row.court_postcode) for row in self.rows})


def read_directory(data: bytes) -> DirectoryFile:
    """All rows, or everything that is wrong with them."""
    try:
        check_size(data)
    except Refused as refused:
        return DirectoryFile((), (refused.finding,))
    text = decode(data).text
    try:
        lines = _cells(text)
        if "\0" in text or not lines:
            return _refused("file_unreadable")
    except csv.Error:
        return _refused("file_unreadable")
    places = _header(lines[0][1])
    if missing := [COLUMNS[name][0] for name in REQUIRED if name not in places]:
        return _refused("header_missing", columns=", ".join(missing))
    if len(lines) > MOST_ROWS:
        return _refused("too_many_rows", most=MOST_ROWS)
    return _checked([(line, _row(cells, places)) for line, cells in lines[1:]])


def fold(place: str) -> str:
    """A place as it is compared: letters only, without capitals."""
    return "".join(c for c in place.casefold() if c.isalnum())


def _cells(text: str) -> list[tuple[int, list[str]]]:
    head = text.split("\n", 1)[0]
    if len(head) > MAX_LINE:
        raise csv.Error
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]


def _header(cells: Sequence[str]) -> dict[str, int]:
    known = {name: column for column, names in COLUMNS.items() for name in names}
    found = [(known.get(cell.strip().casefold()), place) for place, cell in enumerate(cells)]
    return {column: place for column, place in found if column is not None}


def _row(cells: Sequence[str], places: Mapping[str, int]) -> Row:
    values = {
        name: cells[places[name]].strip() if name in places and places[name] < len(cells) else ""
        for name in COLUMNS
    }
    values["kind"] = KINDS.get(values["kind"].upper(), values["kind"])
    return Row(**values)


def _checked(numbered: Sequence[tuple[int, Row]]) -> DirectoryFile:
    rows: dict[tuple[str, str, str], tuple[int, Row]] = {}
    findings: list[Finding] = []
    for line, row in numbered:
        wrong = [*_wrong(line, row)]
        earlier = rows.setdefault(row.key, (line, row))
        if earlier[1].court != row.court:
            wrong.append(_error("contradiction", line, other=earlier[0]))
        findings += wrong
    findings += _mixed(rows)
    findings.sort(key=lambda finding: finding.line or 0)
    return DirectoryFile(tuple(row for _, row in rows.values()), tuple(findings))


def _wrong(line: int, row: Row) -> Iterator[Finding]:
    for postcode in (row.postcode, row.court_postcode):
        if not _POSTCODE.fullmatch(postcode):
            yield _error("postcode_wrong", line, found=postcode[:40])
    if row.kind not in KINDS.values():
        yield _error("kind_unknown", line, found=row.kind[:40])
    if not row.court_place:
        yield _error("court_place_missing", line)
    elif len(row.court_place) > LONGEST_PLACE:
        yield _error("court_place_long", line, most=LONGEST_PLACE)


def _mixed(rows: Mapping[tuple[str, str, str], tuple[int, Row]]) -> Iterator[Finding]:
    for (postcode, place, kind), (line, _) in rows.items():
        whole = rows.get((postcode, "", kind))
        if place and whole is not None:
            yield _error("place_and_whole", line, other=whole[0])


def _refused(code: str, **params: str | int) -> DirectoryFile:
    return DirectoryFile((), (Finding(code, Severity.ERROR, params=params),))


def _error(code: str, line: int, **params: str | int) -> Finding:
    return Finding(code, Severity.ERROR, line=line, params=params)
