"""Since when each debtor is in default with each claim, and reminders noted afterwards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields

from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims.joint_default import starts_of
from cases.claims.queries import get_case, get_case_by_id, get_claim
from cases.claims.services import TAKES_CLAIMS
from cases.core.database import transaction
from cases.core.errors import Conflict, Invalid, Refusal
from cases.costs import noting_default
from legal.default import Ground
from portal.access import may
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("defaults", __name__)

FIELDS: dict[type[Refusal], str] = {
    noting_default.ReminderTooEarly: "received_on",
    noting_default.ReminderInFuture: "received_on",
    noting_default.HowKnownMissing: "how_known",
    noting_default.ClaimMissing: "claims",
    noting_default.DefaultByContract: "claims",
}


class ReminderSchema(Schema):
    """Who received a reminder, and when; the claims are ticked."""

    debtor = fields.String(required=True)
    received_on = Day(required=True)
    how_known = fields.String(load_default="")


@blueprint.get("/cases/<case_public_id>/default")
@may("case.view")
def show(case_public_id: str) -> ResponseReturnValue:
    """Who is in default with what since when, and why."""
    return _page(case_public_id, {}, {})


@blueprint.post("/cases/<case_public_id>/default")
@may("contact.log")
def note(case_public_id: str) -> ResponseReturnValue:
    """Note a reminder that reached a debtor; answers 422 if it puts nobody in default."""
    labels = {"debtor": gettext("Who received it"), "received_on": gettext("Received on")}
    wish, errors = load_form(ReminderSchema(), request.form, labels)
    if wish is None:
        return _page(case_public_id, request.form, errors)
    ticked = request.form.getlist("claims")
    day: date = wish["received_on"]
    try:
        with transaction():
            noting_default.note_reminder(
                get_case(case_public_id).id, wish["debtor"], ticked, day, wish["how_known"]
            )
    except (Invalid, Conflict) as refusal:
        return _page(case_public_id, request.form, at_field(refusal, FIELDS))
    done(gettext("Reminder noted. Interest counts from the new day."))
    return see_other("defaults.show", case_public_id=case_public_id)


@blueprint.post("/claims/<claim_public_id>/default/<debtor_public_id>/withdraw")
@may("contact.log")
def withdraw(claim_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """No reminder ever reached this joint debtor; answers 422 without a reason."""
    claim = get_claim(claim_public_id)
    case_public_id = get_case_by_id(claim.case_id).public_id
    why = request.form.get("why", "")
    try:
        with transaction():
            noting_default.withdraw_default(claim.case_id, debtor_public_id, claim_public_id, why)
    except (Invalid, Conflict) as refusal:
        field = f"why-{claim_public_id}-{debtor_public_id}"
        own: dict[type[Refusal], str] = {noting_default.HowKnownMissing: field}
        return _page(case_public_id, {}, at_field(refusal, own))
    done(gettext("Noted: not in default. The letters ask neither interest nor costs for it."))
    return see_other("defaults.show", case_public_id=case_public_id)


def _page(case_public_id: str, values: Mapping[str, Any], errors: Errors) -> ResponseReturnValue:
    file = load_file(case_public_id)
    starts = starts_of(file.case.id)
    return page(
        "agency/cases/default.html",
        status=422 if errors else 200,
        file=file,
        starts=starts,
        grounds={
            start.basis: Ground(start.basis)
            for own in starts.values()
            for start in own.values()
            if start.basis
        },
        debtors=[(one.debtor.public_id, one.debtor.full_name) for one in file.debtors],
        ticked=request.form.getlist("claims"),
        may_note=file.case.phase in TAKES_CLAIMS,
        values=values,
        errors=errors,
    )
