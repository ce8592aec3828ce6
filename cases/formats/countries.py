"""Countries and postcodes as lists write them."""

import re
from functools import cache

from babel import Locale

from cases.formats.claims.lists.fingerprints import fingerprint

#: How lists write the neighbours; every other name comes from CLDR, in four languages.
_SHORT = {
    "DE": "d deu ger brd bundesrepublikdeutschland bundesrepublik", "AT": "a aut", "CH": "che",
    "LI": "fl lie fuerstentumliechtenstein", "FR": "f fra", "IT": "i ita", "NL": "nld holland",
    "BE": "b bel", "LU": "l lux", "PL": "pol", "CZ": "cze tschechischerepublik cechia",
    "DK": "dnk", "ES": "e esp", "US": "usa",
    "GB": "gbr uk england grossbritannien greatbritain schottland wales",
    "IE": "irl", "PT": "prt", "SE": "swe", "HU": "hun", "RO": "rou", "SK": "svk", "HR": "hrv",
    "GR": "grc hellas", "FI": "fin", "TR": "tur tuerkei turkey turquie",
}  # fmt: skip
_LANGUAGES = ("de", "en", "fr", "it")


@cache
def _codes() -> dict[str, str]:
    found = {
        fingerprint(name): code
        for language in _LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == _CODE_LENGTH and code.isalpha() and code not in _NO_COUNTRIES
    }
    found |= {code.lower(): code for code in found.values()}
    return found | {name: code for code, names in _SHORT.items() for name in names.split()}


_CODE_LENGTH = 2
#: Codes of CLDR that stand for no country: the union, the zone, outlying and unknown places.
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"})
#: Digits of a postcode, for the countries we serve.
POSTCODE_DIGITS = {"DE": 5, "AT": 4, "CH": 4, "LI": 4, "FR": 5}
_PREFIXED = re.compile(r"^([A-Z]{1,3})[- ]+(\d{4,5})$")
_WITH_CITY = re.compile(r"^((?:[A-Z]{1,3}[- ]+)?\d{4,5})[ ,]+(\D.*)$")


def country_code(text: str) -> str | None:
    """The two-letter code of a country however it is written; None if we do not know it."""
    known = _codes().get(fingerprint(text))
    if known is None and len(text) == len("DE") and text.isascii() and text.isalpha():
        return text.upper()
    return known


def split_prefix(postcode: str) -> tuple[str | None, str]:
    """The country in front of a postcode (A-1010), if there is one, and the postcode."""
    prefixed = _PREFIXED.match(postcode)
    if prefixed is None:
        return None, postcode
    country = country_code(prefixed.group(1))
    return (country, prefixed.group(2)) if country else (None, postcode)


def split_postcode_city(text: str) -> tuple[str, str]:
    """A cell that holds postcode and town."""
    parts = _WITH_CITY.match(text)
    return (parts.group(1), parts.group(2)) if parts else ("", text)


#: An address in one cell: street, five digits, town; four digits only behind a comma.
_ONE_CELL = re.compile(
    r"^(.{3,120}?)[, ]{1,3}((?:[A-Z]{1,3}[- ])?\d{5}|(?<=, )(?:[A-Z]{1,3}[- ])?\d{4}) "
    r"([^\d,]{2,60})$"
)


_SEPARATORS = re.compile(r"[,;|]")
#: Longer than any name with its address.
_LONGEST = 300


def split_named_address(text: str) -> tuple[str, tuple[str, str, str] | None]:
    """Name and address of a cell that holds both; without an address where that is not certain.

    Certain is “Karl Muster, Hauptstr. 1, 01067 Dresden”: street with its number, postcode, town.
    """
    name, *rest = (part.strip() for part in _SEPARATORS.split(text[: _LONGEST + 1]))
    if not name or not rest or len(text) > _LONGEST:
        return text, None
    street, postcode, city = split_address(", ".join(rest))
    has_number = any(sign.isdigit() for sign in street)
    if not (postcode and city and has_number and any(sign.isalpha() for sign in street)):
        return text, None
    return name, (street, postcode, city)


def split_address(text: str) -> tuple[str, str | None, str | None]:
    """Street, postcode and town of an address that stands in one cell; else all is the street."""
    parts = _ONE_CELL.match(text)
    return (parts[1].rstrip(" ,"), parts[2], parts[3].strip()) if parts else (text, None, None)
