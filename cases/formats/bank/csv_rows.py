"""One row of a bank's export: payment, pending payment, balance, remark, or unreadable."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from babel.numbers import list_currencies

from cases.formats.bank.csv_columns import DATA, Layout
from cases.formats.bank.csv_labels import labelled
from cases.formats.bank.csv_sides import find_side
from cases.formats.bank.csv_values import decimal_mark, parse_amount, parse_day
from cases.formats.bank.sepa_tags import given, take_apart
from cases.formats.bank.statement import BankEntry, Counterparty, EntryStatus, References
from cases.formats.currencies import currency_code, currency_written
from cases.formats.dates import decide_day_first
from legal.findings import Finding, Severity

#: A word in place of the day: no payment, unless it says that one is expected.
LETTERS = re.compile(r"[^\W\d_]{3}")
NO_DAY = re.compile(r"[-–—.\s]*")
BALANCE = re.compile(
    r"(?:anfangs|end|schluss|start|zwischen)saldo|saldo(?:vortrag| per| am)?|"
    r"(?:alter |neuer |letzter |aktueller )?kontostand|opening balance|closing balance|"
    r"(?:ancien |nouveau )?solde|saldo (?:iniziale|finale)|übertrag|total.*|summe.*"
)
OPENING = re.compile(r"anfangs|start|alter |opening|ancien|iniziale")


@dataclass(slots=True)
class Reading:
    """A file being read: its layout, its notation, what was found."""

    layout: Layout
    account: str
    currency: str  # Where no column names it.
    mark: str | None = None
    day_first: bool = True
    pending: bool = False  # The table is one of payments that are not booked yet.
    findings: list[Finding] = field(default_factory=list)
    balances: dict[int, int] = field(default_factory=dict)  # By line.
    #: Columns of credits or debits in which both signs stand: the other one takes back.
    signed: frozenset[str] = frozenset()
    opening_cents: int | None = None
    closing_cents: int | None = None

    def decide_notation(self, rows: Iterable[Sequence[str]]) -> None:
        """Decide the decimal mark and the order of day and month from whole columns."""
        kept = list(rows)
        self.mark = decimal_mark(
            self.cell(row, name) for row in kept for name in ("amount", "credit", "debit")
        )
        self.signed = frozenset(
            name for name in ("credit", "debit") if len(self._signs(kept, name)) > 1
        )
        first = decide_day_first(self.cell(row, "booked_on") for row in kept)
        self.day_first = True if first is None else first
        self._decide_sides(kept)

    def _decide_sides(self, rows: Iterable[Sequence[str]]) -> None:
        """Find the column of sides where amounts have no sign and no header names it."""
        columns = self.layout.columns
        if "direction" in columns or "amount" not in columns:
            return
        paid = [row for row in rows if self._unsigned(row)]
        if not paid or len(paid) < sum(bool(self._units(row)) for row in rows):
            return
        taken = frozenset(place for places in columns.values() for place in places)
        side = find_side(paid, taken, frozenset(columns.get("info", ())), words_of)
        if side.column is not None:
            self.layout = replace(self.layout, columns={**columns, "direction": (side.column,)})
        elif side.unclear and not self.layout.known:
            self.note("side_unclear", Severity.ERROR, None)

    def _unsigned(self, row: Sequence[str]) -> bool:
        units = self._units(row)
        return units is not None and units > 0 and not self.cell(row, "amount").startswith("+")

    def _units(self, row: Sequence[str]) -> int | None:
        """What stands in the column of amounts of a row with a day."""
        if parse_day(self.cell(row, "booked_on"), self.day_first) is None:
            return None
        return parse_amount(self.cell(row, "amount"), self.currency, self.mark)

    def _signs(self, rows: Iterable[Sequence[str]], name: str) -> set[bool]:
        """Whether the amounts of a column are above zero: both, where both signs stand in it."""
        cells = (self.cell(row, name) for row in rows)
        amounts = (parse_amount(cell, self.currency, self.mark) for cell in cells if cell)
        return {amount > 0 for amount in amounts if amount}

    def cell(self, row: Sequence[str], name: str) -> str:
        """The first filled cell of a field."""
        for index in self.layout.columns.get(name, ()):
            if index < len(row) and (text := _bare(row[index])):
                return text
        return ""

    def cells(self, row: Sequence[str], *names: str) -> str:
        """All different texts of these fields, in the order of their columns."""
        places = sorted(place for name in names for place in self.layout.columns.get(name, ()))
        texts = (_bare(row[place]) for place in places if place < len(row))
        return " ".join(dict.fromkeys(text for text in texts if text))

    def note(self, code: str, severity: Severity, line: int | None, **params: str | int) -> None:
        """Say something about a row; what every row would repeat is said once."""
        if code == "row_ignored" and any(each.code == code for each in self.findings):
            return
        self.findings.append(Finding(code, severity, None, line, params))


def _bare(cell: str) -> str:
    """A cell without what spreadsheets are told by: quotes, and = in front of a text."""
    text = cell.strip()
    return text[1:].strip().strip('"') if text.startswith("=") else text


def read_row(reading: Reading, line: int, row: Sequence[str]) -> tuple[str, BankEntry] | None:
    """Account and entry of a row; None when it holds no payment or cannot be read."""
    written_day = reading.cell(row, "booked_on")
    booked_on = parse_day(written_day, reading.day_first)
    value_on = parse_day(reading.cell(row, "value_on"), reading.day_first)
    currency = currency_of(reading, row)
    amount = _amount(reading, row, currency)
    status = _status(reading, row, written_day)
    if status is None or _is_no_payment(reading, row, written_day, amount):
        _leave_out(reading, line, row)
        return None
    if amount is None and not (written_day and reading.cell(row, "amount")) and not booked_on:
        _leave_out(reading, line, row)
        return None
    if (booked_on or value_on) is None and amount == 0:
        _leave_out(reading, line, row)  # A remark that closes the table.
        return None
    undated = booked_on is None and status is EntryStatus.BOOKED
    if undated or amount is None:
        reading.note("row_unreadable", Severity.ERROR, line, value=" ".join(row)[:60])
        return None
    if currency not in list_currencies():
        reading.note("currency_unknown", Severity.ERROR, line, value=currency[:20])
    _note_balance(reading, line, row, currency)
    account = "".join(reading.cell(row, "account").split()) or reading.account
    plain = BankEntry(
        booked_on or value_on, value_on or booked_on, amount, currency, status, line=line
    )
    return account, _entry(reading, row, plain)


def currency_of(reading: Reading, row: Sequence[str]) -> str:
    """The currency of a row: its column's, that beside the figure, else that of the file."""
    beside = (currency_written(reading.cell(row, name)) for name in ("amount", "credit", "debit"))
    written = reading.cell(row, "currency") or next(filter(None, beside), "") or reading.currency
    return currency_code(written) or written.upper()


def _leave_out(reading: Reading, line: int, row: Sequence[str]) -> None:
    if any(cell.strip() for cell in row):
        reading.note("row_ignored", Severity.WARNING, line, value=" ".join(row)[:60].strip())


def _is_no_payment(
    reading: Reading, row: Sequence[str], written_day: str, amount: int | None
) -> bool:
    """Whether a row is a balance, a sum or a memo; the balance around the entries is kept."""
    if reading.cell(row, "memo").casefold() == "memo":
        return True
    words = [cell.strip().casefold() for cell in row]
    balance = next((word for word in words if BALANCE.fullmatch(word)), None)
    said = reading.cells(row, "purpose", "name", "more").casefold()
    if balance is not None and (not said or (said == balance and not written_day)):
        if amount is not None and OPENING.search(balance):
            reading.opening_cents = amount
        elif amount is not None:
            reading.closing_cents = amount
        return True
    is_word = bool(LETTERS.search(written_day)) and not any(map(str.isdigit, written_day))
    return is_word and written_day.casefold() not in words_of("pending")


def _note_balance(reading: Reading, line: int, row: Sequence[str], currency: str) -> None:
    written = reading.cell(row, "balance")
    cents = parse_amount(written, currency, reading.mark) if written else None
    if cents is not None:
        reading.balances[line] = cents


def _amount(reading: Reading, row: Sequence[str], currency: str) -> int | None:
    """The signed amount, from one column, from one with S or H beside it, or from two."""
    written = reading.cell(row, "amount")
    if written:
        cents = parse_amount(written, currency, reading.mark)
        debit = reading.cell(row, "direction").casefold() in words_of("debit")
        signed = -abs(cents) if cents is not None and debit else cents
        return None if signed is None else signed - _fee(reading, row, currency)
    for name, sign in (("credit", 1), ("debit", -1)):
        if written := reading.cell(row, name):
            cents = parse_amount(written, currency, reading.mark)
            if cents:
                return sign * (cents if name in reading.signed else abs(cents))
    return None


def _fee(reading: Reading, row: Sequence[str], currency: str) -> int:
    """What the account is charged beside the amount."""
    written = reading.cell(row, "fee_beside")
    return abs(parse_amount(written, currency, reading.mark) or 0) if written else 0


def _status(reading: Reading, row: Sequence[str], written_day: str) -> EntryStatus | None:
    """Booked or pending; None for what never was a payment (refused, cancelled)."""
    word = reading.cell(row, "status").casefold()
    expected = written_day.casefold() in words_of("pending")
    if word in words_of("pending") or expected or reading.pending:
        return EntryStatus.PENDING
    return EntryStatus.BOOKED if not word or word in words_of("booked") else None


@lru_cache(maxsize=8)
def words_of(kind: str) -> frozenset[str]:
    """The words that banks write for one thing: booked, pending, debit, returned."""
    with (DATA / "bank_csv_words.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file) if row["means"] == kind)


def _entry(reading: Reading, row: Sequence[str], plain: BankEntry) -> BankEntry:
    """The entry with everything else that its row says."""

    def cell(name: str) -> str:
        return reading.cell(row, name)

    said = labelled(reading.cells(row, "purpose", "more"))
    marked = take_apart(said.purpose)
    money = {
        name: parse_amount(cell(name), plain.currency, reading.mark) if cell(name) else None
        for name in ("original", "charges")
    }
    own_name = cell("payer") if plain.amount_cents > 0 else cell("payee")
    info = cell("info")
    returned = plain.amount_cents < 0 and bool(money["charges"]) and bool(money["original"])
    words = info.casefold()
    return BankEntry(
        plain.booked_on,
        plain.value_on,
        plain.amount_cents,
        plain.currency,
        plain.status,
        is_return=returned or any(word in words for word in words_of("returned")),
        is_batch=bool(cell("batch")),
        counterparty=Counterparty(
            name=cell("name") or own_name or said.name or None,
            iban=given("".join((cell("iban") or marked.iban or said.account).split())),
            bic=given(cell("bic") or marked.bic or said.bic),
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
        line=plain.line,
    )
