"""What would be left of an example: the settlement of one case under these terms."""

from dataclasses import dataclass

from cases.core import clock
from cases.remittances.contract import Terms
from cases.remittances.settlement import Received, Settlement, settle_run

#: Claims with interest and collection costs that show how the terms work, in cents.
USUAL = ((100_00, 37_80), (530_00, 71_05), (2_500_00, 279_40))


@dataclass(frozen=True, slots=True)
class Example:
    """One line: what the debtor pays and what becomes of it."""

    claim_cents: int
    costs_cents: int
    settled: Settlement

    @property
    def paid_cents(self) -> int:
        """All that the debtor pays."""
        return self.claim_cents + self.costs_cents

    @property
    def kept_cents(self) -> int:
        """Collection costs that stay with the house."""
        return sum(case.costs_kept_cents for case in self.settled.cases)

    @property
    def left_cents(self) -> int:
        """What the client is owed of it; below the threshold it waits."""
        return self.settled.balance_cents


def example(terms: Terms, claim_cents: int, costs_cents: int) -> Example:
    """Settle a claim that was paid today by transfer; the same function as the pay-out's."""
    today = clock.today()
    paid = Received("1", today, "transfer", claim_cents, fee_costs_cents=costs_cents)
    return Example(claim_cents, costs_cents, settle_run(terms, [paid], today))


def usual_examples(terms: Terms) -> list[Example]:
    """Three examples of different size."""
    return [example(terms, claim, costs) for claim, costs in USUAL]
