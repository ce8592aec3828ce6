"""The applications after the first, in the published notation. Pure. Law: ZPO §§ 692-699."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cases.claims.queries import DebtorInCase
from cases.filings.applications.models import FilingKind
from cases.filings.de.parties import address_of, name_of
from cases.filings.de.payment_order import euro
from cases.filings.de.typed_entries import apply_entries
from cases.filings.proceedings.models import Proceeding


def draft_follow_up(
    kind: FilingKind,
    proceeding: Proceeding,
    entries: Mapping[str, Any],
    *,
    today: date,
    debtor: DebtorInCase,
    payments: Sequence[tuple[date, int]] = (),
    query: Mapping[str, Any] | None = None,
    names: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """One application about a proceeding; `query` is the court's message that is answered.

    `names` are the parts of the debtor's name as a person has written them in the application.
    """
    found: dict[str, Any] = {"gnr": proceeding.court_number or "", "own_ref": proceeding.own_ref}
    match kind:
        case FilingKind.ORDER_NEW_SERVICE | FilingKind.ENFORCEMENT_NEW_SERVICE:
            found["defendant"] = {**_defendant(debtor), **(names or {})}
        case FilingKind.ENFORCEMENT_ORDER:
            found |= {
                "date": today.isoformat(),
                "service": "court",
                "payments": _paid(payments),
                "interest_on_costs": True,
            }
        case FilingKind.QUERY_ANSWER:
            found |= _answer(query or {}, today)
        case FilingKind.WITHDRAWAL:
            found |= {"kind": "withdrawal", "original": "machine"}
        case _:
            pass
    return apply_entries({k: v for k, v in found.items() if v not in ("", [])}, entries)


def _paid(payments: Sequence[tuple[date, int]]) -> list[dict[str, str]]:
    """Payments since the order; an empty list declares that there were none. ZPO § 699(1)."""
    return [{"date": day.isoformat(), "amount": euro(cents)} for day, cents in payments]


def _defendant(party: DebtorInCase) -> dict[str, str]:
    found = {**name_of(party.debtor), **address_of(party.address)}
    found.pop("anrede", None)
    return {key: value for key, value in found.items() if value}


def _answer(query: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The court expects its own entries back; only the content changes."""
    answer = {
        "date": today.isoformat(),
        "application_date": query.get("application_date"),
        "application_kind": query.get("application_kind"),
        "items": [{k: v for k, v in item.items() if v} for item in query.get("items", [])],
    }
    if len(query.get("gnrs") or []) > 1:
        answer["gnrs"] = list(query["gnrs"])
    return {key: value for key, value in answer.items() if value}
