"""`recoup law limitation`: the last day before a claim is time-barred, step by step."""

from typing import Any

from agency.cli.law.fields import Question, check_names, choice, day, find_day, flag, listed
from legal.errors import InputInvalid
from legal.jurisdiction import Jurisdiction, get_jurisdiction
from legal.limitation import Expiry
from legal.limitation_events import LimitationEvent, LimitationEventKind

FIELDS = {"jurisdiction", "place", "kind", "due_on", "known_on", "events", "as_of"}
#: Published name of an event's day -> ours; "on" is another word for "from".
DAYS = {
    "from": "first_day",
    "on": "first_day",
    "until": "last_day",
    "applied_on": "applied_on",
    "served_on": "served_on",
    "last_act_on": "last_act_on",
}
EVENT_FIELDS = {"kind", "served_soon", "lifted", "confirmed", *DAYS}


def calculate(question: Question) -> Question:
    """Answer one question; the shape is published in docs/commands.md."""
    check_names(question, FIELDS)
    country = get_jurisdiction(question.get("jurisdiction"))
    found = country.limitation(
        _kind(question, country),
        day(question, "due_on"),
        _place(question),
        known_on=find_day(question, "known_on"),
        events=[_event(value) for value in listed(question, "events")],
        as_of=find_day(question, "as_of"),
    )
    answer = _expiry(found.computed)
    answer["steps"] = [
        {"law": step.law, "words": step.message(), "until": _iso(step.until)}
        for step in found.computed.steps
    ]
    if found.conservative != found.computed:
        answer["conservative"] = _expiry(found.conservative)
    return answer


def _kind(question: Question, country: Jurisdiction) -> str:
    kind = question.get("kind")
    if not isinstance(kind, str) or kind not in country.limitation_kinds:
        allowed = ", ".join(country.limitation_kinds)
        raise InputInvalid(f"kind must be one of: {allowed}.", field="kind")
    return kind


def _place(question: Question) -> str:
    place = question.get("place")
    if not isinstance(place, str):
        raise InputInvalid("place must be a place such as DE-BE.", field="place")
    return place


def _event(value: Any) -> LimitationEvent:
    """One event; what a caller does not say about it counts as confirmed."""
    if not isinstance(value, dict):
        raise InputInvalid("Each event must be an object.", field="events")
    check_names(value, EVENT_FIELDS)
    days = {DAYS[name]: find_day(value, name) for name in DAYS if value.get(name) is not None}
    if value.get("from") is not None and value.get("on") is not None:
        raise InputInvalid("Give either from or on.", field="on")
    soon = flag(value, "served_soon", default=False) if "served_soon" in value else None
    return LimitationEvent(
        kind=choice(value, "kind", LimitationEventKind),
        served_soon=None if value.get("served_soon") is None else soon,
        lifted=flag(value, "lifted", default=False),
        confirmed=flag(value, "confirmed", default=True),
        **days,
    )


def _expiry(expiry: Expiry) -> Question:
    return {"unrolled": _iso(expiry.unrolled), "last_day": _iso(expiry.last_day)}


def _iso(value: Any) -> str | None:
    return None if value is None else value.isoformat()
