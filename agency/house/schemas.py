"""What an administrator enters about the house."""

from typing import Any

from flask_babel import gettext
from marshmallow import Schema, ValidationError, fields, post_load, validate

from cases.formats.identifiers import find_iban
from cases.remittances.debits.identifier import find_creditor_identifier
from legal.de.business_letter import company
from legal.de.places import STATES
from legal.findings import N_
from portal.shell.forms import Amount, Day

IBAN_WRONG = N_("This is not a complete IBAN. Please check its digits.")
IDENTIFIER_WRONG = N_("This is no creditor identifier. Please check its digits.")
PLACES = [f"DE-{code}" for code in STATES]


class Iban(fields.Field[str]):
    """An IBAN as people type it, with blanks; kept without them."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        found = find_iban(str(value))
        if found is None:
            raise ValidationError(gettext(IBAN_WRONG))
        return found


class CreditorIdentifier(fields.Field[str]):
    """The identifier that the central bank gave the house for direct debits."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        found = find_creditor_identifier(str(value))
        if found is None:
            raise ValidationError(gettext(IDENTIFIER_WRONG))
        return found


class HouseSchema(Schema):
    """The agency's profile; every field is a column of it."""

    name = fields.String(required=True)
    street = fields.String(required=True)
    postcode = fields.String(required=True)
    city = fields.String(required=True)
    phone = fields.String(required=True)
    email = fields.Email(required=True)
    website = fields.String(load_default=None)
    register_entry = fields.String(required=True)
    authority_name = fields.String(required=True)
    authority_address = fields.String(required=True)
    authority_contact = fields.String(required=True)
    privacy_contact = fields.String(load_default=None)
    privacy_authority = fields.String(load_default=None)
    vat_id = fields.String(load_default=None)
    tax_number = fields.String(load_default=None)
    legal_form = fields.String(load_default=None)
    seat = fields.String(load_default=None)
    register_court = fields.String(load_default=None)
    register_number = fields.String(load_default=None)
    managing_directors = fields.String(load_default=None)
    supervisory_chair = fields.String(load_default=None)
    liable_partner = fields.String(load_default=None)
    trust_iban = Iban(required=True)
    trust_bic = fields.String(load_default=None)
    operating_iban = Iban(required=True)
    place = fields.String(required=True, validate=validate.OneOf(PLACES))
    postal_days = fields.Integer(required=True, validate=validate.Range(min=0, max=14))
    postage_cents = Amount(load_default=0, zero=True)
    costs_waiver_cents = Amount(load_default=0, zero=True)
    let_go_alone_cents = Amount(load_default=0, zero=True)
    plan_tolerance_days = fields.Integer(load_default=10, validate=validate.Range(min=0, max=60))
    plan_tolerance_cents = Amount(load_default=0, zero=True)
    plan_remind_before_days = fields.Integer(load_default=0, validate=validate.Range(min=0, max=30))
    plan_remind_after_days = fields.Integer(load_default=4, validate=validate.Range(min=0, max=60))
    plan_consumer_agreements = fields.Boolean(load_default=False)
    sepa_creditor_id = CreditorIdentifier(load_default=None)
    sepa_mandate_text = fields.String(load_default=None, validate=validate.Length(max=2000))
    sepa_notice_days = fields.Integer(load_default=None, validate=validate.Range(min=1, max=60))
    people_results_agreed_on = Day(load_default=None)
    kennziffer = fields.String(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if data["trust_iban"] == data["operating_iban"]:
            sentence = gettext("Other people's money lies on an account of its own.")
            raise ValidationError({"operating_iban": [sentence]})
        if lacking := _lacking(data):
            sentence = gettext("Letters of a company of this form must state this.")
            raise ValidationError({name: [sentence] for name in lacking})
        return data


#: Circumstance of the duties table -> the fields that fulfil its duty.
COMPANY_FIELDS = {
    "registered_company": ("register_court", "register_number"),
    "company_with_directors": ("managing_directors",),
    "company_with_supervisory_board": ("supervisory_chair",),
    "no_person_liable": ("liable_partner",),
}


def _lacking(data: dict[str, Any]) -> list[str]:
    """What the letters of a company of this form lack. Law: GmbHG § 35a and its like."""
    holding = company(data["legal_form"], data["name"]).circumstances
    needed = [name for each, names in COMPANY_FIELDS.items() if each in holding for name in names]
    return [name for name in needed if not data[name]]
