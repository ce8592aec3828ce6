"""Collection costs of a case: which claims bear them, what they amount to, what is to be booked.

One fee per case on the sum of its principals: a claim added later raises the value, and only the
difference is booked. What is owed at all, and how much, says the law of the case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.ledger.models import EntryKind
from legal.costs import CollectionMatter, CostKind, CostStep, Engagement
from legal.findings import N_, Finding, Severity
from legal.jurisdiction import Jurisdiction

MESSAGES = {
    "fee_in_other_currency": N_(
        "The claim is in {currency}: the fee of the law is computed on a value in {fee_currency} "
        "and owed in {fee_currency}, so none is demanded here."
    ),
}
KINDS = {
    CostKind.FEE: EntryKind.COLLECTION_FEE,
    CostKind.EXPENSES: EntryKind.OUTLAYS,
    CostKind.VAT: EntryKind.VAT,
}


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What decides whether a claim bears collection costs."""

    claim_id: int
    principal_cents: int  # Open when the order was given, less what stands still.
    ordered_on: date
    default_from: date | None
    dispute_known: bool
    reminded: bool
    titled: bool = False


@dataclass(frozen=True, slots=True)
class CostFacts:
    """What the costs of a case are computed from."""

    law: Jurisdiction
    law_date: date  # The day of the order chooses the fee table.
    claims: tuple[ClaimFacts, ...]
    owed_under_contract: bool
    with_vat: bool  # Only where the creditor cannot deduct it.
    currency: str | None = None  # Of the claims; None: that of the law's own fees.


@dataclass(frozen=True, slots=True)
class CostEntry:
    """One item to be booked, with its computation."""

    kind: EntryKind
    cents: int
    steps: tuple[CostStep, ...]


@dataclass(frozen=True, slots=True)
class CostsPlan:
    """What is to be booked now, on which value, and why claims bear nothing."""

    value_cents: int
    rate: Decimal
    entries: tuple[CostEntry, ...]
    reasons: tuple[tuple[int, Finding], ...]  # Claim and what speaks against costs.

    @property
    def total_cents(self) -> int:
        """The sum of what is to be booked."""
        return sum(entry.cents for entry in self.entries)


def plan_costs(facts: CostFacts, rate: Decimal, booked_cents: Mapping[EntryKind, int]) -> CostsPlan:
    """The difference between what may be asked at a rate and what is booked already."""
    reasons = [(c.claim_id, found) for c in facts.claims for found in _against(c, facts)]
    barred = {claim_id for claim_id, _ in reasons}
    value = sum(c.principal_cents for c in facts.claims if c.claim_id not in barred)
    entries = _difference(_target(facts, value, rate), booked_cents) if value else ()
    return CostsPlan(value, rate, entries, tuple(reasons))


def _against(claim: ClaimFacts, facts: CostFacts) -> list[Finding]:
    if facts.currency not in {None, facts.law.currency}:
        # A fee in one currency never stands among amounts of another one.
        currencies = {"currency": str(facts.currency), "fee_currency": facts.law.currency}
        return [Finding("fee_in_other_currency", Severity.ERROR, params=currencies)]
    return facts.law.reasons_against_costs(
        Engagement(
            ordered_on=claim.ordered_on,
            default_from=claim.default_from,
            dispute_known_to_creditor=claim.dispute_known,
            owed_under_contract=facts.owed_under_contract,
            # Nothing before our letter put the debtor in default: its costs are not owed.
            our_letter_is_first_reminder=claim.default_from is None and not claim.reminded,
            titled=claim.titled,
        )
    )


def _target(facts: CostFacts, value_cents: int, rate: Decimal) -> list[CostEntry]:
    matter = CollectionMatter(value_cents, facts.law_date, rate, facts.with_vat)
    items = facts.law.collection_costs(matter)
    return [CostEntry(KINDS[item.kind], item.cents, item.steps) for item in items]


def _difference(
    target: Sequence[CostEntry], booked_cents: Mapping[EntryKind, int]
) -> tuple[CostEntry, ...]:
    """What is missing of each item; what was booked too much is reversed, never set off here."""
    found = []
    for entry in target:
        booked = booked_cents.get(entry.kind, 0)
        more = entry.cents - booked
        if more <= 0:
            continue
        extra = (
            (CostStep("already_booked", {"booked_cents": booked, "amount_cents": more}),)
            if booked
            else ()
        )
        found.append(CostEntry(entry.kind, more, (*entry.steps, *extra)))
    return tuple(found)
