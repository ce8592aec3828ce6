"""The check of a whole list at once: plain rows by columns, every other row by the one schema.

Both ways give the same rows with the same findings; a differential test holds them together.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import repeat

import polars as pl

from cases.formats.claims.claim_row import ClaimRow, Party
from cases.formats.claims.conventions import Conventions
from cases.formats.claims.lists.plain_rows import common_findings, is_plain, with_values
from cases.formats.claims.rows import check_rows, field_places
from cases.formats.raw_table import RawTable
from legal.findings import Finding

#: Below this many rows the one-by-one check is as quick and needs no data frame.
WORTH_IT = 500
#: The columns that `plain_rows` computes, in the order in which a row is built of them.
_BEFORE = ("invoice_number", "_invoiced_on", "_due_on", "_currency", "_total", "_paid", "_open")
_AFTER = ("_iban", "_text", "_reminded_on", "_document_type", "_last_reminded_on",
          "_contract_on", "_status", "_second_reminded_on")  # fmt: skip
_PARTY = ("_name", "_street", "_postcode", "_city", "_country", "_email", "_phone", "_kind",
          "_account", "_address_extra")  # fmt: skip


def check_table(
    table: RawTable, mapping: Mapping[str, str], conventions: Conventions
) -> list[ClaimRow]:
    """Check all rows of a table; the same rows and findings as `check_rows`, only sooner."""
    fields = [field for field, _ in field_places(table.columns, mapping)]
    common = common_findings(fields, conventions)
    if len(table.rows) < max(WORTH_IT, 1) or common is None:
        return list(check_rows(table, mapping, conventions))
    frame = with_values(_cells(table, mapping), fields, conventions)
    marks = frame.select(is_plain(fields, conventions)).to_series().fill_null(value=False)
    marks &= pl.Series([not row.findings for row in table.rows])
    others = [row for row, mark in zip(table.rows, marks, strict=True) if not mark]
    suspicious = check_rows(replace(table, rows=others), mapping, conventions)
    with _without_collector():
        plain = _plain_rows(frame.filter(marks), fields, common)
        return [next(plain if mark else suspicious) for mark in marks] if others else list(plain)


def _cells(table: RawTable, mapping: Mapping[str, str]) -> pl.DataFrame:
    """The mapped cells as columns of text, and the line of each row."""
    places = field_places(table.columns, mapping)
    rows = [row.cells for row in table.rows]
    width = min(map(len, rows))
    columns = {field: _column(rows, place, width) for field, place in places}
    lines = pl.Series("line", [row.line for row in table.rows], dtype=pl.Int64)
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_columns(lines)


def _column(rows: Sequence[Sequence[str]], place: int, width: int) -> list[str]:
    if place < width:
        return [row[place] for row in rows]
    return [row[place] if place < len(row) else "" for row in rows]


def _plain_rows(
    frame: pl.DataFrame, fields: Sequence[str], common: Sequence[Finding]
) -> Iterator[ClaimRow]:
    """Build the rows; what they have in common is said of each, with the cells to correct."""
    values = {name: frame[name].to_list() for name in ("line", *_BEFORE, *_AFTER, *_PARTY)}
    debtors = map(Party, *(values[name] for name in _PARTY))
    before = (values[name] for name in ("line", *_BEFORE))
    after = (values[name] for name in _AFTER)
    rows = map(ClaimRow, *before, debtors, repeat(Party()), *after)
    return rows if not common else _with_common(rows, frame.select(fields), common)


def _with_common(
    rows: Iterator[ClaimRow], cells: pl.DataFrame, common: Sequence[Finding]
) -> Iterator[ClaimRow]:
    for row, raw in zip(rows, cells.iter_rows(named=True), strict=True):
        findings = tuple(
            Finding(each.code, each.severity, each.field, row.line, each.params) for each in common
        )
        yield replace(row, findings=findings, raw=raw)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Rows make no cycles, and looking for some among 100,000 of them takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
