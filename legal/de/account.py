"""One debt over time: interest runs, payments are spread on their day, the rest is open.

Interest is rounded once per booking interval, that is from one payment to the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from legal.allocation import Allocation, Component, allocate
from legal.base_rates import BaseRates
from legal.de.allocation import GENERAL_ORDER
from legal.de.day_count import YearBasis
from legal.de.interest import default_interest
from legal.findings import Finding
from legal.interest import InterestRule

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DatedAmount:
    """A cost item or a payment, and the day from which it counts."""

    day: date
    amount_cents: int


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed before any payment. Without a first day of interest none runs."""

    principal_cents: int
    interest_first_day: date | None = None
    rule: InterestRule | None = None
    costs: Sequence[DatedAmount] = ()


@dataclass(frozen=True, slots=True)
class Convention:
    """Our settings where practice knows two ways.

    Whether the day of a payment still bears interest on the old balance is disputed: the default
    counts it.
    """

    payment_day_bears_interest: bool = True
    year_basis: YearBasis = YearBasis.ACTUAL
    table: BaseRates | None = None


@dataclass(frozen=True, slots=True)
class DatedAllocation:
    """One payment, spread on its day."""

    day: date
    allocation: Allocation


@dataclass(frozen=True, slots=True)
class Account:
    """The allocations in order of time and what is open at the end of the key date."""

    allocations: tuple[DatedAllocation, ...]
    open_cents: dict[Component, int]
    notes: tuple[Finding, ...]


def settle(
    debt: Debt,
    payments: Sequence[DatedAmount],
    as_of: date,
    order: Sequence[Component] = GENERAL_ORDER,
    convention: Convention | None = None,
) -> Account:
    """Spread the payments up to the key date; what is dated later does not count yet.

    Payments of one day keep the order in which they are given; costs of a payment's day are owed
    before it.
    """
    run = RunningAccount(debt, convention or Convention())
    allocations = []
    for payment in sorted(payments, key=lambda payment: payment.day):
        if payment.day > as_of:
            break
        run.advance_to_payment(payment.day)
        allocations.append(DatedAllocation(payment.day, run.pay(payment.amount_cents, order)))
    run.advance(as_of, interest_last_day=as_of)
    return Account(tuple(allocations), dict(run.open_cents), tuple(run.notes))


class RunningAccount:
    """The state of a debt while time passes."""

    def __init__(self, debt: Debt, convention: Convention) -> None:
        self.debt = debt
        self.convention = convention
        self.next_interest_day = debt.interest_first_day
        self.costs = sorted(debt.costs, key=lambda cost: cost.day)
        self.open_cents = {
            Component.COSTS: 0,
            Component.INTEREST: 0,
            Component.PRINCIPAL: debt.principal_cents,
        }
        self.notes: list[Finding] = []

    def advance_to_payment(self, day: date) -> None:
        bears = self.convention.payment_day_bears_interest
        self.advance(day, interest_last_day=day if bears else day - ONE_DAY)

    def advance(self, day: date, interest_last_day: date) -> None:
        """Book the costs up to a day and the interest up to its last day."""
        while self.costs and self.costs[0].day <= day:
            self.open_cents[Component.COSTS] += self.costs.pop(0).amount_cents
        self._accrue(interest_last_day)

    def pay(self, amount_cents: int, order: Sequence[Component]) -> Allocation:
        allocation = allocate(amount_cents, self.open_cents, order)
        for component, paid in allocation.paid_cents.items():
            self.open_cents[component] -= paid
        return allocation

    def _accrue(self, last_day: date) -> None:
        begin = self.next_interest_day
        if begin is None or self.debt.rule is None or last_day < begin:
            return
        interest = default_interest(
            self.open_cents[Component.PRINCIPAL],
            begin,
            last_day,
            self.debt.rule,
            self.convention.year_basis,
            self.convention.table,
        )
        self.open_cents[Component.INTEREST] += interest.interest_cents
        self.notes += [note for note in interest.notes if note not in self.notes]
        self.next_interest_day = last_day + ONE_DAY
