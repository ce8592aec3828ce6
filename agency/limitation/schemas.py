"""What people enter about limitation: an event, the kind of a claim, legal's own day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from marshmallow import Schema, ValidationError, fields, post_load, validate

from agency.limitation.words import DAYS
from cases.claims.limitation import EventDays
from cases.core import clock
from legal.errors import InputInvalid
from legal.limitation_events import PUBLIC, LimitationEventKind
from portal.shell.forms import Day, Errors

#: Days that lie behind us when an event is noted; an agreed end may lie ahead.
PAST = ("first_day", "applied_on", "served_on", "last_act_on")


class PastDay(Day):
    """A day that has come."""

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        found = super()._deserialize(value, *args, **options)
        if found > clock.today():
            raise ValidationError(gettext("This day lies in the future."))
        return found


@dataclass(frozen=True, slots=True)
class NotedEvent:
    """An event as it was entered."""

    kind: LimitationEventKind
    days: EventDays
    note: str | None
    debtor: str = ""  # Whose person it concerns, by public id.


class EventSchema(Schema):
    """What may have suspended or restarted a claim."""

    kind = fields.Enum(LimitationEventKind, by_value=True, required=True)
    first_day = PastDay(load_default=None)
    last_day = Day(load_default=None)
    applied_on = PastDay(load_default=None)
    served_on = PastDay(load_default=None)
    last_act_on = PastDay(load_default=None)
    note = fields.String(load_default=None, validate=validate.Length(max=1000))
    debtor = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> NotedEvent:
        days = EventDays(**{name: data[name] for name in DAYS})
        return NotedEvent(data["kind"], days, data["note"], data["debtor"])


class DaySchema(Schema):
    """The day that legal sets, with its reason."""

    last_day_on = Day(required=True)
    why = fields.String(required=True, validate=validate.Length(max=1000))


def missing_day(error: InputInvalid, form: Mapping[str, str]) -> Errors:
    """What the law finds wrong with the days of an event, at the field it concerns."""
    names = {public: name for name, public in PUBLIC.items()}
    name = names.get(error.field or "", "kind")
    if form.get(name, "").strip():
        return {name: [gettext("This day lies before the beginning.")]}
    return {name: [gettext("The law needs this day for such an event.")]}
