"""Holds by hand: a case that stands still, or a claim that is left out of the demands."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load, validate

from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims import holds
from cases.claims.models import HoldReason
from cases.claims.queries import get_case, get_case_by_id, get_claim
from cases.claims.services import ReasonMissing
from cases.core.database import transaction
from cases.core.errors import Invalid, Refusal
from portal.access import may
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.wording import word

blueprint = Blueprint("holds", __name__)


class HoldSchema(Schema):
    """Why a case stands still, and when somebody looks again."""

    reason = fields.Enum(
        HoldReason, by_value=True, required=True, validate=validate.OneOf(holds.REASONS)
    )
    until_on = Day(required=True)
    note = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> holds.HoldWish:
        return holds.HoldWish(**data)


@blueprint.get("/cases/<case_public_id>/hold")
@may("contact.log")
def new(case_public_id: str) -> ResponseReturnValue:
    """Why the case stands still, and until when."""
    return _form(case_public_id, {}, {})


@blueprint.post("/cases/<case_public_id>/hold")
@may("contact.log")
def save(case_public_id: str) -> ResponseReturnValue:
    """Let the case stand still; answers 422 without reason and day."""
    labels = {"reason": gettext("Reason"), "until_on": gettext("Look again on")}
    wish, errors = load_form(HoldSchema(), request.form, labels)
    if wish is None:
        return _form(case_public_id, request.form, errors)
    fields_of: dict[type[Refusal], str] = {
        holds.HoldDayMissing: "until_on",
        holds.HoldWordsMissing: "note",
    }
    try:
        with transaction():
            holds.hold_case(get_case(case_public_id).id, wish)
    except Invalid as refusal:
        return _form(case_public_id, request.form, at_field(refusal, fields_of))
    done(gettext("The case stands still. It comes up on the day you named."))
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.get("/holds/<hold_public_id>/lift")
@may("contact.log")
def lift(hold_public_id: str) -> ResponseReturnValue:
    """Why the work goes on."""
    return _lifting(hold_public_id, {})


@blueprint.post("/holds/<hold_public_id>/lift")
@may("contact.log")
def save_lift(hold_public_id: str) -> ResponseReturnValue:
    """Let the work go on; answers 422 without a reason."""
    hold = holds.get_hold(hold_public_id)
    try:
        with transaction():
            holds.lift_by_hand(hold.id, request.form.get("reason", ""))
    except ReasonMissing as refusal:
        return _lifting(hold_public_id, at_field(refusal, {ReasonMissing: "reason"}))
    done(gettext("The work goes on."))
    return see_other("cases.show", case_public_id=get_case_by_id(hold.case_id).public_id)


@blueprint.post("/claims/<claim_public_id>/demand")
@may("contact.log")
def demand(claim_public_id: str) -> ResponseReturnValue:
    """Leave a claim out of the demands with a reason, or demand it again."""
    claim = get_claim(claim_public_id)
    reason = request.form.get("excluded_reason", "")
    with transaction():
        if request.form.get("demand") == "again":
            holds.include_claim(claim.case_id, claim.id)
            done(gettext("The claim is demanded again."))
        else:
            holds.exclude_claim(claim.case_id, claim.id, reason)
            done(gettext("The claim is left out of the demands; it stays in the case."))
    return see_other("cases.show", case_public_id=get_case_by_id(claim.case_id).public_id)


def _form(case_public_id: str, values: Any, errors: Errors) -> ResponseReturnValue:
    return page(
        "agency/cases/hold.html",
        status=422 if errors else 200,
        file=load_file(case_public_id),
        reasons=[(reason.value, word(reason)) for reason in holds.REASONS],
        values=values,
        errors=errors,
    )


def _lifting(hold_public_id: str, errors: Errors) -> ResponseReturnValue:
    hold = holds.get_hold(hold_public_id)
    return page(
        "agency/cases/lift.html",
        status=422 if errors else 200,
        file=load_file(get_case_by_id(hold.case_id).public_id),
        hold=hold,
        values=request.form,
        errors=errors,
    )
