"""Amounts as lists write them: German, English and Swiss notation, signs in front and behind.

One separator before exactly three digits (1.234) is ambiguous: the whole column decides, and if it
does not, the row asks. Never a float, never an exponent, ASCII digits only.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cases.formats.cells import CellUnreadable, shown
from legal.findings import N_

#: Ten thousand million: beyond it a figure is a slip of the keyboard, not a claim.
MAX_CENTS = 10_000_000_000_00

MESSAGES = {
    "amount_unreadable": N_("“{value}” is not an amount. Write it like 1234,56 or 1234.56."),
    "amount_ambiguous": N_(
        "“{value}” can be read in two ways, with or without decimals, and the other rows do not "
        "settle it. Please write the amount with two decimals."
    ),
    "amount_other_notation": N_(
        "“{value}” is written in another notation than the rest of its column. Please confirm "
        "the amount by writing it like the others."
    ),
    "amount_too_precise": N_(
        "“{value}” has more than two decimals. Please give the amount in whole cents."
    ),
    "amount_out_of_range": N_("“{value}” is too large to be a claim. Please check the amount."),
}

_NOISE = re.compile(r"€|\$|£|\b(?:EUR|CHF|USD|GBP|EURO)\b|\b(?:SFr|Fr)\.?(?![a-z])", re.IGNORECASE)
_BLANKS = str.maketrans("", "", " \t\r\n\u00a0\u202f\u2007\u2009")
_MINUS = str.maketrans({"−": "-", "–": "-", "’": "'", "‘": "'", "´": "'"})
_SIDED = re.compile(r"^(.*\d-?)(S|H|D|C|DR|CR)$", re.IGNORECASE)
_GROUPED = re.compile(r"^\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})*(?:([.,])(\d+))?$")
_SIMPLE = re.compile(r"^(\d+)(?:([.,])(\d+))?(?:,?[-–—]{1,2})?$")
_DECIMALS = 2
#: More digits than 64 bits hold in the smallest unit.
_MAX_DIGITS = 14
_GROUP = 3


@dataclass(frozen=True, slots=True)
class Notation:
    """How a column writes decimals: its usual sign (None: unknown), and whether all rows agree."""

    decimal: str | None = None
    mixed: bool = False


def decide_notation(values: Iterable[str]) -> Notation:
    """Decide a column's notation from all its cells that can be read in one way only."""
    signs = Counter(sign for value in values if (sign := _evident_sign(value)))
    if not signs:
        return Notation()
    ranked = signs.most_common()
    if len(ranked) == 1:
        return Notation(ranked[0][0])
    tied = ranked[0][1] == ranked[1][1]
    return Notation(None if tied else ranked[0][0], mixed=True)


def parse_cents(text: str, notation: Notation = Notation()) -> int:
    """Read an amount as cents; S or no sign is owed to us, H or a minus is a credit.

    Raises:
        CellUnreadable: the cell is not an amount, or it is not clear which.
    """
    cents = parse_units(text, notation, _DECIMALS)
    if abs(cents) > MAX_CENTS:
        raise CellUnreadable("amount_out_of_range", value=shown(text))
    return cents


def parse_units(text: str, notation: Notation, decimals: int) -> int:
    """Read an amount in units of so many decimals, as `parse_cents` does in two.

    Raises:
        CellUnreadable: as there.
    """
    sign, body = _sign_and_body(text)
    whole, fraction = _split(text, body, notation)
    fraction = fraction.rstrip("0") if len(fraction) > decimals else fraction
    if len(fraction) > decimals:
        raise CellUnreadable("amount_too_precise", value=shown(text))
    if len(whole.lstrip("0")) > _MAX_DIGITS:
        raise CellUnreadable("amount_out_of_range", value=shown(text))
    # The digits stand behind one another, so no power of ten is needed.
    return sign * int(whole + fraction.ljust(decimals, "0"))


def _sign_and_body(text: str) -> tuple[int, str]:
    body = _NOISE.sub("", text.translate(_MINUS)).translate(_BLANKS)
    sign = 1
    if body.startswith("(") and body.endswith(")"):
        sign, body = -1, body[1:-1]
    sided = _SIDED.match(body)
    if sided:
        body = sided.group(1)
        sign = -sign if sided.group(2).upper() in {"H", "C", "CR"} else sign
    if body.startswith("-") or (body.endswith("-") and not body.endswith((",-", ".-", "--"))):
        sign, body = -sign, body.removeprefix("-") if body.startswith("-") else body[:-1]
    elif body.startswith("+"):
        body = body[1:]
    return sign, re.sub(r"[.,]-{1,2}$", "", body)


def _split(text: str, body: str, notation: Notation) -> tuple[str, str]:
    """The digits before and behind the decimal sign."""
    if not body.isascii():
        raise CellUnreadable("amount_unreadable", value=shown(text))
    simple = _SIMPLE.match(body)
    if simple:
        whole, sign, decimals = simple.group(1), simple.group(2), simple.group(3) or ""
        if sign and len(decimals) == _GROUP:
            return _three_digits(text, whole, sign, decimals, notation)
        return whole, decimals
    grouped = _GROUPED.match(body)
    if grouped is None or grouped.group(1) == grouped.group(2):
        raise CellUnreadable("amount_unreadable", value=shown(text))
    return _grouped(text, body, grouped, notation)


def _three_digits(
    text: str, whole: str, sign: str, decimals: str, notation: Notation
) -> tuple[str, str]:
    could_be_thousands = len(whole) <= _GROUP and not whole.startswith("0")
    if not could_be_thousands:
        return whole, decimals
    if notation.decimal in {None, sign} or notation.mixed:
        raise CellUnreadable("amount_ambiguous", value=shown(text))
    return whole + decimals, ""


def _grouped(text: str, body: str, grouped: re.Match[str], notation: Notation) -> tuple[str, str]:
    thousands, sign = grouped.group(1), grouped.group(2)
    decimal = sign or (None if thousands == "'" else "," if thousands == "." else ".")
    against = notation.decimal is not None and decimal not in {None, notation.decimal}
    if thousands != "'" and (against or (notation.mixed and notation.decimal is None)):
        raise CellUnreadable("amount_other_notation", value=shown(text))
    whole = body.split(sign, maxsplit=1)[0] if sign else body
    return whole.replace(thousands, ""), grouped.group(3) or ""


def _evident_sign(text: str) -> str | None:
    """The decimal sign of a cell that can be read in one way only."""
    if text[-3:-2] in {",", "."} and text[-2:].isdigit() and text[:-3].isdigit():
        return text[-3]  # The usual case, without the cost of the general one.
    body = _sign_and_body(text)[1]
    simple = _SIMPLE.match(body)
    if simple:
        evident = simple.group(2) and len(simple.group(3)) != _GROUP
        return simple.group(2) if evident else None
    grouped = _GROUPED.match(body)
    if grouped is None or grouped.group(1) == grouped.group(2):
        return None
    if grouped.group(2):
        return grouped.group(2)
    return {".": ",", ",": ".", "'": None}[grouped.group(1)]
