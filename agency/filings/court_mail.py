"""Court mail: drop the files of courts, look at what they propose, apply it."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.filings.schemas import ReasonSchema
from cases.core.database import db, transaction
from cases.core.errors import Refusal
from cases.core.files import FileTooLarge
from cases.filings import queries
from cases.filings.applications import batches
from cases.filings.court_mail import applying, inbox
from cases.filings.court_mail.inbox import Imported
from cases.filings.court_mail.models import CourtMessage, MessageState
from cases.filings.errors import MessageFromFuture
from cases.formats.foreign_files import foreign_name
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("court_mail", __name__)
OPEN = (MessageState.PROPOSED, MessageState.PARKED)


class OtherKind(Exception):
    """A file that no dunning court sends; nothing of the lot is kept."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name)
        self.name, self.kind = name, kind

    def sentence(self) -> str:
        """What it is, and what belongs here instead."""
        return str(gettext(
            "“%(name)s” is a file of the kind %(kind)s. Only files of the dunning courts (EDA) are"
            " read here; nothing was taken over.",
            name=self.name, kind=self.kind,
        ))  # fmt: skip


@blueprint.get("/court-mail")
@may("filing.view")
def index() -> ResponseReturnValue:
    """What waits for a person, and what was decided lately."""
    return _show()


@blueprint.post("/court-mail")
@may("filing.prepare")
def receive() -> ResponseReturnValue:
    """Keep and read files; nothing is applied by this."""
    uploads = [each for each in request.files.getlist("file") if each.filename]
    if not uploads:
        return _show(422, {"file": [gettext("Please choose a file first.")]})
    results = []
    try:
        with transaction():
            for upload in uploads:
                data = upload.stream.read()
                name = upload.filename or ""
                if (kind := foreign_name(data)) is not None:
                    raise OtherKind(name, kind)
                results.append(inbox.import_file(data, name, require_user().user_id))
    except OtherKind as other:
        return _show(422, {"file": [other.sentence()]})
    except FileTooLarge as refused:
        return _show(422, {"file": [say(refused)]})
    new = sum(result.messages for result in results)
    done(ngettext("%(num)d new message", "%(num)d new messages", new))
    return _show(results=results)


@blueprint.post("/court-mail/apply")
@may("filing.prepare")
def apply_all() -> ResponseReturnValue:
    """Apply the messages that are ticked, in the order in which the court sent them."""
    applied, kept = 0, 0
    for public_id in request.form.getlist("message"):
        try:
            with transaction():
                row = inbox.lock_message(public_id)
                applying.apply_message(row)
                applied += row.state is MessageState.APPLIED
                kept += row.state is not MessageState.APPLIED
        except Refusal:
            kept += 1
    done(ngettext("%(num)d message booked", "%(num)d messages booked", applied))
    if kept:
        done(ngettext("%(num)d message needs a look", "%(num)d messages need a look", kept))
    return see_other("court_mail.index")


@blueprint.post("/court-mail/<message_public_id>/apply")
@may("filing.prepare")
def apply(message_public_id: str) -> ResponseReturnValue:
    """Apply one message; one that does not fit stays and says why."""
    try:
        with transaction():
            row = inbox.lock_message(message_public_id)
            applying.apply_message(row, despite_future="despite_future" in request.form)
            refused = row.state is MessageState.REFUSED
    except Refusal as problem:
        future = message_public_id if isinstance(problem, MessageFromFuture) else None
        return _show(422, {"_schema": [say(problem)]}, future=future)
    done(gettext("Message refused") if refused else gettext("Message booked"))
    return see_other("court_mail.index")


@blueprint.post("/court-mail/<message_public_id>/receipt")
@may("filing.prepare")
def take_receipt(message_public_id: str) -> ResponseReturnValue:
    """Say which file a receipt belongs to."""
    with transaction():
        row = inbox.lock_message(message_public_id)
        applying.take_receipt(row, batches.lock_batch(request.form.get("batch", "")))
    done(gettext("Receipt recorded"))
    return see_other("court_mail.index")


@blueprint.post("/court-mail/<message_public_id>/match")
@may("filing.prepare")
def match(message_public_id: str) -> ResponseReturnValue:
    """Look once more whose message it is."""
    with transaction():
        row = inbox.lock_message(message_public_id)
        applying.match_again(row)
        found = row.case_id is not None
    done(gettext("Case found") if found else gettext("No case found"))
    return see_other("court_mail.index")


@blueprint.post("/court-mail/<message_public_id>/set-aside")
@may("filing.prepare")
def set_aside(message_public_id: str) -> ResponseReturnValue:
    """Not needed, with a reason."""
    form, errors = load_form(ReasonSchema(), request.form)
    if form is None:
        return _show(422, errors)
    with transaction():
        applying.set_aside(inbox.lock_message(message_public_id), form["reason"])
    done(gettext("Message set aside"))
    return see_other("court_mail.index")


def _show(
    status: int = 200,
    errors: Errors | None = None,
    results: list[Imported] | None = None,
    future: str | None = None,
) -> ResponseReturnValue:
    db.session.rollback()
    waiting, decided = inbox.list_messages(OPEN), inbox.list_decided()
    rows: list[CourtMessage] = [*waiting, *decided]
    return page(
        "agency/filings/court_mail.html",
        status=status,
        waiting=waiting,
        decided=decided,
        numbers=queries.case_numbers([row.case_id for row in rows if row.case_id]),
        batches=inbox.awaiting_receipt(),
        results=results or [],
        future=future,
        errors=errors or {},
        values=request.form,
    )
