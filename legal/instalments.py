"""What instalment plans of every country share: their days, and when one never ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from legal.calendar import add_months, add_years
from legal.errors import InputInvalid

#: A plan must end within the period in which a title can be enforced. Law: BGB § 197(1).
LONGEST_YEARS = 30


class Rhythm(StrEnum):
    """How often an instalment is due."""

    WEEK = "week"
    TWO_WEEKS = "2 weeks"
    MONTH = "month"


class PlanNeverEnds(InputInvalid):
    """The instalments are too small: interest eats them, and the plan never ends."""

    def __init__(self, smallest_instalment_cents: int) -> None:
        super().__init__(
            "With these instalments the plan does not end within 30 years. The smallest that does "
            f"is {smallest_instalment_cents} cents.",
            field="instalment_cents",
        )
        self.figures["smallest_instalment_cents"] = smallest_instalment_cents


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What is agreed. Days are not moved off weekends; a month keeps the day of the first."""

    agreed_on: date
    first_on: date
    every: Rhythm = Rhythm.MONTH
    interest_runs: bool = True  # Else none from the day of the agreement on.
    fee_cents: int = 0  # Settlement fee (Einigungsgebühr), a cost of the day of the agreement.


def days_of(terms: PlanTerms) -> Iterator[date]:
    """The days on which instalments are due, without end."""
    number = 0
    while True:
        yield day_of(terms, number)
        number += 1


def day_of(terms: PlanTerms, number: int) -> date:
    """The day of an instalment, the first one being number 0."""
    if terms.every is Rhythm.MONTH:
        return add_months(terms.first_on, number)
    weeks = number if terms.every is Rhythm.WEEK else 2 * number
    return terms.first_on + timedelta(weeks=weeks)


def last_possible_day(terms: PlanTerms) -> date:
    """The day by which a plan must have ended."""
    return add_years(terms.agreed_on, LONGEST_YEARS)
