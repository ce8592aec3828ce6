"""Start of default (Verzug) in Switzerland: a reminder, or a day that the contract agreed.

A creditor's reminder puts the debtor in default from the day after its receipt; an agreed day for
payment does so by itself when it has passed. No thirty days run by law. Law: OR 102.
"""

from legal.calendar import ONE_DAY
from legal.default import Default, DueFacts, Ground, Roll


def start_of_default(facts: DueFacts, roll: Roll) -> Default | None:
    """The earliest default that the facts show, or `None`.

    `roll` moves the agreed day off Sunday and holidays; payment on the next working day is still
    in time. Law: OR 78, 102.
    """
    found = []
    if facts.agreed_in_contract:
        found.append(Default(roll(facts.due_on) + ONE_DAY, Ground.AGREED_DAY, "OR 102(2)"))
    reminded_on = facts.reminder_received_on
    if reminded_on is not None and reminded_on > facts.due_on:
        found.append(Default(reminded_on + ONE_DAY, Ground.REMINDER, "OR 102(1)"))
    return min(found, key=lambda default: default.first_day, default=None)
