"""Cash that was taken at doors: who has it, every numbered receipt, and what was paid in."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, validate

from agency.letters.views import pdf_answer
from agency.refusals import at_field
from cases.claims.queries import get_case_by_id
from cases.core import clock, files
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.core.positions import LARGEST_NUMBER, position
from cases.payments.cash import errors as refused
from cases.payments.cash.models import CashReceipt
from cases.payments.cash.queries import (
    deposits_of,
    get_receipt,
    list_on_hand,
    list_receipts,
)
from cases.payments.cash.services import pay_in, take_back_cash
from cases.people.services import find_user, list_staff, names_of
from portal.access import may
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("cash", __name__)
PAGE = 50
FIELDS: dict[type[Refusal], str] = {
    refused.CashReasonMissing: "why",
    refused.OtherCash: "paid_in_on",
    refused.NoCashOnHand: "paid_in_on",
}


class DepositSchema(Schema):
    """All that one person has was paid in, on a day; the sum is the one that was looked at."""

    person = fields.String(required=True)
    currency = fields.String(required=True, validate=validate.Length(equal=3))
    seen_cents = fields.Integer(required=True, validate=validate.Range(1, LARGEST_NUMBER))
    paid_in_on = Day(required=True)


@blueprint.get("/cash")
@may("payment.view")
def index() -> ResponseReturnValue:
    """Who has cash of others, and every receipt by its number."""
    return _index({})


@blueprint.post("/cash/pay-in")
@may("payment.assign")
def deposit() -> ResponseReturnValue:
    """It was paid in at the bank; answers 422 if it is another sum meanwhile."""
    typed, errors = load_form(DepositSchema(), request.form, {"paid_in_on": gettext("Paid in on")})
    if typed is None:
        return _index(errors)
    if typed["paid_in_on"] > clock.today():
        return _index({"paid_in_on": [gettext("This day lies ahead.")]})
    try:
        with transaction():
            user_id = find_user(typed["person"]).id
            pay_in(user_id, typed["currency"], typed["paid_in_on"], typed["seen_cents"])
    except NotFound:
        raise
    except Refusal as refusal:
        return _index(at_field(refusal, FIELDS))
    done(gettext("Noted. The sum is in transit until a statement of the bank shows it."))
    return see_other("cash.index")


@blueprint.get("/cash/<receipt_public_id>")
@may("payment.view")
def show(receipt_public_id: str) -> ResponseReturnValue:
    """One receipt, and what became of its money."""
    return _show(get_receipt(receipt_public_id), {})


@blueprint.post("/cash/<receipt_public_id>/take-back")
@may("payment.assign")
def take_back(receipt_public_id: str) -> ResponseReturnValue:
    """It was a mistake; answers 422 without a reason, 409 once it was paid in."""
    receipt = get_receipt(receipt_public_id)
    try:
        with transaction():
            take_back_cash(receipt, request.form.get("why", ""))
    except refused.CashReasonMissing as refusal:
        return _show(receipt, at_field(refusal, FIELDS))
    done(gettext("Taken back. The number stays in the list with the reason."))
    return see_other("cash.show", receipt_public_id=receipt_public_id)


@blueprint.get("/cash/<receipt_public_id>.pdf")
@may("payment.view")
def document(receipt_public_id: str) -> Response:
    """The receipt as it was set."""
    receipt = get_receipt(receipt_public_id)
    if receipt.file_id is None:
        raise NotFound
    data = files.read_bytes(files.get_file_by_id(receipt.file_id))
    return pdf_answer(data, f"{receipt.number}.pdf")


def _index(errors: Errors) -> ResponseReturnValue:
    found = list_receipts(request.args.get("before", type=position), PAGE + 1)
    shown = found[:PAGE]
    on_hand = list_on_hand()
    ids = {each.received_by for each in shown if each.received_by}
    people = {user.id: user.public_id for user in list_staff()}
    return page(
        "agency/visits/cash.html",
        status=422 if errors else 200,
        on_hand=on_hand,
        people=people,
        receipts=shown,
        deposits=deposits_of(shown),
        older=shown[-1].id if len(found) > PAGE else None,
        names=names_of(ids | {each.user_id for each in on_hand}),
        values={"paid_in_on": clock.today(), **request.form},
        errors=errors,
    )


def _show(receipt: CashReceipt, errors: Errors) -> ResponseReturnValue:
    people = {receipt.received_by} if receipt.received_by else set()
    return page(
        "agency/visits/receipt.html",
        status=422 if errors else 200,
        receipt=receipt,
        case=get_case_by_id(receipt.case_id),
        deposit=deposits_of([receipt]).get(receipt.deposit_id or 0),
        names=names_of(people),
        values=request.form,
        errors=errors,
    )
