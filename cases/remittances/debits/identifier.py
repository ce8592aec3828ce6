"""The creditor identifier of SEPA direct debits (Gläubiger-Identifikationsnummer). Pure."""

import re

_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28}")
#: The three letters behind the check digits are the holder's own and are not checked.
_OWN = slice(4, 7)


def find_creditor_identifier(text: str) -> str | None:
    """The identifier in this text if shape and check digits (modulo 97) are right."""
    compact = re.sub(r"\s", "", text).upper()
    if not _SHAPE.fullmatch(compact):
        return None
    rest = compact[7:] + compact[:4]
    number = int("".join(str(int(sign, 36)) for sign in rest))
    return compact if number % 97 == 1 else None
