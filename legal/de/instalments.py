"""The schedule of an instalment plan (Ratenplan) of one debt, until nothing is left.

Computed by the running account itself, so that the same instalments, booked as payments on their
days, leave exactly nothing open.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from legal.allocation import Allocation, Component
from legal.de.account import ONE_DAY, Convention, DatedAmount, Debt, RunningAccount
from legal.de.allocation import GENERAL_ORDER
from legal.errors import InputInvalid
from legal.findings import N_, Finding, Severity
from legal.instalments import PlanNeverEnds, PlanTerms, day_of, days_of, last_possible_day

MESSAGES = {
    "last_instalment_moves": N_(
        "No base rate is known after {known_until}; when it changes, the last instalment changes "
        "with it."
    ),
}
CENTS_OF_EURO = 100


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment, spread on its day."""

    on: date
    amount_cents: int
    allocation: Allocation
    remaining_principal_cents: int

    def part(self, component: Component) -> int:
        """What of it goes to this part of the debt."""
        return self.allocation.paid_cents[component]


@dataclass(frozen=True, slots=True)
class Schedule:
    """All instalments, the last one whatever is left."""

    instalments: tuple[Instalment, ...]
    notes: tuple[Finding, ...]

    @property
    def total_cents(self) -> int:
        """What the debtor pays in all."""
        return sum(each.amount_cents for each in self.instalments)

    @property
    def interest_cents(self) -> int:
        """How much of it is interest."""
        return sum(each.part(Component.INTEREST) for each in self.instalments)


@dataclass(frozen=True, slots=True)
class PlannedDebt:
    """The debt as it stands, what was paid before, and by which conventions it is computed."""

    debt: Debt
    payments: Sequence[DatedAmount] = ()
    order: Sequence[Component] = GENERAL_ORDER
    convention: Convention = field(default_factory=Convention)


def schedule_by_amount(planned: PlannedDebt, terms: PlanTerms, instalment_cents: int) -> Schedule:
    """The schedule with instalments of this amount; the last is what is left.

    Raises:
        PlanNeverEnds: it would not end within 30 years; names the smallest instalment that does.
        InputInvalid: nothing is owed, or the days contradict each other.
    """
    _check(terms)
    found = _run(planned, terms, instalment_cents)
    if found is None:
        raise PlanNeverEnds(_smallest(planned, terms, instalment_cents))
    return found


def schedule_by_number(planned: PlannedDebt, terms: PlanTerms, instalments: int) -> Schedule:
    """The schedule with this number of equal instalments, the last not larger.

    Rounded up to whole euro where that leaves the number unchanged, else to cents.

    Raises:
        InputInvalid: nothing is owed, too many instalments for the sum, or beyond 30 years.
    """
    _check(terms)
    if day_of(terms, instalments - 1) > last_possible_day(terms):
        raise InputInvalid("A plan must end within 30 years of its agreement.", field="instalments")
    smallest = _least(lambda cents: _ends_within(planned, terms, cents, instalments))
    in_euro = -(-smallest // CENTS_OF_EURO) * CENTS_OF_EURO
    for cents in (in_euro, smallest):
        found = _run(planned, terms, cents)
        if found is not None and len(found.instalments) == instalments:
            return found
    raise InputInvalid(
        f"The sum is too small for {instalments} instalments of one cent or more.",
        field="instalments",
    )


def _check(terms: PlanTerms) -> None:
    if terms.first_on < terms.agreed_on:
        raise InputInvalid(
            "The first instalment cannot be due before the agreement.", field="first_on"
        )


def _run(
    planned: PlannedDebt, terms: PlanTerms, instalment_cents: int, most: int | None = None
) -> Schedule | None:
    """The schedule, or None if it does not end in time (or within `most` instalments)."""
    account = _Course(planned, terms)
    made: list[Instalment] = []
    for number, on in enumerate(days_of(terms)):
        if on > last_possible_day(terms) or (most is not None and number >= most):
            return None
        open_cents = account.open_on(on)
        if open_cents <= 0:
            if not made:
                raise InputInvalid("Nothing is owed any more.", field="principal_cents")
            return account.schedule(made)
        amount = min(instalment_cents, open_cents)
        made.append(account.pay(on, amount))
        if amount == open_cents:
            return account.schedule(made)
    return None


class _Course:
    """The running account with what was paid before and the fee of the agreement."""

    def __init__(self, planned: PlannedDebt, terms: PlanTerms) -> None:
        costs = list(planned.debt.costs)
        if terms.fee_cents:
            costs.append(DatedAmount(terms.agreed_on, terms.fee_cents))
        self.account = RunningAccount(replace(planned.debt, costs=costs), planned.convention)
        self.earlier = sorted(planned.payments, key=lambda payment: payment.day)
        self.order = planned.order
        self.bears = planned.convention.payment_day_bears_interest
        self.interest_until = None if terms.interest_runs else terms.agreed_on - ONE_DAY

    def open_on(self, day: date) -> int:
        """Everything that is open when the instalment of a day arrives."""
        while self.earlier and self.earlier[0].day <= day:
            payment = self.earlier.pop(0)
            self._advance(payment.day)
            self.account.pay(payment.amount_cents, self.order)
        self._advance(day)
        return sum(self.account.open_cents.values())

    def pay(self, day: date, amount_cents: int) -> Instalment:
        """Spread one instalment."""
        allocation = self.account.pay(amount_cents, self.order)
        left = self.account.open_cents[Component.PRINCIPAL]
        return Instalment(day, amount_cents, allocation, left)

    def schedule(self, made: list[Instalment]) -> Schedule:
        """The whole plan, with what may move its last instalment."""
        return Schedule(tuple(made), tuple(_plan_notes(self.account.notes)))

    def _advance(self, day: date) -> None:
        last_day = day if self.bears else day - ONE_DAY
        if self.interest_until is not None:
            last_day = min(last_day, self.interest_until)
        self.account.advance(day, interest_last_day=last_day)


def _plan_notes(notes: list[Finding]) -> Iterator[Finding]:
    """The notes of the interest, the one about the last known rate in the words of a plan."""
    said = False
    for note in notes:
        if note.code not in {"last_rate_used", "next_rate_unknown"}:
            yield note
        elif note.code == "last_rate_used" and not said:
            said = True
            params = {"known_until": note.params["known_until"]}
            yield Finding("last_instalment_moves", Severity.WARNING, params=params)


def _ends_within(planned: PlannedDebt, terms: PlanTerms, cents: int, most: int) -> bool:
    return _run(planned, terms, cents, most) is not None


def _smallest(planned: PlannedDebt, terms: PlanTerms, too_small: int) -> int:
    """The smallest instalment with which the plan ends within 30 years."""
    return _least(lambda cents: _run(planned, terms, cents) is not None, too_small)


def _least(holds: Callable[[int], bool], low: int = 0) -> int:
    """The smallest number above `low` for which it holds; what holds goes on to hold above."""
    high = max(2 * low, CENTS_OF_EURO)
    while not holds(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
