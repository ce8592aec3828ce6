"""Columns of joint debtors: who owes the same claim as well, in columns of his own (§ 421 BGB).

Lists name him by a word (Mitschuldner, Ehepartner) or by a number behind the ordinary headers
(Vorname 2, PLZ 2). A lone “Name 2” or “Adresse 2” is the next line of the first debtor.
"""

import re
from collections.abc import Mapping, Sequence

from cases.formats.claims.lists.fields import FURTHER, SYNONYMS
from cases.formats.claims.lists.fingerprints import fingerprint

_BY_WORD = re.compile(
    r"^(?:mitschuldner(?:in)?|mitdebitor|gesamtschuldner(?:in)?|weitererschuldner|"
    r"zweiterschuldner|mitmieter(?:in)?|ehepartner(?:in)?|ehegatte|ehefrau|"
    r"codebtor|jointdebtor|seconddebtor|codebiteur|coobligato)([123]?)(.*)$"
)
_NUMBERED_PERSON = re.compile(
    r"^(?:schuldner(?:in)?|debitor|kunde|mieter(?:in)?|kaeufer|debtor|customer|tenant|person)"
    r"([23])(.*)$"
)
_NUMBERED = re.compile(r"^([a-z]{3,30})([123])$")
#: Header of a part of a debtor -> its field, by the words that single debtors have.
_PARTS = {
    word: part
    for part, field in (
        ("name", "name"), ("name", "company"), ("name", "last_name"),
        ("first_name", "first_name"), ("street", "street"), ("house_number", "house_number"),
        ("postcode", "postcode"), ("city", "city"), ("postcode_city", "postcode_city"),
        ("country", "country"),
    )
    for word in SYNONYMS[field]
}  # fmt: skip
_PARTS[""] = "name"
#: Numbered headers that only another person has; an address may have a second line.
_OF_A_PERSON = {"first_name", "postcode", "city", "postcode_city"}


def joint_columns(columns: Sequence[str]) -> Mapping[str, str]:
    """Column -> field of a joint debtor; or the header without its number, of the first debtor."""
    found = {column: field for column in columns if (field := _by_word(fingerprint(column)))}
    numbered = {
        column: match for column in columns
        if column not in found and (match := _NUMBERED.match(fingerprint(column)))
        and match[1] in _PARTS
    }  # fmt: skip
    parts = {(_PARTS[match[1]], match[2]) for match in numbered.values()}
    if not any(part in _OF_A_PERSON and number in "23" for part, number in parts):
        return found
    taken = {fingerprint(column) for column in columns}
    for column, match in numbered.items():
        if match[2] == "1":
            found |= {} if match[1] in taken else {column: match[1]}
        else:
            found[column] = f"{FURTHER[int(match[2]) - 2]}_{_PARTS[match[1]]}"
    return found


def _by_word(header: str) -> str | None:
    if word := _BY_WORD.match(header):
        place = max(int(word[1] or "1") - 1, 0)
        part = _PARTS.get(word[2])
        return f"{FURTHER[place]}_{part}" if part and place < len(FURTHER) else None
    if person := _NUMBERED_PERSON.match(header):
        part = _PARTS.get(person[2])
        return f"{FURTHER[int(person[1]) - 2]}_{part}" if part else None
    return None
