"""Whether a client has the care of his customers: by a contract of its own."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields

from agency.refusals import at_field
from cases.care import services
from cases.care.queries import count_customers
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.parties.models import Creditor
from cases.parties.queries import find_creditor
from portal.access import may
from portal.shell.forms import Day, Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("care", __name__)
FORM = "care"
FIELDS: dict[type[Refusal], str] = {services.CareAgreementMissing: "agreed_on"}


class CareSchema(Schema):
    """Day of the agreement, and whether it runs."""

    agreed_on = Day(load_default=None)
    active = fields.Boolean(load_default=False)


@blueprint.get("/clients/<creditor_public_id>/care")
@may("client.view")
def show(creditor_public_id: str) -> ResponseReturnValue:
    """What was agreed."""
    return _show(_creditor(creditor_public_id), {}, {})


@blueprint.post("/clients/<creditor_public_id>/care")
@may("client.edit")
def save(creditor_public_id: str) -> ResponseReturnValue:
    """Switch the service on or off; answers 422 without an agreement."""
    creditor = _creditor(creditor_public_id)
    wish, errors = load_form(CareSchema(), request.form)
    if wish is None:
        return _show(creditor, request.form, errors)
    try:
        with transaction():
            services.service_of(creditor.id)
            record = ("creditor", creditor.id)
            require_unchanged(FORM, _values(creditor.id), record, "care.set")
            services.switch(creditor, wish["agreed_on"], active=wish["active"])
    except ChangedByOther as changed:
        return _show(creditor, request.form, changed.errors)
    except services.CareAgreementMissing as refusal:
        return _show(creditor, request.form, at_field(refusal, FIELDS))
    done(gettext("Saved."))
    return see_other("care.show", creditor_public_id=creditor_public_id)


def _creditor(public_id: str) -> Creditor:
    creditor = find_creditor(public_id)
    if creditor is None:
        raise NotFound
    return creditor


def _values(creditor_id: int) -> dict[str, Any]:
    found = services.find_service(creditor_id)
    return {
        "agreed_on": found.agreed_on if found else None,
        "active": "1" if found and found.active else "",
    }


def _show(creditor: Creditor, typed: Any, errors: Errors) -> ResponseReturnValue:
    shown = _values(creditor.id)
    return page(
        "agency/care/show.html",
        status=422 if errors else 200,
        creditor=creditor,
        active=services.is_ordered(creditor.id),
        customers=count_customers(creditor.id),
        values=typed or shown,
        opened=opened(FORM, shown),
        errors=errors,
    )
