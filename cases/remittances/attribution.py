"""What came in on a case, split as a settlement needs it: by part of the debt, by whose costs.

Payments are spread on costs, interest and principal by the ledger; which of the costs a payment
paid is not said there: the oldest costs first (house rule), so that a payment of costs finds the
collection fee or the court's fee that was booked before the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from legal.allocation import Component

#: Costs of the collection itself: the house's or the creditor's, as the contract says.
FEE_COSTS = frozenset({"collection_fee", "outlays", "vat", "settlement_fee"})


@dataclass(frozen=True, slots=True)
class CostItem:
    """Costs that were booked and stand."""

    on: date
    kind: str
    cents: int


@dataclass(frozen=True, slots=True)
class PaidPart:
    """A part of a payment as the ledger spread it."""

    on: date
    order: int  # Of booking, within a day.
    component: Component
    cents: int
    direct: bool  # Paid to the creditor himself.


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything that came in on a case, or what came in since the last settlement."""

    principal: int = 0
    interest: int = 0
    fee_costs: int = 0
    creditor_costs: int = 0
    direct_principal: int = 0
    direct_interest: int = 0
    direct_costs: int = 0
    waived: int = 0  # Let go within his limits: no money, but he is told.

    def minus(self, other: "Totals") -> "Totals":
        """What is beyond another total."""
        return Totals(*(getattr(self, f.name) - getattr(other, f.name) for f in fields(Totals)))

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is there."""
        return not any(getattr(self, f.name) for f in fields(Totals))

    @property
    def is_no_money(self) -> bool:
        """Whether no money came in or went back."""
        return replace(self, waived=0).is_nothing


def attribute(costs: Iterable[CostItem], parts: Iterable[PaidPart]) -> Totals:
    """Split what came in; a cost payment beyond all known costs is the creditor's."""
    waiting = sorted((item for item in costs if item.cents > 0), key=lambda item: item.on)
    sums = dict.fromkeys((f.name for f in fields(Totals)), 0)
    for part in sorted(parts, key=lambda part: (part.on, part.order)):
        if part.component is not Component.COSTS:
            sums[("direct_" if part.direct else "") + part.component.value] += part.cents
        else:
            _spread(part, waiting, sums)
    return Totals(**sums)


def _spread(part: PaidPart, waiting: list[CostItem], sums: dict[str, int]) -> None:
    left = part.cents
    while left:
        item = waiting.pop(0) if waiting else CostItem(part.on, "", left)
        taken = min(left, item.cents)
        whose = "fee_costs" if item.kind in FEE_COSTS else "creditor_costs"
        sums["direct_costs" if part.direct else whose] += taken
        left -= taken
        if taken < item.cents:
            waiting.insert(0, CostItem(item.on, item.kind, item.cents - taken))


def by_case(rows: Iterable[tuple[int, Totals]]) -> Mapping[int, Totals]:
    """The sum of several settlements by case."""
    found: dict[int, Totals] = {}
    for case_id, totals in rows:
        known = found.get(case_id, Totals())
        found[case_id] = Totals(
            *(getattr(known, f.name) + getattr(totals, f.name) for f in fields(Totals))
        )
    return found
