"""What a client orders on the phone: stop, wait, withdraw; taken at once and confirmed by mail."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load

from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims.queries import get_case
from cases.contacts.client_orders import (
    ClientOrder,
    OrderDayMissing,
    OrderFromMissing,
    OrderTaken,
    take_order,
)
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.parties.clients import list_contacts
from portal.access import may
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.wording import word

blueprint = Blueprint("client_orders", __name__)
FIELDS: dict[type[Refusal], str] = {OrderFromMissing: "from_whom", OrderDayMissing: "until_on"}


class OrderSchema(Schema):
    """Which order, who gave it, and until when we wait."""

    order = fields.Enum(ClientOrder, by_value=True, required=True)
    from_whom = fields.String(load_default="")
    words = fields.String(load_default="")
    until_on = Day(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> OrderTaken:
        return OrderTaken(**data)


@blueprint.get("/cases/<case_public_id>/client-order")
@may("contact.log")
def show(case_public_id: str) -> ResponseReturnValue:
    """Which order the client gives, and what it does."""
    return _show(case_public_id, {}, {})


@blueprint.post("/cases/<case_public_id>/client-order")
@may("contact.log")
def take(case_public_id: str) -> ResponseReturnValue:
    """Take the order and confirm it; answers 422 when something is missing."""
    taken, errors = load_form(OrderSchema(), request.form, {"order": gettext("What he wants")})
    if taken is None:
        return _show(case_public_id, request.form, errors)
    try:
        with transaction():
            address = take_order(get_case(case_public_id).id, taken)
    except Refusal as refusal:
        return _show(case_public_id, request.form, at_field(refusal, FIELDS))
    done(
        gettext("Taken. The confirmation to %(address)s is on its way.", address=address)
        if address
        else gettext("Taken. No e-mail address of the client is known: confirm it otherwise.")
    )
    return see_other("cases.show", case_public_id=case_public_id)


def _show(case_public_id: str, values: Any, errors: Errors) -> ResponseReturnValue:
    file = load_file(case_public_id)
    does = {
        ClientOrder.WAIT: gettext("The case stands still until the day that he names."),
        ClientOrder.STOP: gettext("The case stands still; in four weeks we ask him."),
        ClientOrder.WITHDRAW: gettext("The case stands still; it is to be closed and settled."),
    }
    return page(
        "agency/calls/client_order.html",
        status=422 if errors else 200,
        file=file,
        orders=[(order.value, word(order), words) for order, words in does.items()],
        people=[one.name for one in list_contacts(file.case.creditor_id)],
        values=values,
        errors=errors,
    )
