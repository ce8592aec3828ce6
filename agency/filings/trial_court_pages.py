"""The directory of courts for litigation: looked up, read with a preview, taken as a whole."""

from typing import Any

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.filings.schemas import DirectorySchema
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.filings import queries
from cases.filings.trial_courts import directory
from cases.filings.trial_courts.directory_file import SHOWN, DirectoryFile
from cases.filings.trial_courts.models import DirectoryState
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("trial_courts", __name__)
#: Length of a postcode.
POSTCODE = 5


@blueprint.get("/filings/courts")
@may("filing.prepare")
def index() -> ResponseReturnValue:
    """The current directory, what it says about a postcode, and its history."""
    return _show()


@blueprint.post("/filings/courts")
@may("filing.prepare")
def read() -> ResponseReturnValue:
    """Read a file; 422 with every mistake in it, else its preview. Nothing changes by this."""
    labels = {"source": gettext("Published by"), "as_of": gettext("As of")}
    form, errors = load_form(DirectorySchema(), request.form, labels)
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        errors = {**(errors or {}), "file": [gettext("Please choose a file first.")]}
    if form is None or errors or upload is None:
        return _show(422, errors)
    try:
        with transaction():
            kept, file = directory.propose(
                upload.stream.read(), upload.filename or "", form["source"], form["as_of"],
                require_user().user_id,
            )  # fmt: skip
    except Refusal as refused:
        return _show(422, {"file": [say(refused)]})
    if kept is None:
        return _show(422, {"file": [_refused(file)]}, file)
    return see_other("trial_courts.show", directory_public_id=kept.public_id)


@blueprint.get("/filings/courts/<directory_public_id>")
@may("filing.prepare")
def show(directory_public_id: str) -> ResponseReturnValue:
    """One version: what taking it would change."""
    return _show(chosen=directory_public_id)


@blueprint.post("/filings/courts/<directory_public_id>/take")
@may("filing.prepare")
def take(directory_public_id: str) -> ResponseReturnValue:
    """Make a version the current one, as a whole."""
    try:
        with transaction():
            taken = directory.take(directory_public_id, require_user().user_id)
            count = taken.rows_count
    except Refusal as refused:
        return _show(422, {"_schema": [say(refused)]}, chosen=directory_public_id)
    done(ngettext("Directory taken: %(num)d line counts now",
                  "Directory taken: %(num)d lines count now", count))  # fmt: skip
    return see_other("trial_courts.index")


@blueprint.get("/filings/courts/<directory_public_id>/file")
@may("filing.prepare")
def download(directory_public_id: str) -> ResponseReturnValue:
    """The file of a version as it came."""
    version = directory.get_directory(directory_public_id)
    answer = make_response(directory.directory_bytes(version))
    answer.headers["Content-Type"] = "text/csv"
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="Gerichtsverzeichnis-{version.as_of.isoformat()}.csv"'
    )
    return answer


def _show(
    status: int = 200,
    errors: Errors | None = None,
    wrong: DirectoryFile | None = None,
    chosen: str | None = None,
) -> ResponseReturnValue:
    versions = directory.list_versions()
    version = directory.get_directory(chosen) if chosen else None
    preview = version is not None and version.state is not DirectoryState.CURRENT
    return page(
        "agency/filings/trial_courts.html",
        status=status,
        current=directory.find_current(),
        versions=versions,
        people=queries.names_of([v.taken_by or v.read_by for v in versions]),
        chosen=version,
        difference=directory.compare(version) if version is not None and preview else None,
        examples=directory.EXAMPLES,
        wrong=wrong,
        shown=SHOWN,
        found=_found(request.args.get("plz", "").strip()),
        errors=errors or {},
        values=request.values,
    )


def _found(postcode: str) -> list[Any] | None:
    """What the current directory says about a postcode; None where nobody has asked."""
    if len(postcode) != POSTCODE:
        return None
    named = directory.named_courts([postcode])
    if named is None:
        return []
    return [row for kind in ("1", "2") for row in named.by_postcode.get((postcode, kind), ())]


def _refused(file: DirectoryFile) -> str:
    said: str = ngettext(
        "The file was not taken: %(num)d mistake. Nothing was changed.",
        "The file was not taken: %(num)d mistakes. Nothing was changed.",
        len(file.findings),
    )
    return said
