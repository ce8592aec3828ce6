"""What a client enters about his customers."""

from typing import Any

from flask_babel import gettext
from marshmallow import Schema, ValidationError, fields, post_load, validate

from cases.care.customers import CustomerWish
from cases.care.models import AccountSource, PersonRole
from cases.care.people import AccountWish, PersonWish
from cases.care.register_numbers import MESSAGES, check_register
from cases.formats.identifiers import is_vat_id
from cases.parties.models import DebtorKind
from legal.findings import N_
from portal.shell.forms import Amount, Day, Percent

VAT_ID_WRONG = N_("This is not a valid VAT number. Please check its digits.")
COUNTRY_WRONG = N_("Please enter the two letters of a country, such as DE.")
LONGEST_TERM, MOST_PERCENT = 365, 20
LANGUAGES = ("de", "en")


def _words(longest: int = 200) -> fields.String:
    return fields.String(load_default=None, validate=validate.Length(max=longest))


class CustomerSchema(Schema):
    """The master data of a customer; a register number is checked as its country does."""

    kind = fields.Enum(DebtorKind, by_value=True, required=True)
    name = fields.String(required=True, validate=validate.Length(max=200))
    given_name = _words()
    number = _words(60)
    legal_form = _words(60)
    register_court = _words()
    register_number = _words(60)
    vat_id = _words(30)
    street = _words()
    postcode = _words(12)
    city = _words()
    country = fields.String(load_default="DE")
    email = fields.Email(load_default=None)
    phone = _words(40)
    language = fields.String(load_default="de", validate=validate.OneOf(LANGUAGES))
    sector = _words(100)
    payment_days = fields.Integer(load_default=None, validate=validate.Range(0, LONGEST_TERM))
    discount_percent = Percent(load_default=None, validate=validate.Range(0, MOST_PERCENT))
    discount_days = fields.Integer(load_default=None, validate=validate.Range(0, LONGEST_TERM))
    credit_limit_cents = Amount(load_default=None, zero=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> CustomerWish:
        data["country"] = data["country"].upper()
        errors: dict[str, list[str]] = {}
        if len(data["country"]) != 2 or not data["country"].isalpha():  # noqa: PLR2004 - two letters
            errors["country"] = [gettext(COUNTRY_WRONG)]
        if data["vat_id"] and not is_vat_id(data["vat_id"]):
            errors["vat_id"] = [gettext(VAT_ID_WRONG)]
        if data["register_number"]:
            found = check_register(data["country"], data["register_number"], data["register_court"])
            if found is not None:
                sentence = gettext(MESSAGES[found.code]).format_map(found.params)
                errors[found.field or "register_number"] = [sentence]
        if errors:
            raise ValidationError(errors)
        return CustomerWish(**data)


class PersonSchema(Schema):
    """Somebody at a customer."""

    role = fields.Enum(PersonRole, by_value=True, required=True)
    person_name = fields.String(required=True, validate=validate.Length(max=200))
    function = _words()
    person_phone = _words(40)
    person_email = fields.Email(load_default=None)
    person_language = fields.String(load_default="de", validate=validate.OneOf(LANGUAGES))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> PersonWish:
        return PersonWish(
            data["role"], data["person_name"], data["function"], data["person_phone"],
            data["person_email"], data["person_language"],
        )  # fmt: skip


class AccountSchema(Schema):
    """Bank details that were seen, and whether the customer had announced them."""

    iban = fields.String(required=True)
    holder = _words()
    source = fields.Enum(AccountSource, by_value=True, required=True)
    seen_on = Day(required=True)
    announced_on = Day(load_default=None)
    announced_reason = _words(500)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> AccountWish:
        if data["announced_reason"] and not data["announced_on"]:
            sentence = gettext("Say on which day the customer announced it.")
            raise ValidationError({"announced_on": [sentence]})
        return AccountWish(**data)
