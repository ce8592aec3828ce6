"""The legal-position sheet: what a claim rests on, since when it is late, what a day costs.

Every figure is that of the statement of the day; nothing is computed here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.claims.models import Case, Claim
from cases.claims.queries import get_case_by_id, list_claims, list_debtors
from cases.core import audit, clock
from cases.ledger.queries import statement
from cases.ledger.statement import ClaimBalance, Statement
from cases.letters.demand_content import house_line
from cases.letters.pdf import render_pdf
from cases.letters.rendering import render_html
from cases.parties.queries import get_agency, get_creditor
from legal.default import Ground

TEMPLATE = "position"
_AGENCY = (
    "name", "street", "postcode", "city", "phone", "email", "register_entry", "vat_id",
    "trust_iban",
)  # fmt: skip
LABELS = {
    "de": {
        "title": "Rechtslage auf einen Blick",
        "rests_on": "Worauf die Forderung beruht",
        "invoice": "Rechnung {number} vom {day}",
        "contract": "Vertrag vom {day}",
        "late_since": "Verzug seit {day}: {why}",
        "not_late": "Noch kein Verzug, daher keine Verzugszinsen",
        "owed": "Was am {day} offen ist",
        "principal": "Hauptforderung",
        "interest": "Zinsen bis zu diesem Tag",
        "costs": "Kosten",
        "total": "Zusammen",
        "per_day": "Jeder weitere Tag kostet Zinsen von {amount}.",
        "no_interest": "Derzeit fallen keine weiteren Zinsen an.",
        "next": "Was als Nächstes kommt",
        "court": "Bleibt die Zahlung aus und wird die Forderung nicht bestritten, kann ein "
        "Mahnbescheid beantragt werden. Allein die Gerichtsgebühr dafür beträgt {amount}; "
        "sie käme zu dem offenen Betrag hinzu.",
        "talk": "Wenn etwas nicht stimmt oder nicht auf einmal gezahlt werden kann: "
        "Rufen Sie an, {phone}, oder schreiben Sie an {email}.",
    },
    "en": {
        "title": "The legal position at a glance",
        "rests_on": "What the claim rests on",
        "invoice": "Invoice {number} of {day}",
        "contract": "Contract of {day}",
        "late_since": "In default since {day}: {why}",
        "not_late": "Not in default yet, so no default interest",
        "owed": "What is open on {day}",
        "principal": "Principal",
        "interest": "Interest to that day",
        "costs": "Costs",
        "total": "In all",
        "per_day": "Each further day costs interest of {amount}.",
        "no_interest": "No further interest arises at present.",
        "next": "What comes next",
        "court": "If nothing is paid and the claim is not disputed, an order for payment can be "
        "applied for. The court's fee for it alone is {amount}; it would be added to what is open.",
        "talk": "If something is not right, or cannot be paid at once: call {phone}, "
        "or write to {email}.",
    },
}
#: Why default began, in words for a debtor.
GROUNDS = {
    "de": {
        Ground.AGREED_DAY: "der vereinbarte Zahlungstag war verstrichen (§ 286 Abs. 2 BGB)",
        Ground.REMINDER: "die Mahnung war zugegangen (§ 286 Abs. 1 BGB)",
        Ground.REFUSAL: "die Zahlung war endgültig verweigert (§ 286 Abs. 2 Nr. 3 BGB)",
        Ground.THIRTY_DAYS: "30 Tage nach Fälligkeit und Rechnung waren um (§ 286 Abs. 3 BGB)",
    },
    "en": {
        Ground.AGREED_DAY: "the agreed day of payment had passed (§ 286(2) BGB)",
        Ground.REMINDER: "the reminder had arrived (§ 286(1) BGB)",
        Ground.REFUSAL: "payment had been refused finally (§ 286(2) no. 3 BGB)",
        Ground.THIRTY_DAYS: "30 days after due date and invoice were over (§ 286(3) BGB)",
    },
}


@dataclass(frozen=True, slots=True)
class Position:
    """One sheet: case, claims with their balance, and the statement that it is made from."""

    case: Case
    claims: list[tuple[Claim, ClaimBalance]]
    owed: Statement


def position_of(case_id: int, day: date) -> Position:
    """The position of a case on a day."""
    owed = statement(case_id, day)
    claims = list(zip(list_claims(case_id), owed.claims, strict=True))
    return Position(get_case_by_id(case_id), claims, owed)


def position_pdf(
    case_id: int, day: date, court_fee_cents: int | None, language: str = "de"
) -> bytes:
    """The sheet as a document; the same day and account give the same bytes."""
    position, agency = position_of(case_id, day), get_agency()
    case = position.case
    content: dict[str, Any] = {
        "language": language,
        "currency": case.currency,
        "agency": {name: getattr(agency, name) for name in _AGENCY},
        "company_line": house_line(agency, language),
        "case_number": case.number,
        "dispatched_on": clock.today().isoformat(),
        "as_of": day.isoformat(),
        "creditor": get_creditor(case.creditor_id).name,
        "debtors": [found.debtor.full_name for found in list_debtors(case_id)],
        "labels": LABELS[language],
        "claims": [_claim(claim, balance, language) for claim, balance in position.claims],
        "principal_cents": position.owed.principal_open_cents,
        "interest_cents": position.owed.interest_open_cents,
        "costs_cents": position.owed.costs_open_cents,
        "total_cents": position.owed.open_cents,
        "per_day_cents": str(position.owed.per_day_cents),
        "court_fee_cents": court_fee_cents,
    }
    audit.record("position.printed", "case", case.id, creditor_id=case.creditor_id, as_of=day)
    return render_pdf(render_html(TEMPLATE, content), "statement.css")


def _claim(claim: Claim, balance: ClaimBalance, language: str) -> dict[str, Any]:
    ground = Ground(claim.default_basis) if claim.default_basis else None
    return {
        "number": claim.invoice_number,
        "invoiced_on": claim.invoiced_on.isoformat(),
        "description": claim.description or "",
        "contract_on": claim.contract_on.isoformat() if claim.contract_on else None,
        "default_on": claim.default_on.isoformat() if claim.default_on else None,
        "why": GROUNDS[language][ground] if ground else "",
        "open_cents": balance.principal_open_cents,
    }
