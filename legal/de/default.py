"""Start of default (Verzugsbeginn). Without default no interest and no costs. Law: BGB § 286.

Whether default began is asked, not assumed: a day agreed in the contract starts it by itself, one
merely printed on the invoice does not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: Days after due date and receipt of the invoice. Law: BGB § 286(3).
PERIOD_OF_DEFAULT_DAYS = 30
ONE_DAY = timedelta(days=1)


class Ground(StrEnum):
    """What puts a debtor in default."""

    AGREED_DAY = "agreed_day"  # A calendar day, or one computable by calendar, in the contract.
    REMINDER = "reminder"  # Reminder, action or payment order after the due date.
    REFUSAL = "refusal"  # The debtor refused finally.
    THIRTY_DAYS = "thirty_days"  # 30 days after due date and receipt of the invoice.


GROUND_LAW = {
    Ground.AGREED_DAY: "BGB § 286(2) no. 1, 2",
    Ground.REMINDER: "BGB § 286(1)",
    Ground.REFUSAL: "BGB § 286(2) no. 3",
    Ground.THIRTY_DAYS: "BGB § 286(3)",
}


@dataclass(frozen=True, slots=True)
class DueFacts:
    """What is known about a claim that may be in default; `None` is not known or not happened.

    `agreed_in_contract` is whether `due_on` was agreed; a day only printed on the invoice is not.
    `consumer_notice` is the special notice of the 30-day rule in the invoice. `performed_on` is
    the receipt of the performance, which counts where the receipt of the invoice is uncertain.
    """

    due_on: date
    agreed_in_contract: bool
    consumer: bool
    reminder_received_on: date | None = None
    order_served_on: date | None = None
    refused_on: date | None = None
    remuneration: bool = True
    invoice_received_on: date | None = None
    consumer_notice: bool = False
    performed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Default:
    """The first day of default, which is also the first day of interest, and its ground."""

    first_day: date
    ground: Ground

    @property
    def law(self) -> str:
        """The section that the ground stands in."""
        return GROUND_LAW[self.ground]


def start_of_default(
    facts: DueFacts, roll: Callable[[date], date] = lambda day: day
) -> Default | None:
    """The earliest default that the facts show, or `None`.

    `roll` moves the last day for payment off Saturday, Sunday and holidays of the place of
    performance; payment on the next working day is still in time. Law: BGB §§ 187(1), 193, 286.
    """
    found = [
        Default(day + ONE_DAY, ground)
        for ground, day in (
            (Ground.AGREED_DAY, roll(facts.due_on) if facts.agreed_in_contract else None),
            (Ground.REFUSAL, _after_due(facts.refused_on, facts)),
            (Ground.REMINDER, _first_reminder(facts)),
            (Ground.THIRTY_DAYS, _thirty_days(facts, roll)),
        )
        if day is not None
    ]
    return min(found, key=lambda default: default.first_day, default=None)


def _after_due(refused_on: date | None, facts: DueFacts) -> date | None:
    return None if refused_on is None else max(refused_on, facts.due_on)


def _first_reminder(facts: DueFacts) -> date | None:
    """The first reminder after the due date; an earlier one has no effect."""
    reminders = [
        day
        for day in (facts.reminder_received_on, facts.order_served_on)
        if day is not None and day > facts.due_on
    ]
    return min(reminders, default=None)


def _thirty_days(facts: DueFacts, roll: Callable[[date], date]) -> date | None:
    """The last of the 30 days. Law: BGB § 286(3); a consumer only if the invoice warned him."""
    if not facts.remuneration or (facts.consumer and not facts.consumer_notice):
        return None
    received = facts.invoice_received_on
    if received is None and not facts.consumer:
        received = facts.performed_on
    if received is None:
        return None
    return roll(max(facts.due_on, received) + timedelta(days=PERIOD_OF_DEFAULT_DAYS))
