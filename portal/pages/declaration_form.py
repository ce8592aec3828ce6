"""The form of the last step: two questions of the law, two declarations, never ticked."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from cases.claims.models import DueBasis, Purpose
from cases.claims.origin import FIELDS, AssignedInFuture, Origin, check_origin
from cases.core import clock
from cases.core.errors import Refusal
from cases.intake.declaration import Declaration
from portal.shell.errors import say
from portal.shell.forms import Day

BASES = (
    (
        DueBasis.CONTRACT.value,
        lazy_gettext("Agreed in the contract, or fixed by the calendar"),
        lazy_gettext("Default begins by itself on the day after."),
    ),
    (
        DueBasis.INVOICE.value,
        lazy_gettext("Only printed on the invoice"),
        lazy_gettext("Default needs a reminder, or 30 days in business with companies."),
    ),
    (
        DueBasis.STATUTE.value,
        lazy_gettext("No payment day at all"),
        lazy_gettext("The claim is due at once; default needs a reminder."),
    ),
)
PURPOSES = (
    (Purpose.CONSUMER.value, lazy_gettext("Private person (consumer)")),
    (Purpose.BUSINESS.value, lazy_gettext("Trade or profession (business)")),
)
#: Whatever else is wrong about the origin of the claims stands at the name.
ORIGIN_FIELDS: dict[type[Refusal], str] = {AssignedInFuture: "assigned_on"}
#: Field -> how the form calls it, for its errors.
LABELS = {
    "due_basis": lazy_gettext("how the due date arose"),
    "reminder": lazy_gettext("when you first sent a reminder"),
    "purpose": lazy_gettext("whether the debtors are consumers or businesses"),
}


class DeclarationSchema(Schema):
    """What holds for all rows handed over now."""

    due_basis = fields.Enum(DueBasis, by_value=True, required=True)
    reminder = fields.String(required=True, validate=validate.OneOf(["none", "day", "list"]))
    reminded_day = Day()
    purpose = fields.Enum(Purpose, by_value=True)
    performed = fields.Boolean()
    disputed = fields.String(validate=validate.OneOf(["no", "yes"]))
    dispute = fields.String(validate=validate.Length(max=2000))
    subject = fields.String(validate=validate.Length(max=500))
    contract_day = Day()
    original_creditor = fields.String(validate=validate.Length(max=200))
    original_postcode = fields.String(validate=validate.Length(max=20))
    original_city = fields.String(validate=validate.Length(max=100))
    assigned_on = Day()

    def __init__(self, *, asks_purpose: bool, own_name: str) -> None:
        super().__init__()
        self.asks_purpose, self.own_name = asks_purpose, own_name

    @validates_schema(skip_on_field_errors=False)
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """What depends on another answer."""
        errors: dict[str, list[str]] = {}
        if data.get("reminder") == "day":
            errors |= _reminder_errors(data)
        if (day := data.get("contract_day")) is not None and day > clock.today():
            errors["contract_day"] = [gettext("This day lies in the future.")]
        errors |= self._origin_errors(data)
        if self.asks_purpose and "purpose" not in data:
            errors["purpose"] = [
                gettext("Please fill in: %(label)s.", label=str(LABELS["purpose"]))
            ]
        if not data.get("performed"):
            errors["performed"] = [
                gettext("Without this declaration we may not demand the claims.")
            ]
        if "disputed" not in data:
            errors["disputed"] = [gettext("Please say whether anything is disputed.")]
        elif data["disputed"] == "yes" and not data.get("dispute"):
            errors["dispute"] = [gettext("Please say what is disputed.")]
        if errors:
            raise ValidationError(errors)

    def _origin_errors(self, data: dict[str, Any]) -> dict[str, list[str]]:
        try:
            check_origin(_origin(data), self.own_name)
        except Refusal as refusal:
            return {ORIGIN_FIELDS.get(type(refusal), "original_creditor"): [say(refusal)]}
        return {}

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Declaration:
        disputed = data["disputed"] == "yes"
        return Declaration(
            due_basis=data["due_basis"],
            reminder=data["reminder"],
            reminded_on=data.get("reminded_day") if data["reminder"] == "day" else None,
            purpose=data.get("purpose"),
            performed=data["performed"],
            undisputed=not disputed,
            dispute=data["dispute"] if disputed else None,
            subject=data.get("subject"),
            contract_on=data.get("contract_day"),
            origin=_origin(data),
        )


def _origin(data: dict[str, Any]) -> Origin:
    return Origin(**{name: data.get(name) for name in FIELDS})


def _reminder_errors(data: dict[str, Any]) -> dict[str, list[str]]:
    day = data.get("reminded_day")
    if day is None:
        return {"reminded_day": [gettext("Please say on which day.")]}
    if day > clock.today():
        return {"reminded_day": [gettext("This day lies in the future.")]}
    return {}
