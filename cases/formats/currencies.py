"""Currencies as files write them, and amounts in the smallest unit of each.

Decimals: ISO 4217 list one. CLDR's digits (babel) tell how people write prices, not what a bank
books: they give the Serbian dinar, the lek and twenty others none, where ISO 4217 has two.
"""

import re
from decimal import Decimal, InvalidOperation

from cases.formats.amounts import MAX_CENTS
from cases.formats.cells import CellUnreadable, shown
from legal.rounding import round_cents

_SIGNS = {"€": "EUR", "EURO": "EUR", "£": "GBP", "$": "USD", "US$": "USD", "SFR": "CHF",
          "SFR.": "CHF", "FR.": "CHF", "FR": "CHF"}  # fmt: skip
_CODE = re.compile(r"[A-Z]{3}")
#: A sign or code beside the figure: “£1,234.50”, “100,00 CHF”.
_BESIDE = re.compile(r"[€£]|(?:US)?\$|\b(?:EURO?|CHF|USD|GBP|SFR|FR)\b\.?", re.IGNORECASE)
_USUAL_DECIMALS = 2
#: Decimals of the currencies that do not have two.
_DECIMALS = (
    dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
         "VUV", "XAF", "XOF", "XPF"), 0)
    | dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)
    | dict.fromkeys(("CLF", "UYW"), 4)
)  # fmt: skip
#: A plain decimal: no sign, exponent or digits of other scripts; at most 18 digits (ISO 20022).
_UNSIGNED = re.compile(r"([0-9]{1,18})(?:\.([0-9]{0,18}))?|\.([0-9]{1,18})")
_SIGNED = re.compile(r"[-+]?[0-9]{1,20}(?:\.[0-9]{0,20})?")
_LARGEST = 2**63 - 1
#: More digits than a Decimal carries would be rounded silently; such an amount is absurd anyway.
_CARRIED_DIGITS = 25


def currency_code(text: str) -> str | None:
    """The ISO 4217 code of what a cell calls its currency; None if it is none."""
    upper = text.strip().upper()
    code = _SIGNS.get(upper, upper)
    return code if _CODE.fullmatch(code) else None


def currency_written(amount: str) -> str | None:
    """The currency that stands beside the figure of an amount; None where none does."""
    beside = _BESIDE.search(amount)
    return currency_code(beside[0]) if beside else None


def minor_digits(currency: str | None) -> int:
    """How many decimals the currency's smallest unit has."""
    return _DECIMALS.get((currency or "").upper(), _USUAL_DECIMALS)


def minor_units(text: str, currency: str | None) -> int:
    """An XML decimal as the currency's smallest unit; more decimals are rounded half up.

    Raises:
        CellUnreadable: it is no decimal, or too large.
    """
    plain = text.strip()
    if not _SIGNED.fullmatch(plain):
        raise CellUnreadable("amount_unreadable", value=shown(text))
    try:
        cents = round_cents(Decimal(plain).scaleb(minor_digits(currency)))
    except InvalidOperation:
        raise CellUnreadable("amount_unreadable", value=shown(text)) from None
    if abs(cents) > MAX_CENTS:
        raise CellUnreadable("amount_out_of_range", value=shown(text))
    return cents


def parse_minor_units(text: str, currency: str) -> int | None:
    """An amount without sign, with a decimal point, in whole minor units of its currency.

    None when it is unreadable, too large for 64 bits, or finer than the minor unit: what a bank
    booked is never rounded.
    """
    if _UNSIGNED.fullmatch(text) is None:
        return None
    units = Decimal(text).scaleb(minor_digits(currency))
    if len(units.as_tuple().digits) > _CARRIED_DIGITS or units > _LARGEST or units != int(units):
        return None
    return int(units)


def parse_comma_units(text: str, currency: str) -> int | None:
    """The same for the notation with a decimal comma and no thousands mark, as MT940 has it."""
    return None if "." in text else parse_minor_units(text.replace(",", ".", 1), currency)
