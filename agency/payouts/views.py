"""Pay-out runs: prepared, looked through, released by a second person, fetched for the bank."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from cases.core import clock, files
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.core.files import StoredFile
from cases.parties.queries import get_creditor
from cases.people.approvals import find_open
from cases.remittances import queries
from cases.remittances.bank_answer import Answer, ReportMissing, take_answer
from cases.remittances.confirming import reject
from cases.remittances.models import PayoutRun, RemittanceState, RunState
from cases.remittances.preparing import find_open_run, prepare_run
from cases.remittances.releasing import PAYOUT_RELEASE, ask_release, drop_run
from cases.remittances.statement import WORDS, list_rows, statement_csv, summary
from portal.access import may
from portal.shell.errors import say
from portal.shell.locale import page_locale
from portal.shell.pages import done, page, see_other
from portal.shell.wording import worded
from portal.wording import word

blueprint = Blueprint("payouts", __name__)
CURRENCY = "EUR"


@blueprint.get("/payouts")
@may("payout.view")
def index() -> ResponseReturnValue:
    """The last runs, and the way to a new one."""
    return _index()


@blueprint.post("/payouts")
@may("payout.prepare")
def prepare() -> ResponseReturnValue:
    """Settle with every creditor; nothing is booked yet."""
    try:
        with transaction():
            public_id = prepare_run(clock.today(), CURRENCY).public_id
    except Refusal as refusal:
        return _index(say(refusal))
    return see_other("payouts.show", run_public_id=public_id)


@blueprint.get("/payouts/<run_public_id>")
@may("payout.view")
def show(run_public_id: str) -> ResponseReturnValue:
    """Every settlement of a run, and who was left out why."""
    return _page(queries.get_run(run_public_id))


@blueprint.post("/payouts/<run_public_id>/ask")
@may("payout.prepare", proved=True)
def ask(run_public_id: str) -> ResponseReturnValue:
    """Ask a second person to release the run."""
    return _act(
        run_public_id,
        lambda: ask_release(run_public_id),
        gettext("A second person has to release the run; then the order file may be fetched."),
    )


@blueprint.post("/payouts/<run_public_id>/drop")
@may("payout.prepare")
def drop(run_public_id: str) -> ResponseReturnValue:
    """Give a prepared run up."""
    return _act(
        run_public_id, lambda: drop_run(run_public_id), gettext("Given up. Nothing was booked.")
    )


@blueprint.post("/payouts/<run_public_id>/answer")
@may("payout.prepare")
def answer(run_public_id: str) -> ResponseReturnValue:
    """Read the bank's answer to the order file."""
    upload = request.files.get("file")
    data = upload.stream.read() if upload else b""
    try:
        if not data:
            raise ReportMissing
        with transaction():
            found = take_answer(run_public_id, data)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(queries.get_run(run_public_id), {"file": [say(refusal)]})
    done(_answered(found))
    return see_other("payouts.show", run_public_id=run_public_id)


def _answered(found: Answer) -> str:
    rejected = ngettext(
        "%(num)d order was rejected; its money goes with the next run.",
        "%(num)d orders were rejected; their money goes with the next run.",
        found.rejected,
    )
    differ = ngettext(
        "%(num)d name does not fit its account.",
        "%(num)d names do not fit their accounts.",
        found.names_differ,
    )
    said = [rejected if found.rejected else gettext("The bank rejects nothing.")]
    return " ".join([*said, differ] if found.names_differ else said)


@blueprint.get("/payouts/<run_public_id>/orders.xml")
@may("payout.release")
def order_file(run_public_id: str) -> ResponseReturnValue:
    """The order file for the bank; not before the release."""
    return _download(queries.get_order_file(queries.get_run(run_public_id)))


@blueprint.get("/remittances/<remittance_public_id>")
@may("payout.view")
def remittance(remittance_public_id: str) -> ResponseReturnValue:
    """One settlement case by case, from what came in to what is paid."""
    return _remittance(remittance_public_id)


@blueprint.get("/remittances/<remittance_public_id>/statement.pdf")
@may("payout.view")
def statement(remittance_public_id: str) -> ResponseReturnValue:
    """The settlement as the creditor gets it."""
    found = queries.get_remittance(remittance_public_id)
    return _download(queries.get_statement_file(found))


@blueprint.get("/remittances/<remittance_public_id>/invoice.pdf")
@may("payout.view")
def invoice(remittance_public_id: str) -> ResponseReturnValue:
    """The house's invoice as the creditor gets it, with the e-invoice inside."""
    found = queries.get_remittance(remittance_public_id)
    return _download(queries.get_invoice_file(found))


@blueprint.get("/remittances/<remittance_public_id>/statement.csv")
@may("payout.view")
def statement_rows(remittance_public_id: str) -> ResponseReturnValue:
    """The rows of a settlement for a program."""
    found = queries.get_remittance(remittance_public_id)
    name = f'attachment; filename="Abrechnung_{found.number or "Entwurf"}.csv"'
    return statement_csv(found), {"Content-Type": "text/csv", "Content-Disposition": name}


@blueprint.post("/remittances/<remittance_public_id>/reject")
@may("payout.prepare")
def reject_order(remittance_public_id: str) -> ResponseReturnValue:
    """Note that the bank did not carry an order out."""
    try:
        with transaction():
            reject(remittance_public_id, request.form.get("reason", ""))
    except NotFound:
        raise
    except Refusal as refusal:
        return _remittance(remittance_public_id, say(refusal))
    done(gettext("Noted. The money is the client's again and goes with the next run."))
    return see_other("payouts.remittance", remittance_public_id=remittance_public_id)


def _act(run_public_id: str, act: Any, sentence: str) -> ResponseReturnValue:
    try:
        with transaction():
            act()
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(queries.get_run(run_public_id), {"_form": [say(refusal)]})
    done(sentence)
    return see_other("payouts.show", run_public_id=run_public_id)


def _download(stored: StoredFile) -> ResponseReturnValue:
    name = f'attachment; filename="{stored.filename}"'
    return files.read_bytes(stored), {
        "Content-Type": stored.media_type,
        "Content-Disposition": name,
    }


def _index(error: str | None = None) -> ResponseReturnValue:
    return page(
        "agency/payouts/index.html",
        status=422 if error else 200,
        errors={"_form": [error]} if error else {},
        runs=queries.list_runs(),
        open_run=find_open_run(CURRENCY),
        word=word,
    )


def _page(run: PayoutRun, errors: dict[str, list[str]] | None = None) -> ResponseReturnValue:
    lines = queries.list_lines(run.id)
    return page(
        "agency/payouts/show.html",
        status=422 if errors else 200,
        errors=errors or {},
        run=run,
        lines=lines,
        total_cents=sum(line.remittance.payout_cents for line in lines),
        left_out=[
            (get_creditor(each["creditor_id"]).name, worded(each["sentence"], each["params"]))
            for each in run.left_out
        ],
        waiting=find_open(PAYOUT_RELEASE, run.id),
        is_prepared=run.state is RunState.PREPARED,
        is_ordered=any(line.remittance.state is RemittanceState.ORDERED for line in lines),
        has_file=run.state is RunState.RELEASED and run.sepa_file_id is not None,
    )


def _remittance(public_id: str, error: str | None = None) -> ResponseReturnValue:
    found = queries.get_remittance(public_id)
    return page(
        "agency/payouts/remittance.html",
        status=422 if error else 200,
        errors={"reason": [error]} if error else {},
        remittance=found,
        creditor=get_creditor(found.creditor_id),
        rows=list_rows(found),
        summary=summary(found, WORDS[page_locale()]),
    )
