"""A list as it stands in the file: columns, rows with line numbers, nothing understood."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from legal.findings import Finding


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of the list: its line in the file and its cells in the order of the columns."""

    line: int
    cells: Sequence[str]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class RawTable:
    """A list before its columns are mapped to fields."""

    format: str
    encoding: str
    columns: tuple[str, ...]
    rows: Sequence[RawRow]
    findings: tuple[Finding, ...] = ()
    currency: str | None = None  # What the format or the headers say for the whole list.
    mapping: Mapping[str, str] = field(default_factory=dict)  # Where the format itself defines it.
    has_header: bool = True

    def column_values(self, column: str) -> Iterator[str]:
        """All non-empty cells of one column."""
        place = self.columns.index(column)
        for row in self.rows:
            if place < len(row.cells) and row.cells[place]:
                yield row.cells[place]

    def with_findings(self, *findings: Finding) -> "RawTable":
        """The same table with something more to say about it."""
        return replace(self, findings=(*self.findings, *findings))


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines of cells before anybody knows which line holds the headers."""

    source: str  # "csv", "xlsx", ...
    encoding: str
    rows: Sequence[RawRow]
    findings: tuple[Finding, ...] = ()
    sheet: str = ""
