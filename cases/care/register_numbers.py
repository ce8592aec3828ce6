"""Numbers of company registers, each checked as its country does. Pure.

Germany: HRA, HRB and the like with their court. Austria: the Firmenbuchnummer with its letter;
how the letter is computed is not published, so its shape is all that is checked. Switzerland: UID
with its check digit (modulus 11). France: SIRET or SIREN (Luhn). Others: taken as they are.
"""

import re
from collections.abc import Callable

from stdnum.at import businessid
from stdnum.ch import uid

from cases.formats.identifiers import is_register_number
from legal.findings import N_, Finding, Severity

#: HRA, HRB, PR (partnerships), GnR (cooperatives), VR (associations), GsR (companies of civil law).
_GERMAN = re.compile(r"(HRA|HRB|GNR|PR|VR|GSR) ?\d{1,6}(?: ?[A-Z]{1,3})?", re.IGNORECASE)

MESSAGES = {
    "register_form_de": N_(
        "“{value}” is not a German register number, such as HRB 8841. Please check it."
    ),
    "register_court_missing": N_("A German register number needs the court that keeps it."),
    "register_form_at": N_(
        "“{value}” is not an Austrian Firmenbuchnummer: digits and a letter, such as FN 122119m."
    ),
    "register_form_ch": N_("“{value}” is not a Swiss UID: its check digit does not fit."),
    "register_form_fr": N_("“{value}” is not a SIRET or SIREN: its check digit does not fit."),
}  # fmt: skip


_CHECKS: dict[str, Callable[[str], bool]] = {
    "AT": businessid.is_valid,
    "CH": uid.is_valid,
    "FR": is_register_number,
}


def check_register(country: str, number: str, court: str | None) -> Finding | None:
    """What is wrong with a register number; nothing for countries that we do not know."""
    value = number.strip()
    if country == "DE":
        if not _GERMAN.fullmatch(value):
            return _wrong("register_form_de", "register_number", value)
        return None if court else _wrong("register_court_missing", "register_court", value)
    right = _CHECKS.get(country)
    if right is None or right(value):
        return None
    return _wrong(f"register_form_{country.lower()}", "register_number", value)


def _wrong(code: str, field: str, value: str) -> Finding:
    return Finding(code, Severity.ERROR, field, params={"value": value})
