"""Start of default (Verzugsbeginn). Without default no interest and no costs. Law: BGB § 286.

Whether default began is asked, not assumed: a day agreed in the contract starts it by itself, one
merely printed on the invoice does not.
"""

from collections.abc import Callable
from datetime import date, timedelta

from legal.default import Default, DueFacts, Ground

#: Days after due date and receipt of the invoice. Law: BGB § 286(3).
PERIOD_OF_DEFAULT_DAYS = 30
ONE_DAY = timedelta(days=1)


GROUND_LAW = {
    Ground.AGREED_DAY: "BGB § 286(2) no. 1, 2",
    Ground.REMINDER: "BGB § 286(1)",
    Ground.REFUSAL: "BGB § 286(2) no. 3",
    Ground.THIRTY_DAYS: "BGB § 286(3)",
}


def start_of_default(
    facts: DueFacts, roll: Callable[[date], date] = lambda day: day
) -> Default | None:
    """The earliest default that the facts show, or `None`.

    `roll` moves the last day for payment off Saturday, Sunday and holidays of the place of
    performance; payment on the next working day is still in time. Law: BGB §§ 187(1), 193, 286.
    """
    found = [
        Default(day + ONE_DAY, ground, GROUND_LAW[ground])
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
