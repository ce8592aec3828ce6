"""The mandate of a plan: sent, signed, ended; on the page of the plan."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema

from agency.plans.views import plan_page
from agency.refusals import at_field
from cases.core.database import db, transaction
from cases.core.errors import Refusal
from cases.plans.models import Plan
from cases.plans.queries import get_plan
from cases.remittances.debits import errors, mandates
from portal.access import may
from portal.shell.forms import Day, load_form
from portal.shell.pages import done, see_other

blueprint = Blueprint("plan_mandates", __name__)
FIELDS: dict[type[Refusal], str] = {
    errors.MandateNameMissing: "holder",
    errors.MandateIbanWrong: "iban",
    errors.SignedDayWrong: "signed_on",
    errors.MandateReasonMissing: "mandate_why",
}


class SignedSchema(Schema):
    """When the debtor signed."""

    signed_on = Day(required=True)


@blueprint.post("/plans/<plan_public_id>/mandate")
@may("plan.make")
def ask(plan_public_id: str) -> ResponseReturnValue:
    """Send the mandate to be signed."""
    plan = get_plan(plan_public_id)
    try:
        with transaction():
            mandates.ask_mandate(plan, request.form.get("holder", ""), request.form.get("iban", ""))
    except Refusal as refusal:
        return _refused(plan_public_id, refusal)
    done(gettext("The mandate is being printed."))
    return see_other("plans.show", plan_public_id=plan_public_id)


@blueprint.post("/mandates/<mandate_id>/signed")
@may("plan.make")
def sign(mandate_id: str) -> ResponseReturnValue:
    """The signed mandate is there."""
    mandate = mandates.get_mandate(mandate_id)
    plan = db.session.get_one(Plan, mandate.plan_id)
    read, wrong = load_form(SignedSchema(), request.form, {"signed_on": gettext("Signed on")})
    if read is None:
        return plan_page(plan, wrong)
    try:
        with transaction():
            mandates.sign_mandate(mandate, read["signed_on"])
    except Refusal as refusal:
        return _refused(plan.public_id, refusal)
    done(gettext("Noted. The letter that announces the debits is being printed."))
    return see_other("plans.show", plan_public_id=plan.public_id)


@blueprint.post("/mandates/<mandate_id>/end")
@may("plan.make")
def end(mandate_id: str) -> ResponseReturnValue:
    """Nothing is collected any more."""
    mandate = mandates.get_mandate(mandate_id)
    plan = db.session.get_one(Plan, mandate.plan_id)
    public_id = plan.public_id
    try:
        with transaction():
            mandates.end_mandate(mandate, request.form.get("mandate_why", ""))
    except Refusal as refusal:
        return _refused(public_id, refusal)
    done(gettext("The mandate has ended; the debtor pays himself."))
    return see_other("plans.show", plan_public_id=public_id)


def _refused(plan_public_id: str, refusal: Refusal) -> ResponseReturnValue:
    db.session.expire_all()
    return plan_page(get_plan(plan_public_id), at_field(refusal, FIELDS))
