"""What stands in a name: titles, several persons, who represents whom, who passes the post on.

Pure. A name is taken apart where that is certain; what is not certain becomes a finding, so that
somebody is asked once, and nothing is ever glued together.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from cases.formats.party_kind import kind_of
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "name_missing": N_("The debtor has no name."),
    "name_unclear": N_("The name '{name}' is unclear: please enter given name and surname apart."),
    "name_is_company": N_(
        "'{name}' is the name of a company, but the debtor is entered as a person: please correct "
        "the kind, or enter company and person apart."
    ),
    "several_persons": N_(
        "'{name}' names several persons: please enter each of them as a debtor of the case."
    ),
    "minor_without_representative": N_(
        "'{name}' is a minor: the letter goes to the legal representatives, who are not entered."
    ),
    "estate_without_representative": N_(
        "'{name}' is an estate: the letter goes to the heirs or to whoever looks after the estate; "
        "please enter them as representative."
    ),
    "contact_unclear": N_(
        "'{name}' was entered as a given name of a company; the letter leaves it out."
    ),
    "country_unknown": N_("The country '{country}' is not known: please correct the address."),
    "letters_not_latin": N_(
        "'{name}' is not written in Latin letters, which post and courts need: please enter it as "
        "a passport has it."
    ),
    "address_incomplete": N_("The address lacks street, postcode or place."),
}

TITLES = re.compile(
    r"^(?:(?:prof|dr|mag|dipl|ing|med|jur|rer|nat|phil|pol|oec|h\.? ?c|habil|univ|em|apl)"
    r"(?:\.(?:-?[a-zäöü]+\.?)?|(?=\s))\s{0,5})+",
    re.IGNORECASE,
)
_MEN = frozenset({"herr", "herrn", "mr", "mr.", "monsieur", "signor"})
_WOMEN = frozenset({"frau", "mrs", "mrs.", "ms", "ms.", "miss", "madame", "signora"})
_FAMILY = re.compile(r"\b(familie|fam\.|eheleute|ehepaar)(\s|$)", re.IGNORECASE)
_SEVERAL = re.compile(r"\s(?:und|u\.|&|\+|and|et)\s|\s/\s|;", re.IGNORECASE)
_CARE_OF = re.compile(r",?\s{0,5}(?:\bc/o\b|\bp\. ?adr\.|\bbei:)\s{0,5}(.+)$", re.IGNORECASE)
_ATTENTION = re.compile(
    r",?\s{0,5}(?:\bz\. ?h(?:d|\.)\.?(?: v\.| von)?|\bzu händen(?: von)?|\batt(?:n|ention)?[.:]+)"
    r"\s{0,5}(.+)$",
    re.IGNORECASE,
)
_IN_COMPANY = re.compile(r",?\s{1,5}((?:herrn?|frau)\s{1,5}\S.+)$", re.IGNORECASE)
_REPRESENTED = re.compile(
    r",?\s{0,5}\(?(?:gesetzlich |gesetzl\. )?(?:vertreten|vertr\.) durch:?\s{1,5}(.+?)\)?$",
    re.IGNORECASE,
)
_MINOR = re.compile(r",?\s{0,5}\(?\b(minderjährige?r?|mdj\.?|minor)\b\)?,?\s{0,5}", re.IGNORECASE)
_ESTATE = re.compile(
    r"\b(nachla(?:ss|ß)|erben|erbengemeinschaft|verstorbene?[nr]?|verst\.|estate of)(\b|\s|$)|†",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^(.+?),?\s{1,5}((?:als|in (?:seiner|ihrer) eigenschaft als)\s{1,5}\S*"
    r"(?:verwalter|pfleger|betreuer|vollstrecker|liquidator|vormund|treuhänder|abwickler)(?:in)?\b.*)$",
    re.IGNORECASE,
)
_OFFICE_WORD = re.compile(
    r"\b\S{0,30}(?:insolvenzverwalter|nachlasspfleger|nachlassverwalter|zwangsverwalter|"
    r"testamentsvollstrecker|liquidator)(?:in)?\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r",?\s{1,5}(inh(?:aber(?:in)?)?\.?:?\s{1,5}.+)$", re.IGNORECASE)
_BORN = re.compile(r",?\s{0,5}\(?\bgeb(?:\.|oren(?:e|er)?)\s{1,5}[^,()]+\)?$", re.IGNORECASE)
_TURNED = re.compile(r"^([^,\d]+),\s{0,5}([^,\d]+)$")
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class PostalName:
    """A name as an envelope and a salutation need it."""

    surname: str  # Or the whole name of a company.
    given_name: str = ""
    titles: str = ""
    sex: str = ""  # "f", "m" or nothing: it is never guessed from a name.
    office: str = ""  # In what capacity: "als Insolvenzverwalter über das Vermögen der ..."
    represented_by: str = ""
    attention: str = ""
    care_of: str = ""
    owner: str = ""  # "Inh. Karl Muster" of a business.
    neutral: bool = False  # Nobody in particular is addressed: an estate, an office, a company.
    doubts: tuple[Finding, ...] = ()

    @property
    def full(self) -> str:
        """The name in one line, with its titles."""
        return " ".join(part for part in (self.titles, self.given_name, self.surname) if part)


def read_person(
    name: str,
    given_name: str = "",
    salutation: str = "",
    *,
    business: bool = False,
    representative: str = "",
) -> PostalName:
    """The name of a natural person; `business` for one who trades under it."""
    whole = " ".join(f"{given_name} {name}".split())
    found = _salutation(
        salutation, PostalName(" ".join(name.split()), " ".join(given_name.split()))
    )
    found = replace(found, represented_by=" ".join(representative.split()))
    if not found.surname:
        return replace(found, doubts=(_doubt("name_missing", whole),))
    found = _outside(replace(found, surname=_BORN.sub("", found.surname).strip()))
    if found.owner or business:
        return replace(found, neutral=bool(found.owner) or found.sex == "")
    estate = _ESTATE.search(whole) is not None
    minor = _MINOR.search(f"{found.given_name} {found.surname}") is not None
    found = _turned(_without_minor(found))
    found = _without_titles(found)
    doubts = tuple(_doubts_of_person(found, whole, salutation, estate=estate, minor=minor))
    in_office = found.office != "" or _OFFICE_WORD.search(whole) is not None
    neutral = estate or in_office or bool(found.represented_by)
    return replace(found, neutral=neutral, doubts=doubts)


def read_company(
    name: str, given_name: str = "", salutation: str = "", *, contact: str = ""
) -> PostalName:
    """The name of a company or a public body; a person in it is its contact, never its name."""
    found = _outside(PostalName(" ".join(name.split()), attention=" ".join(contact.split())))
    inside = None if found.attention else _IN_COMPANY.search(found.surname)
    if inside and kind_of(found.surname[: inside.start()]):
        found = replace(
            found, surname=found.surname[: inside.start()].strip(" ,"), attention=inside.group(1)
        )
    doubts = []
    if not found.surname:
        doubts.append(_doubt("name_missing", name))
    if given_name.strip() and not contact:
        doubts.append(_doubt("contact_unclear", given_name.strip(), Severity.WARNING))
    return replace(found, neutral=True, doubts=tuple(doubts))


def _salutation(salutation: str, found: PostalName) -> PostalName:
    """The sex and the titles that a salutation tells, such as "Herr Dr."."""
    words = salutation.split()
    if not words:
        return found
    first = words[0].lower()
    sex = "m" if first in _MEN else "f" if first in _WOMEN else ""
    rest = " ".join(words[1:] if sex else words)
    titles = rest if TITLES.fullmatch(f"{rest} ") or TITLES.fullmatch(rest) else ""
    return replace(found, sex=sex, titles=titles)


def _outside(found: PostalName) -> PostalName:
    """What belongs on lines of its own: c/o, for whose hands, who represents, in which office."""
    name = found.surname
    parts: dict[str, Any] = {}
    for field, pattern in (
        ("care_of", _CARE_OF),
        ("attention", _ATTENTION),
        ("represented_by", _REPRESENTED),
        ("owner", _OWNER),
    ):
        matched = pattern.search(name)
        if matched and matched.start() > 0:
            parts[field] = matched.group(1).strip(" ,")
            name = name[: matched.start()].strip(" ,")
    office = _OFFICE.match(name)
    if office:
        name, parts["office"] = office.group(1), office.group(2)
    return replace(found, surname=name, **parts)


def _without_minor(found: PostalName) -> PostalName:
    return replace(
        found,
        surname=_MINOR.sub(" ", found.surname).strip(" ,"),
        given_name=_MINOR.sub(" ", found.given_name).strip(" ,"),
    )


def _turned(found: PostalName) -> PostalName:
    """ "Muster, Karl" is Karl Muster where nothing else can be meant."""
    matched = None if found.given_name else _TURNED.match(found.surname)
    if matched is None or kind_of(found.surname) or _SEVERAL.search(f" {found.surname} "):
        return found
    surname, given = matched.group(1).strip(), matched.group(2).strip()
    if len(TITLES.sub("", given).split()) > _MOST_WORDS or not given:
        return found
    return replace(found, surname=surname, given_name=given)


def _without_titles(found: PostalName) -> PostalName:
    titles, given, surname = found.titles, found.given_name, found.surname
    for part in (given, surname):
        matched = TITLES.match(part)
        # Salutation and name may both tell the same title: the fuller one counts.
        if matched and matched.end() < len(part) and len(matched.group(0).strip()) > len(titles):
            titles = matched.group(0).strip()
    given = given if TITLES.fullmatch(given) is None else ""
    return replace(
        found,
        titles=titles,
        given_name=TITLES.sub("", given, count=1),
        surname=TITLES.sub("", surname, count=1) or surname,
    )


def _doubts_of_person(
    found: PostalName, whole: str, salutation: str, *, estate: bool, minor: bool
) -> list[Finding]:
    bare = f"{found.given_name} {found.surname}".strip()
    if estate or minor:
        code = "estate_without_representative" if estate else "minor_without_representative"
        return [] if found.represented_by else [_doubt(code, whole)]
    if _OFFICE_WORD.search(whole):
        return []
    if _FAMILY.search(f"{salutation} {bare}") or _SEVERAL.search(bare) or _both(salutation):
        return [_doubt("several_persons", whole)]
    if kind_of(bare) is not None:
        return [_doubt("name_is_company", whole)]
    if re.search(r"[,\d@()]", bare) or not re.search(r"[^\W\d_]", bare):
        return [_doubt("name_unclear", whole)]
    return []


def _both(salutation: str) -> bool:
    words = {word.lower() for word in salutation.split()}
    return bool(words & _MEN and words & _WOMEN)


def _doubt(code: str, name: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code, severity, "debtor", params={"name": name})
