"""Names and accounts that a bank writes into its one column of text, each behind a label.

"Auftraggeber: Anna Muster Kto/IBAN: DE… Buchungstext: Rechnung 12 Ref. ABC/1" (comdirect).
"""

import re
from dataclasses import dataclass

_LABEL = re.compile(
    r"(Auftraggeber|Empf\S{0,2}nger|Zahlungspflichtiger|Kto/IBAN|BLZ/BIC|Buchungstext): "
)
_REFERENCE = re.compile(r" Ref\. \S+$")
_NAMES = ("Auftraggeber", "Empf", "Zahlungspflichtiger")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text taken apart; what has no label is the purpose."""

    purpose: str
    name: str = ""
    account: str = ""
    bic: str = ""


def labelled(text: str) -> Labelled:
    """Take a text apart by its labels; without "Buchungstext" nothing is taken out of it."""
    if "Buchungstext: " not in text:
        return Labelled(text)
    places = list(_LABEL.finditer(text))
    ends = [*(place.start() for place in places[1:]), len(text)]
    parts = {
        place[1]: text[place.end() : end].strip() for place, end in zip(places, ends, strict=True)
    }
    name = next((value for label, value in parts.items() if label.startswith(_NAMES)), "")
    purpose = _REFERENCE.sub("", parts["Buchungstext"]).strip()
    return Labelled(purpose, name, parts.get("Kto/IBAN", ""), parts.get("BLZ/BIC", ""))
