"""Print runs: prepared, looked at, released once, with their index for the printing service."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.letters.views import pdf_answer
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.letters.printing.models import PrintRunState
from cases.letters.printing.services import (
    MOST,
    as_csv,
    as_xml,
    count_waiting,
    drop_run,
    get_run,
    list_kept_back,
    list_lines,
    list_runs,
    not_leaving,
    prepare_run,
    release_run,
    run_file,
)
from cases.people.services import get_user
from portal.access import may
from portal.limits import costly
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.headers import may_be_framed
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("print_runs", __name__)


@blueprint.get("/print-runs")
@may("post.read")
def index() -> ResponseReturnValue:
    """How many letters wait, and the runs so far."""
    return _index(None)


@blueprint.post("/print-runs")
@costly
@may("post.read")
def prepare() -> ResponseReturnValue:
    """Put what waits into one file."""
    try:
        with transaction():
            public_id = prepare_run(require_user().user_id).public_id
    except Refusal as refusal:
        return _index(say(refusal))
    return see_other("print_runs.show", print_run_public_id=public_id)


@blueprint.get("/print-runs/<print_run_public_id>")
@may("post.read")
def show(print_run_public_id: str) -> ResponseReturnValue:
    """A run with its index."""
    run = get_run(print_run_public_id)
    released_by = get_user(run.released_by).name if run.released_by else None
    return page(
        "agency/post/print_run.html", run=run, lines=list_lines(run), released_by=released_by,
        not_leaving=not_leaving(run) if run.state is PrintRunState.PREPARED else [],
        prepared_by=get_user(run.prepared_by).name if run.prepared_by else None,
    )  # fmt: skip


@blueprint.post("/print-runs/<print_run_public_id>/release")
@may("post.read")
def release(print_run_public_id: str) -> ResponseReturnValue:
    """Hand it over, once; answers 409 if somebody was faster, or a letter may not leave."""
    with transaction():
        release_run(get_run(print_run_public_id), require_user().user_id)
    done(gettext("Handed over. This run does not leave again."))
    return see_other("print_runs.show", print_run_public_id=print_run_public_id)


@blueprint.post("/print-runs/<print_run_public_id>/drop")
@may("post.read")
def drop(print_run_public_id: str) -> ResponseReturnValue:
    """Give its letters back."""
    with transaction():
        drop_run(get_run(print_run_public_id))
    done(gettext("Given back: its letters wait for another run."))
    return see_other("print_runs.index")


@blueprint.get("/print-runs/<print_run_public_id>.pdf")
@may("post.read")
def pages(print_run_public_id: str) -> Response:
    """The pages, sorted."""
    return pdf_answer(run_file(get_run(print_run_public_id)), "print-run.pdf")


@blueprint.get("/print-runs/<print_run_public_id>.csv")
@may("post.read")
def index_csv(print_run_public_id: str) -> Response:
    """The index as CSV."""
    data = as_csv(list_lines(get_run(print_run_public_id)))
    return _download(data, "text/csv; charset=utf-8", "print-run.csv")


@blueprint.get("/print-runs/<print_run_public_id>.xml")
@may("post.read")
def index_xml(print_run_public_id: str) -> Response:
    """The index as XML."""
    data = as_xml(list_lines(get_run(print_run_public_id)))
    return _download(data, "application/xml", "print-run.xml")


may_be_framed(pages)


def _download(data: bytes, media_type: str, name: str) -> Response:
    answer = Response(data, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _index(error: str | None) -> ResponseReturnValue:
    return page(
        "agency/post/print_runs.html",
        status=422 if error else 200,
        error=error,
        waiting=count_waiting(),
        kept_back=list_kept_back(),
        most=MOST,
        runs=list_runs(),
    )
