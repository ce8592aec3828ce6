"""CSV and workbook exports of banks: recognised by their header line, or by their columns' content.

A statement is held back only for a reason that concerns money: a row with an amount that cannot be
read, or no currency. Remarks, sums, balances and pending rows hold nothing. Where the export
brings balances, they prove that it is whole.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cases.formats.bank.csv_balances import proven
from cases.formats.bank.csv_columns import (
    AMOUNTS,
    CODES,
    Layout,
    find_layout,
    foreign_header,
    layout_of,
)
from cases.formats.bank.csv_headless import find_headless_layout
from cases.formats.bank.csv_rows import Reading, read_row
from cases.formats.bank.statement import (
    BankEntry,
    BankStatement,
    EntryStatus,
    StatementFile,
    file_of,
    refused,
)
from cases.formats.currencies import currency_written
from cases.formats.identifiers import find_iban
from legal.findings import Finding, Severity

DELIMITERS = ";\t,|^~"
#: The lines by which a file is recognised.
JUDGED_LINES = 250
#: Stands for a row that the csv module refuses, so that it is seen and not lost.
UNREADABLE = "\ufffd"
CURRENCY = re.compile(rf"€|\b(?:{CODES})\b")
#: The title of a table of what is not booked yet.
PENDING_TITLE = re.compile(r"vorgemerkt|\bin den \S+ \d+ tagen|kommende|geplant|pending|en attente")

Row = tuple[int, list[str]]  # Line of the file on which the row ends, cells.


def read_bank_csv(text: str) -> StatementFile | None:
    """Read a decoded CSV export; None when the text is no such thing."""
    head = "".join(line + "\n" for line in text.split("\n", JUDGED_LINES)[:JUDGED_LINES])
    by_frequency = sorted(DELIMITERS, key=lambda each: -_count(head, each))
    split_heads = {each: [row for _, row in _split(head, each)] for each in by_frequency}
    for find in (find_layout, find_headless_layout):
        for delimiter, rows in split_heads.items():
            layout = find(rows)
            if layout:
                return _read(_split(text, delimiter), replace(layout, delimiter=delimiter))
    return _foreign(split_heads[by_frequency[0]])


def read_bank_table(rows: list[Row]) -> StatementFile | None:
    """Read the rows of a workbook; None when they are no payments."""
    judged = [row for _, row in rows[:JUDGED_LINES]]
    layout = find_layout(judged) or find_headless_layout(judged)
    if layout is None:
        return _foreign(judged)
    return _read(rows, replace(layout, delimiter=""))


def _foreign(rows: Sequence[Sequence[str]]) -> StatementFile | None:
    header = foreign_header(rows)
    if header is None:
        return None
    return refused("columns_unknown", "csv", headers=", ".join(header)[:200])


def _count(text: str, delimiter: str) -> int:
    return sum(line.count(delimiter) for line in text.split("\n"))


def _split(text: str, delimiter: str) -> list[Row]:
    """The rows up to the first that the csv module refuses, because a field is absurdly long."""
    lines = io.StringIO(text, newline="\n")
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t")
    rows: list[Row] = []
    try:
        rows.extend((reader.line_num, row) for row in reader)
    except csv.Error:
        rows.append((reader.line_num, [UNREADABLE]))
    return rows


def _read(rows: list[Row], layout: Layout) -> StatementFile:
    head = [row for _, row in rows[: layout.header_row or 0]]
    body = rows[layout.header_row + 1 :] if layout.header_row is not None else rows
    stated = layout.currency or _currency_above(head)
    reading = Reading(layout, _account_above(head), stated or layout.usual_currency or "EUR")
    reading.decide_notation([row for _, row in body])
    format_name = f"csv {layout.profile}"
    if layout.header_row is None:
        reading.note("header_missing", Severity.WARNING, None, profile=layout.profile)
    elif not layout.known:
        reading.note("header_unknown", Severity.WARNING, rows[layout.header_row][0])
    if "currency" not in layout.columns and not stated and not _currency_beside(reading, body):
        # Only a bank we know is known to keep its accounts in one currency.
        severity = Severity.WARNING if layout.usual_currency else Severity.ERROR
        reading.note("currency_assumed", severity, None, currency=reading.currency)
    reading.pending = any(PENDING_TITLE.search(_words(row)) for row in head[-2:])
    entries = _entries(reading, body)
    if not entries and not reading.findings:
        return refused("no_entries", format_name)
    return file_of(format_name, _statements(entries, reading))


def _entries(reading: Reading, body: Sequence[Row]) -> list[tuple[str, BankEntry]]:
    """The entries of a table, and of the tables below it, each by its own header."""
    entries = []
    title = ""
    for line, row in body:
        if row == [UNREADABLE]:
            reading.note("row_unreadable", Severity.ERROR, line, value=UNREADABLE)
            continue
        if _swallows(row, reading.layout.delimiter):
            reading.note("quotes_broken", Severity.ERROR, line)
        if reading.layout.header_row is not None and (again := layout_of(row)):
            known = again if again.known else replace(again, known=reading.layout.known)
            reading.layout = replace(known, delimiter=reading.layout.delimiter)
            reading.pending = bool(PENDING_TITLE.search(title))
        elif (found := read_row(reading, line, row)) is not None:
            entries.append(found)
        title = _words(row) or title
    return entries


def _words(row: Sequence[str]) -> str:
    return " ".join(" ".join(row).casefold().split())


def _swallows(row: Sequence[str], delimiter: str) -> bool:
    """Whether a quote that is never closed took whole lines into one cell."""
    if not delimiter:
        return False
    return any(
        "\n" in cell and any(part.count(delimiter) > 1 for part in cell.split("\n")) for cell in row
    )


def _account_above(head: Iterable[Sequence[str]]) -> str:
    """The account that the title block names."""
    return next((iban for row in head for cell in row if (iban := find_iban(cell))), "")


def _currency_above(head: Iterable[Sequence[str]]) -> str:
    """The one currency that the title block names."""
    found = {mark for row in head for cell in row for mark in CURRENCY.findall(cell)}
    found = {mark.replace("€", "EUR") for mark in found}
    return found.pop() if len(found) == 1 else ""


def _currency_beside(reading: Reading, body: Sequence[Row]) -> bool:
    """Whether each amount has its currency beside it."""
    cells = [cell for _, row in body for name in AMOUNTS if (cell := reading.cell(row, name))]
    return bool(cells) and all(map(currency_written, cells))


def _statements(entries: list[tuple[str, BankEntry]], reading: Reading) -> list[BankStatement]:
    """One statement for each account and currency; findings belong to all of them."""
    grouped: dict[tuple[str, str], list[BankEntry]] = {}
    for account, entry in entries:
        grouped.setdefault((account, entry.currency), []).append(entry)
    if not grouped:
        grouped[reading.account, ""] = []
    booked = [each for _, each in entries if each.status is EntryStatus.BOOKED]
    opening, closing = proven(booked, reading) if len(grouped) == 1 else (None, None)
    return [
        BankStatement(
            account,
            currency,
            opening,
            closing,
            tuple(found),
            findings=tuple(reading.findings) if number == 0 else _errors(reading),
        )
        for number, ((account, currency), found) in enumerate(grouped.items())
    ]


def _errors(reading: Reading) -> tuple[Finding, ...]:
    return tuple(each for each in reading.findings if each.severity is Severity.ERROR)
