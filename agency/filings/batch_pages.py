"""One file for a court: confirm it, hand it over, look at exactly its bytes."""

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.filings.cover_sheet import cover_sheet, typing_aid
from agency.filings.schemas import HandOverSchema, ReasonSchema
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.filings import queries
from cases.filings.applications import batches
from cases.filings.applications.batches import is_confirmed
from cases.filings.applications.handing_over import count_waiting
from cases.filings.applications.handing_over import hand_over as hand_over_batch
from cases.filings.applications.models import BatchState
from portal.access import may
from portal.limits import costly
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("filing_batches", __name__)
#: Applications of a file that the page shows; the rest is in the text of the whole file.
SHOWN = 50
HANDED_OVER = frozenset({BatchState.HANDED_OVER, BatchState.RECEIVED})


@blueprint.get("/filings/batches/<batch_public_id>")
@may("filing.view")
def show(batch_public_id: str) -> ResponseReturnValue:
    """What is in the file, how far it is, and its bytes in readable form."""
    return _show(batch_public_id)


@blueprint.post("/filings/batches/<batch_public_id>/confirm")
@may("filing.release")
def confirm(batch_public_id: str) -> ResponseReturnValue:
    """The second person's yes; 422 for the first one."""
    try:
        with transaction():
            batches.confirm(batches.lock_batch(batch_public_id), require_user().user_id)
    except Refusal as refused:
        return _show(batch_public_id, 422, {"_schema": [say(refused)]})
    done(gettext("File ready to be handed over"))
    return see_other("filing_batches.show", batch_public_id=batch_public_id)


@blueprint.post("/filings/batches/<batch_public_id>/send-back")
@may("filing.release")
def send_back(batch_public_id: str) -> ResponseReturnValue:
    """Do not let the file go; its applications are drafts again."""
    form, errors = load_form(ReasonSchema(), request.form)
    if form is None:
        return _show(batch_public_id, 422, errors)
    with transaction():
        batch = batches.lock_batch(batch_public_id)
        batches.send_back(batch, require_user().user_id, form["reason"])
    done(gettext("File sent back, its applications are in preparation again"))
    return see_other("filing_batches.show", batch_public_id=batch_public_id)


@blueprint.post("/filings/batches/<batch_public_id>/hand-over")
@may("filing.release")
def hand_over(batch_public_id: str) -> ResponseReturnValue:
    """Record who has handed the file over, by which safe channel and when."""
    form, errors = load_form(HandOverSchema(), request.form)
    if form is None:
        return _show(batch_public_id, 422, errors)
    try:
        with transaction():
            batch = batches.lock_batch(batch_public_id)
            hand_over_batch(
                batch, require_user().user_id, form["channel"], sent_already=form["sent_already"]
            )
    except Refusal as refused:
        return _show(batch_public_id, 422, {"_schema": [say(refused)]})
    done(gettext("Hand-over recorded"))
    return see_other("filing_batches.show", batch_public_id=batch_public_id)


@blueprint.post("/filings/batches/<batch_public_id>/file")
@may("filing.release")
def download(batch_public_id: str) -> ResponseReturnValue:
    """The bytes as they were confirmed; what became of the cases is asked once more."""
    try:
        with transaction():
            batch = batches.lock_batch(batch_public_id)
            data = batches.fetch(batch, require_user().user_id)
    except Refusal as refused:
        return _show(batch_public_id, 422, {"_schema": [say(refused)]})
    answer = make_response(data)
    answer.headers["Content-Type"] = "application/octet-stream"
    name = f"{batch.file_number}-{batch.kind.value}.eda"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.get("/filings/batches/<batch_public_id>/cover-sheet.pdf")
@costly
@may("filing.view")
def print_cover(batch_public_id: str) -> ResponseReturnValue:
    """The cover sheet with control sums and hash."""
    answer = make_response(cover_sheet(batches.get_batch(batch_public_id)))
    answer.headers["Content-Type"] = "application/pdf"
    return answer


@blueprint.get("/filings/batches/<batch_public_id>/typing-aid.pdf")
@may("filing.release")
def print_typing_aid(batch_public_id: str) -> ResponseReturnValue:
    """What to type, field by field; 422 before the second person has confirmed it."""
    batch = batches.get_batch(batch_public_id)
    try:
        answer = make_response(typing_aid(batch))
    except Refusal as refused:
        return _show(batch_public_id, 422, {"_schema": [say(refused)]})
    answer.headers["Content-Type"] = "application/pdf"
    return answer


@blueprint.get("/filings/batches/<batch_public_id>/rendering.txt")
@may("filing.view")
def download_rendering(batch_public_id: str) -> ResponseReturnValue:
    """The whole file in readable form, however long it is."""
    answer = make_response(batches.rendering(batches.get_batch(batch_public_id)))
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    return answer


def _show(
    batch_public_id: str, status: int = 200, errors: Errors | None = None
) -> ResponseReturnValue:
    batch = batches.get_batch(batch_public_id)
    waiting = count_waiting(batch) if batch.state in HANDED_OVER else 0
    return page(
        "agency/filings/batch.html",
        "progress",
        status=status,
        batch=batch,
        file=batches.find_court_file(batch),
        rows=queries.list_of_batch(batch, SHOWN),
        shown=SHOWN,
        waiting=waiting,
        rendering=batches.rendering(batch, SHOWN),
        to_type=batches.entries_to_type(batch) if batch.is_typed and is_confirmed(batch) else (),
        people=queries.names_of(
            [batch.released_by, batch.confirmed_by, batch.fetched_by, batch.handed_over_by]
        ),
        is_first=batch.released_by == require_user().user_id,
        errors=errors or {},
        values=request.form,
    )
