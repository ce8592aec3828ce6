"""What people enter about somebody at a debtor, and about its organisation."""

import re
from typing import Any

from flask_babel import gettext
from marshmallow import Schema, ValidationError, fields, post_load

from cases.claims.reaching.allowed import Channel
from cases.parties.debtor_contacts import ContactWish
from cases.parties.debtor_models import (
    DebtorRisk,
    DebtorRole,
    DebtorSize,
    Organisation,
    PayerType,
    PaymentOrder,
)
from cases.parties.profiles import LONGEST_MONTH, Card
from cases.parties.queries import find_debtor

#: Ways that somebody can forbid; letters the law asks for go all the same.
REFUSABLE = [channel for channel in Channel if channel is not Channel.LETTER]


class PersonSchema(Schema):
    """Somebody to talk to; the fields begin with `person_`."""

    role = fields.Enum(DebtorRole, by_value=True, data_key="person_role", required=True)
    name = fields.String(data_key="person_name", load_default="")
    phone = fields.String(data_key="person_phone", load_default=None)
    email = fields.String(data_key="person_email", load_default=None)
    language = fields.String(data_key="person_language", load_default="de")
    how_known = fields.String(data_key="person_how_known", load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ContactWish:
        return ContactWish(**{**data, "language": data["language"][:2].lower()})


class RunDays(fields.Field[tuple[int, ...]]):
    """Days of the month as people type them: 5, 15 and 25."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[int, ...]:
        found = re.findall(r"\d+", str(value))
        if not found or len(found) > LONGEST_MONTH:
            raise ValidationError(gettext("Please write days of the month, such as 5, 15, 25."))
        return tuple(int(day[:4]) for day in found)


class CardSchema(Schema):
    """The whole card; what is empty is unknown."""

    size = fields.Enum(DebtorSize, by_value=True, load_default=None)
    sector = fields.String(load_default=None)
    is_public = fields.Boolean(load_default=None)
    risk = fields.Enum(DebtorRisk, by_value=True, load_default=None)
    organisation = fields.Enum(Organisation, by_value=True, load_default=None)
    departments = fields.String(load_default=None)
    invoice_way = fields.String(load_default=None)
    portal_used = fields.String(load_default=None)
    payment_run_days = RunDays(load_default=())
    order_number = fields.String(load_default=None)
    approver = fields.String(load_default=None)
    routing_id = fields.String(load_default=None)
    payment_order = fields.Enum(PaymentOrder, by_value=True, load_default=None)
    payment_order_reason = fields.String(load_default=None)
    head_office = fields.String(load_default=None)
    head_office_pays = fields.Boolean(load_default=False)
    minor = fields.Boolean(load_default=False)
    consent_reserved = fields.Boolean(load_default=False)
    no_phone = fields.Boolean(load_default=False)
    no_visit = fields.Boolean(load_default=False)
    no_email = fields.Boolean(load_default=False)
    no_sms = fields.Boolean(load_default=False)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Card:
        refused = tuple(one.value for one in REFUSABLE if data.pop(f"no_{one.value}"))
        wanted = data.pop("head_office")
        head = find_debtor(wanted.strip()) if wanted else None
        if wanted and head is None:
            raise ValidationError(
                gettext("There is no such record of a debtor."), field_name="head_office"
            )
        return Card(**data, head_office_id=head.id if head else None, opted_out=refused)


class PayerSchema(Schema):
    """How the debtor pays, said by a person; nothing lets the rules speak."""

    payer_type = fields.Enum(PayerType, by_value=True, load_default=None)
    payer_type_reason = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> tuple[PayerType | None, str]:
        return data["payer_type"], data["payer_type_reason"]
