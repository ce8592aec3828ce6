"""Limitation in Switzerland: ten years, five for some claims, twenty for a loss certificate.

Law: OR 127-138; SchKG 149a(1). Each act of debt enforcement starts it anew.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import partial

from legal.calendar import add_days, add_years, roll_forward
from legal.errors import InputInvalid
from legal.findings import N_, Words
from legal.limitation import Effect, Expiry, Limitation, Restart, Run, Step, run_out
from legal.limitation_events import LimitationEvent, LimitationEventKind, check_order, need
from legal.public_holidays import check_place


class LimitationKind(StrEnum):
    """The periods of the law."""

    GENERAL = "general"  # OR 127
    SHORT = "short"  # Rent, interest, periodic dues, craft work, retail, doctors. OR 128
    JUDGMENT = "judgment"  # Judgment or written acknowledgement. OR 137(2)
    LOSS_CERTIFICATE = "loss_certificate"  # Verlustschein. SchKG 149a(1)


PERIODS = {
    LimitationKind.GENERAL: (10, "OR 127, 130, 132"),
    LimitationKind.SHORT: (5, "OR 128, 130, 132"),
    LimitationKind.JUDGMENT: (10, "OR 137(2)"),
    LimitationKind.LOSS_CERTIFICATE: (20, "SchKG 149a(1)"),
}

WORDS: Words = {
    LimitationKind.GENERAL: N_("General: ten years to the day (OR 127)"),
    LimitationKind.SHORT: N_(
        "Rent, interest, retail, craft work and the like: five years (OR 128)"
    ),
    LimitationKind.JUDGMENT: N_("Judgment or written acknowledgement: ten years (OR 137(2))"),
    LimitationKind.LOSS_CERTIFICATE: N_("Loss certificate: twenty years (SchKG 149a(1))"),
}

#: Events with a rule here; others make legal set the day.
RESTART_LAW = {
    LimitationEventKind.PART_PAYMENT: "OR 135 no. 1",
    LimitationEventKind.ACKNOWLEDGEMENT: "OR 135 no. 1",
    LimitationEventKind.PAYMENT_ORDER: "OR 135 no. 2, 138(2)",
    LimitationEventKind.ENFORCEMENT: "OR 135 no. 2, 138(2)",
    LimitationEventKind.INSOLVENCY: "OR 135 no. 2",
    LimitationEventKind.ACTION: "OR 135 no. 2, 138(1)",
}


def limitation(
    kind: LimitationKind, due_on: date, place: str, *, events: Sequence[LimitationEvent] = ()
) -> Limitation:
    """Both days of a claim: every event, and only those that legal has confirmed."""
    check_place(place)
    confirmed = [event for event in events if event.confirmed]
    return Limitation(_expiry(kind, due_on, place, events), _expiry(kind, due_on, place, confirmed))


def _expiry(
    kind: LimitationKind, due_on: date, place: str, events: Sequence[LimitationEvent]
) -> Expiry:
    years, law = PERIODS[kind]
    end = add_years(due_on, years)
    step = Step("starts", law, end, {"years": years, "start_on": due_on.isoformat()})
    effects = [effect for event in events for effect in _effects(event)]
    roll = partial(roll_forward, place=place)
    return run_out(Run(add_days(due_on, 1), end, years, step), effects, roll, "OR 78, 132(2)")


def _effects(event: LimitationEvent) -> Iterator[Effect]:
    check_order(event)
    law = RESTART_LAW.get(event.kind)
    if law is None:
        raise InputInvalid(f"No Swiss rule is built in for {event.kind}.", field="kind")
    need(event, "first_day", "applied_on", "served_on", "last_act_on")
    days = {event.first_day, event.applied_on, event.served_on, event.last_act_on}
    for day in sorted(day for day in days if day is not None):
        yield Restart(day, event.kind, law)
