"""Bills of third parties entered, looked at and taken back; advances asked of clients."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields

from agency.refusals import at_field
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.errors import NotFound, Refusal
from cases.costs import by_hand
from cases.parties.queries import find_creditor, get_creditor, list_creditors
from cases.remittances.transfers import advances, bills, queries
from cases.remittances.transfers.bill_models import AdvanceState, BillKind, BillSource
from portal.access import may
from portal.shell.formatting import language
from portal.shell.forms import Amount, Day, Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.shell.typed import NotUnderstood, parse_amount_cents
from portal.wording import choices

blueprint = Blueprint("bills", __name__)
ROWS = 5
#: Fields of the second form begin with it: the first one has some of the same names.
ADVANCE = "advance_"
FIELDS: dict[type[Refusal], str] = {
    bills.BillIncomplete: "payee",
    bills.BillKnown: "number",
    bills.BillIbanWrong: "iban",
    bills.BillSharesDiffer: "shares",
    bills.BillCaseUnknown: "shares",
    bills.BillCaseCurrency: "shares",
    by_hand.NotInDefault: "shares",
    by_hand.LumpSumCoversIt: "shares",
    bills.BillReasonMissing: "why",
    advances.AdvanceIncomplete: "reason",
    advances.AdvanceDayPast: "due_on",
}


class BillSchema(Schema):
    """The head of a bill; its shares are read row by row."""

    kind = fields.Enum(BillKind, by_value=True, required=True)
    payee = fields.String(load_default="")
    iban = fields.String(load_default="")
    number = fields.String(load_default="")
    billed_on = Day(required=True)
    due_on = Day(required=True)
    amount_cents = Amount(required=True)
    source = fields.Enum(BillSource, by_value=True, load_default=BillSource.OPERATING)


class AdvanceSchema(Schema):
    """What a client is asked for."""

    creditor = fields.String(load_default="")
    amount_cents = Amount(required=True)
    reason = fields.String(load_default="")
    due_on = Day(required=True)


@blueprint.get("/bills")
@may("payout.view")
def index() -> ResponseReturnValue:
    """Bills of third parties, newest first, with the form for a new one."""
    return _page({}, {})


@blueprint.post("/bills")
@may("payout.prepare")
def enter() -> ResponseReturnValue:
    """Enter a bill; answers 422 with everything typed where something is missing."""
    labels = {
        "kind": gettext("Sent by"), "billed_on": gettext("Day of the bill"),
        "due_on": gettext("Payable by"), "amount_cents": gettext("Amount"),
    }  # fmt: skip
    head, errors = load_form(BillSchema(), request.form, labels)
    lines, wrong = _lines()
    if head is None or wrong:
        return _page(request.form, {**errors, **wrong})
    try:
        with transaction():
            bills.enter_bill(bills.BillWish(**head, lines=lines))
    except Refusal as refusal:
        db.session.expire_all()
        return _page(request.form, at_field(refusal, FIELDS))
    done(gettext("Bill entered. It waits under Transfers to be paid."))
    return see_other("bills.index")


@blueprint.post("/bills/<bill_public_id>/withdraw")
@may("payout.prepare")
def withdraw(bill_public_id: str) -> ResponseReturnValue:
    """Take a bill back that was entered wrongly; answers 422 without a reason."""
    try:
        with transaction():
            bills.withdraw_bill(bill_public_id, request.form.get("why", ""))
    except NotFound:
        raise
    except Refusal as refusal:
        db.session.expire_all()
        field = f"why-{bill_public_id}"
        return _page({}, at_field(refusal, {bills.BillReasonMissing: field}))
    done(gettext("Taken back. What it booked is reversed."))
    return see_other("bills.index")


@blueprint.post("/advances")
@may("payout.prepare")
def ask_advance() -> ResponseReturnValue:
    """Ask a client for an advance; he sees it in his portal."""
    labels = {"amount_cents": gettext("Amount"), "due_on": gettext("Payable by")}
    typed = {
        key.removeprefix(ADVANCE): value
        for key, value in request.form.items()
        if key.startswith(ADVANCE)
    }
    wish, errors = load_form(AdvanceSchema(), typed, labels)
    creditor = find_creditor(wish["creditor"]) if wish else None
    if wish is not None and creditor is None:
        errors = {"creditor": [gettext("Please choose a client.")]}
    if wish is None or creditor is None:
        return _page({}, _own(errors), request.form)
    try:
        with transaction():
            advances.ask_advance(creditor.id, wish["amount_cents"], wish["reason"], wish["due_on"])
    except Refusal as refusal:
        return _page({}, _own(at_field(refusal, FIELDS)), request.form)
    done(gettext("Asked. The client sees it under Settlements with account and number."))
    return see_other("bills.index")


@blueprint.post("/advances/<advance_public_id>/withdraw")
@may("payout.prepare")
def withdraw_advance(advance_public_id: str) -> ResponseReturnValue:
    """The advance is not needed any more."""
    try:
        with transaction():
            advances.withdraw_request(advance_public_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page({}, at_field(refusal, {}))
    done(gettext("Taken back."))
    return see_other("bills.index")


def _own(errors: Errors) -> Errors:
    """Fields of the second form have names of their own on the page."""
    return {f"{ADVANCE}{name}": said for name, said in errors.items()}


def _lines() -> tuple[list[bills.LineWish], Errors]:
    """The shares as typed: case, amount, and whether the debtor owes it."""
    found = []
    for n in range(1, ROWS + 1):
        number = request.form.get(f"case_{n}", "").strip()
        typed = request.form.get(f"share_{n}", "").strip()
        if not number and not typed:
            continue
        try:
            cents = parse_amount_cents(typed, language())
        except NotUnderstood:
            sentence = gettext("Row %(number)s: please enter an amount.", number=n)
            return [], {"shares": [sentence]}
        found.append(bills.LineWish(number, cents, bool(request.form.get(f"debtor_{n}"))))
    if not found:
        return [], {"shares": [gettext("Please enter at least one case.")]}
    return found, {}


def _page(
    values: Mapping[str, Any], errors: Errors, advance: Mapping[str, Any] | None = None
) -> ResponseReturnValue:
    listed = bills.list_bills()
    asked = advances.list_requests()
    today = clock.today()
    return page(
        "agency/transfers/bills.html",
        status=422 if errors else 200,
        errors=errors,
        values=values or {"billed_on": today},
        advance=advance or {},
        kinds=choices(BillKind),
        sources=choices(BillSource),
        rows=range(1, ROWS + 1),
        bills=listed,
        shares=queries.shares_of([bill.id for bill in listed]),
        creditors=[(each.public_id, each.name) for each in list_creditors()],
        asked=[(each, get_creditor(each.creditor_id).name) for each in asked],
        open_state=AdvanceState.OPEN,
    )
