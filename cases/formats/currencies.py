"""Currencies as lists write them, and how many decimals their smallest unit has."""

import re
from decimal import Decimal, InvalidOperation

from cases.formats.amounts import MAX_CENTS
from cases.formats.cells import CellUnreadable, shown
from legal.rounding import round_cents

_SIGNS = {"€": "EUR", "EURO": "EUR", "£": "GBP", "$": "USD", "US$": "USD", "SFR": "CHF",
          "SFR.": "CHF", "FR.": "CHF", "FR": "CHF"}  # fmt: skip
_CODE = re.compile(r"^[A-Z]{3}$", re.ASCII)
_WITHOUT_DECIMALS = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
     "XAF", "XOF", "XPF")
)  # fmt: skip
_WITH_THREE = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
_PLAIN = re.compile(r"^\s*[-+]?\d{1,20}(?:\.\d{0,20})?\s*$", re.ASCII)


def currency_code(text: str) -> str | None:
    """The ISO 4217 code of what a cell calls its currency; None if it is none."""
    upper = text.strip().upper()
    code = _SIGNS.get(upper, upper)
    return code if _CODE.match(code) else None


def minor_digits(currency: str | None) -> int:
    """How many decimals the currency's smallest unit has."""
    if currency in _WITHOUT_DECIMALS:
        return 0
    return 3 if currency in _WITH_THREE else 2


def minor_units(text: str, currency: str | None) -> int:
    """An XML decimal as the currency's smallest unit; more decimals are rounded half up.

    Raises:
        CellUnreadable: it is no decimal, or too large.
    """
    if not _PLAIN.match(text):
        raise CellUnreadable("amount_unreadable", value=shown(text))
    try:
        cents = round_cents(Decimal(text.strip()).scaleb(minor_digits(currency)))
    except InvalidOperation:
        raise CellUnreadable("amount_unreadable", value=shown(text)) from None
    if abs(cents) > MAX_CENTS:
        raise CellUnreadable("amount_out_of_range", value=shown(text))
    return cents
