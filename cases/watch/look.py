"""One look at a customer, and what a rule says when it fired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.watch.customer import Customer, Others, Parameters, Window

STRONG, MIDDLE, WEAK = Decimal("0.40"), Decimal("0.25"), Decimal("0.20")


@dataclass(frozen=True, slots=True)
class Signal:
    """One rule that fired: since when, how much it weighs, and on what it rests."""

    code: str
    since: date
    weight: Decimal
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a customer."""

    customer: Customer
    as_of: date
    others: Others
    parameters: Parameters


def counted(
    code: str, weight: Decimal, window: Window, days: list[date], look: Look
) -> Signal | None:
    """Enough days within the window; since the day on which the number was reached."""
    recent = window.recent(days, look.as_of)
    if len(recent) < window.least:
        return None
    return Signal(code, recent[window.least - 1], weight, as_evidence(recent))


def as_evidence(days: Sequence[date]) -> tuple[str, ...]:
    """Days as they stand in the evidence."""
    return tuple(day.isoformat() for day in days)
