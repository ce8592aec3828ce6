"""Forms of the workbench: their shape only."""

from marshmallow import Schema, fields, validate

from cases.filings.applications.drafts import DECLARATIONS
from legal.proceeding import CourtEventKind
from portal.shell.forms import Day


class RecommendSchema(Schema):
    """A case for court, by its number."""

    number = fields.String(required=True)
    why = fields.String(required=True)


class ReasonSchema(Schema):
    """Why something is done."""

    reason = fields.String(required=True)


class DeclarationSchema(Schema):
    """What the creditor has declared, and when; nothing is ticked beforehand."""

    answer = fields.String(
        required=True,
        validate=validate.OneOf([a for answers in DECLARATIONS.values() for a in answers]),
    )
    declared_on = Day(required=True)
    note = fields.String()
    for_all = fields.Boolean(load_default=False)


class DirectorySchema(Schema):
    """Where a directory of courts is from, and the day whose law it describes."""

    source = fields.String(required=True)
    as_of = Day(required=True)


class HandOverSchema(Schema):
    """By which safe channel a file went to the court."""

    channel = fields.String(required=True)
    sent_already = fields.Boolean(load_default=False)


class EventSchema(Schema):
    """Something that happened in a proceeding and came on paper."""

    kind = fields.Enum(CourtEventKind, by_value=True, required=True)
    happened_on = Day(required=True)
    received_on = Day()
    is_partial = fields.Boolean(load_default=False)
    court_number = fields.String(load_default="")
    note = fields.String(load_default="")


class PaidSchema(Schema):
    """That a court was paid, when and from which money."""

    paid_on = Day(required=True)
    source = fields.String(required=True, validate=validate.OneOf(["operating", "advance"]))


class MoveSchema(Schema):
    """Another day for a deadline, with its reason."""

    last_day = Day(required=True, full_year=True)
    reason = fields.String(required=True)


class SettingsSchema(Schema):
    """How the house files."""

    file_letters = fields.String(load_default="")
    query_days = fields.Integer(required=True, validate=validate.Range(1, 60))
    payment_days = fields.Integer(required=True, validate=validate.Range(1, 60))
    credit_in = fields.String(load_default="costs", validate=validate.OneOf(["fee", "costs"]))
    confirmed_fields = fields.String(load_default="")
