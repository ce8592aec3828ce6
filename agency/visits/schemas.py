"""What people enter about a visit: its plan, another time, its report."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from marshmallow import Schema, fields, post_load

from agency.cases.contact_schemas import ClockTime, ContactSchema, moment_of
from cases.contacts.models import ContactChannel
from cases.contacts.visits.models import PaperKind, VisitPurpose
from cases.contacts.visits.planning import Window
from cases.contacts.visits.reporting import Cost, VisitReport
from portal.shell.forms import Amount, Day


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan as it was typed; people are named by their public ids."""

    window: Window
    visitor: str
    purpose: VisitPurpose
    debtor: str
    with_whom: str
    place_note: str
    override_because: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Another time or person, and why."""

    window: Window
    visitor: str
    why: str
    override_because: str


class WindowSchema(Schema):
    """A day and from when to when."""

    on = Day(required=True)
    first = ClockTime(required=True)
    last = ClockTime(required=True)
    visitor = fields.String(required=True)
    override_because = fields.String(load_default="")


class PlanSchema(WindowSchema):
    """A visit that is planned."""

    purpose = fields.Enum(VisitPurpose, by_value=True, required=True)
    debtor = fields.String(load_default="")
    with_whom = fields.String(load_default="")
    place_note = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Planned:
        window = _window(data.pop("on"), data.pop("first"), data.pop("last"))
        return Planned(window=window, **data)


class MoveSchema(WindowSchema):
    """Another time."""

    why = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Moved:
        window = _window(data.pop("on"), data.pop("first"), data.pop("last"))
        return Moved(window=window, **data)


class ReportSchema(ContactSchema):
    """What came of a visit: as with a call, and what belongs to a visit."""

    rest_on = Day(load_default=None)
    cost = Amount(load_default=None)
    cost_words = fields.String(load_default="")
    paper_kind = fields.Enum(PaperKind, by_value=True, load_default=None)

    def __init__(self, call_back_words: str) -> None:
        super().__init__(ContactChannel.VISIT, call_back_words)

    @post_load
    def build(self, data: dict[str, Any], **options: Any) -> Any:
        logged = super().build(data, **options)
        cost = data["cost"]
        report = VisitReport(
            logged.details,
            logged.promise,
            logged.commitment,
            logged.cash_cents,
            data["rest_on"],
            logged.follow_up,
            logged.learned,
            cost=None if cost is None else Cost(cost, data["cost_words"]),
        )
        return report, data["paper_kind"]


class CostSchema(Schema):
    """What a visit cost."""

    cost = Amount(required=True)
    cost_words = fields.String(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Cost:
        return Cost(data["cost"], data["cost_words"])


def _window(day: date, first: time, last: time) -> Window:
    return Window(moment_of(day, first), moment_of(day, last))
