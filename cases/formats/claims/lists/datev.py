"""DATEV lists: the classic OPOS export without titles, booking batches, and the debtor master.

Sources: open_items (22 fields of OPOS, header of the DATEV format, titles that vary).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from cases.formats.amounts import Notation, parse_cents
from cases.formats.cells import CellUnreadable
from cases.formats.claims.lists.fingerprints import fingerprint
from cases.formats.currencies import currency_code
from cases.formats.gate import Refused
from cases.formats.raw_table import Grid, RawRow, RawTable
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "datev_no_claims": N_(
        "This DATEV file holds “{name}”, not claims. Please export the list of open items (OPOS)."
    ),
    "datev_master_data": N_(
        "This DATEV file holds debtor master data. It completes a list of open items with names "
        "and addresses; hand in both together."
    ),
    "datev_bookings_netted": N_(
        "A booking batch is not a list of open items: what was paid later still stands in it. The "
        "bookings were netted by debtor and invoice number; please check that these are unpaid."
    ),
    "datev_no_debtor_bookings": N_(
        "The booking batch touches no debtor account, so it holds no claims. Please export the "
        "list of open items (OPOS)."
    ),
    "datev_row_unreadable": N_("This booking cannot be netted: {reason}."),
    "cleared_items_skipped": N_("{count} items that are already cleared were left out."),
}
#: The fields of the classic OPOS export in their order; the export has no line of titles.
OPOS_FIELDS = (
    "Kontonummer", "Rechnungsnummer", "Rechnungsdatum", "Faelligkeit", "Gegenkonto", "BetragSoll",
    "BetragHaben", "Saldo", "SHSaldo", "WKZ Eingabebetrag", "Eingabebetrag", "SHEingabebetrag",
    "Kurs", "Raffung", "Faellig", "Belegnummer", "KZ", "Buchungstext", "UstSatz", "Vorlauf",
    "BSNummer", "AusgleichsKZ",
)  # fmt: skip
OPOS_MAPPING = {
    "Kontonummer": "account", "Rechnungsnummer": "invoice_number", "Rechnungsdatum": "invoiced_on",
    "Faelligkeit": "due_on", "BetragSoll": "debit", "BetragHaben": "credit", "Saldo": "open",
    "Buchungstext": "text",
}  # fmt: skip
_SALDO, _SIDE, _CLEARED = 7, 8, 21
_COMMA = Notation(",")
_DDMMYYYY = re.compile(r"^\d{7,8}$", re.ASCII)
_YEAR = re.compile(r"^(?:19|20)\d{6}$", re.ASCII)
_BOOKINGS, MASTER_CATEGORY = "21", "16"


def is_opos_classic(grid: Grid) -> bool:
    """Whether the lines have the 22 fields of OPOS with days and S or H where they belong."""
    sample = grid.rows[:20]
    fitting = [row for row in sample if len(row.cells) in {22, 23} and _is_opos_row(row.cells)]
    return bool(sample) and len(fitting) > len(sample) * 0.8


def _is_opos_row(cells: Sequence[str]) -> bool:
    return cells[_SIDE].strip() in {"S", "H", ""} and _DDMMYYYY.match(cells[2].strip()) is not None


def read_opos_classic(grid: Grid) -> RawTable:
    """Give the fields their names and the balance its sign; leave out what is cleared."""
    rows = [row for row in grid.rows if not _is_cleared(row.cells)]
    table = RawTable(
        "datev-opos-classic", grid.encoding, OPOS_FIELDS, [_signed(row) for row in rows],
        grid.findings, currency="EUR", mapping=OPOS_MAPPING,
    )  # fmt: skip
    skipped = len(grid.rows) - len(rows)
    if skipped:
        table = table.with_findings(_warning("cleared_items_skipped", count=skipped))
    return table


def _is_cleared(cells: Sequence[str]) -> bool:
    return len(cells) > _CLEARED and bool(cells[_CLEARED].strip())


def _signed(row: RawRow) -> RawRow:
    cells = [cell.strip() for cell in row.cells[: len(OPOS_FIELDS)]]
    cells += [""] * (len(OPOS_FIELDS) - len(cells))
    if cells[_SIDE] == "H":
        cells[_SALDO] = "-" + cells[_SALDO].lstrip("-")
    return replace(row, cells=cells)


def is_datev_format(grid: Grid) -> bool:
    """Whether the first line is the header of DATEV's own format."""
    first = grid.rows[0].cells
    return first[0].strip() in {"EXTF", "DTVF"} and len(first) > len(("marker", "version"))


def read_datev_format(grid: Grid) -> RawTable:
    """Read a booking batch as open items.

    Raises:
        Refused: the file holds something else than bookings.
    """
    head = grid.rows[0].cells
    category = head[2].strip()
    if category == MASTER_CATEGORY:
        raise Refused("datev_master_data")
    if category != _BOOKINGS or len(grid.rows) == 1:
        raise Refused("datev_no_claims", name=_cell(head, 3) or category)
    return _Bookings(grid).net()


#: The columns of the netted bookings.
_COLUMNS = (
    "Konto", "Belegfeld 1", "Belegdatum", "Fälligkeit", "Betrag", "Bezahlt", "Offen", "Währung",
    "Buchungstext",
)  # fmt: skip
_FIELDS = (
    "account", "invoice_number", "invoiced_on", "due_on", "total", "paid", "open", "currency",
    "text",
)  # fmt: skip


class _Bookings:
    """A booking batch (Buchungsstapel) on the way to open items."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        head = [cell.strip() for cell in grid.rows[0].cells]
        start = _place_of_year(head)
        self.year_start = _cell(head, start)
        digits = _cell(head, start + 1)
        self.ledger_digits = int(digits) if digits.isdigit() else 4
        self.first_day, self.last_day = _cell(head, start + 2), _cell(head, start + 3)
        self.currency = currency_code(_cell(head, start + 9)) or ""
        titles = [fingerprint(cell) for cell in grid.rows[1].cells]
        self.amount = _place(titles, "umsatzohnesollhabenkz", "umsatz")
        self.side = _place(titles, "sollhabenkennzeichen", "sh", "sollhabenkz")
        self.account = _place(titles, "konto")
        self.contra = _place(titles, "gegenkontoohnebuschluessel", "gegenkonto")
        self.day = _place(titles, "belegdatum")
        self.number = _place(titles, "belegfeld1")
        self.due = _place(titles, "belegfeld2")
        self.words = _place(titles, "buchungstext")
        self.code = _place(titles, "wkzumsatz", "wkz")

    def net(self) -> RawTable:
        """One row per debtor account and invoice number, with what is still open of it."""
        items: dict[tuple[str, str], list[tuple[int, RawRow]]] = {}
        findings = [*self.grid.findings, _warning("datev_bookings_netted")]
        for row in self.grid.rows[2:]:
            try:
                booked = self._debtor_booking(row)
            except CellUnreadable as error:
                findings.append(_unnetted(row.line, error))
                continue
            if booked is not None:
                account, cents = booked
                items.setdefault((account, _cell(row.cells, self.number)), []).append((cents, row))
            elif row.findings:
                findings += row.findings
        rows = [self._item(key, bookings) for key, bookings in items.items()]
        if not items:
            findings.append(Finding("datev_no_debtor_bookings", Severity.ERROR))
        return RawTable(
            "datev-bookings", self.grid.encoding, _COLUMNS,
            [row for row in rows if row is not None], tuple(findings), self.currency or "EUR",
            mapping=dict(zip(_COLUMNS, _FIELDS, strict=True)),
        )  # fmt: skip

    def _debtor_booking(self, row: RawRow) -> tuple[str, int] | None:
        """The debtor account a booking touches, and the cents it adds to what he owes."""
        account, contra = _cell(row.cells, self.account), _cell(row.cells, self.contra)
        if not (self._is_debtor(account) or self._is_debtor(contra)):
            return None
        cents = parse_cents(_cell(row.cells, self.amount), _COMMA)
        side = _cell(row.cells, self.side).upper()
        if side not in {"S", "H"}:
            raise CellUnreadable("amount_unreadable", value=f"Soll/Haben {side}")
        owed = cents if side == "S" else -cents
        return (account, owed) if self._is_debtor(account) else (contra, -owed)

    def _is_debtor(self, account: str) -> bool:
        """Personal accounts have one digit more than ledger accounts; debtors begin with 1 to 6."""
        return (
            account.isascii() and account.isdigit()
            and len(account) == self.ledger_digits + 1 and account[0] in "123456"
        )  # fmt: skip

    def _item(self, key: tuple[str, str], bookings: list[tuple[int, RawRow]]) -> RawRow | None:
        open_cents = sum(cents for cents, _ in bookings)
        if open_cents == 0 and len(bookings) > 1:
            return None
        cents, first = next((each for each in bookings if each[0] > 0), bookings[0])
        due = _cell(first.cells, self.due)
        cells = [
            key[0], key[1], self._full_day(_cell(first.cells, self.day)), _due_day(due),
            _decimal(cents), _decimal(cents - open_cents), _decimal(open_cents),
            _cell(first.cells, self.code) or self.currency, _cell(first.cells, self.words),
        ]  # fmt: skip
        return RawRow(first.line, cells, first.findings)

    def _full_day(self, day: str) -> str:
        """Belegdatum is DDMM (or DMM); the year is the one in which it lies in the batch."""
        if not day.isdigit() or len(day) not in {3, 4}:
            return day
        padded = day.zfill(4)
        monthday = padded[2:] + padded[:2]
        named = (self.first_day, self.last_day, self.year_start)
        years = sorted({each[:4] for each in named if each})
        fitting = [
            year for year in years
            if (self.first_day or "0") <= year + monthday <= (self.last_day or "99999999")
        ]  # fmt: skip
        year = fitting[0] if fitting else years[0] if years else ""
        return f"{padded[:2]}.{padded[2:]}.{year}" if year else day


def _place_of_year(head: Sequence[str]) -> int:
    """Where the start of the business year stands: field 13, in files of some writers 14."""
    fields = range(12, min(15, len(head) - 1))
    return next((n for n in fields if _YEAR.match(head[n]) and len(head[n + 1]) == 1), 12)


def _due_day(field: str) -> str:
    """Belegfeld 2 as a due date if it is one (DDMMYY); anything else is not guessed at."""
    if len(field) == len("311226") and field.isdigit() and 1 <= int(field[2:4]) <= 12:  # noqa: PLR2004
        return f"{field[:2]}.{field[2:4]}.20{field[4:]}"
    return ""


def _decimal(cents: int) -> str:
    sign, whole = "-" if cents < 0 else "", abs(cents)
    return f"{sign}{whole // 100},{whole % 100:02d}"


def _place(titles: Sequence[str], *names: str) -> int:
    return next((titles.index(name) for name in names if name in titles), -1)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if 0 <= place < len(cells) else ""


def _unnetted(line: int, error: CellUnreadable) -> Finding:
    reason = str(error.params.get("value", ""))
    return Finding("datev_row_unreadable", Severity.ERROR, line=line, params={"reason": reason})


def _warning(code: str, **params: str | int) -> Finding:
    return Finding(code, Severity.WARNING, params=params)
