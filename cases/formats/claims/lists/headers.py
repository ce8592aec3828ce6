"""From column headers to fields: the automatic mapping, its confidence, and the one a person gives.

Headers are compared by their fingerprints.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from cases.formats.claims.lists.fields import AMOUNTS, FIELDS, REMINDERS, REQUIRED, SYNONYMS
from cases.formats.claims.lists.fingerprints import CURRENCIES, fingerprint
from cases.formats.claims.lists.joint_columns import joint_columns
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "mapping_needed": N_(
        "The list has no line with column names. Please say which column holds what."
    ),
    "columns_missing": N_(
        "No column was recognised as {fields}. Please say which column of the list holds it."
    ),
    "mapping_unknown_column": N_("The list has no column “{column}”; it was not mapped."),
    "mapping_unknown_field": N_("“{name}” is not a field of a claim; it was not mapped."),
    "mapping_twice": N_(
        "Two columns are mapped to {name}; only the first one, “{column}”, was read."
    ),
    "header_duplicate": N_(
        "Two columns are called “{column}”. The second one is shown as “{renamed}”."
    ),
}
_SIGNS = MappingProxyType({"€": "EUR", "£": "GBP", "$": "USD", "sfr": "CHF"})
_EXACT = 1.0
_PREFIXED = 0.9
_PARTIAL = 0.6
#: What shops and ledgers put before a debtor's address: “Customer Address City”, “billingZipcode”.
_OF_DEBTOR = re.compile(
    "(?:billing|billto|customer|client|contact|po|kunden?|debitor(?:en)?|schuldner|rechnungs)"
    "(?:address|adress[es]?|anschrifts?)?"
)
_IN_ADDRESSES = ("first_name", "last_name", "company", "name", "street", "house_number", "postcode",
                 "city", "country", "email", "phone")  # fmt: skip
_MIN_PART = 6
#: A header with one of these parts means another amount or day than the one it resembles.
_OTHER_MEANING = re.compile(
    "^position|^pos(?=menge|preis|betrag|netto)|^item(?=amount|price|qty)|menge|quantity|qty|"
    "netto(?!faell)|steuer|mwst|skonto|rabatt|gebuehr|zinsen|kosten|gegen|"
    "^(?:kunden|konto|debitoren|gesamt|customer|account|partner)(?=saldo|balance)|"
    # A thousand euro is no unit of a claim.
    "teur$|tsd(?:eur|euro)?$|tausend$|thousands?$|betragint$|"
    "(?:code|nummer|nr|number|id|kz|typ|type|art|status|state|limit)$"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One column with the field it probably holds, and how sure we are (1: the very name)."""

    column: str
    field: str | None
    confidence: float


@cache
def recognise_header(header: str) -> tuple[str, float, int] | None:
    """The field a header names, with confidence and rank (0: the name we prefer)."""
    wanted = fingerprint(header)
    for field, names in SYNONYMS.items():
        if wanted in names:
            return field, _EXACT, names.index(wanted)
    if not wanted and currency_of_headers([header]):
        return "total", _PARTIAL, 0  # A column called “EUR” holds euro.
    if (prefix := _OF_DEBTOR.match(wanted)) and (rest := wanted[prefix.end() :]):
        for field in _IN_ADDRESSES:
            if rest in SYNONYMS[field]:
                return field, _PREFIXED, SYNONYMS[field].index(rest)
    return None if _OTHER_MEANING.search(wanted) else _by_a_part(wanted)


def _by_a_part(wanted: str) -> tuple[str, float, int] | None:
    """The field whose name a header begins or ends with: what it ends with is what it is.

    “InvoiceAmountDue” is an amount due, though “Invoice” is the number of one.
    """
    for is_part in (wanted.endswith, wanted.startswith):
        found = [
            (len(name), field, rank + len(names))
            for field, names in SYNONYMS.items()
            for rank, name in enumerate(names)
            if len(name) >= _MIN_PART and is_part(name)
        ]
        if found:
            _, field, rank = max(found, key=lambda each: each[0])
            return field, _PARTIAL, rank
    return None


def propose(columns: Sequence[str]) -> tuple[Proposal, ...]:
    """Propose a field for each column; of two candidates the preferred name wins."""
    best: dict[str, tuple[float, int, int]] = {}
    for place, column in enumerate(columns):
        known = recognise_header(column)
        if known is not None:
            field, confidence, rank = known
            best[field] = min(best.get(field, (1.0, 10_000, 0)), (-confidence, rank, place))
    chosen = {place: (field, -negative) for field, (negative, _, place) in best.items()}
    return tuple(
        Proposal(column, *chosen.get(place, (None, 0.0))) for place, column in enumerate(columns)
    )


def automatic_mapping(columns: Sequence[str]) -> dict[str, str]:
    """Column -> field for every column whose header is known.

    A company or a last name alone is the debtor's name; both beside each other tell one from the
    person to turn to. The only reminder that is named is the reminder. Columns of joint debtors are
    told apart first.
    """
    joint = joint_columns(columns)
    own = {column: joint.get(column, column) for column in columns}
    shown = [own[column] for column in columns if own[column] not in FIELDS]
    known = {each.column: each.field for each in propose(shown) if each.field}
    mapping = {
        column: name if name in FIELDS else known[name]
        for column, name in own.items()
        if name in FIELDS or name in known
    }
    found = set(mapping.values())
    names = found & {"name", "company", "last_name"}
    alone = {next(iter(names)): "name"} if len(names) == 1 else {}
    reminders = [field for field in REMINDERS if field in found]
    if reminders and reminders[0] != "reminded_on":
        alone[reminders[0]] = "reminded_on"
    return {column: alone.get(field, field) for column, field in mapping.items()}


def given_mapping(
    columns: Sequence[str], mapping: Mapping[str, str]
) -> tuple[dict[str, str], list[Finding]]:
    """The mapping a person gave, without what does not fit the file; empty field: ignore it."""
    accepted: dict[str, str] = {}
    findings: list[Finding] = []
    for column, field in mapping.items():
        if not field:
            continue
        if column not in columns:
            findings.append(_warning("mapping_unknown_column", column=column))
        elif field not in FIELDS:
            findings.append(_warning("mapping_unknown_field", name=field))
        elif field in accepted.values():
            first = next(each for each, taken in accepted.items() if taken == field)
            findings.append(_warning("mapping_twice", name=field, column=first))
        else:
            accepted[column] = field
    return accepted, findings


def missing_fields(mapping: Mapping[str, str]) -> list[str]:
    """The fields without which no claim can be made of a list."""
    fields = set(mapping.values())
    missing = [field for field in REQUIRED if field not in fields]
    return missing if fields.intersection(AMOUNTS) else [*missing, "open"]


def currency_of_headers(columns: Sequence[str]) -> str | None:
    """The one currency that the headers themselves name (“Betrag CHF”)."""
    found: set[str] = set()
    for column in columns:
        upper = column.upper()
        found.update(code for code in CURRENCIES if re.search(rf"\b{code}\b", upper))
        found.update(code for sign, code in _SIGNS.items() if sign in column.casefold())
    return found.pop() if len(found) == 1 else None


def unique_columns(headers: Sequence[str]) -> tuple[tuple[str, ...], list[Finding]]:
    """Give every column a name of its own: empty ones a number, repeated ones a counter."""
    names: list[str] = []
    findings: list[Finding] = []
    for place, header in enumerate(headers, start=1):
        name = header or f"#{place}"
        if name in names:
            renamed = next(
                f"{name} ({n})"
                for n in range(2, len(headers) + 2)
                if f"{name} ({n})" not in names and f"{name} ({n})" not in headers
            )
            findings.append(_warning("header_duplicate", column=name, renamed=renamed))
            name = renamed
        names.append(name)
    return tuple(names), findings


def _warning(code: str, **params: str) -> Finding:
    return Finding(code, Severity.WARNING, params=params)
