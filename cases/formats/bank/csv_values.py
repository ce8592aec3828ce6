"""Amounts and days as the CSV exports of banks write them; nothing ambiguous is guessed."""

import re
from collections.abc import Iterable
from datetime import date

from cases.formats.currencies import parse_minor_units

#: Decimal comma, thousands with dots or blanks or not at all; decimal point likewise.
COMMA = re.compile(r"([0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
POINT = re.compile(r"([0-9]{1,3}(?:[,'’ ][0-9]{3})+|[0-9]+)(?:\.([0-9]+))?")
SIGNED = re.compile(r"([+\-−]?)\s*(.*?)\s*([+\-]?)")
IGNORED = re.compile(r"(?:EUR|€|CHF|USD|[\u00a0\u202f\s])+")
GERMAN_DAY = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4}|[0-9]{2})")
ISO_DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[T ].*)?")


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
        if both or decimals != 3:  # noqa: PLR2004
            marks.add(value[last])
    return marks.pop() if len(marks) == 1 else None


def parse_amount(written: str, currency: str, mark: str | None) -> int | None:
    """Signed minor units; None when unreadable, ambiguous or finer than the minor unit."""
    sign, number, behind = SIGNED.fullmatch(IGNORED.sub("", written)).groups()  # type: ignore[union-attr]
    if sign and behind:
        return None
    pattern = POINT if mark == "." else COMMA
    found = pattern.fullmatch(number)
    if found is None or (mark is None and re.search(r"[.,]", number)):
        return None
    whole = re.sub(r"[^0-9]", "", found[1])
    cents = parse_minor_units(f"{whole}.{found[2]}" if found[2] else whole, currency)
    if cents is None:
        return None
    return -cents if "-" in {sign, behind} or sign == "−" else cents


def parse_day(written: str) -> date | None:
    """A German or ISO day that exists; day and month are never swapped."""
    text = written.strip()
    german, iso = GERMAN_DAY.fullmatch(text), ISO_DAY.fullmatch(text)
    if german:
        day, month, year = (int(part) for part in german.groups())
        year += 2000 if year < 100 else 0  # noqa: PLR2004
    elif iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
