"""Which entries a person can make to mend a finding in place. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cases.filings.applications.models import FilingKind
from cases.filings.de.typed_entries import may_be_entered, value_at
from legal.de.court.admitted_letters import in_admitted_letters
from legal.de.court.readiness.catalogue import claim_catalogue

#: Findings that a declaration of the creditor mends.
DECLARATIONS = {
    "performance": "performance",
    "performance_declared_on": "performance",
    "kennsatz.vglm1": "performance",
    "direct_payments": "direct_payments",
}
_PARTS = {
    "prozessgericht": ("pgm", "plz", "place"),
    "property": ("plz", "place"),
    "assignment": ("date", "name", "plz", "place"),
    "consumer_credit": ("date", "rate"),
}
#: What can be entered at a leaf; everything else comes from the records.
LEAVES = frozenset(
    {
        "n1", "n2", "n3", "n4", "street", "plz", "place", "country", "anrede", "rechtsform",
        "pgm", "function",
        "name", "no", "ground", "invoice_no", "from", "to", "text", "contract_type", "inhalt",
        "order_date", "date", "rate", "kind", "service", "olg_district", "other_costs_reason",
    }
)  # fmt: skip
#: What is entered for an application of this kind whether something is wrong or not.
_ALWAYS = {
    FilingKind.ORDER_NEW_SERVICE: ("defendant.street", "defendant.plz", "defendant.place"),
    FilingKind.ENFORCEMENT_NEW_SERVICE: ("defendant.street", "defendant.plz", "defendant.place"),
    FilingKind.WITHDRAWAL: ("kind",),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One field to fill in: where it goes, what it is, what stands there now."""

    path: str
    leaf: str
    value: str
    party: str = ""  # Whom it is about: the place in the application.
    offered: str = ""  # The same in letters that the court admits, to be looked at.

    @property
    def options(self) -> tuple[str, ...]:
        """The values to choose from, if they are few."""
        if self.leaf == "no":
            return tuple(str(no) for no in claim_catalogue())
        return {
            "pgm": ("1", "2"),
            "olg_district": ("Düsseldorf", "Hamm", "Köln"),
            "anrede": ("0", "1", "2"),
            "kind": ("withdrawal", "resolved"),
        }.get(self.leaf, ())


def entries_for(code: str, path: str | None, notation: Mapping[str, Any]) -> list[Entry]:
    """The fields that mend a finding; none if the records or somebody else must."""
    if path is None or path in DECLARATIONS:
        return []
    path = path.removeprefix("applications[0].")  # Later applications stand in a list.
    if code == "olg_district_missing":
        return [entry_of("olg_district", notation)]
    found = [entry_of(each, notation) for each in _paths(code, path, notation)]
    if code != "character_not_admitted":
        return found
    return [replace(entry, offered=in_admitted_letters(entry.value) or "") for entry in found]


def entries_always(kind: FilingKind, notation: Mapping[str, Any]) -> list[Entry]:
    """What this kind of application asks a person for."""
    if kind is FilingKind.QUERY_ANSWER:
        count = len(notation.get("items", []))
        return [entry_of(f"items[{index}].inhalt", notation) for index in range(count)]
    return [entry_of(path, notation) for path in _ALWAYS.get(kind, ())]


def _paths(code: str, path: str, notation: Mapping[str, Any]) -> list[str]:
    last = _leaf(path)
    if last in _PARTS:
        return [f"{path}.{part}" for part in _PARTS[last]]
    if last == "representatives":
        return _representatives(path, notation)
    if code == "partner_company_missing":
        return _representatives(path.split("[0].function", maxsplit=1)[0], notation)
    if last in LEAVES and may_be_entered(path):
        return [path]
    return []


def _representatives(path: str, notation: Mapping[str, Any]) -> list[str]:
    """A company stands between in a GmbH & Co. KG: its name, then its officer."""
    form = str(value_at(notation, path.rsplit(".", 1)[0] + ".rechtsform") or "")
    if "&" in form:
        return [f"{path}[0].function", f"{path}[1].function", f"{path}[1].name"]
    return [f"{path}[0].function", f"{path}[0].name"]


def entry_of(path: str, notation: Mapping[str, Any]) -> Entry:
    """The field at a path, with what stands there now."""
    value = value_at(notation, path)
    party = path.split(".", maxsplit=1)[0] if "." in path else ""
    return Entry(path, _leaf(path), "" if value is None else str(value), party)


def _leaf(path: str) -> str:
    return re.sub(r"\[\d\]$", "", path.rsplit(".", 1)[-1])
