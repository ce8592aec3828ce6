"""The step of a collection fee after the first demand: what decides it, and what is decided."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class FeeStep(StrEnum):
    """What to do with the fee today."""

    KEEP = "keep"  # Leave it as it is.
    RAISE = "raise"  # Book the difference up to the full rate.
    REVERSE = "reverse"  # Take the difference back: it was paid in time.


@dataclass(frozen=True, slots=True)
class FirstDemand:
    """What the step looks at.

    `bank_imported_through` is the last day whose bank statement is imported; `settled_value_on`
    the value date of the payment that settled what the letter demanded.
    """

    window_last_day: date
    bank_imported_through: date | None
    settled_value_on: date | None
    raised: bool


@dataclass(frozen=True, slots=True)
class FeeStepRule:
    """A country's rule: the rates before and after, the debtor's window, and the decision."""

    simple_rate: Decimal
    full_rate: Decimal
    #: Day of dispatch, postal days and a move off holidays -> the last day of the window.
    window_last_day: Callable[[date, int, Callable[[date], date]], date]
    decide: Callable[[FirstDemand], FeeStep]
