"""One row through all checks: the same code for the row of a file and for a corrected one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cases.formats.claims.checks import check
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.claims.conventions import Conventions
from cases.formats.claims.row_values import (
    amounts_of,
    counted,
    currency_of,
    debtor_of,
    iban_of,
    joint_of,
)
from cases.formats.claims.schema import RowSchema, load_row
from cases.formats.raw_table import RawTable
from legal.findings import Finding, Severity


def check_row(
    raw: Mapping[str, str],
    *,
    line: int = 0,
    conventions: Conventions = Conventions(),  # noqa: B008 - frozen
    findings: Iterable[Finding] = (),
) -> ClaimRow:
    """Read and check one row given as field -> cell; findings of the file's lines come first."""
    return _check(RowSchema(conventions), raw, line, conventions, findings)


def check_rows(
    table: RawTable, mapping: Mapping[str, str], conventions: Conventions
) -> Iterator[ClaimRow]:
    """Read and check every row of a table, one by one."""
    schema = RowSchema(conventions)
    places = field_places(table.columns, mapping)
    for row in table.rows:
        raw = {field: row.cells[place] for field, place in places if place < len(row.cells)}
        yield _check(schema, raw, row.line, conventions, row.findings)


def field_places(columns: Sequence[str], mapping: Mapping[str, str]) -> list[tuple[str, int]]:
    """Where the cell of each mapped field stands."""
    return [(mapping[column], place) for place, column in enumerate(columns) if column in mapping]


def _check(
    schema: RowSchema,
    raw: Mapping[str, str],
    line: int,
    conventions: Conventions,
    findings: Iterable[Finding],
) -> ClaimRow:
    values, unreadable = load_row(schema, raw, line)
    currency, contradicts = currency_of(values, raw, conventions.currency)
    if currency != conventions.currency and "currency" not in raw:
        raw = {**raw, "currency": currency or ""}  # A corrected amount stays in its currency.
    amounts = counted(amounts_of(values), values).in_units_of(currency)
    debtor = debtor_of(values)
    row = ClaimRow(
        line,
        invoice_number=values.get("invoice_number"),
        invoiced_on=values.get("invoiced_on"),
        due_on=values.get("due_on"),
        currency=currency,
        total_cents=amounts.total_cents,
        paid_cents=amounts.paid_cents,
        open_cents=amounts.open_cents,
        debtor=debtor,
        iban=iban_of(values),
        text=values.get("text"),
        reminded_on=values.get("reminded_on"),
        document_type=values.get("document_type"),
        second_reminded_on=values.get("second_reminded_on"),
        last_reminded_on=values.get("last_reminded_on"),
        contract_on=values.get("contract_on"),
        status=values.get("status"),
        joint=joint_of(values, debtor),
    )
    found = [*findings, *unreadable, *check(row, raw, conventions)]
    if contradicts:
        found.append(Finding("currency_contradicts", Severity.ERROR, "currency"))
    kept = tuple(
        replace(each, line=line) for each in found if each.code not in conventions.confirmed
    )
    return replace(row, findings=kept, raw=dict(raw)) if kept else row
