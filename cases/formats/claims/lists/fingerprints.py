"""A header as it is compared: folded, without umlauts, signs and currency."""

import re
import unicodedata
from functools import cache

CURRENCIES = ("EUR", "CHF", "USD", "GBP", "DKK", "SEK", "NOK", "PLN", "CZK", "HUF", "RON", "BGN")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe"})
_CURRENCY_WORD = re.compile(
    r"[\(\[]?\b(?:in )?(?:" + "|".join(CURRENCIES) + r"|euro)\b[\)\]]?|[€$£]", re.IGNORECASE
)


@cache
def fingerprint(header: str) -> str:
    """A header as it is compared: lower case ASCII letters and digits, no currency."""
    text = _CURRENCY_WORD.sub(" ", header.casefold().translate(_UMLAUTS))
    plain = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z0-9]", "", plain)
