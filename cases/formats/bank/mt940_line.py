"""Field :61: and the balances of MT940: amounts, days, kind and references of an entry.

Source: SWIFT MT940, fields 60, 61, 62. Own code on purpose, see docs/formats_bank.md: the lines
of real banks break the published pattern too often to be left to one that gives up.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from cases.formats.bank.sepa_tags import given
from cases.formats.currencies import parse_comma_units

LINE = re.compile(
    r"(?P<value>[0-9]{6})(?P<booked>[0-9]{4}|\s{4})?\s*"
    r"(?P<expected>E)?(?P<reversed>R)?(?P<sign>[CD])(?P<funds>[A-Z])?\s*"
    r"(?P<amount>[0-9]{1,17}(?:,[0-9]*)?|,[0-9]+)\s*"
    r"(?P<kind>[A-Z][A-Z0-9 ]{3})?(?P<rest>.*)"
)
BALANCE = re.compile(r"(?P<sign>[CD])(?P<day>[0-9]{6})(?P<currency>[A-Z]{3})?(?P<amount>[0-9,]+)")
#: :34F:, the floor limit of MT942, which is where that names its currency.
FLOOR_LIMIT = re.compile(r"(?P<currency>[A-Z]{3})")
#: Original amount and charges, in the line below :61:.
ORIGINAL = re.compile(r"/OCMT/([A-Z]{3})([0-9]+,[0-9]*)")
CHARGES = re.compile(r"/CHGS/([A-Z]{3})([0-9]+,[0-9]*)")
REFERENCE_LENGTH = 16
#: Two-digit years from here on are of the last century.
FIRST_YEAR_OF_LAST_CENTURY = 80


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and whether the bank wrote one that does not exist (30 February)."""

    on: date
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What :61: says."""

    value: Day
    booked: Day
    amount_cents: int  # Signed.
    expected: bool
    reversal: bool
    kind: str
    customer_reference: str | None
    bank_reference: str | None
    more: str  # Supplementary details.
    original_cents: int | None = None
    original_currency: str | None = None
    charges_cents: int = 0


def read_line(lines: list[str], currency: str) -> Line | None:
    """Take :61: apart; None when it has no readable day, sign or amount."""
    found = LINE.fullmatch(lines[0].strip())
    value = _day(found["value"]) if found else None
    cents = parse_comma_units(found["amount"], currency) if found else None
    if found is None or value is None or cents is None:
        return None
    # RC takes back a credit and is a debit; RD takes back a debit and is a credit.
    negative = (found["sign"] == "D") != bool(found["reversed"])
    customer, more, bank = _references(found["rest"])
    below = "\n".join([*([more] if more else []), *lines[1:]]).strip()
    original, charges = ORIGINAL.search(below), CHARGES.search(below)
    return Line(
        value=value,
        booked=_booked(found["booked"], value),
        amount_cents=-cents if negative else cents,
        expected=bool(found["expected"]),
        reversal=bool(found["reversed"]),
        kind=(found["kind"] or "").strip(),
        customer_reference=given(customer),
        bank_reference=given(bank),
        more=" ".join(below.split()),
        original_cents=parse_comma_units(original[2], original[1]) if original else None,
        original_currency=original[1] if original else None,
        charges_cents=(parse_comma_units(charges[2], charges[1]) or 0) if charges else 0,
    )


def _references(rest: str) -> tuple[str, str, str]:
    """Customer reference, what follows it, and the bank's reference after two slashes."""
    before, _, bank = rest.partition("//")
    return before[:REFERENCE_LENGTH].strip(), before[REFERENCE_LENGTH:].strip(), bank.strip()


def _day(digits: str) -> Day | None:
    """YYMMDD; a day after the end of its month becomes its last (banks count 30 a month)."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    year += 1900 if year >= FIRST_YEAR_OF_LAST_CENTURY else 2000
    if not 1 <= month <= 12 or not 1 <= day <= 31:  # noqa: PLR2004
        return None
    last = calendar.monthrange(year, month)[1]
    return Day(date(year, month, min(day, last)), corrected=day > last)


def _booked(digits: str | None, value: Day) -> Day:
    """MMDD in the year that brings it nearest to the value day."""
    if not digits or not digits.strip():
        return value
    days = [
        day
        for year in (value.on.year - 1, value.on.year, value.on.year + 1)
        if (day := _day(f"{year % 100:02}{digits}"))
    ]
    return min(days, key=lambda day: abs(day.on - value.on), default=value)


@dataclass(frozen=True, slots=True)
class Balance:
    """What :60: or :62: says."""

    on: Day | None
    currency: str
    cents: int | None  # Signed; None when unreadable.


def read_balance(text: str, currency: str = "") -> Balance | None:
    """An opening or closing balance; `currency` stands in where the bank left it out."""
    found = BALANCE.fullmatch("".join(text.split()))
    if found is None:
        return None
    named = found["currency"] or currency
    cents = parse_comma_units(found["amount"], named)
    if cents is not None and found["sign"] == "D":
        cents = -cents
    return Balance(_day(found["day"]), named, cents)
