"""Direct debits: what can be collected, prepared into a file that a second person releases."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.refusals import at_field
from cases.core import files
from cases.core.database import db, transaction
from cases.core.errors import NotFound, Refusal
from cases.parties.queries import get_agency
from cases.people.approvals import find_open
from cases.remittances.debits import runs
from cases.remittances.debits.due import list_due
from cases.remittances.debits.errors import DebitsNotSetUp
from cases.remittances.debits.mandates import is_set_up
from cases.remittances.models import RunState
from portal.access import may
from portal.shell.errors import say
from portal.shell.forms import Errors
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("debits", __name__)


@blueprint.get("/debits")
@may("payout.view")
def index() -> ResponseReturnValue:
    """Instalments of the next days that can be collected, and the last files."""
    return _index({})


@blueprint.post("/debits")
@may("payout.prepare")
def prepare() -> ResponseReturnValue:
    """Prepare them; nothing goes to the bank before a second person releases it."""
    try:
        with transaction():
            run = runs.prepare_debits().public_id
    except Refusal as refusal:
        db.session.expire_all()
        return _index(at_field(refusal, {}))
    return see_other("debits.show", debit_run_id=run)


@blueprint.get("/debits/<debit_run_id>")
@may("payout.view")
def show(debit_run_id: str) -> ResponseReturnValue:
    """The debits of one file."""
    return _show(debit_run_id, {})


@blueprint.post("/debits/<debit_run_id>/ask")
@may("payout.prepare")
def ask(debit_run_id: str) -> ResponseReturnValue:
    """Ask a second person to release them."""
    try:
        with transaction():
            runs.ask_release(debit_run_id)
    except NotFound:
        raise
    except Refusal as refusal:
        db.session.expire_all()
        return _show(debit_run_id, at_field(refusal, {}))
    done(gettext("A second person has to release them; then the order file may be fetched."))
    return see_other("debits.show", debit_run_id=debit_run_id)


@blueprint.post("/debits/<debit_run_id>/drop")
@may("payout.prepare")
def drop(debit_run_id: str) -> ResponseReturnValue:
    """Give prepared debits up."""
    try:
        with transaction():
            runs.drop_run(debit_run_id)
    except NotFound:
        raise
    except Refusal as refusal:
        db.session.expire_all()
        return _show(debit_run_id, at_field(refusal, {}))
    done(gettext("Given up. Nothing is collected."))
    return see_other("debits.index")


@blueprint.get("/debits/<debit_run_id>/orders.xml")
@may("payout.release")
def order_file(debit_run_id: str) -> ResponseReturnValue:
    """The file for the bank; not before the release."""
    stored = runs.get_order_file(runs.get_run(debit_run_id))
    name = f'attachment; filename="{stored.filename}"'
    headers = {"Content-Type": stored.media_type, "Content-Disposition": name}
    return files.read_bytes(stored), headers


def _index(errors: Errors) -> ResponseReturnValue:
    due = list_due()
    return page(
        "agency/transfers/debits.html",
        status=422 if errors else 200,
        errors=errors,
        due=due,
        total_cents=sum(each.cents for each in due),
        prepared=runs.find_prepared(),
        runs=runs.list_runs(),
        missing=None if is_set_up(get_agency()) else say(DebitsNotSetUp()),
    )


def _show(public_id: str, errors: Errors) -> ResponseReturnValue:
    run = runs.get_run(public_id)
    lines = runs.list_lines(run.id)
    return page(
        "agency/transfers/debit_run.html",
        status=422 if errors else 200,
        errors=errors,
        run=run,
        lines=lines,
        total_cents=sum(debit.amount_cents for debit, _, _ in lines),
        waiting=find_open(runs.DEBIT_RELEASE, run.id),
        is_prepared=run.state is RunState.PREPARED,
        has_file=run.state is RunState.RELEASED and run.sepa_file_id is not None,
    )
