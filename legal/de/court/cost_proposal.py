"""What a proceeding costs: court fee and representation, proposed from the fee tables.

The court fee follows the day the application becomes pending, the representative's fee the day of
the unconditional instruction. Law: GKG § 71, KV 1100, 1210; RVG § 60, VV 3305, 3308, 7002.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from legal.de.costs.fees import Item, Matter
from legal.de.costs.items import Asked, Costs, legal_costs


@dataclass(frozen=True, slots=True)
class CostProposal:
    """Proposed costs; a proposal, never an entry."""

    court_fee_cents: int
    payment_order: Costs  # VV 3305 with expenses, less the credited part of the pre-court fee.
    enforcement_order: Costs  # VV 3308, only if no opposition comes in time.
    litigation_advance_cents: int  # What a transfer to litigation costs on top. GKG § 12(3).

    @property
    def remuneration_cents(self) -> int:
        """What goes into the application as agreed remuneration (IKUBET), without VAT."""
        return self.payment_order.net_cents

    @property
    def credit_cents(self) -> int:
        """The credited part of the pre-court fee, net; nothing where none is claimed."""
        return -sum(item.amount_cents for item in self.payment_order.items if item.credit)


def propose_costs(
    value_cents: int,
    *,
    applied_on: datetime.date,
    ordered_on: datetime.date,
    pre_court_rate: Decimal | None = None,
    contested: bool = False,
    vat_percent: Decimal | None = None,
    creditors: int = 1,
) -> CostProposal:
    """The costs for this value, the sum of the principals.

    `pre_court_rate` is the rate of the business fee claimed in the same application; half of it,
    at most 0.75, is credited; `contested` is whether it was earned on a disputed claim.
    VAT only where the creditor cannot deduct it.

    Raises:
        TableUnknown: there is no fee table for one of the days.
    """
    court = Matter(applied_on, value_cents)
    own = Matter(ordered_on, value_cents, contested=contested, creditors=creditors)
    asked = [Asked(Item.VV3305), Asked(Item.VV7002)]
    if pre_court_rate is not None:
        asked.append(Asked(Item.VV2300, pre_court_rate, credit=True))
    fee = legal_costs(court, [Asked(Item.KV1100)]).total_cents
    action = legal_costs(court, [Asked(Item.KV1210)]).total_cents
    return CostProposal(
        court_fee_cents=fee,
        payment_order=legal_costs(own, asked, vat_percent),
        enforcement_order=legal_costs(own, [Asked(Item.VV3308)], vat_percent),
        litigation_advance_cents=action - fee,
    )
