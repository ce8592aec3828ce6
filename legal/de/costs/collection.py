"""Which collection costs (Inkassokosten) a debtor owes, and when they are booked.

Costs are damages for delay: they are booked only where every condition of the law holds, else
zero with the reasons. Law: BGB §§ 280, 286; RDG §§ 13a, 13e; VV RVG 2300 note (2).
"""

from dataclasses import dataclass
from decimal import Decimal

from legal.costs import CollectionMatter, CostItem, CostKind, CostStep, Engagement, Parameter
from legal.de.costs.fee_tables import FeeLaw, fee_law
from legal.de.costs.fees import Item, Matter
from legal.de.costs.items import Asked, Costs, legal_costs
from legal.errors import InvariantBroken
from legal.findings import N_, Finding, Severity

KINDS = {Item.VV2300: CostKind.FEE, Item.VV7002: CostKind.EXPENSES}

MESSAGES = {
    "no_default": N_("The debtor was not in default: no costs are owed (§§ 280(2), 286 BGB)."),
    "order_before_default": N_(
        "The agency was engaged on {ordered_on}, before default began on {default_from}: its "
        "costs are no damages for delay (§§ 280(2), 286 BGB)."
    ),
    "first_reminder_ours": N_(
        "Our letter is itself the first reminder: the costs of putting the debtor in default are "
        "not owed (§ 286 BGB)."
    ),
    "dispute_known": N_("The creditor knew that the claim is disputed when he engaged the agency."),
    "not_owed_under_contract": N_(
        "The creditor does not owe this fee under his contract: he has no damage (§ 13e(1) RDG)."
    ),
    "already_titled": N_(
        "The claim is titled: costs of enforcement follow § 788 ZPO (§ 13e(2) RDG)."
    ),
    "consumer_instalment_fee_open": N_(
        "Consumer instalment plans carry no settlement fee until the consumer credit law in force "
        "from 2026-11-20 is confirmed."
    ),
    "not_warned": N_(
        "The private person was not told in text form, before the agreement, which costs it "
        "causes (§ 13a(3) RDG)."
    ),
    "no_waiver": N_(
        "The agreement waives neither court action nor enforcement for the time being "
        "(VV RVG 1000 no. 2)."
    ),
}


def reasons_against_costs(engagement: Engagement) -> list[Finding]:
    """Why the debtor owes no collection costs; an empty list means that he does.

    Default must exist before the order is given. Law: BGB §§ 280(2), 286; RDG § 13e.
    """
    found: list[Finding] = []
    begun = engagement.default_from
    if engagement.our_letter_is_first_reminder:
        found.append(_against("first_reminder_ours"))
    elif begun is None:
        found.append(_against("no_default"))
    elif engagement.ordered_on < begun:
        days = {"ordered_on": engagement.ordered_on.isoformat(), "default_from": begun.isoformat()}
        found.append(_against("order_before_default", days))
    if engagement.dispute_known_to_creditor:
        found.append(_against("dispute_known"))
    if not engagement.owed_under_contract:
        found.append(_against("not_owed_under_contract"))
    if engagement.titled:
        found.append(_against("already_titled"))
    return found


def collection_items(matter: CollectionMatter) -> tuple[CostItem, ...]:
    """The business fee, its flat expenses and the VAT that the creditor cannot deduct.

    Law: RDG § 13e(1); VV RVG 2300, 7002, 7008.
    """
    law = fee_law()
    percent = law.item("VV7008", matter.ordered_on).share_percent if matter.with_vat else None
    asked = [Asked(Item.VV2300, matter.rate), Asked(Item.VV7002)]
    costs = legal_costs(Matter(matter.ordered_on, matter.value_cents), asked, percent, law)
    items = [CostItem(KINDS[i.item], i.amount_cents, i.steps) for i in costs.items]
    if costs.vat_cents and percent is not None:
        params: dict[str, Parameter] = {
            "percent": percent,
            "net_cents": costs.net_cents,
            "amount_cents": costs.vat_cents,
        }
        items.append(CostItem(CostKind.VAT, costs.vat_cents, (CostStep("vat", params),)))
    return tuple(items)


@dataclass(frozen=True, slots=True)
class CollectionCosts:
    """What the debtor owes for collection, or `None` with the reasons why nothing."""

    costs: Costs | None
    reasons: tuple[Finding, ...]

    @property
    def total_cents(self) -> int:
        """What is owed; zero where a condition fails."""
        return self.costs.total_cents if self.costs else 0


@dataclass(frozen=True, slots=True)
class SettlementTerms:
    """What decides whether a payment agreement bears a settlement fee.

    `consumer_fee_allowed` is the agency's setting; it stays off until the law is confirmed.
    """

    private_person: bool
    warned_in_text_form: bool
    waives_action_for_now: bool = True
    consumer: bool = True
    consumer_fee_allowed: bool = False


def reasons_against_settlement_fee(terms: SettlementTerms) -> list[Finding]:
    """Why an instalment plan bears no settlement fee; an empty list means that it does."""
    found: list[Finding] = []
    if terms.consumer and not terms.consumer_fee_allowed:
        found.append(_against("consumer_instalment_fee_open"))
    if terms.private_person and not terms.warned_in_text_form:
        found.append(_against("not_warned"))
    if not terms.waives_action_for_now:
        found.append(_against("no_waiver"))
    return found


def settlement_fee(
    terms: SettlementTerms,
    matter: Matter,
    vat_percent: Decimal | None = None,
    law: FeeLaw | None = None,
) -> CollectionCosts:
    """The fee of a payment agreement on its share of the value, without expenses of its own.

    Whether the value is the principal or includes interest and costs is disputed outside
    enforcement: `matter.value_cents` is the caller's setting, the principal the safe one.
    Law: VV RVG 1000 no. 2; § 31b RVG.
    """
    reasons = reasons_against_settlement_fee(terms)
    if reasons:
        return CollectionCosts(None, tuple(reasons))
    row = (law or fee_law()).item("VV1000_PLAN", matter.law_date)
    if row.share_percent is None:
        raise InvariantBroken("row.share_percent is missing")
    asked = [Asked(Item.VV1000, row.rate, row.share_percent)]
    return CollectionCosts(legal_costs(matter, asked, vat_percent, law), ())


def _against(code: str, params: dict[str, str] | None = None) -> Finding:
    return Finding(code, Severity.ERROR, params=dict(params or {}))
