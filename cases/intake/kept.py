"""A checked row as it is kept: JSON of its values, and the keys it is compared and grouped by."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from cases.core.sort_name import sort_name
from cases.formats.claims.claim_row import ClaimRow, Party
from cases.formats.claims.lists.fields import DAYS, FURTHER, REMINDERS
from cases.formats.invoice_fold import invoice_key
from legal.findings import Finding

_DAYS = (*DAYS, *REMINDERS, "contract_on")
_VALUES = (
    "invoice_number", "currency", "total_cents", "paid_cents", "open_cents", "iban", "text",
    "document_type", "status",
)  # fmt: skip
_CELLS = ("invoice_number", "currency", "iban", "text", "document_type", "status", *_DAYS)
#: What a person may correct of a debtor; fields of a list with the same names.
_PARTY = (
    "name", "street", "postcode", "city", "country", "email", "phone", "account", "vat_id",
    "register_number", "leitweg_id", "address_extra",
)  # fmt: skip
#: What cells say of a joint debtor.
_OF_JOINT = ("name", "street", "postcode", "city", "country")
_OF_PARTY = tuple(each.name for each in fields(Party))
# Many times as quick as `asdict` and `getattr`, and this is done for every row of a list.
_get_values, _get_party = attrgetter(*_VALUES), attrgetter(*_OF_PARTY)

#: Names and streets of a list repeat.
_sorting = lru_cache(10_000)(sort_name)


def parsed_of(row: ClaimRow) -> dict[str, Any]:
    """The values of a row as JSON; what it does not say is left out."""
    values: dict[str, Any] = dict(zip(_VALUES, _get_values(row), strict=True))
    values |= {name: day.isoformat() for name in _DAYS if (day := getattr(row, name))}
    party = zip(_OF_PARTY, _get_party(row.debtor), strict=True)
    values["debtor"] = {name: value for name, value in party if value}
    if row.joint:
        values["joint"] = [party_to_json(each) for each in row.joint]
    return {name: value for name, value in values.items() if value is not None}


def row_of(parsed: Mapping[str, Any], line: int = 0) -> ClaimRow:
    """The row that was kept."""
    values: dict[str, Any] = {name: parsed.get(name) for name in _VALUES}
    values |= {name: date.fromisoformat(parsed[name]) for name in _DAYS if name in parsed}
    joint = tuple(Party(**each) for each in parsed.get("joint", ()))
    return ClaimRow(line, **values, debtor=Party(**parsed.get("debtor", {})), joint=joint)


def cells_of(parsed: Mapping[str, Any]) -> dict[str, str]:
    """The values as cells that can be read in one way only, to check a row anew."""
    cells = {name: parsed[name] for name in _CELLS if name in parsed}
    for name in ("total", "paid", "open"):
        cents = parsed.get(f"{name}_cents")
        if cents is not None:
            cells[name] = plain_amount(cents)
    debtor = parsed.get("debtor", {})
    cells |= {name: debtor[name] for name in _PARTY if name in debtor}
    for place, party in zip(FURTHER, parsed.get("joint", ()), strict=False):
        cells |= {f"{place}_{name}": party[name] for name in _OF_JOINT if name in party}
    return cells


def plain_amount(cents: int) -> str:
    """Cents as a cell without grouping: 1234.56."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02}"


def debtor_key(row: ClaimRow) -> str | None:
    """What makes two rows one debtor's: name, address and currency, spelled alike.

    Joint debtors belong to it: claims against other people are other cases.
    """
    own = _party_key(row.debtor, row.currency)
    others = sorted(_party_key(each, row.currency) or "" for each in row.joint)
    return own and "|+|".join((own, *others))


def _party_key(debtor: Party, currency: str | None) -> str | None:
    if not debtor.name:
        return None
    parts = (_sorting(debtor.name), debtor.postcode or "", _sorting(street_of(debtor)))
    return "|".join((*parts, currency or ""))


def party_to_json(party: Party) -> dict[str, Any]:
    """A debtor as kept beside a row; what is not known is left out."""
    return {name: value for name in _OF_PARTY if (value := getattr(party, name))}


def street_of(debtor: Party) -> str:
    """The street with what stands before it on an envelope (c/o, department)."""
    return ", ".join(part for part in (debtor.address_extra, debtor.street) if part)


def invoice_key_of(row: ClaimRow) -> str | None:
    """The invoice number as it is compared."""
    return invoice_key(row.invoice_number) if row.invoice_number else None


def without_nul(cells: Mapping[str, str]) -> dict[str, str]:
    """Cells that the database can keep: it takes no NUL; the original file still has it."""
    return {name: cell.replace("\0", "") for name, cell in cells.items()}


def with_findings(row: ClaimRow, *more: Finding) -> ClaimRow:
    """The row with further findings."""
    return replace(row, findings=(*row.findings, *more)) if more else row
