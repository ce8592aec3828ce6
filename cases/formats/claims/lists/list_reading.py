"""A list from its bytes to its rows: table, mapping, conventions, checks, duplicates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from cases.formats.cells import clean_text
from cases.formats.claims.claim_file import ClaimFile, Preview
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.claims.conventions import Conventions, decide_conventions
from cases.formats.claims.duplicates import Numbered, duplicate_findings, repeated
from cases.formats.claims.lists.column_sense import sensible_mapping
from cases.formats.claims.lists.debtor_master import NOBODY, Debtors, complete
from cases.formats.claims.lists.fields import DAYS, MONEY
from cases.formats.claims.lists.headers import (
    Proposal,
    given_mapping,
    missing_fields,
    propose,
)
from cases.formats.claims.lists.lists import read_list
from cases.formats.claims.lists.positions import sum_positions
from cases.formats.claims.lists.sap_netting import net_items
from cases.formats.claims.lists.units import in_whole_units
from cases.formats.claims.opened_file import OpenedFile
from cases.formats.claims.rows import field_places
from cases.formats.content import Content
from cases.formats.raw_table import RawRow, RawTable
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "names_not_in_list": N_(
        "The list carries no names of debtors. Hand in the debtor master data together with it, or "
        "add a column with the names."
    ),
    "columns_unmapped": N_(
        "These columns were not read: {columns}. If one of them says something about the claims, "
        "please assign it."
    ),
    "currency_assumed": N_("The list names no currency; {currency} was assumed."),
}
DEFAULT_CURRENCY = "EUR"
_PREVIEW_ROWS = 8
#: What two rows with the same invoice number must agree in to be the same claim.
_COMPARED = (*MONEY, *DAYS, "currency", "name", "company", "last_name", "first_name", "account")
#: More columns than these are not worth naming one by one.
_NAMED_COLUMNS = 12


def read_claim_list(
    data: bytes,
    content: Content,
    mapping: Mapping[str, str] | None,
    as_of: date | None,
    debtors: Debtors = NOBODY,
) -> ClaimFile:
    """Read a list with our mapping of its columns, or with the one a person gave."""
    opened = open_claim_list(data, content, mapping, as_of, debtors)
    return replace(opened.file, rows=tuple(row for part in opened.parts() for row in part))


def open_claim_list(
    data: bytes,
    content: Content,
    mapping: Mapping[str, str] | None,
    as_of: date | None,
    debtors: Debtors = NOBODY,
) -> OpenedFile:
    """Read a list up to the point where its rows are checked."""
    table = in_whole_units(sum_positions(read_list(data, content)))
    chosen, findings = _mapping_for(table, mapping)
    result = ClaimFile("list", table.format, table.encoding, columns=table.columns, mapping=chosen)
    found = [*table.findings, *findings]
    problem = _mapping_problem(table, chosen)
    if problem is not None:
        return OpenedFile(replace(result, findings=(*found, problem)), [], list)
    table, chosen = complete(table, chosen, debtors)
    found += _absences(table, chosen) if table.rows else []
    found += [] if mapping else _unmapped(table, chosen)
    table = replace(table, currency=table.currency or DEFAULT_CURRENCY)
    conventions = decide_conventions(table, chosen, as_of)
    if table.format.startswith("sap-"):
        table, chosen = net_items(table, chosen, conventions)
        found += [finding for finding in table.findings if finding not in found]
    result = replace(result, findings=tuple(found), conventions=conventions)
    rows = list(_marked(table, chosen))
    empty = replace(table, rows=())  # The check must not hold what the parts let go of.
    return OpenedFile(
        result, rows, lambda part: _check(replace(empty, rows=part), chosen, conventions)
    )


def _check(
    table: RawTable, mapping: Mapping[str, str], conventions: Conventions
) -> Sequence[ClaimRow]:
    """Check one part; the web, which hands lists to the worker, never loads what checks them."""
    from cases.formats.claims.lists.bulk_check import check_table

    return check_table(table, mapping, conventions)


def _marked(table: RawTable, mapping: Mapping[str, str]) -> Iterator[RawRow]:
    """The rows, each with what is said about repeats of its invoice number.

    Repeats are compared as they are written: another notation of the same amount is a
    contradiction that a person settles.
    """
    places = dict(field_places(table.columns, mapping))
    number = places["invoice_number"]
    numbers = [clean_text(row.cells[number])[0] for row in table.rows]
    suspects = sorted(place for group in repeated(numbers) for place in group)
    compared = [places[field] for field in _COMPARED if field in places]
    found = duplicate_findings(
        [_numbered(table.rows[at], numbers[at], compared) for at in suspects]
    )
    by_place = {suspects[at]: each for at, each in found.items()}
    for at, row in enumerate(table.rows):
        finding = by_place.get(at)
        yield replace(row, findings=(*row.findings, finding)) if finding else row


def _numbered(row: RawRow, number: str, places: Sequence[int]) -> Numbered:
    details = tuple(clean_text(row.cells[place])[0].casefold() for place in places)
    return Numbered(row.line, number, details)


def preview_list(data: bytes, content: Content) -> Preview:
    """How a list begins, and which field each of its columns probably holds."""
    table = in_whole_units(read_list(data, content))
    rows = tuple(tuple(row.cells) for row in table.rows[:_PREVIEW_ROWS])
    return Preview(table.format, _proposals(table), rows, len(table.rows), table.findings)


def _proposals(table: RawTable) -> tuple[Proposal, ...]:
    if not table.mapping:
        chosen = sensible_mapping(table)
        return tuple(
            replace(each, field=chosen.get(each.column)) for each in propose(table.columns)
        )
    return tuple(
        Proposal(column, table.mapping.get(column), 1.0 if column in table.mapping else 0.0)
        for column in table.columns
    )


def _mapping_for(
    table: RawTable, mapping: Mapping[str, str] | None
) -> tuple[dict[str, str], Sequence[Finding]]:
    if mapping is not None:
        return given_mapping(table.columns, mapping)
    return dict(table.mapping) or sensible_mapping(table), ()


def _mapping_problem(table: RawTable, mapping: Mapping[str, str]) -> Finding | None:
    missing = missing_fields(mapping)
    if not missing:
        return None
    if not table.has_header and not mapping:
        return Finding("mapping_needed", Severity.ERROR, line=1)
    return Finding("columns_missing", Severity.ERROR, params={"fields": ", ".join(missing)})


def _unmapped(table: RawTable, mapping: Mapping[str, str]) -> list[Finding]:
    """Columns with content that nobody reads, named, unless the program's format knows them all."""
    if table.mapping or table.format.startswith(("datev", "sap", "odoo", "bmd")):
        return []
    unread = [
        column for column in table.columns
        if column not in mapping and next(table.column_values(column), None) is not None
    ]  # fmt: skip
    if not unread:
        return []
    named = ", ".join(column[:40] for column in unread[:_NAMED_COLUMNS])
    more = " …" if len(unread) > _NAMED_COLUMNS else ""
    return [Finding("columns_unmapped", Severity.WARNING, params={"columns": named + more})]


def _absences(table: RawTable, mapping: Mapping[str, str]) -> list[Finding]:
    """What the whole list lacks, said once and not in every row."""
    fields = set(mapping.values())
    found = []
    if not fields & {"name", "company", "last_name"}:
        found.append(Finding("names_not_in_list", Severity.WARNING))
    if "currency" not in fields and table.currency is None:
        params = {"currency": DEFAULT_CURRENCY}
        found.append(Finding("currency_assumed", Severity.WARNING, params=params))
    return found
