"""The schedule of a plan on the claim account: what each instalment pays, and what is let go. Pure.

Two ends are possible: everything that is owed is paid, the last instalment being whatever is left;
or a sum is agreed (a settlement, or interest waived from today on), and what is open beyond it is
let go when the last part is paid.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from cases.ledger.allocation import CaseAllocation
from cases.plans.course import Course
from legal.allocation import Component
from legal.errors import InputInvalid
from legal.instalments import PlanNeverEnds, PlanTerms, day_of, days_of, last_possible_day

CENTS_OF_EURO = 100
#: After so many instalments in which the debt did not shrink, it never will.
IN_VAIN = 60


@dataclass(frozen=True, slots=True)
class Planned:
    """One instalment, spread on its day; what is open after it."""

    on: date
    amount_cents: int
    costs_cents: int
    interest_cents: int
    principal_cents: int
    remaining_cents: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """All instalments; `let_go_cents` is open after the last one and need not be paid."""

    instalments: tuple[Planned, ...]
    let_go_cents: int
    let_go_costs_cents: int  # Of it costs, which may be the house's and not the creditor's.

    @property
    def total_cents(self) -> int:
        """What the debtor pays in all."""
        return sum(each.amount_cents for each in self.instalments)

    @property
    def interest_cents(self) -> int:
        """How much of it is interest."""
        return sum(each.interest_cents for each in self.instalments)

    @property
    def last_on(self) -> date:
        """The day of the last instalment."""
        return self.instalments[-1].on


def by_amount(
    course: Course, terms: PlanTerms, instalment_cents: int, agreed_cents: int | None = None
) -> Schedule:
    """The schedule with instalments of this amount; the last is what is left.

    Raises:
        PlanNeverEnds: it would not end within 30 years; names the smallest instalment that does.
        InputInvalid: nothing is owed, or the days contradict each other.
    """
    _check(course, terms)
    found = _run(course, terms, instalment_cents, agreed_cents)
    if found is None:
        raise PlanNeverEnds(
            _least(
                lambda cents: _run(course, terms, cents, agreed_cents) is not None,
                instalment_cents,
            )
        )
    return found


def by_number(
    course: Course, terms: PlanTerms, number: int, agreed_cents: int | None = None
) -> Schedule:
    """The schedule with this number of equal instalments, the last not larger.

    Rounded up to whole euro where that leaves the number unchanged, else to cents.

    Raises:
        InputInvalid: nothing is owed, too many instalments for the sum, or beyond 30 years.
    """
    _check(course, terms)
    if day_of(terms, number - 1) > last_possible_day(terms):
        raise InputInvalid("A plan must end within 30 years of its agreement.", field="instalments")
    smallest = _least(
        lambda cents: _run(course, terms, cents, agreed_cents, number) is not None,
        _share(course, terms, number, agreed_cents) - 1,
    )
    in_euro = -(-smallest // CENTS_OF_EURO) * CENTS_OF_EURO
    for cents in (in_euro, smallest):
        found = _run(course, terms, cents, agreed_cents)
        if found is not None and len(found.instalments) == number:
            return found
    raise InputInvalid(
        f"The sum is too small for {number} instalments of one cent or more.", field="instalments"
    )


def _check(course: Course, terms: PlanTerms) -> None:
    if terms.first_on < terms.agreed_on:
        raise InputInvalid(
            "The first instalment cannot be due before the agreement.", field="first_on"
        )
    if course.owed_on(terms.first_on).open_cents <= 0:
        raise InputInvalid("Nothing is owed any more.", field="instalment_cents")


def _share(course: Course, terms: PlanTerms, number: int, agreed_cents: int | None) -> int:
    """What each of so many instalments comes to without further interest: none can be smaller."""
    whole = agreed_cents or course.owed_on(terms.first_on).open_cents
    return -(-whole // number)


def _run(
    start: Course,
    terms: PlanTerms,
    instalment_cents: int,
    agreed_cents: int | None,
    most: int | None = None,
) -> Schedule | None:
    """The schedule, or None if it does not end in time (or within `most` instalments)."""
    course, made, paid = start.copy(), [], 0
    least, in_vain = None, 0
    for on in _days(terms, most):
        owed = course.owed_on(on)
        left = owed.open_cents if agreed_cents is None else agreed_cents - paid
        amount = min(instalment_cents, left, owed.open_cents)
        spread = course.pay(owed, amount)
        paid += amount
        made.append(_planned(on, amount, spread, owed.open_cents - amount))
        if amount in {left, owed.open_cents}:
            return _schedule(course, made, on)
        in_vain = in_vain + 1 if least is not None and owed.open_cents >= least else 0
        least = owed.open_cents if least is None else min(least, owed.open_cents)
        if in_vain >= IN_VAIN:
            return None
    return None


def _days(terms: PlanTerms, most: int | None) -> Iterable[date]:
    last = last_possible_day(terms)
    for on in islice(days_of(terms), most):
        if on > last:
            return
        yield on


def _planned(on: date, amount: int, spread: CaseAllocation, remaining: int) -> Planned:
    return Planned(
        on,
        amount,
        spread.total(Component.COSTS),
        spread.total(Component.INTEREST),
        spread.total(Component.PRINCIPAL),
        remaining,
    )


def _schedule(course: Course, made: list[Planned], last_on: date) -> Schedule:
    left = course.owed_on(last_on)
    open_cents, costs = max(left.open_cents, 0), max(left.costs_open_cents, 0)
    return Schedule(tuple(made), open_cents, costs)


def _least(holds: Callable[[int], bool], low: int = 0) -> int:
    """The smallest number above `low` for which it holds; what holds goes on to hold above."""
    step = max(1, low // 50)
    high = low + step
    while not holds(high):
        low, step = high, 2 * step
        high = low + step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
