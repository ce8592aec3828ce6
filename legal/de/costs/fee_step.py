"""The step of the business fee from the simple case (0.5) to 0.9.

The first letter demands only 0.5. A claim that is paid within two weeks after it stays a simple
case, so the step waits for that window and for bank statements that show it empty, and a payment
that arrives late on our desk but counts from a day inside the window takes the step back.
Law: VV RVG 2300 note (2).
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from legal.fee_step import FeeStep, FeeStepRule, FirstDemand

#: The simple case, and the usual most for an uncontested claim. Law: VV RVG 2300 note (2).
SIMPLE_RATE = Decimal("0.5")
FULL_RATE = Decimal("0.9")
#: The wording "within two weeks" has no known first day, so the window is always given.
WINDOW_DAYS = 14


def window_last_day(
    sent_on: date, postal_days: int, roll: Callable[[date], date] = lambda day: day
) -> date:
    """The last day of the debtor's two weeks; `roll` moves it off Saturday, Sunday and holidays.

    `postal_days` is our visible assumption of postal time, never a deemed receipt.
    """
    return roll(sent_on + timedelta(days=postal_days + WINDOW_DAYS))


def fee_step(demand: FirstDemand) -> FeeStep:
    """Decide the step from what the bank has shown so far."""
    settled = demand.settled_value_on
    if settled is not None and settled <= demand.window_last_day:
        return FeeStep.REVERSE if demand.raised else FeeStep.KEEP
    if demand.raised:
        return FeeStep.KEEP
    # One imported bank day after the window proves that no payment of its last day is missing.
    imported = demand.bank_imported_through
    passed = imported is not None and imported > demand.window_last_day
    return FeeStep.RAISE if passed else FeeStep.KEEP


RULE = FeeStepRule(SIMPLE_RATE, FULL_RATE, window_last_day, fee_step)
