"""What people enter about a case itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import Schema, fields, post_load

from cases.claims.models import Outcome
from cases.contacts.services import FollowUp
from portal.shell.forms import Day


class FollowUpSchema(Schema):
    """A follow-up (Wiedervorlage)."""

    due_on = Day(required=True)
    note = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FollowUp:
        return FollowUp(**data)


@dataclass(frozen=True, slots=True)
class Closing:
    """How a case ends."""

    outcome: Outcome


class CloseSchema(Schema):
    """How a case ends."""

    outcome = fields.Enum(Outcome, by_value=True, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Closing:
        return Closing(**data)


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
