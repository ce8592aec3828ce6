"""CSV exports of banks: recognised by their header line, or by the content of their columns.

A row that cannot be read holds back the statement of its file. Exports bring no balances, so
nothing proves that they are whole; camt is to be preferred.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from cases.formats.bank.csv_columns import Layout, find_layout
from cases.formats.bank.csv_headless import find_headless_layout
from cases.formats.bank.csv_values import decimal_mark, parse_amount, parse_day
from cases.formats.bank.sepa_tags import given, take_apart
from cases.formats.bank.statement import (
    BankEntry,
    BankStatement,
    Counterparty,
    EntryStatus,
    References,
    StatementFile,
    file_of,
    refused,
)
from cases.formats.identifiers import find_iban
from legal.findings import Finding, Severity

DELIMITERS = ";\t,|"
#: The lines by which a file is recognised.
JUDGED_LINES = 250
#: Stands for a row that the csv module refuses, so that it is seen and not lost.
UNREADABLE = "\ufffd"
PENDING_WORDS = {
    "umsatz vorgemerkt",
    "vorgemerkt",
    "vorgemerkt (nicht gebucht)",
    "ausstehend",
    "pending",
    "offen",
}
BOOKED_WORDS = {"", "umsatz gebucht", "gebucht", "abgeschlossen", "completed", "gebucht."}
RETURN_WORDS = (
    "retoure",
    "rücklastschrift",
    "ruecklastschrift",
    "rücküberweisung",
    "rueckueberweisung",
    "lastschrift rückgabe",
    "lastschriftrückgabe",
)


Row = tuple[int, list[str]]  # Line of the file on which the row ends, cells.


def read_bank_csv(text: str) -> StatementFile | None:
    """Read a decoded CSV export; None when the text is no such thing."""
    head = "".join(line + "\n" for line in text.split("\n", JUDGED_LINES)[:JUDGED_LINES])
    by_frequency = sorted(DELIMITERS, key=lambda each: -_count(head, each))
    for find in (find_layout, find_headless_layout):
        for delimiter in by_frequency:
            layout = find([row for _, row in _split(head, delimiter)])
            if layout:
                return _read(_split(text, delimiter), replace(layout, delimiter=delimiter))
    return None


def read_bank_table(rows: list[Row]) -> StatementFile | None:
    """Read the rows of a workbook; None when they are no payments."""
    judged = [row for _, row in rows[:JUDGED_LINES]]
    layout = find_layout(judged) or find_headless_layout(judged)
    return _read(rows, replace(layout, delimiter="")) if layout else None


def _count(text: str, delimiter: str) -> int:
    return sum(line.count(delimiter) for line in text.split("\n"))


def _split(text: str, delimiter: str) -> list[Row]:
    """The rows up to the first that the csv module refuses, because a field is absurdly long."""
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter)
    rows: list[Row] = []
    try:
        rows.extend((reader.line_num, row) for row in reader)
    except csv.Error:
        rows.append((reader.line_num, [UNREADABLE]))
    return rows


@dataclass(slots=True)
class _Reading:
    """A file being read: its layout, its decimal mark, what was found."""

    layout: Layout
    mark: str | None
    account: str
    currency: str  # Where no column names it.
    findings: list[Finding] = field(default_factory=list)

    def cell(self, row: Sequence[str], name: str) -> str:
        index = self.layout.columns.get(name)
        return row[index].strip() if index is not None and index < len(row) else ""

    def note(self, code: str, severity: Severity, line: int | None, **params: str | int) -> None:
        if code == "row_ignored" and any(each.code == code for each in self.findings):
            return
        self.findings.append(Finding(code, severity, None, line, params))


def _read(rows: list[Row], layout: Layout) -> StatementFile:
    head = [row for _, row in rows[: layout.header_row or 0]]
    body = rows[layout.header_row + 1 :] if layout.header_row is not None else rows
    reading = _Reading(layout, None, _account_above(head), layout.currency or "EUR")
    reading.mark = decimal_mark(
        reading.cell(row, name) for _, row in body for name in ("amount", "credit", "debit")
    )
    format_name = f"csv {layout.profile}"
    if layout.header_row is None:
        reading.note("header_missing", Severity.WARNING, None, profile=layout.profile)
    elif not layout.known:
        reading.note("header_unknown", Severity.WARNING, rows[layout.header_row][0])
    if "currency" not in layout.columns and not layout.currency:
        # Only a bank we know is known to keep its accounts in euro.
        severity = Severity.WARNING if layout.known else Severity.ERROR
        reading.note("currency_assumed", severity, None)
    for line, row in body:
        if row == [UNREADABLE]:
            reading.note("row_unreadable", Severity.ERROR, line, value=UNREADABLE)
        elif layout.delimiter and any(
            "\n" in cell and _count(cell, layout.delimiter) for cell in row
        ):
            reading.note("quotes_broken", Severity.ERROR, line)
    entries = [found for line, row in body if (found := _read_row(reading, line, row)) is not None]
    if not entries and not reading.findings:
        return refused("no_entries", format_name)
    return file_of(format_name, _statements(entries, reading))


def _swallows(row: Sequence[str], delimiter: str) -> bool:
    """Whether a quote that is never closed took whole lines into one cell."""
    return bool(delimiter) and any("\n" in cell and _count(cell, delimiter) for cell in row)


def _account_above(head: Iterable[Sequence[str]]) -> str:
    """The account that the title block names."""
    return next((iban for row in head for cell in row if (iban := find_iban(cell))), "")


def _statements(entries: list[tuple[str, BankEntry]], reading: _Reading) -> list[BankStatement]:
    """One statement for each account and currency; findings belong to all of them."""
    grouped: dict[tuple[str, str], list[BankEntry]] = {}
    for account, entry in entries:
        grouped.setdefault((account, entry.currency), []).append(entry)
    if not grouped:
        grouped[reading.account, ""] = []
    return [
        BankStatement(
            account,
            currency,
            None,
            None,
            tuple(found),
            findings=tuple(reading.findings) if number == 0 else _errors(reading),
        )
        for number, ((account, currency), found) in enumerate(grouped.items())
    ]


def _errors(reading: _Reading) -> tuple[Finding, ...]:
    return tuple(each for each in reading.findings if each.severity is Severity.ERROR)


def _read_row(reading: _Reading, line: int, row: Sequence[str]) -> tuple[str, BankEntry] | None:
    """Account and entry of a row; None when it holds no payment or cannot be read."""
    booked_on = parse_day(reading.cell(row, "booked_on"))
    value_on = parse_day(reading.cell(row, "value_on"))
    currency = (reading.cell(row, "currency") or reading.currency).upper()
    amount = _amount(reading, row, currency)
    status = _status(reading.cell(row, "status"))
    if reading.cell(row, "memo").casefold() == "memo" or status is None:
        reading.note("row_ignored", Severity.WARNING, line, value=" ".join(row)[:60])
        return None
    if booked_on is None and amount is None:
        # Blank lines, remarks and sums under the table say nothing in one of the two columns.
        if reading.cell(row, "booked_on") and reading.cell(row, "amount"):
            reading.note("row_unreadable", Severity.ERROR, line, value=" ".join(row)[:60])
        elif any(cell.strip() for cell in row):
            reading.note("row_ignored", Severity.WARNING, line, value=" ".join(row)[:60])
        return None
    if (booked_on is None and status is EntryStatus.BOOKED) or amount is None:
        reading.note("row_unreadable", Severity.ERROR, line, value=" ".join(row)[:60])
        return None
    account = "".join(reading.cell(row, "account").split()) or reading.account
    return account, _entry(
        reading,
        row,
        line,
        BankEntry(
            booked_on or value_on, value_on or booked_on, amount, currency, status, line=line
        ),
    )


def _amount(reading: _Reading, row: Sequence[str], currency: str) -> int | None:
    """The signed amount, from one column, from one with S or H beside it, or from two."""
    written = reading.cell(row, "amount")
    if written:
        cents = parse_amount(written, currency, reading.mark)
        debit = reading.cell(row, "direction").upper() in {"S", "SOLL", "D", "DEBIT"}
        return -abs(cents) if cents is not None and debit else cents
    for name, sign in (("credit", 1), ("debit", -1)):
        if written := reading.cell(row, name):
            cents = parse_amount(written, currency, reading.mark)
            if cents:
                return sign * abs(cents)
    return None


def _status(written: str) -> EntryStatus | None:
    """Booked or pending; None for what never was a payment (refused, cancelled)."""
    word = written.casefold()
    if word in BOOKED_WORDS:
        return EntryStatus.BOOKED
    return EntryStatus.PENDING if word in PENDING_WORDS else None


def _entry(reading: _Reading, row: Sequence[str], line: int, plain: BankEntry) -> BankEntry:
    """The entry with everything else that its row says."""

    def cell(name: str) -> str:
        return reading.cell(row, name)

    marked = take_apart(cell("purpose"))
    money = {
        name: parse_amount(cell(name), plain.currency, reading.mark) if cell(name) else None
        for name in ("original", "charges")
    }
    own_name = cell("payer") if plain.amount_cents > 0 else cell("payee")
    info = cell("info")
    returned = plain.amount_cents < 0 and bool(money["charges"]) and bool(money["original"])
    return BankEntry(
        plain.booked_on,
        plain.value_on,
        plain.amount_cents,
        plain.currency,
        plain.status,
        is_return=returned or any(word in info.casefold() for word in RETURN_WORDS),
        is_batch=bool(cell("batch")),
        counterparty=Counterparty(
            name=cell("name") or own_name or None,
            iban=given("".join((cell("iban") or marked.iban or "").split())),
            bic=given(cell("bic") or marked.bic),
            ultimate_name=marked.ultimate_debtor,
        ),
        references=References(
            end_to_end=given(cell("end_to_end")) or marked.end_to_end,
            mandate=given(cell("mandate")) or marked.mandate,
            creditor_id=given(cell("creditor_id")) or marked.creditor_id,
            bank=given(cell("bank")),
            customer=marked.customer,
        ),
        purpose=marked.purpose or info,
        info=info,
        charges_cents=abs(money["charges"] or 0),
        original_cents=money["original"],
        line=line,
    )
