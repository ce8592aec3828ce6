"""Countries and postcodes as lists write them."""

import re

from cases.formats.claims.lists.headers import fingerprint

_NAMES = {
    "DE": "de d deu deutschland germany allemagne bundesrepublikdeutschland brd",
    "AT": "at a aut oesterreich austria autriche",
    "CH": "ch che schweiz switzerland suisse svizzera",
    "LI": "li fl lie liechtenstein fuerstentumliechtenstein",
    "FR": "fr f fra frankreich france",
    "IT": "it i ita italien italy italie italia",
    "NL": "nl nld niederlande netherlands paysbas holland",
    "BE": "be b bel belgien belgium belgique",
    "LU": "lu l lux luxemburg luxembourg",
    "PL": "pl pol polen poland",
    "CZ": "cz cze tschechien czechia tschechischerepublik",
    "DK": "dk dnk daenemark denmark",
    "ES": "es e esp spanien spain espagne",
    "GB": "gb gbr grossbritannien unitedkingdom uk england vereinigteskoenigreich",
    "US": "us usa vereinigtestaaten unitedstates",
}
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
#: Digits of a postcode, for the countries we serve.
POSTCODE_DIGITS = {"DE": 5, "AT": 4, "CH": 4, "LI": 4, "FR": 5}
_PREFIXED = re.compile(r"^([A-Z]{1,3})[- ]+(\d{4,5})$")
_WITH_CITY = re.compile(r"^((?:[A-Z]{1,3}[- ]+)?\d{4,5})[ ,]+(\D.*)$")


def country_code(text: str) -> str | None:
    """The two-letter code of a country however it is written; None if we do not know it."""
    known = _CODES.get(fingerprint(text))
    if known is None and len(text) == 2 and text.isascii() and text.isalpha():  # noqa: PLR2004
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
