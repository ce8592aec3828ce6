"""Events in the life of a claim that may move its limitation, with the days they happened on.

What effect an event has is the law of the country.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from legal.errors import InputInvalid


class LimitationEventKind(StrEnum):
    """What happened to a claim."""

    PART_PAYMENT = "part_payment"
    ACKNOWLEDGEMENT = "acknowledgement"
    NEGOTIATIONS = "negotiations"
    DEFERRAL = "deferral"
    PAYMENT_ORDER = "payment_order"
    REJECTED_APPLICATION = "rejected_application"
    ACTION = "action"
    INSOLVENCY = "insolvency"
    ENFORCEMENT = "enforcement"
    FORCE_MAJEURE = "force_majeure"


@dataclass(frozen=True, slots=True)
class LimitationEvent:
    """One event with the days the law asks for.

    `last_day` is the end of negotiations or of proceedings (final decision, withdrawal);
    `last_act_on` the last act of the parties or the court when the proceedings stand still.
    Of a rejected application `served_on` is the service of the refusal and `first_day` the filing
    of the action that followed it, if one did.
    """

    kind: LimitationEventKind
    first_day: date | None = None
    last_day: date | None = None
    applied_on: date | None = None
    served_on: date | None = None
    last_act_on: date | None = None
    served_soon: bool | None = None  # None: judged by the day of service.
    lifted: bool = False  # An enforcement act that was lifted or withdrawn. Law: BGB § 212(2), (3).
    confirmed: bool = False  # Legal has confirmed it; else only the computed day counts it.


#: Our name of a day -> the name in the published interface.
PUBLIC = {
    "first_day": "from",
    "last_day": "until",
    "applied_on": "applied_on",
    "served_on": "served_on",
    "last_act_on": "last_act_on",
}


def need(event: LimitationEvent, *names: str) -> date:
    """The first of these days that is known."""
    for name in names:
        day = getattr(event, name)
        if isinstance(day, date):
            return day
    raise InputInvalid(f"{event.kind} needs the day {PUBLIC[names[0]]!r}.", field=PUBLIC[names[0]])


def check_order(event: LimitationEvent) -> None:
    """Refuse an end before its start."""
    for earlier, later in (("first_day", "last_day"), ("applied_on", "served_on")):
        begin, end = getattr(event, earlier), getattr(event, later)
        if begin is not None and end is not None and end < begin:
            raise InputInvalid(
                f"{PUBLIC[later]} lies before {PUBLIC[earlier]}.", field=PUBLIC[later]
            )
