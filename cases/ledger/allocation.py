"""How a payment is spread over a case: towards the debtor by law, towards the creditor by contract.

Costs of the case come first, titled ones before others because they bear interest, then the
interest on them, then the claims in the order of their law; claims of one rank share in proportion
to what is open on them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from cases.ledger.statement_parts import ClaimBalance, Statement
from legal.allocation import (
    AmountNotPositive,
    Component,
    OpenClaim,
    allocate,
    allocate_in_ranks,
)
from legal.jurisdiction import Jurisdiction

#: A contract may count a direct payment on principal first; the law's view stays as it is.
PRINCIPAL_FIRST = (Component.PRINCIPAL, Component.INTEREST, Component.COSTS)

Ranks = list[list[ClaimBalance]]


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a payment that goes to one component of one claim, or to costs of the case."""

    claim_id: int | None
    component: Component
    cents: int
    bears_interest: bool = False  # Of costs: whether titled ones are paid.


@dataclass(frozen=True, slots=True)
class CaseAllocation:
    """How a payment is spread over a case; the surplus belongs to the debtor.

    `departs` says that it follows the debtor's own order and not § 367(1) BGB: the payment may be
    refused and sent back; keeping it accepts the order (§ 367(2) BGB).
    """

    shares: tuple[Share, ...]
    surplus_cents: int
    departs: bool = False

    def total(self, component: Component) -> int:
        """What goes to one component, all claims together."""
        return sum(share.cents for share in self.shares if share.component is component)


def allocate_by_law(
    owed: Statement,
    payment_cents: int,
    paid_on: date,
    designation: Sequence[int] = (),
    *,
    order: Sequence[Component] = (),
) -> CaseAllocation:
    """Spread a payment over a case.

    In each claim interest goes before principal (§ 367(1) BGB); with a consumer loan principal
    goes before interest (§ 497(3) BGB). `designation` names claims that the debtor wants paid
    (§ 366(1) BGB), `order` the components in the order he wants (§ 367(2) BGB).

    Raises:
        AmountNotPositive: the payment is zero or negative.
    """
    run = _Run(payment_cents, owed.law)
    ranks = _ranks(owed, paid_on, designation)
    if order:
        wanted = owed.law.designated_order(order)
        run.in_stages(owed, ranks, wanted)
        return run.result(departs=wanted != owed.law.allocation_order())
    run.costs(owed)
    run.costs_interest(owed)
    if owed.all_interest_first:
        for component, loans in _ALL_INTEREST_FIRST:
            run.component(_only(ranks, loans=loans), component)
    else:
        run.claims(ranks)
    return run.result()


#: Interest of ordinary claims, then principal, then the interest of consumer loans.
_ALL_INTEREST_FIRST: tuple[tuple[Component, bool | None], ...] = (
    (Component.INTEREST, False),
    (Component.PRINCIPAL, None),
    (Component.INTEREST, True),
)


def allocate_principal_first(owed: Statement, payment_cents: int, paid_on: date) -> CaseAllocation:
    """A payment made to a creditor whose contract counts it on the principal first."""
    run = _Run(payment_cents, owed.law)
    run.in_stages(owed, _ranks(owed, paid_on, ()), PRINCIPAL_FIRST)
    return run.result()


@dataclass(slots=True)
class _Run:
    """A payment on its way through the debts of a case."""

    remaining: int
    law: Jurisdiction
    shares: list[Share] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.remaining <= 0:
            raise AmountNotPositive

    def pay(
        self, claim_id: int | None, component: Component, open_cents: int, bears: bool = False
    ) -> None:
        cents = min(self.remaining, max(open_cents, 0))
        if cents:
            self.shares.append(Share(claim_id, component, cents, bears))
            self.remaining -= cents

    def costs(self, owed: Statement) -> None:
        bearing = min(owed.costs.bearing_open_cents, owed.costs.open_cents)
        self.pay(None, Component.COSTS, bearing, bears=True)
        self.pay(None, Component.COSTS, owed.costs.open_cents - max(bearing, 0))

    def costs_interest(self, owed: Statement) -> None:
        self.pay(None, Component.INTEREST, owed.costs.interest_open_cents)

    def in_stages(self, owed: Statement, ranks: Ranks, order: Sequence[Component]) -> None:
        """One component of all debts after the other."""
        for component in order:
            if component is Component.COSTS:
                self.costs(owed)
                continue
            if component is Component.INTEREST:
                self.costs_interest(owed)
            self.component(ranks, component)

    def component(self, ranks: Ranks, component: Component) -> None:
        """One component of the claims, rank by rank."""
        for rank in ranks:
            open_cents = {str(c.terms.claim_id): _open(c)[component] for c in rank}
            for claim_id, cents in self._in_rank(open_cents).items():
                self.pay(int(claim_id), component, cents)

    def claims(self, ranks: Ranks) -> None:
        """Claim by claim in its own order; those of one rank share."""
        for rank in ranks:
            shares = self._in_rank({str(c.terms.claim_id): sum(_open(c).values()) for c in rank})
            for claim in rank:
                cents = shares.get(str(claim.terms.claim_id), 0)
                if cents:
                    self._one_claim(claim, cents)

    def _in_rank(self, open_cents: dict[str, int]) -> dict[str, int]:
        if self.remaining == 0 or not open_cents:
            return {}
        spread = allocate_in_ranks(self.remaining, open_cents, [list(open_cents)])
        return dict(spread.paid_cents)

    def _one_claim(self, claim: ClaimBalance, cents: int) -> None:
        order = self.law.allocation_order(consumer_loan=claim.terms.is_consumer_loan)
        spread = allocate(cents, {Component.COSTS: 0, **_open(claim)}, order)
        for component, paid in spread.paid_cents.items():
            self.pay(claim.terms.claim_id, component, paid)

    def result(self, departs: bool = False) -> CaseAllocation:
        return CaseAllocation(tuple(self.shares), self.remaining, departs)


def _open(claim: ClaimBalance) -> dict[Component, int]:
    """What is open of a claim; an overpaid part is no debt that a payment could fill."""
    return {
        Component.INTEREST: max(claim.interest_open_cents, 0),
        Component.PRINCIPAL: max(claim.principal_open_cents, 0),
    }


def _only(ranks: Ranks, *, loans: bool | None) -> Ranks:
    if loans is None:
        return ranks
    return [[c for c in rank if c.terms.is_consumer_loan is loans] for rank in ranks]


def _ranks(owed: Statement, paid_on: date, designation: Sequence[int]) -> Ranks:
    """Claims in the order in which a payment reaches them; equals share a rank."""
    open_claims = {str(c.terms.claim_id): c for c in owed.claims if sum(_open(c).values()) > 0}
    ranks = owed.law.ranks_of_claims(
        [
            OpenClaim(
                id=claim_id,
                open_cents=claim.open_cents,
                due_on=claim.terms.due_on or claim.terms.invoiced_on,
                rate_percent=claim.rate_percent,
            )
            for claim_id, claim in open_claims.items()
        ],
        paid_on,
        [str(claim_id) for claim_id in designation if str(claim_id) in open_claims],
    )
    return [[open_claims[claim_id] for claim_id in rank] for rank in ranks]
