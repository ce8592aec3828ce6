"""Crediting half of the pre-court fee where the agency itself files and claims that fee.

Only the total counts, so the half comes off either the fee of the application or the pre-court
costs: the house chooses, never both. A fee of 0 would waive it, so the field is blank or says what
is left. Where a lawyer takes over nothing is credited here: he computes his own fee (RDG § 13f).
Law: RDG § 13e(1); VV RVG preliminary note 3(4); RVG § 15a(1), (3).
"""

from dataclasses import dataclass

from cases.filings.applications.case_facts import CaseFacts
from cases.ledger.models import EntryKind
from legal.de.costs.fee_tables import fee_law
from legal.de.court.cost_proposal import CostProposal
from legal.rounding import round_cents

FEE, COSTS = "fee", "costs"


@dataclass(frozen=True, slots=True)
class FeeCredit:
    """What is taken off where: the fee that is left, or how much less the pre-court costs are."""

    remuneration_cents: int | None = None  # None: blank, the court computes the statutory fee.
    costs_less_cents: int = 0


def fee_credit(
    facts: CaseFacts, proposal: CostProposal | None, costs_cents: int, credit_in: str
) -> FeeCredit:
    """The credit of an application; `costs_cents` are the pre-court costs it claims.

    Where they are less than the half, because the debtor has paid on them, the fee bears it.
    """
    if proposal is None or proposal.credit_cents == 0:
        return FeeCredit()
    less = proposal.credit_cents + _vat(facts, proposal.credit_cents)
    if credit_in == COSTS and costs_cents > less:
        return FeeCredit(costs_less_cents=less)
    return FeeCredit(remuneration_cents=proposal.remuneration_cents)


def _vat(facts: CaseFacts, cents: int) -> int:
    """The tax in the booked costs goes with the half that is not claimed."""
    if not any(posting.kind is EntryKind.VAT for posting in facts.postings):
        return 0
    percent = fee_law().item("VV7008", facts.case.ordered_on).share_percent
    return round_cents(cents * percent / 100) if percent is not None else 0
