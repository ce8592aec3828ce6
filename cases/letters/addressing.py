"""How a letter addresses a debtor: the lines in the window, the salutation, the name in the text.

Pure. Lines follow DIN 5008 at home; abroad the place stands in capitals, and the country in
capitals in the sender's language on the last line (Universal Postal Union).
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from babel import Locale

from cases.letters.person_names import MESSAGES, PostalName, read_company, read_person
from legal.findings import Finding, Severity

__all__ = ["MESSAGES", "Addressee", "Party", "address"]

#: Countries whose postcode stands behind the place, or on a line of its own after it.
_POSTCODE_BEHIND = frozenset({"AU", "CA", "IN", "NZ", "SG", "TW", "US", "ZA"})
_POSTCODE_BELOW = frozenset({"GB", "GG", "IE", "IM", "JE", "MT"})
#: What the locale data call by a name that no envelope bears.
_SHORT = {"HK": "HONGKONG", "MO": "MACAU", "MM": "MYANMAR", "PS": "PALÄSTINA"}
_PREFIX = re.compile(r"^[A-Z]{1,3}[- ]+(?=\d)")
_NATURAL = frozenset({"natural_person", "sole_trader"})


@dataclass(frozen=True, slots=True)
class Party:
    """A debtor with his address, as he was entered."""

    kind: str
    name: str
    street: str
    postcode: str
    city: str
    country: str = "DE"
    given_name: str = ""
    salutation: str = ""
    representative: str = ""
    contact: str = ""
    care_of: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who a letter goes to, in words."""

    name: str
    salutation: str
    lines: tuple[str, ...]
    natural_person: bool
    doubts: tuple[Finding, ...] = ()


def address(party: Party, language: str, home: str = "DE") -> Addressee:
    """The debtor as the addressee of a letter that is posted in the country `home`."""
    natural = party.kind in _NATURAL
    if natural:
        name = read_person(
            party.name,
            party.given_name,
            party.salutation,
            business=party.kind == "sole_trader",
            representative=party.representative,
        )
    else:
        name = read_company(party.name, party.given_name, party.salutation, contact=party.contact)
    if party.care_of:
        name = replace(name, care_of=party.care_of)
    place, doubts = _place(party, home)
    lines = tuple(line for line in (*_name_lines(name, natural, language), *place) if line)
    doubts += [
        Finding("letters_not_latin", Severity.ERROR, "debtor", params={"name": line})
        for line in lines
        if not all(map(_is_latin, line))
    ]
    return Addressee(
        name=name.full,
        salutation=_salutation(name, natural, language),
        lines=lines,
        natural_person=natural,
        doubts=(*name.doubts, *doubts),
    )


def _is_latin(sign: str) -> bool:
    """What post and courts everywhere can read (addresses abroad: UPU Convention)."""
    return not sign.isalpha() or "LATIN" in unicodedata.name(sign, "") or sign in "ªºµ"


def _name_lines(name: PostalName, natural: bool, language: str) -> list[str]:
    by = "represented by" if language == "en" else "gesetzlich vertreten durch"
    to = "Attn." if language == "en" else "z. Hd."
    return [
        _FORMS[language][name.sex] if natural and name.sex else "",
        name.full,
        name.owner,
        name.office,
        f"{by} {name.represented_by}" if name.represented_by else "",
        f"{to} {name.attention}" if name.attention else "",
        f"c/o {name.care_of}" if name.care_of else "",
    ]


_FORMS = {"de": {"f": "Frau", "m": "Herrn"}, "en": {"f": "Ms", "m": "Mr"}}


def _salutation(name: PostalName, natural: bool, language: str) -> str:
    if not natural or name.neutral or name.doubts:
        return "Dear Sir or Madam" if language == "en" else "Sehr geehrte Damen und Herren"
    titles = _spoken(name.titles)
    if not name.sex:
        # The sex of a person is not guessed from a name.
        whole = " ".join(part for part in (titles, name.given_name, name.surname) if part)
        greeting = "Dear" if language == "en" else "Guten Tag"
        return f"{greeting} {whole}" if name.given_name or titles else _bare(language)
    if language == "en":
        spoken = titles.replace(".", "") or ("Ms" if name.sex == "f" else "Mr")
        return f"Dear {spoken} {name.surname}"
    form = "Sehr geehrte Frau" if name.sex == "f" else "Sehr geehrter Herr"
    return " ".join(part for part in (form, titles, name.surname) if part)


def _bare(language: str) -> str:
    return "Dear Sir or Madam" if language == "en" else "Guten Tag"


def _spoken(titles: str) -> str:
    """Of all titles those that are said: Prof. and Dr."""
    said = [word for word in titles.split() if word.lower().rstrip(".") in {"prof", "dr"}]
    return " ".join(dict.fromkeys(f"{word.rstrip('.')}." for word in said))


def _place(party: Party, home: str) -> tuple[list[str], list[Finding]]:
    street, city = " ".join(party.street.split()), " ".join(party.city.split())
    country = (party.country or home).strip().upper()
    postcode = _PREFIX.sub("", " ".join(party.postcode.split()))
    doubts = []
    if not street or not city or (not postcode and country == home):
        doubts.append(Finding("address_incomplete", Severity.ERROR, "debtor"))
    if country == home:
        return [street, f"{postcode} {city}".strip()], doubts
    named = country_name(country, home)
    if named is None:
        params: dict[str, str | int] = {"country": country}
        doubts.append(Finding("country_unknown", Severity.ERROR, "debtor", params=params))
    place = city.upper()
    if country in _POSTCODE_BEHIND:
        lines = [street, f"{place} {postcode}".strip()]
    elif country in _POSTCODE_BELOW:
        lines = [street, place, postcode]
    else:
        lines = [street, f"{postcode} {place}".strip()]
    return [*lines, named or country], doubts


@cache
def country_name(code: str, home: str = "DE") -> str | None:
    """A country in capitals, in the language of the country that the letter is posted in."""
    named = (
        Locale("de").territories.get(code) if len(code) == len("DE") and code.isalpha() else None
    )
    if named is None or code in {"ZZ", "EU", "UN", "EZ"}:
        return None
    return _SHORT.get(code, str(named).upper())
