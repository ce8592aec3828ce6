"""A list from its bytes to its rows: table, mapping, conventions, checks, duplicates."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from cases.intake.bulk_check import check_table
from cases.intake.claim_file import ClaimFile, Preview
from cases.intake.conventions import decide_conventions
from cases.intake.duplicates import mark_duplicates
from cases.intake.hardening import Content
from cases.intake.headers import (
    Proposal,
    automatic_mapping,
    given_mapping,
    missing_fields,
    propose,
)
from cases.intake.lists import read_list
from cases.intake.raw_table import RawTable
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "names_not_in_list": N_(
        "The list carries no names of debtors. Hand in the debtor master data together with it, or "
        "add a column with the names."
    ),
    "currency_assumed": N_("The list names no currency; {currency} was assumed."),
}
DEFAULT_CURRENCY = "EUR"
_PREVIEW_ROWS = 8


def read_claim_list(
    data: bytes, content: Content, mapping: Mapping[str, str] | None, as_of: date | None
) -> ClaimFile:
    """Read a list with our mapping of its columns, or with the one a person gave."""
    table = read_list(data, content)
    chosen, findings = _mapping_for(table, mapping)
    result = ClaimFile("list", table.format, table.encoding, columns=table.columns, mapping=chosen)
    found = [*table.findings, *findings]
    problem = _mapping_problem(table, chosen)
    if problem is not None:
        return replace(result, findings=(*found, problem))
    found += _absences(table, chosen) if table.rows else []
    table = replace(table, currency=table.currency or DEFAULT_CURRENCY)
    conventions = decide_conventions(table, chosen, as_of)
    rows = mark_duplicates(check_table(table, chosen, conventions))
    return replace(result, rows=tuple(rows), findings=tuple(found), conventions=conventions)


def preview_list(data: bytes, content: Content) -> Preview:
    """How a list begins, and which field each of its columns probably holds."""
    table = read_list(data, content)
    rows = tuple(tuple(row.cells) for row in table.rows[:_PREVIEW_ROWS])
    return Preview(table.format, _proposals(table), rows, len(table.rows), table.findings)


def _proposals(table: RawTable) -> tuple[Proposal, ...]:
    if not table.mapping:
        return propose(table.columns)
    return tuple(
        Proposal(column, table.mapping.get(column), 1.0 if column in table.mapping else 0.0)
        for column in table.columns
    )


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


def _absences(table: RawTable, mapping: Mapping[str, str]) -> list[Finding]:
    """What the whole list lacks, said once and not in every row."""
    fields = set(mapping.values())
    found = []
    if "name" not in fields:
        found.append(Finding("names_not_in_list", Severity.WARNING))
    if "currency" not in fields and table.currency is None:
        params = {"currency": DEFAULT_CURRENCY}
        found.append(Finding("currency_assumed", Severity.WARNING, params=params))
    return found
