"""Complaints without an objection, and causes: recorded in the case, routed to the creditor."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields

from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims.queries import get_case, get_case_by_id
from cases.contacts.models import NonPaymentReason
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Conflict, Refusal
from cases.objections.complaints import services
from cases.objections.complaints.models import Cause
from cases.objections.errors import RaisedInFuture, WordsMissing
from cases.objections.queries import get_objection
from portal.access import may
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("complaints", __name__)
FIELDS: dict[type[Refusal], str] = {WordsMissing: "words", RaisedInFuture: "raised_on"}


class ComplaintSchema(Schema):
    """What the debtor is dissatisfied with."""

    words = fields.String(required=True)
    raised_on = Day(required=True)
    cause = fields.Enum(Cause, by_value=True, load_default=None)


class CauseSchema(Schema):
    """Why the debtor did not pay, and the cause behind it."""

    reason = fields.Enum(NonPaymentReason, by_value=True, required=True)
    cause = fields.Enum(Cause, by_value=True, required=True)


@blueprint.get("/cases/<case_public_id>/complaint")
@may("objection.record")
def new(case_public_id: str) -> ResponseReturnValue:
    """A complaint or a cause; neither holds anything."""
    return _page(case_public_id, {"raised_on": clock.today()}, {})


@blueprint.post("/cases/<case_public_id>/complaint")
@may("objection.record")
def record(case_public_id: str) -> ResponseReturnValue:
    """Keep the complaint; the creditor answers it in his portal. Answers 422 if words miss."""
    data, errors = load_form(ComplaintSchema(), request.form, {"words": gettext("Complaint")})
    if data is not None:
        case = get_case(case_public_id)
        try:
            with transaction():
                kept = services.record_complaint(case.id, data["words"], data["raised_on"])
                if data["cause"] is not None:
                    services.note_cause(case, data["cause"], complaint_id=kept.id)
        except Conflict:
            raise
        except Refusal as refusal:
            errors = at_field(refusal, FIELDS)
        else:
            done(gettext("Complaint kept. The creditor finds it in his portal."))
            return see_other("cases.show", case_public_id=case_public_id)
    return _page(case_public_id, request.form, errors)


@blueprint.post("/cases/<case_public_id>/cause")
@may("objection.record")
def cause(case_public_id: str) -> ResponseReturnValue:
    """Note why the debtor did not pay, and the cause behind it."""
    data, errors = load_form(CauseSchema(), request.form)
    if data is None:
        return _page(case_public_id, request.form, errors)
    with transaction():
        services.note_cause(get_case(case_public_id), data["cause"], reason=data["reason"])
    done(gettext("The cause is noted; the creditor finds it counted in his portal."))
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.post("/objections/<objection_public_id>/cause")
@may("objection.record")
def of_objection(objection_public_id: str) -> ResponseReturnValue:
    """Note the cause behind an objection; an empty choice changes nothing."""
    chosen = request.form.get("cause", "")
    if chosen in set(Cause):
        objection = get_objection(objection_public_id)
        with transaction():
            case = get_case_by_id(objection.case_id)
            services.note_cause(case, Cause(chosen), objection_id=objection.id)
        done(gettext("The cause is noted; the creditor finds it counted in his portal."))
    return see_other("objections.show", objection_public_id=objection_public_id)


def _page(case_public_id: str, values: Any, errors: Errors) -> ResponseReturnValue:
    file = load_file(case_public_id)
    return page(
        "agency/objections/complaint.html",
        status=422 if errors else 200,
        file=file,
        complaints=services.list_complaints(file.case.id),
        causes=choices(Cause),
        reasons=choices(NonPaymentReason),
        values=values,
        errors=errors,
    )
