"""What waits to be paid besides pay-outs, chosen into order files that a second person releases."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.refusals import at_field
from cases.core import files
from cases.core.database import db, transaction
from cases.core.errors import NotFound, Refusal
from cases.parties.queries import get_creditor
from cases.people.approvals import find_open
from cases.remittances.models import RunState
from cases.remittances.transfers import bills, errors, queries
from cases.remittances.transfers.confirming import reject
from cases.remittances.transfers.models import TransferRun, TransferState
from cases.remittances.transfers.preparing import (
    CURRENCY,
    Payee,
    note_paid_elsewhere,
    prepare_refunds,
    prepare_share,
)
from cases.remittances.transfers.refunds_due import (
    list_refunded_too_much,
    list_refunds_due,
    paid_elsewhere_cents,
)
from cases.remittances.transfers.releasing import (
    TRANSFER_RELEASE,
    ask_release,
    drop_run,
    list_transfers,
)
from portal.access import may
from portal.shell.errors import say
from portal.shell.forms import Errors
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("transfers", __name__)


@blueprint.get("/transfers")
@may("payout.view")
def index() -> ResponseReturnValue:
    """Refunds, bills and our share that wait, and the last orders."""
    return _index({})


@blueprint.post("/transfers/refunds")
@may("payout.prepare")
def refunds() -> ResponseReturnValue:
    """Prepare the chosen refunds; answers 422 where a payee is missing."""
    form = request.form
    payees = {
        key: Payee(form.get(f"name-{key}", ""), form.get(f"iban-{key}", ""))
        for key in form.getlist("refund")
    }
    try:
        with transaction():
            run = prepare_refunds(payees).public_id
    except Refusal as refusal:
        return _index(at_field(refusal, {}))
    return see_other("transfers.show", transfer_run_id=run)


@blueprint.post("/transfers/refunds/elsewhere")
@may("payout.prepare")
def elsewhere() -> ResponseReturnValue:
    """Note that a refund was paid outside of this program."""
    try:
        with transaction():
            note_paid_elsewhere(request.form.get("refund", ""), request.form.get("why", ""))
    except Refusal as refusal:
        return _index(at_field(refusal, {}))
    done(gettext("Noted. This refund is not due any more."))
    return see_other("transfers.index")


@blueprint.post("/transfers/share")
@may("payout.prepare")
def share() -> ResponseReturnValue:
    """Prepare the transfer of our settled share to our own account."""
    try:
        with transaction():
            run = prepare_share().public_id
    except Refusal as refusal:
        return _index(at_field(refusal, {}))
    return see_other("transfers.show", transfer_run_id=run)


@blueprint.post("/transfers/bills")
@may("payout.prepare")
def pay_bills() -> ResponseReturnValue:
    """Prepare the chosen bills for payment."""
    try:
        with transaction():
            runs = [run.public_id for run in bills.prepare_bills(request.form.getlist("bill"))]
    except Refusal as refusal:
        return _index(at_field(refusal, {}))
    return see_other("transfers.show", transfer_run_id=runs[0])


@blueprint.get("/transfers/<transfer_run_id>")
@may("payout.view")
def show(transfer_run_id: str) -> ResponseReturnValue:
    """The transfers of one order file."""
    return _page(queries.get_run(transfer_run_id))


@blueprint.post("/transfers/<transfer_run_id>/ask")
@may("payout.prepare")
def ask(transfer_run_id: str) -> ResponseReturnValue:
    """Ask a second person to release them."""
    try:
        with transaction():
            ask_release(transfer_run_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(queries.get_run(transfer_run_id), {"_form": [say(refusal)]})
    done(gettext("A second person has to release them; then the order file may be fetched."))
    return see_other("transfers.show", transfer_run_id=transfer_run_id)


@blueprint.post("/transfers/<transfer_run_id>/drop")
@may("payout.prepare")
def drop(transfer_run_id: str) -> ResponseReturnValue:
    """Give prepared transfers up."""
    try:
        with transaction():
            drop_run(transfer_run_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(queries.get_run(transfer_run_id), {"_form": [say(refusal)]})
    done(gettext("Given up. Nothing was booked."))
    return see_other("transfers.index")


@blueprint.get("/transfers/<transfer_run_id>/orders.xml")
@may("payout.release")
def order_file(transfer_run_id: str) -> ResponseReturnValue:
    """The order file for the bank; not before the release."""
    stored = queries.get_order_file(queries.get_run(transfer_run_id))
    name = f'attachment; filename="{stored.filename}"'
    headers = {"Content-Type": stored.media_type, "Content-Disposition": name}
    return files.read_bytes(stored), headers


@blueprint.post("/transfers/of/<transfer_public_id>/reject")
@may("payout.prepare")
def reject_order(transfer_public_id: str) -> ResponseReturnValue:
    """Note that the bank did not carry a transfer out."""
    run = queries.get_run_of(transfer_public_id)
    try:
        with transaction():
            reject(transfer_public_id, request.form.get("reason", ""))
    except NotFound:
        raise
    except Refusal as refusal:
        db.session.expire_all()
        field = f"reason-{transfer_public_id}"
        own = at_field(refusal, {errors.RejectionReasonMissing: field})
        return _page(queries.get_run(run.public_id), own)
    done(gettext("Noted. It is owed again and can be ordered anew."))
    return see_other("transfers.show", transfer_run_id=run.public_id)


def _index(errors_found: Errors) -> ResponseReturnValue:
    if errors_found:
        db.session.expire_all()
    due = list_refunds_due(CURRENCY)
    return page(
        "agency/transfers/index.html",
        status=422 if errors_found else 200,
        errors=errors_found,
        values=request.form,
        chosen=request.form.getlist("refund") + request.form.getlist("bill"),
        refunds=due,
        too_much=list_refunded_too_much(CURRENCY),
        elsewhere_cents=paid_elsewhere_cents(due, CURRENCY),
        shares=[(get_creditor(each).name, cents) for each, cents in queries.list_shares(CURRENCY)],
        open_bills=bills.list_open_bills(),
        prepared=queries.list_prepared(),
        runs=queries.list_runs(),
    )


def _page(run: TransferRun, errors_found: Mapping[str, Any] | None = None) -> ResponseReturnValue:
    transfers = list_transfers(run.id)
    return page(
        "agency/transfers/show.html",
        status=422 if errors_found else 200,
        errors=errors_found or {},
        run=run,
        transfers=transfers,
        cases=queries.cases_of(transfers),
        total_cents=sum(each.amount_cents for each in transfers),
        waiting=find_open(TRANSFER_RELEASE, run.id),
        is_prepared=run.state is RunState.PREPARED,
        has_file=run.state is RunState.RELEASED and run.sepa_file_id is not None,
        is_ordered=any(each.state is TransferState.ORDERED for each in transfers),
    )
