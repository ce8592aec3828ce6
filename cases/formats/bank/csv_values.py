"""Amounts and days as the CSV exports of banks write them; nothing ambiguous is guessed.

They are the amounts and days of all files; a bank's decimals are those of the currency, and a day
between slashes begins with the day unless its column says otherwise.
"""

import re
from collections.abc import Iterable
from datetime import date

from cases.formats.amounts import Notation, parse_units
from cases.formats.cells import CellUnreadable
from cases.formats.currencies import minor_digits
from cases.formats.dates import parse_day as parse_any_day

#: S and D are debits on an account, while on a list of claims S is what is owed.
_SIDED = re.compile(r"^(.{0,40}[0-9]) ?([SHDCshdc])$")
_DAY = re.compile(
    r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{2,4}(?:[T ,].*)?|[0-9]{8}|"
    r"[0-9]{1,2}\.?[ -]?[^\W\d_]{3,9}\.?[ -]?[0-9]{2,4}"
)
_SECONDS = re.compile(r"(?<=:[0-9]{2})\.[0-9]+$|,? [A-Z]{2,5}$")
_LONGEST_DAY = 40
_THOUSANDS = 3


def decimal_mark(values: Iterable[str]) -> str | None:
    """The decimal mark of a column, by those of its values that leave no doubt."""
    marks = set()
    for value in values:
        last = max(value.rfind(","), value.rfind("."))
        if last < 0:
            continue
        decimals = len(re.sub(r"[^0-9]", "", value[last:]))
        both = "," in value and "." in value
        # A mark before three digits may divide thousands; only with the other one is it plain.
        if both or decimals != _THOUSANDS:
            marks.add(value[last])
    return marks.pop() if len(marks) == 1 else None


def parse_amount(written: str, currency: str, mark: str | None) -> int | None:
    """Signed minor units; None when unreadable, ambiguous or finer than the minor unit."""
    if mark is None and re.search(r"[.,]", written):
        return None
    sided = _SIDED.fullmatch(written)
    try:
        units = parse_units(sided[1] if sided else written, Notation(mark), minor_digits(currency))
    except CellUnreadable:
        return None
    return -abs(units) if sided and sided[2] in "SDsd" else units


def parse_day(written: str, day_first: bool = True) -> date | None:
    """A day that exists, whatever time stands behind it; day and month are never swapped."""
    text = written.strip()
    if len(text) > _LONGEST_DAY or not _DAY.fullmatch(text):
        return None
    try:
        return parse_any_day(_SECONDS.sub("", text).replace(",", " "), day_first)
    except CellUnreadable:
        return None
