"""Uploads of a creditor: hand a file in, see how far it is, and check its rows."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from cases.core.database import transaction
from cases.core.files import FileTooLarge, StoredFile
from cases.core.positions import position
from cases.documents.queries import list_of_upload
from cases.intake.models import Submission, SubmissionState
from cases.intake.originals import names_of
from cases.intake.queries import (
    PAGE,
    TABS,
    get_submission,
    get_upload,
    list_mistakes,
    list_rows,
    list_submissions,
    tally,
    tally_many,
)
from cases.intake.questions import question_of_upload
from cases.intake.services import UploadBusy, UploadEmpty, discard, hand_in
from cases.intake.setting_off import NotSetOff, bring_back, set_off, skip_row
from legal.errors import InvariantBroken
from portal.access import may
from portal.login import require_user
from portal.pages.intake_words import STATES, field_name, mistake_name, sentence_of
from portal.pages.mistakes_view import actions_for
from portal.pages.row_view import view_of
from portal.pages.typed_rows import save_typed
from portal.shell.errors import say
from portal.shell.formatting import euro
from portal.shell.pages import done, invalid, page, see_other, wants_fragment

blueprint = Blueprint("submissions", __name__, template_folder="../templates")
READING = {SubmissionState.UPLOADED, SubmissionState.READING}


@blueprint.get("/submissions")
@may("submission.edit")
def index() -> ResponseReturnValue:
    """Where files are handed in, and what has become of the earlier ones."""
    return page("portal/submissions/index.html", **_list_context())


@blueprint.post("/submissions")
@may("submission.edit")
def create() -> ResponseReturnValue:
    """Keep one file or several, each by itself. Answers 422 when one cannot be taken."""
    user = require_user()
    uploads = [each for each in request.files.getlist("file") if each.filename]
    if not uploads:
        return _refused(gettext("Please choose a file first."))
    if user.creditor_id is None:
        raise InvariantBroken("user.creditor_id is missing")
    kept, refused = _keep_each(user.creditor_id, user.user_id, uploads)
    if refused:
        return _refused(*refused)
    if len(kept) > 1:
        return see_other("submissions.index")
    return see_other("submissions.show", submission_id=kept[0])


def _keep_each(
    creditor_id: int, user_id: int, uploads: list[FileStorage]
) -> tuple[list[str], list[str]]:
    """Keep what can be kept: the public ids, and a sentence for each file that cannot.

    An empty file or one too large is refused before anything is stored; it never holds the others.
    """
    kept, refused = [], []
    with transaction():
        for upload in uploads:
            name = upload.filename or ""
            try:
                submission = hand_in(
                    creditor_id, user_id, upload.stream.read(), name, upload.mimetype
                )
            except (UploadEmpty, FileTooLarge) as why:
                refused.append(f"{name}: {say(why)}" if len(uploads) > 1 else say(why))
            else:
                kept.append(submission.public_id)
    if kept and refused:
        refused.append(gettext("The other files are taken; they stand in the list."))
    return kept, refused


@blueprint.get("/submissions/<submission_id>")
@may("submission.edit")
def show(submission_id: str) -> ResponseReturnValue:
    """The step that an upload has come to."""
    submission = get_submission(submission_id)
    upload = get_upload(submission)
    if submission.state in READING:
        return progress_page(submission, upload)
    if wants_fragment() and "tab" not in request.args:
        return reload_page()  # The work that was being watched is done.
    if submission.state is SubmissionState.DISCARDED:
        return page("portal/submissions/discarded.html", submission=submission, upload=upload)
    if submission.state is SubmissionState.REFUSED:
        findings = [sentence_of(each) for each in submission.findings]
        return page(
            "portal/submissions/refused.html",
            submission=submission,
            upload=upload,
            findings=findings,
        )
    if (elsewhere := _page_of_state(submission)) is not None:
        return redirect(url_for(elsewhere, submission_id=submission_id))
    return _check_page(submission, upload)


def _page_of_state(submission: Submission) -> str | None:
    """Where an upload in this state is looked at, if not on the check page."""
    if submission.state is SubmissionState.MAPPING:
        return "submission_columns.show"
    if submission.state is SubmissionState.OPENING:
        return "hand_over.result"
    is_done = submission.state is SubmissionState.DONE
    return "hand_over.result" if is_done and "tab" not in request.args else None


@blueprint.post("/submissions/<submission_id>/discard")
@may("submission.edit")
def discard_upload(submission_id: str) -> ResponseReturnValue:
    """Hand nothing of this upload over."""
    submission = get_submission(submission_id)
    try:
        with transaction():
            discard(submission.id)
    except UploadBusy as refused:
        done(say(refused))
        return see_other("submissions.show", submission_id=submission_id)
    done(gettext("The upload is discarded. Nothing of it was handed over."))
    return see_other("submissions.index")


@blueprint.post("/submissions/<submission_id>/rows/<int:line>/leave-out")
@may("submission.edit")
def leave_row_out(submission_id: str, line: int) -> ResponseReturnValue:
    """Do not hand this row over."""
    submission = get_submission(submission_id)
    with transaction():
        save_typed(submission.id, request.form)
        skip_row(submission.id, line)
    done(gettext("Row %(line)s is skipped.", line=line))
    return back_to_rows(submission_id, line)


@blueprint.post("/submissions/<submission_id>/rows/<int:line>/take-back")
@may("submission.edit")
def take_row_back(submission_id: str, line: int) -> ResponseReturnValue:
    """Bring a row back that was left out."""
    submission = get_submission(submission_id)
    with transaction():
        save_typed(submission.id, request.form)
        bring_back(submission.id, line)
    return back_to_rows(submission_id, line)


@blueprint.post("/submissions/<submission_id>/rows/<int:line>/set-off")
@may("submission.edit")
def set_row_off(submission_id: str, line: int) -> ResponseReturnValue:
    """Set a credit note off against an invoice of the same upload."""
    submission = get_submission(submission_id)
    invoice_line = request.form.get("invoice_line", 0, type=position) or 0
    try:
        with transaction():
            save_typed(submission.id, request.form)
            invoice = set_off(submission.id, line, invoice_line)
            left = euro(invoice.amount_cents, (invoice.parsed or {}).get("currency") or "EUR")
    except NotSetOff as refused:
        done(say(refused))
        return back_to_rows(submission_id, line)
    done(
        gettext(
            "Set off against row %(line)s: %(amount)s are left.", line=invoice_line, amount=left
        )
    )
    return back_to_rows(submission_id, line)


def back_to_rows(submission_id: str, line: int | None = None) -> Response:
    """Back to the tab and place of the check page that somebody came from.

    `line` was dealt with: the page opens at it, or at the next one where it has left the tab.
    """
    tab, after = (
        request.form.get("tab") or None,
        request.form.get("after", 0, type=position) or None,
    )
    values: dict[str, Any] = {"tab": tab, "after": after}
    if line is not None:
        rows = list_rows(get_submission(submission_id).id, tab or "all", line - 1, 1)
        values["_anchor"] = f"row-{rows[0].line}" if rows else None
    return see_other("submissions.show", submission_id=submission_id, **values)


def _check_page(submission: Submission, upload: StoredFile) -> Response:
    tallies = tally(submission.id)
    wanted = request.args.get("tab", "")
    tab = wanted if wanted in TABS or wanted == "all" else _first_tab(tallies)
    after = request.args.get("after", 0, type=position)
    rows = list_rows(submission.id, tab, after, PAGE + 1)
    mistakes = [
        (mistake, mistake_name(mistake.code, mistake.field), actions_for(mistake))
        for mistake in list_mistakes(submission.id)
    ]
    mapping = submission.mapping or {}
    return page(
        "portal/submissions/check.html",
        submission=submission,
        upload=upload,
        tallies=tallies,
        tab=tab,
        rows=[view_of(row) for row in rows[:PAGE]],
        came_from=names_of(submission, [row.line for row in rows[:PAGE]]),
        after=after,
        next_after=rows[PAGE - 1].line if len(rows) > PAGE else None,
        mistakes=[each for each in mistakes if each[2]],
        mapping=[(column, field_name(field)) for column, field in mapping.items()],
        file_findings=[sentence_of(each) for each in submission.findings],
        documents=len(list_of_upload(submission.id)),
        question=question_of_upload(submission),
    )


def _first_tab(tallies: object) -> str:
    """Errors first; where there are none, hints, then what is ready."""
    order = (("errors", "to_correct"), ("hints", "warned"), ("ready", "clean"))
    return next((tab for tab, name in order if getattr(tallies, name).rows), "all")


def progress_page(submission: Submission, upload: StoredFile) -> Response:
    """How far the worker is; the page asks again at its own address."""
    return page(
        "portal/submissions/progress.html", "progress",
        submission=submission, upload=upload, here=request.path,
    )  # fmt: skip


def reload_page() -> Response:
    """Let the page that was polling load itself anew."""
    response = make_response("", 200)
    response.headers["HX-Refresh"] = "true"
    return response


def _refused(*sentences: str) -> Response:
    errors = {"file": list(sentences)}
    return invalid("portal/submissions/index.html", errors=errors, **_list_context())


def _list_context() -> dict[str, Any]:
    before = request.args.get("before", type=position)
    found = list_submissions(before, PAGE + 1)
    tallies = tally_many([submission.id for submission, _ in found])
    return {
        "uploads": found[:PAGE],
        "tallies": tallies,
        "states": STATES,
        "older": found[PAGE - 1][0].id if len(found) > PAGE else None,
    }
