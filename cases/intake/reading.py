"""The doors to everything that comes in as a file of claims: read it, or preview it.

No file is refused with an exception: what is wrong with it is a finding, and what can be read is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cases.intake.claim_row import ClaimRow
from cases.intake.conventions import Conventions, decide_conventions
from cases.intake.duplicates import mark_duplicates
from cases.intake.hardening import Content, Refused, recognise
from cases.intake.headers import (
    Proposal,
    automatic_mapping,
    given_mapping,
    missing_fields,
    propose,
)
from cases.intake.lists import read_list
from cases.intake.raw_table import RawTable
from cases.intake.rows import check_rows
from legal.findings import Finding, Severity

_PREVIEW_ROWS = 8


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """What a file of claims holds; `kind` is "list" or "e-invoice"."""

    kind: str
    format: str | None
    encoding: str | None
    rows: tuple[ClaimRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    columns: tuple[str, ...] = ()  # Headers as they stand in the file.
    mapping: Mapping[str, str] = field(default_factory=dict)  # Column -> field.
    conventions: Conventions = field(default_factory=Conventions)

    @property
    def is_refused(self) -> bool:
        """Whether nothing could be read of it."""
        return not self.rows and any(each.severity is Severity.ERROR for each in self.findings)


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a list as they stand in the file, and what we take its columns for."""

    format: str | None
    columns: tuple[Proposal, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    findings: tuple[Finding, ...]


def read_claims(
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
    *,
    as_of: date | None = None,
) -> ClaimFile:
    """Read a list of claims or an e-invoice; `mapping` (column -> field) overrides ours."""
    try:
        content = recognise(data)
        return _read_list(data, content, mapping, as_of)
    except Refused as refusal:
        return ClaimFile("list", None, None, findings=(refusal.finding,))


def preview(data: bytes, filename: str) -> Preview:
    """Show how a list begins and which field each column probably holds."""
    try:
        table = read_list(data, recognise(data))
    except Refused as refusal:
        return Preview(None, (), (), 0, (refusal.finding,))
    rows = tuple(tuple(row.cells) for row in table.rows[:_PREVIEW_ROWS])
    return Preview(table.format, _proposals(table), rows, len(table.rows), table.findings)


def _proposals(table: RawTable) -> tuple[Proposal, ...]:
    if not table.mapping:
        return propose(table.columns)
    return tuple(
        Proposal(column, table.mapping.get(column), 1.0 if column in table.mapping else 0.0)
        for column in table.columns
    )


def _read_list(
    data: bytes, content: Content, mapping: Mapping[str, str] | None, as_of: date | None
) -> ClaimFile:
    table = read_list(data, content)
    chosen, findings = _mapping_for(table, mapping)
    found = [*table.findings, *findings]
    result = ClaimFile(
        "list", table.format, table.encoding, (), tuple(found), table.columns, chosen
    )
    problem = _mapping_problem(table, chosen)
    if problem is not None:
        return replace(result, findings=(*found, problem))
    if table.rows and "name" not in chosen.values():
        found.append(Finding("names_not_in_list", Severity.WARNING))
    if table.currency is None:
        table = replace(table, currency="EUR")
        found += _assumed_currency(chosen) if table.rows else []
    conventions = decide_conventions(table, chosen, as_of)
    rows = mark_duplicates(list(check_rows(table, chosen, conventions)))
    return replace(result, rows=tuple(rows), findings=tuple(found), conventions=conventions)


def _mapping_for(
    table: RawTable, mapping: Mapping[str, str] | None
) -> tuple[dict[str, str], Sequence[Finding]]:
    if mapping is not None:
        return given_mapping(table.columns, mapping)
    return dict(table.mapping) or automatic_mapping(table.columns), ()


def _mapping_problem(table: RawTable, mapping: Mapping[str, str]) -> Finding | None:
    missing = missing_fields(mapping)
    if not missing:
        return None
    if not table.has_header and not mapping:
        return Finding("mapping_needed", Severity.ERROR, line=1)
    return Finding("columns_missing", Severity.ERROR, params={"fields": ", ".join(missing)})


def _assumed_currency(mapping: Mapping[str, str]) -> list[Finding]:
    if "currency" in mapping.values():
        return []
    return [Finding("currency_assumed", Severity.WARNING, params={"currency": "EUR"})]
