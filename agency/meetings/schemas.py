"""What people enter about a meeting: its plan, and its minutes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from marshmallow import Schema, fields, post_load

from agency.cases.contact_schemas import ClockTime, ContactSchema, moment_of
from cases.contacts.commitments import CommitmentGiven
from cases.contacts.meetings.services import Minutes
from cases.contacts.models import CommitmentKind, ContactChannel
from portal.shell.forms import Day

#: As many promises of ours as the form has lines for.
LINES = (1, 2, 3)
CLOSING_TIME = time(17)


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting as it was typed; who of us is there by the public id."""

    begins_at: datetime
    ends_at: datetime
    place: str
    host: str
    agenda: str
    attendees: str
    why: str


class MeetingSchema(Schema):
    """When, where, who and what about; why, where an earlier plan is changed."""

    on = Day(required=True)
    first = ClockTime(required=True)
    last = ClockTime(required=True)
    place = fields.String(required=True)
    host = fields.String(required=True)
    agenda = fields.String(required=True)
    attendees = fields.String(load_default="")
    why = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Planned:
        day: date = data.pop("on")
        first, last = data.pop("first"), data.pop("last")
        return Planned(moment_of(day, first), moment_of(day, last), **data)


class MinutesSchema(ContactSchema):
    """What came of it: as with a call, the text of the minutes, and up to three duties of ours."""

    minutes = fields.String(load_default="")
    what_1 = fields.String(load_default="")
    on_1 = Day(load_default=None)
    what_2 = fields.String(load_default="")
    on_2 = Day(load_default=None)
    what_3 = fields.String(load_default="")
    on_3 = Day(load_default=None)

    def __init__(self, call_back_words: str) -> None:
        super().__init__(ContactChannel.MEETING, call_back_words)

    @post_load
    def build(self, data: dict[str, Any], **options: Any) -> Any:
        logged = super().build(data, **options)
        own = [logged.commitment] if logged.commitment else []
        return Minutes(
            logged.details,
            data["minutes"],
            logged.promise,
            [*own, *_given(data)],
            logged.follow_up,
        )


def unfinished(form: Any) -> dict[str, str]:
    """Lines of our promises that lack their day or their words: the field that is missing."""
    found = {}
    for line in LINES:
        what, on = (str(form.get(f"{name}_{line}") or "").strip() for name in ("what", "on"))
        if bool(what) != bool(on):
            found[f"on_{line}" if what else f"what_{line}"] = what or on
    return found


def _given(data: dict[str, Any]) -> Iterator[CommitmentGiven]:
    for line in LINES:
        what, day = data[f"what_{line}"], data[f"on_{line}"]
        if what and day:
            yield CommitmentGiven(what, moment_of(day, CLOSING_TIME), CommitmentKind.CLARIFICATION)
