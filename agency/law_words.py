"""Places in the law as people of a language write them.

The tables of the rules name them in one form, code first ("RDG § 13a(1) no. 2; BGB § 286"). A
German reads "§ 13a Abs. 1 Nr. 2 RDG, § 286 BGB".
"""

import re

from flask_babel import gettext

from legal.findings import N_
from portal.shell.formatting import language

#: What stands where there is no statute.
CUSTOMS = {
    "good practice": N_("good practice"),
    "house rule": N_("rule of the house"),
}
_PLACE = re.compile(r"\b([A-Z][A-Za-z]{1,20}(?: VV)?) (.{0,200}?\d.{0,200})")
_GERMAN = (
    (re.compile(r"^(\d{4})\b"), r"Nr. \1"),  # Of the fee table.
    (re.compile(r"note \((\d+)\)"), r"Anm. Abs. \1"),
    (re.compile(r"\((\d+)\), \((\d+)\)"), r" Abs. \1 und \2"),
    (re.compile(r"\((\d+)\)"), r" Abs. \1"),
    (re.compile(r"\(([a-z])\)"), r" Buchst. \1"),
    (re.compile(r"\bno\. "), "Nr. "),
    (re.compile(r"\bsentence "), "Satz "),
    (re.compile(r" \(practice\)"), ""),
)


def law_words(law: str) -> str:
    """The places of the law that one rule rests on."""
    return ", ".join(_one(part) for part in law.split("; "))


def _one(part: str) -> str:
    if part in CUSTOMS:
        return str(gettext(CUSTOMS[part]))
    found = _PLACE.fullmatch(part)
    if found is None or part.startswith("BGH"):
        return part
    place = found[2]
    code = " ".join(reversed(found[1].split()))  # "RVG VV" is the VV of the RVG.
    if language() != "de":
        return f"{place} {code}"
    for pattern, said in _GERMAN:
        place = pattern.sub(said, place)
    return f"{place} {'DSGVO' if code == 'GDPR' else code}"
