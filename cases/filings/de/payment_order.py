"""The application for a payment order in the published notation, from the facts of a case.

Law: ZPO § 690. What only a person can say (court for litigation, catalogue number) is entered.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cases.claims.default import interest_rule
from cases.claims.models import Claim
from cases.claims.queries import DebtorInCase
from cases.filings.applications.case_facts import CaseFacts, claimed_in
from cases.filings.de.fee_credit import COSTS, fee_credit
from cases.filings.de.parties import applicant_of, defendant_of
from cases.filings.de.typed_entries import apply_entries
from cases.filings.trial_courts.choice import TrialCourt, choose_court
from cases.ledger.models import EntryKind
from cases.ledger.statement import ClaimBalance, Posting
from cases.parties.queries import place_of
from legal.de.court.cost_proposal import CostProposal
from legal.de.court.courts import DunningCourt, competent_court, trial_court_kind
from legal.de.interest_rules import points_over_base
from legal.errors import InvariantBroken, LawError
from legal.interest import RateKind

#: Cost entries -> the court's kinds of ancillary claims.
_ANCILLARY = {
    EntryKind.COLLECTION_FEE: "INKB",
    EntryKind.OUTLAYS: "INKB",
    EntryKind.VAT: "INKB",
    EntryKind.SETTLEMENT_FEE: "INKB",
    EntryKind.REMINDER_COSTS: "MAHNK",
    EntryKind.LUMP_SUM: "ANF",
}
_REASONS = {"ANF": "Verzugspauschale § 288 Abs. 5 BGB"}


def draft_payment_order(
    facts: CaseFacts,
    own_ref: str,
    entries: Mapping[str, Any],
    costs: CostProposal | None = None,
    credit_in: str = COSTS,
) -> dict[str, Any]:
    """The application without its file header; entries of a person come last and win."""
    court = find_court(facts, entries)
    ancillary = _ancillary(facts)
    credit = fee_credit(facts, costs, ancillary.get("INKB", 0), credit_in)
    if credit.costs_less_cents:
        ancillary["INKB"] -= credit.costs_less_cents
    notation: dict[str, Any] = {
        "court": {"plz": court.plz, "place": court.place} if court else {},
        "kennsatz": _marks(facts, own_ref),
        "applicants": [applicant_of(facts.creditor)],
        "defendants": [defendant_of(d, trial_court_of(facts, d)) for d in facts.debtors],
        "representative_case": {
            "own_ref": facts.case.number,
            "order_date": facts.case.ordered_on.isoformat(),
            "applicant_cannot_deduct_vat": not facts.contract.deducts_input_tax,
        },
        "claims": _claims(facts),
        "ancillary": {key: _one(key, cents) for key, cents in ancillary.items()},
    }
    if credit.remuneration_cents is not None:
        notation["representative_case"]["remuneration"] = euro(credit.remuneration_cents)
    if arrears := _computed_interest(facts):
        notation["computed_interest"] = arrears
    return apply_entries({k: v for k, v in notation.items() if v}, entries)


def trial_court_of(facts: CaseFacts, party: DebtorInCase) -> TrialCourt | None:
    """The court for litigation that is known for the debtor's address and this value."""
    if party.address is None:
        return None
    kind = trial_court_kind(facts.statement.principal_open_cents, facts.today)
    known = facts.trial_courts.get((party.address.postcode, kind))
    return choose_court(facts.directory, known, kind, party.address)


def find_court(facts: CaseFacts, entries: Mapping[str, Any]) -> DunningCourt | None:
    """The competent dunning court, if the seat of the creditor says it. Law: ZPO § 689(2)."""
    abroad = facts.creditor.country != "DE"
    state = place_of(facts.creditor.postcode, facts.creditor.country)
    if state is None and not abroad:
        return None
    try:
        return competent_court(
            None if abroad else state, olg_district=str(entries.get("olg_district", ""))
        )
    except LawError:
        return None


def euro(cents: int) -> str:
    """An amount as the notation writes it."""
    return f"{cents // 100}.{cents % 100:02d}"


def _marks(facts: CaseFacts, own_ref: str) -> dict[str, Any]:
    """The declaration on performance is what the creditor said, and nothing else."""
    said = facts.declarations.get("performance")
    marks: dict[str, Any] = {"own_ref": own_ref, "pvkezi": facts.agency.kennziffer or ""}
    if len(facts.debtors) > 1:
        marks["joint_debtors"] = True
    if said is not None and said.answer == "rendered":
        marks["vglm1"] = True
    if said is not None and said.answer == "not_dependent":
        marks["vglm2"] = True
    return marks


def _claims(facts: CaseFacts) -> list[dict[str, Any]]:
    balances = {balance.terms.claim_id: balance for balance in facts.statement.claims}
    return [_claim(claim, balances[claim.id], facts) for claim in claimed_in(facts)]


def _claim(claim: Claim, balance: ClaimBalance, facts: CaseFacts) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": "catalogue",
        "ground": "Rechnung",
        "invoice_no": claim.invoice_number,
        "from": claim.invoiced_on.isoformat(),
        "amount": euro(balance.principal_open_cents),
    }
    if assignment := _assignment(claim):
        found["assignment"] = assignment
    if claim.is_consumer_loan and claim.contract_on is not None:
        found["consumer_credit"] = {"date": claim.contract_on.isoformat()}
    if facts.starts[claim.id] is not None:
        found["interest"] = [_running(claim, _runs_from(claim, facts), facts.today)]
    return found


def _assignment(claim: Claim) -> dict[str, str]:
    """From whom and when the claim came to the applicant; what is missing the check asks for."""
    if claim.original_creditor is None:
        return {}
    told = {
        "date": claim.assigned_on.isoformat() if claim.assigned_on else None,
        "name": claim.original_creditor,
        "plz": claim.original_postcode,
        "place": claim.original_city,
    }
    return {part: value for part, value in told.items() if value}


def _running(claim: Claim, first_day: date, today: date) -> dict[str, Any]:
    """Running interest: points over the base rate, or a fixed rate."""
    rule = interest_rule(claim)
    if rule.kind is RateKind.FIXED:
        rate, mark = rule.points or Decimal(0), "F"
    else:
        rate, mark = points_over_base(rule, max(first_day, today)), "B"
    return {"rate": f"{rate:.3f}", "mark": mark, "from": first_day.isoformat()}


def _runs_from(claim: Claim, facts: CaseFacts) -> date:
    """From default on, or from the day after the last payment on this principal."""
    begun = facts.starts[claim.id]
    if begun is None:
        raise InvariantBroken("the day of default is missing")
    paid = [p.value_on for p in _principal_credits(claim.id, facts)]
    last = max(paid, default=None)
    if last is None or last < begun:
        return begun
    return date.fromordinal(last.toordinal() + 1)


def _principal_credits(claim_id: int, facts: CaseFacts) -> list[Posting]:
    return [p for p in facts.postings if p.claim_id == claim_id and p.signed_cents < 0
            and p.component == "principal"]  # fmt: skip


def _computed_interest(facts: CaseFacts) -> dict[str, Any]:
    """Interest until the last payment, which a running row cannot say. Law: BGB § 288."""
    amount, first, last = 0, [], []
    balances = {balance.terms.claim_id: balance for balance in facts.statement.claims}
    for claim in facts.claims:
        begun = facts.starts[claim.id]
        if begun is None:
            continue
        running_from = _runs_from(claim, facts)
        if running_from == begun:
            continue
        balance = balances[claim.id]
        before = [p for p in balance.periods if p.last_day < running_from]
        accrued = sum(period.interest_cents for period in before)
        amount += max(accrued - balance.interest_paid_cents, 0)
        first.append(begun)
        last.append(date.fromordinal(running_from.toordinal() - 1))
    if amount <= 0:
        return {}
    return {"from": min(first).isoformat(), "to": max(last).isoformat(), "amount": euro(amount)}


def _ancillary(facts: CaseFacts) -> dict[str, int]:
    """Costs booked on the claim account, less what was paid on costs, by the court's kinds."""
    sums: dict[str, int] = {}
    paid = facts.statement.costs_paid_cents
    by_id = {posting.id: posting for posting in facts.postings}
    for posting in facts.postings:
        origin = by_id.get(posting.reverses_id or 0, posting)
        if key := _ANCILLARY.get(origin.kind):
            sums[key] = sums.get(key, 0) + posting.signed_cents
    for key in list(sums):
        used = min(paid, sums[key])
        sums[key], paid = sums[key] - used, paid - used
    if facts.common_costs_cents is not None and "INKB" in sums:
        # Who came into default after the order does not owe the costs of it. Law: BGB § 425.
        sums["INKB"] = min(sums["INKB"], facts.common_costs_cents)
    return {key: cents for key, cents in sums.items() if cents > 0}


def _one(key: str, cents: int) -> Any:
    if key in _REASONS:
        return {"amount": euro(cents), "reason": _REASONS[key]}
    return euro(cents)
