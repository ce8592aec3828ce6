"""What people enter about clients and their contracts."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext
from marshmallow import Schema, ValidationError, fields, post_load, validate

from cases.formats.identifiers import find_iban, is_vat_id
from cases.parties.models import (
    ContactRole,
    DirectPaymentOrder,
    MandateType,
    PayoutRhythm,
    ReportRhythm,
)
from cases.remittances.contract import (
    CostsOwner,
    FeeTerms,
    FeeTier,
    Share,
    Steps,
    Terms,
    VatTreatment,
)
from cases.remittances.terms import vat_percent_of
from cases.remittances.versions import NewVersion
from legal.errors import InputInvalid
from legal.findings import N_
from portal.shell.forms import Amount, Day, Percent

IBAN_WRONG = N_("This is not a complete IBAN. Please check its digits.")
VAT_ID_WRONG = N_("This is not a valid VAT number. Please check its digits.")
#: More steps than anybody agrees on.
MOST_STEPS = 4
LONGEST_HOLD_BACK = 400
LONGEST_PLAN_MONTHS = 120


class ClientSchema(Schema):
    """The master data of a client."""

    name = fields.String(required=True, validate=validate.Length(max=200))
    legal_form = fields.String(load_default=None)
    street = fields.String(required=True)
    postcode = fields.String(required=True)
    city = fields.String(required=True)
    country = fields.String(
        load_default="DE", validate=validate.Regexp(r"[A-Z]{2}$", error="Invalid value.")
    )
    email = fields.Email(load_default=None)
    phone = fields.String(load_default=None)
    register_court = fields.String(load_default=None)
    register_number = fields.String(load_default=None)
    vat_id = fields.String(load_default=None)
    sector = fields.String(load_default=None)
    language = fields.String(load_default="de", validate=validate.OneOf(["de", "en"]))
    house_contact = fields.String(load_default=None, validate=validate.Length(max=100))
    house_contact_phone = fields.String(load_default=None)
    house_contact_email = fields.Email(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if data["vat_id"] and not is_vat_id(data["vat_id"]):
            raise ValidationError({"vat_id": [gettext(VAT_ID_WRONG)]})
        if data["register_number"] and not data["register_court"]:
            sentence = gettext("A register number needs its court.")
            raise ValidationError({"register_court": [sentence]})
        return data


class BankSchema(Schema):
    """New bank details with how they came."""

    iban = fields.String(required=True)
    reason = fields.String(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        found = find_iban(data["iban"])
        if found is None:
            raise ValidationError({"iban": [gettext(IBAN_WRONG)]})
        return {**data, "iban": found}


class ContactSchema(Schema):
    """A person to talk to."""

    contact_name = fields.String(required=True)
    contact_role = fields.Enum(ContactRole, by_value=True, required=True)
    contact_phone = fields.String(load_default=None)
    contact_email = fields.Email(load_default=None)


class RepresentativeSchema(Schema):
    """Who represents a client by law."""

    representative_name = fields.String(required=True)
    function = fields.String(load_default=None)


class TermsSchema(Schema):
    """The money terms of a contract version; a step is an end and a rate, the last has no end."""

    until_1 = Amount(load_default=None)
    until_2 = Amount(load_default=None)
    until_3 = Amount(load_default=None)
    percent_1 = Percent(load_default=None)
    percent_2 = Percent(load_default=None)
    percent_3 = Percent(load_default=None)
    percent_4 = Percent(load_default=None)
    reading = fields.Enum(Steps, by_value=True, load_default=Steps.MARGINAL)
    fee_on = fields.List(fields.Enum(Share, by_value=True), load_default=list)
    minimum = Amount(load_default=0, zero=True)
    fixed = Amount(load_default=None, zero=True)
    vat = fields.Enum(VatTreatment, by_value=True, load_default=VatTreatment.DOMESTIC)
    costs_owner = fields.Enum(CostsOwner, by_value=True, required=True)
    deducts_input_tax = fields.Boolean(load_default=False)
    hold_back = fields.Integer(
        load_default=60, validate=validate.Range(min=0, max=LONGEST_HOLD_BACK)
    )
    threshold = Amount(load_default=0, zero=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        return terms_from(data)


class VersionSchema(TermsSchema):
    """A whole version of the contract."""

    valid_from = Day(required=True)
    owes_collection_fee = fields.Boolean(load_default=False)
    court_needs_approval = fields.Boolean(load_default=False)
    visits_need_approval = fields.Boolean(load_default=False)
    mandate_type = fields.Enum(MandateType, by_value=True, load_default=MandateType.CONTINUOUS)
    payout_rhythm = fields.Enum(PayoutRhythm, by_value=True, load_default=PayoutRhythm.MONTHLY)
    report_rhythm = fields.Enum(ReportRhythm, by_value=True, load_default=ReportRhythm.NONE)
    direct_payment_order = fields.Enum(
        DirectPaymentOrder, by_value=True, load_default=DirectPaymentOrder.LAW
    )
    instalment_months = fields.Integer(
        load_default=0, validate=validate.Range(min=0, max=LONGEST_PLAN_MONTHS)
    )
    discount_percent = Percent(load_default=Decimal(0))
    discount = Amount(load_default=0, zero=True)
    interest_waiver = Amount(load_default=0, zero=True)
    trivial_rest = Amount(load_default=0, zero=True)
    power_of_attorney_on = Day(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> NewVersion:
        return NewVersion(
            valid_from=data["valid_from"],
            terms=terms_from(data),
            deducts_input_tax=data["deducts_input_tax"],
            owes_collection_fee=data["owes_collection_fee"],
            court_needs_approval=data["court_needs_approval"],
            visits_need_approval=data["visits_need_approval"],
            mandate_type=data["mandate_type"],
            payout_rhythm=data["payout_rhythm"],
            report_rhythm=data["report_rhythm"],
            direct_payment_order=data["direct_payment_order"],
            instalment_months=data["instalment_months"],
            discount_percent=data["discount_percent"],
            discount_cents=data["discount"],
            interest_waiver_cents=data["interest_waiver"],
            trivial_rest_cents=data["trivial_rest"],
            power_of_attorney_on=data["power_of_attorney_on"],
        )


def terms_from(data: dict[str, Any]) -> Terms:
    """The terms that a form means; errors stand at the step that is wrong."""
    return Terms(
        _fee(data),
        vat_percent_of(data["vat"]),
        data["costs_owner"],
        costs_include_vat=not data["deducts_input_tax"] and data["vat"] is VatTreatment.DOMESTIC,
        hold_back_days={"direct_debit": data["hold_back"], "card": data["hold_back"]},
        threshold_cents=data["threshold"],
        vat=data["vat"],
    )


def _fee(data: dict[str, Any]) -> FeeTerms:
    steps = []
    for number in range(1, MOST_STEPS + 1):
        percent, until = data[f"percent_{number}"], data.get(f"until_{number}")
        if percent is not None:
            steps.append(FeeTier(until, percent))
        elif until is not None:
            sentence = gettext("This step has an end and no rate.")
            raise ValidationError({f"percent_{number}": [sentence]})
    try:
        return FeeTerms(
            tuple(steps),
            data["reading"],
            frozenset(data["fee_on"] or (Share.PRINCIPAL, Share.INTEREST)),
            data["minimum"],
            data["fixed"],
        )
    except InputInvalid as error:
        sentence = gettext("The ends of the steps must rise, and the last step has none.")
        raise ValidationError({"percent_1": [sentence]}) from error
