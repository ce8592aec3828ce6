"""Minor units of currencies: how many decimals an amount of a currency has.

Source: ISO 4217 list one; a currency that is not named here has two decimals.
"""

import re
from decimal import Decimal

DEFAULT_DECIMALS = 2
#: Decimals of the currencies that do not have two.
DECIMALS = (
    dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    )
    | dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)
    | dict.fromkeys(("CLF", "UYW"), 4)
)

#: A plain decimal: no sign, exponent or digits of other scripts; at most 18 digits (ISO 20022).
PLAIN_AMOUNT = re.compile(r"([0-9]{1,18})(?:\.([0-9]{0,18}))?|\.([0-9]{1,18})")
MAX_CENTS = 2**63 - 1


def decimals_of(currency: str) -> int:
    """How many decimals amounts of this currency have."""
    return DECIMALS.get(currency.upper(), DEFAULT_DECIMALS)


def parse_minor_units(text: str, currency: str) -> int | None:
    """An amount without sign, with a decimal point, in whole minor units of its currency.

    None when it is unreadable, too large for 64 bits, or finer than the minor unit.
    """
    matched = PLAIN_AMOUNT.fullmatch(text)
    if matched is None:
        return None
    units = Decimal(text).scaleb(decimals_of(currency))
    # More digits than a Decimal carries would be rounded silently; such an amount is absurd anyway.
    if len(units.as_tuple().digits) > 25 or units > MAX_CENTS or units != int(units):  # noqa: PLR2004
        return None
    return int(units)


def parse_comma_units(text: str, currency: str) -> int | None:
    """The same for the notation with a decimal comma and no thousands mark, as MT940 has it."""
    return None if "." in text else parse_minor_units(text.replace(",", ".", 1), currency)
