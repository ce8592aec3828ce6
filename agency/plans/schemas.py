"""What people enter about a plan."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from cases.plans.building import PlanWish
from cases.plans.models import AcceptedBy, EndedBy, PlanKind
from cases.plans.services import Acceptance
from legal.instalments import Rhythm
from portal.shell.forms import Amount, Day

#: Thirty years of weeks.
MOST_INSTALMENTS = 1600


class PlanSchema(Schema):
    """What was spoken about: the amount or the number of instalments, first day, what is let go."""

    kind = fields.Enum(PlanKind, by_value=True, load_default=PlanKind.FORBEARANCE)
    instalment = Amount(load_default=None)
    number = fields.Integer(load_default=None, validate=validate.Range(min=1, max=MOST_INSTALMENTS))
    first_on = Day(required=True)
    every = fields.Enum(Rhythm, by_value=True, load_default=Rhythm.MONTH)
    ends = fields.String(
        load_default="all", validate=validate.OneOf(["all", "no_interest", "settles"])
    )
    settlement = Amount(load_default=None)
    counts_paid = fields.Boolean(load_default=False)
    reason = fields.String(load_default="", validate=validate.Length(max=1000))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> PlanWish:
        return PlanWish(
            kind=data["kind"],
            first_on=data["first_on"],
            every=data["every"],
            instalment_cents=data["instalment"],
            number=data["number"],
            interest_runs=data["ends"] != "no_interest",
            settles=data["ends"] == "settles",
            settlement_cents=data["settlement"],
            counts_paid=data["counts_paid"],
            reason=data["reason"],
        )


class AcceptanceSchema(Schema):
    """When and by which text form the debtor accepted."""

    accepted_on = Day(required=True)
    accepted_by = fields.Enum(AcceptedBy, by_value=True, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Acceptance:
        return Acceptance(data["accepted_on"], data["accepted_by"])


@dataclass(frozen=True, slots=True)
class Decided:
    """What the client told us."""

    agrees: bool
    words: str


class DecisionSchema(Schema):
    """What the client decided, and how we know."""

    agrees = fields.Boolean(required=True)
    words = fields.String(required=True, validate=validate.Length(max=1000))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Decided:
        return Decided(**data)


class TimeSchema(Schema):
    """Until when the debtor may catch up."""

    until_on = Day(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> date:
        until: date = data["until_on"]
        return until


@dataclass(frozen=True, slots=True)
class EndWish:
    """How a plan ends by hand, and why."""

    ended_as: EndedBy
    why: str


#: How a person may end a plan.
BY_HAND = (EndedBy.REVOKED, EndedBy.DEBTOR)


class EndSchema(Schema):
    """How a plan ends, and why."""

    ended_as = fields.Enum(EndedBy, by_value=True, required=True, validate=validate.OneOf(BY_HAND))
    why = fields.String(required=True, validate=validate.Length(max=1000))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> EndWish:
        return EndWish(**data)
