"""The questions of the calculators as forms."""

from decimal import Decimal
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from legal.calendar import Unit
from legal.de.costs.fees import Item
from legal.interest import RateKind
from portal.shell.forms import Amount, Day

RATES = ("0.3", "0.5", "0.9", "1.0", "1.3")
#: What a person asks the cost calculator for.
ITEMS = (Item.VV2300, Item.VV3305, Item.VV3308, Item.VV3309, Item.KV1100)
DEBTORS = (RateKind.CONSUMER, RateKind.BUSINESS, RateKind.BUSINESS_OTHER)


class InterestSchema(Schema):
    """Default interest on a principal."""

    principal_cents = Amount(required=True)
    first_day = Day(required=True)
    last_day = Day(required=True)
    debtor = fields.String(required=True, validate=validate.OneOf([*DEBTORS]))


class CostsSchema(Schema):
    """One fee with flat expenses and, where the creditor cannot deduct it, VAT."""

    value_cents = Amount(required=True)
    law_date = Day(required=True)
    item = fields.String(required=True, validate=validate.OneOf([*ITEMS]))
    rate = fields.String(load_default="0.9", validate=validate.OneOf(RATES))
    vat = fields.Boolean(load_default=False)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The rate as a number; the law fixes it for the fees of court."""
        item = Item(data["item"])
        return {**data, "item": item, "rate": Decimal(data["rate"])}


class DeadlineSchema(Schema):
    """The last day of a period."""

    event_on = Day(required=True)
    count = fields.Integer(required=True, validate=validate.Range(min=1, max=400))
    unit = fields.String(required=True, validate=validate.OneOf([*Unit]))
    place = fields.String(required=True, validate=validate.Length(min=2, max=30))
