"""What people enter about a case itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load

from cases.contacts.services import FollowUp
from cases.people.services import list_staff
from portal.shell.forms import Day


class FollowUpSchema(Schema):
    """A follow-up (Wiedervorlage)."""

    due_on = Day(required=True)
    note = fields.String(load_default="")
    person = fields.String(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FollowUp:
        public_id = data.pop("person")
        people = {one.public_id: one.id for one in list_staff()}
        if public_id is not None and public_id not in people:
            raise ValidationError("Must be one of: staff.", field_name="person")
        return FollowUp(**data, owner_id=people.get(public_id or ""))


class CloseSchema(Schema):
    """How a case ends: a choice of `agency.cases.ending`, and why."""

    ending = fields.String(required=True)
    reason = fields.String(load_default="")


@dataclass(frozen=True, slots=True)
class Postponement:
    """Until when an item is put off, and why."""

    until: date
    why: str


class PostponeSchema(Schema):
    """Until when an item is put off, and why."""

    until = Day(required=True)
    why = fields.String(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Postponement:
        return Postponement(**data)
