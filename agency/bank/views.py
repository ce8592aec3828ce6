"""Bank statements: hand a file in, watch it being booked, see what became of each entry."""

from typing import Any

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.http import dump_options_header

from agency.bank.proof import proof_of
from agency.bank.words import WORDS
from agency.operations.tasks import tasks_of
from agency.refusals import at_field
from cases.core import files
from cases.core.database import db, transaction
from cases.core.errors import Conflict, Invalid
from cases.core.files import FileTooLarge
from cases.core.positions import position
from cases.dunning.trivial_rest import trivial_rest_cents
from cases.payments import queries
from cases.payments.comparing import book_opening_balance, list_reconciliations
from cases.payments.errors import NoteMissing
from cases.payments.importing import ENDED, receive_file
from cases.payments.models import EntryState
from cases.payments.taking_back import take_back_statement
from cases.people.policy import Permission
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors
from portal.shell.pages import done, invalid, page, see_other, wants_fragment

blueprint = Blueprint("bank", __name__)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return WORDS


@blueprint.get("/bank")
@may("payment.view")
def show() -> ResponseReturnValue:
    """Where statements are handed in, and what has become of the earlier ones."""
    return page("agency/bank/show.html", errors={}, **_overview())


@blueprint.post("/bank")
@may("payment.import")
def receive() -> ResponseReturnValue:
    """Keep one file or several; a worker books them. Answers 422 when one cannot be taken."""
    uploads = [each for each in request.files.getlist("file") if each.filename]
    if not uploads:
        return _refused(gettext("Please choose a file first."))
    received = []
    try:
        with transaction():
            for upload in uploads:
                data = upload.stream.read()
                if not data:
                    return _refused(gettext("The file %(name)s is empty.", name=upload.filename))
                received.append(receive_file(data, upload.filename or "").public_id)
    except FileTooLarge as refused:
        return _refused(say(refused))
    if len(received) > 1:
        done(ngettext("%(num)d file received", "%(num)d files received", len(received)))
        return see_other("bank.show")
    return see_other("bank.file", bank_file_id=received[0])


@blueprint.get("/bank/files/<bank_file_id>")
@may("payment.view")
def file(bank_file_id: str) -> ResponseReturnValue:
    """How far a file is, and what it held."""
    progress = queries.get_file(bank_file_id)
    if progress.bank_file.state in ENDED and wants_fragment():
        response = make_response("")
        response.headers["HX-Refresh"] = "true"  # The work that was being watched is done.
        return response
    return page(
        "agency/bank/file.html",
        "progress",
        progress=progress,
        statements=queries.list_statements(bank_file_id=progress.bank_file.id),
        proof=proof_of(progress.bank_file),
        reconciliations=list_reconciliations(),
    )


@blueprint.get("/bank/files/<bank_file_id>/original")
@may("payment.view")
def original(bank_file_id: str) -> ResponseReturnValue:
    """The file as the bank sent it, byte for byte; always as a download."""
    stored = queries.get_original(queries.get_file(bank_file_id).bank_file)
    response = make_response(files.read_bytes(stored))
    response.mimetype = "application/octet-stream"
    plain = "".join(
        sign if sign.isascii() and sign.isprintable() and sign != '"' else "_"
        for sign in stored.filename
    )
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": plain})
    return response


@blueprint.get("/bank/statements/<statement_id>")
@may("payment.view")
def statement(statement_id: str) -> ResponseReturnValue:
    """The entries of a statement: where each stands and why."""
    return statement_page(statement_id, {})


@blueprint.post("/bank/statements/<statement_id>/back")
@may("payment.import")
def take_back(statement_id: str) -> ResponseReturnValue:
    """Take a statement back whole; a worker undoes its entries."""
    try:
        with transaction():
            take_back_statement(statement_id, request.form.get("why", ""))
    except (Conflict, Invalid) as refused:
        db.session.expire_all()
        return statement_page(statement_id, at_field(refused, {NoteMissing: "why"}))
    done(gettext("The statement is being taken back"))
    return see_other("bank.statement", statement_id=statement_id)


@blueprint.post("/bank/statements/<statement_id>/opening")
@may("payment.assign")
def take_over(statement_id: str) -> ResponseReturnValue:
    """Take over what lay on the account before the first statement."""
    try:
        with transaction():
            entry = book_opening_balance(statement_id)
            public_id = entry.public_id
    except Conflict as refused:
        return statement_page(statement_id, at_field(refused, {}))
    done(gettext("The opening balance is booked and waits for its owners"))
    return see_other("suspense.index", entry=public_id)


def statement_page(statement_id: str, errors: Errors) -> ResponseReturnValue:
    """The page of one statement, with the errors of its form."""
    found = queries.get_statement(statement_id)
    state = _state()
    lines = queries.list_entries(found.id, state=state, after=_number("after"))
    full = len(lines) == queries.PAGE
    counts = queries.tally(found.id)
    answer = invalid if errors else page
    finished = not found.refused_code and not found.taken_back_at
    return answer(
        "agency/bank/statement.html",
        statement=found,
        bank_file=queries.file_of(found),
        errors=errors,
        values=request.form,
        mismatches=[
            (each, one.currency)
            for one in list_reconciliations()
            for each in one.mismatches
            if each.statement and each.statement.public_id == found.public_id
        ],
        may_assign=require_user().may(Permission.PAYMENT_ASSIGN),
        may_take_back=finished and counts and require_user().may(Permission.PAYMENT_IMPORT),
        lines=lines,
        state=state,
        counts=counts,
        total=sum(counts.values()),
        after=lines[-1].entry.id if full else None,
    )


@blueprint.get("/bank/entries/<entry_id>")
@may("payment.view")
def entry(entry_id: str) -> ResponseReturnValue:
    """One entry: all that the bank said, how it was spread, and the way back."""
    return entry_page(entry_id, {})


def entry_page(entry_id: str, errors: Errors) -> ResponseReturnValue:
    """The page of one entry, with the errors of its forms."""
    answer = invalid if errors else page
    line = queries.get_entry(entry_id)
    rests = [(case, trivial_rest_cents(case)) for _, case in line.shares]
    return answer(
        "agency/bank/entry.html",
        line=line,
        rests=[(case, cents) for case, cents in rests if cents],
        errors=errors,
        values=request.form,
        may_assign=require_user().may(Permission.PAYMENT_ASSIGN),
    )


def _overview() -> dict[str, Any]:
    lines = queries.list_statements(before=_number("before"))
    last = queries.find_last_finished_file()
    return {
        "statements": lines,
        "before": lines[-1].statement.id if len(lines) == queries.PAGE else None,
        "working": queries.list_unfinished_files(),
        "open_count": queries.count_suspense(),
        "proof": proof_of(last) if last else None,
        "reconciliations": list_reconciliations(),
        "may_import": require_user().may(Permission.PAYMENT_IMPORT),
        "tasks": [each for each in tasks_of(require_user()) if each.endpoint == "suspense.index"],
    }


def _refused(sentence: str) -> ResponseReturnValue:
    return invalid("agency/bank/show.html", errors={"file": [sentence]}, **_overview())


def _state() -> EntryState | None:
    wanted = request.args.get("state", "")
    return EntryState(wanted) if wanted in {each.value for each in EntryState} else None


def _number(name: str) -> int | None:
    return request.args.get(name, type=position)
