"""Bookings for the tax adviser: a DATEV Buchungsstapel (EXTF 700, category 21, version 9).

Pure: journals in, bytes out. The claims themselves are the creditors' and stay out of our books,
so the memorandum accounts are not exported. A journal with more than two lines is split into pairs
that add up to it. Specification: DATEV format, EXTF header version 700.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files

from cases.ledger.errors import JournalUnbalanced
from cases.ledger.models import Account

#: Accounts of the house -> G/L accounts of the adviser's chart; SKR 04, a setting.
CHART = {
    Account.TRUST_BANK: 1810,
    Account.TRUST_IN_TRANSIT: 1460,
    Account.CASH_ON_HAND: 1610,
    Account.OPERATING_BANK: 1800,
    Account.SUSPENSE: 1495,
    Account.CREDITOR_PAYABLES: 3700,
    Account.CREDITOR_ADVANCES: 3710,
    Account.CREDITOR_RECEIVABLES: 1300,
    Account.REFUNDS_DUE: 3720,
    Account.SHARE_IN_TRUST: 3730,
    Account.COURT_PAYABLES: 3740,
    Account.COURT_COSTS_ADVANCED: 1310,
    Account.AGENCY_INCOME: 4400,
    Account.BANK_CHARGES: 6855,
    Account.VAT_PAYABLE: 3806,
}
MEMORANDUM = frozenset({Account.CLAIMS_DUE, Account.CLAIMS_HELD})
_COLUMNS_FILE = files("cases.ledger.books") / "data" / "datev_columns.txt"
#: The columns of format version 9; those after the booking text stay empty.
COLUMNS = tuple(_COLUMNS_FILE.read_text(encoding="utf-8").splitlines())
REFERENCE_LENGTH, TEXT_LENGTH = 36, 60
NOT_IN_REFERENCE = re.compile(r"[^A-Za-z0-9$&%*+\-/]+")


@dataclass(frozen=True, slots=True)
class Stack:
    """What the header says about a batch of bookings."""

    first_day: date
    last_day: date
    made_at: datetime
    made_by: str
    consultant: int = 1001
    client: int = 1
    chart: str = "04"
    account_length: int = 4
    label: str = "Recoup"


@dataclass(frozen=True, slots=True)
class Booking:
    """A journal as the adviser needs it: its lines with positive debits."""

    number: int
    booked_on: date
    text: str
    reference: str
    lines: tuple[tuple[Account, int], ...]


def encode_stack(
    stack: Stack,
    bookings: Iterable[Booking],
    chart: Mapping[Account, int] = CHART,
    income_key: str = "",
) -> bytes:
    """The file, in cp1252 with CRLF, as DATEV reads it.

    `income_key` stands with every booking of income: the adviser's key (BU-Schlüssel) that stops
    an automatic account, because VAT is booked apart.
    """
    rows = [_header(stack), ";".join(COLUMNS)]
    for booking in bookings:
        rows += [_row(booking, *pair, chart, income_key) for pair in pairs_of(booking)]
    return ("\r\n".join(rows) + "\r\n").encode("cp1252", "replace")


def pairs_of(booking: Booking) -> list[tuple[Account, Account, int]]:
    """Debit account, credit account and amount; the pairs add up to the journal.

    Raises:
        JournalUnbalanced: what is left without the memorandum accounts does not sum to zero.
    """
    debits = [(a, c) for a, c in booking.lines if c > 0 and a not in MEMORANDUM]
    credits = [(a, -c) for a, c in booking.lines if c < 0 and a not in MEMORANDUM]
    pairs: list[tuple[Account, Account, int]] = []
    while debits and credits:
        cents = min(debits[0][1], credits[0][1])
        pairs.append((debits[0][0], credits[0][0], cents))
        debits, credits = _take(debits, cents), _take(credits, cents)
    if debits or credits:
        raise JournalUnbalanced
    return pairs


def _take(side: list[tuple[Account, int]], cents: int) -> list[tuple[Account, int]]:
    account, rest = side[0]
    return [(account, rest - cents), *side[1:]] if rest > cents else side[1:]


def _header(stack: Stack) -> str:
    made = stack.made_at.strftime("%Y%m%d%H%M%S") + f"{stack.made_at.microsecond // 1000:03d}"
    year = stack.first_day.replace(month=1, day=1)
    fields = [
        _quoted("EXTF"), "700", "21", _quoted("Buchungsstapel"), "9", made, "", _quoted("RE"),
        _quoted(stack.made_by[:25]), _quoted(""), str(stack.consultant), str(stack.client),
        f"{year:%Y%m%d}", str(stack.account_length),
        f"{stack.first_day:%Y%m%d}", f"{stack.last_day:%Y%m%d}",
        _quoted(stack.label[:30]), _quoted(""), "1", "", "0", _quoted("EUR"), "", _quoted(""), "",
        "", _quoted(stack.chart), "", "", _quoted(""), _quoted(""),
    ]  # fmt: skip
    return ";".join(fields)


def _row(
    booking: Booking,
    debit: Account,
    credit: Account,
    cents: int,
    chart: Mapping[Account, int],
    income_key: str,
) -> str:
    key = income_key if Account.AGENCY_INCOME in {debit, credit} else ""
    fields = [
        f"{cents // 100},{cents % 100:02d}", _quoted("S"), _quoted("EUR"), "", "", _quoted(""),
        str(chart[debit]), str(chart[credit]), _quoted(key), f"{booking.booked_on:%d%m}",
        _quoted(document_reference(booking.reference)), _quoted(f"J{booking.number}"), "",
        _quoted(booking.text[:TEXT_LENGTH]),
    ]  # fmt: skip
    return ";".join([*fields, *("" for _ in range(len(COLUMNS) - len(fields)))])


def document_reference(reference: str) -> str:
    """Belegfeld 1: only the signs that every version takes, the rest as a hyphen.

    The rule is a cautious choice of the house, no specification was at hand: letters, digits and
    $ & % * + - / are named by all of them.
    """
    return NOT_IN_REFERENCE.sub("-", reference).strip("-")[:REFERENCE_LENGTH]


def _quoted(text: str) -> str:
    """A text field; DATEV doubles a quote inside and knows no line breaks."""
    return '"' + " ".join(text.split()).replace('"', '""') + '"'
