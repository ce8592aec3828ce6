"""The statement of claims for whoever prepares an insolvency petition.

In writing, at the creditor's expense, split into principal, interest and costs; it asks for nothing
and is no demand, so it may go whatever stands still. Law: InsO § 305(2).
"""

from typing import Any

from cases.claims.models import Case
from cases.claims.queries import list_claims, list_debtors, lock_case
from cases.core import clock
from cases.core.errors import Conflict
from cases.ledger.services import owed_on
from cases.letters.models import Letter, LetterKind
from cases.letters.rendering import render_html
from cases.plans.letters import content_of, release
from legal.errors import LawError

TEMPLATE = "claims_statement"
#: What the statement must show.
PARTS = ("claims_split",)


class ClaimsNotComputable(Conflict):
    """The interest of this case cannot be computed. The page of the case says why."""


def send_claims_statement(case_id: int, user_id: int) -> list[Letter]:
    """Send the statement to every debtor of the case, or to who speaks for him.

    Raises:
        ClaimsNotComputable, AddressMissing, HandlerIncomplete.
    """
    case = lock_case(case_id)
    told = _told(case)
    return [
        release(case, debtor, LetterKind.CLAIMS_STATEMENT, TEMPLATE, told, user_id, PARTS)
        for debtor in list_debtors(case.id)
    ]


def preview_claims_statement(case: Case, user_id: int) -> str:
    """The statement to the first debtor as HTML; raises as `send_claims_statement`."""
    debtor = list_debtors(case.id)[0]
    return render_html(TEMPLATE, content_of(case, debtor, "–", user_id) | _told(case))


def _told(case: Case) -> dict[str, Any]:
    """What is owed today, claim by claim, as plain data; frozen with the letter."""
    try:
        owed = owed_on(case, clock.today())
    except LawError as unknown:
        raise ClaimsNotComputable from unknown
    claims = {claim.id: claim for claim in list_claims(case.id)}
    costs_interest = owed.costs.interest_open_cents
    return {
        "currency": case.currency,
        "as_of": clock.today().isoformat(),
        "claims": [
            {
                "invoice_number": each.terms.invoice_number,
                "invoiced_on": each.terms.invoiced_on.isoformat(),
                "titled_on": titled.isoformat() if titled else None,
                "principal_cents": each.principal_open_cents,
                "interest_cents": each.interest_open_cents,
            }
            for each in owed.claims
            for titled in [claims[each.terms.claim_id].titled_on]
        ],
        "costs_cents": owed.costs_open_cents,
        "costs_interest_cents": costs_interest,
        "principal_cents": owed.principal_open_cents,
        "interest_cents": owed.interest_open_cents,
        "total_cents": owed.open_cents,
        "per_day_cents": str(owed.per_day_cents),
    }
