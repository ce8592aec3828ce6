"""Intake for staff: uploads of all creditors with their counts, rows, and questions back."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields

from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Invalid
from cases.core.positions import position
from cases.documents.queries import list_of_upload
from cases.intake.models import Submission, SubmissionState
from cases.intake.queries import (
    PAGE,
    TABS,
    get_submission,
    get_upload,
    list_rows,
    list_submissions,
    tally,
    tally_many,
)
from cases.intake.questions import (
    AnswerDayPast,
    UploadNotOpen,
    ask,
    ask_all,
    list_overdue,
    question_of_row,
    question_of_upload,
)
from cases.parties.queries import get_creditor
from legal.findings import N_
from portal.access import may
from portal.pages.intake_words import STATES as STATES_FOR_CREDITORS
from portal.pages.intake_words import sentence_of
from portal.pages.row_view import view_of
from portal.shell.errors import say
from portal.shell.forms import Day, load_form
from portal.shell.pages import done, invalid, page, see_other

blueprint = Blueprint("staff_intake", __name__)

#: The creditor is told that it is up to him; staff, whom it waits for.
STATES = {
    **STATES_FOR_CREDITORS,
    SubmissionState.CHECKING: (N_("To be checked by the creditor"), "warn"),
}


class QuestionSchema(Schema):
    """A question about a row."""

    question = fields.String(load_default="")
    answer_by = Day()


@blueprint.get("/intake")
@may("intake.view")
def index() -> ResponseReturnValue:
    """What is in intake, newest first."""
    before = request.args.get("before", type=position)
    found = list_submissions(before, PAGE + 1)
    shown = found[:PAGE]
    return page(
        "agency/intake/index.html",
        uploads=shown,
        creditors={each.creditor_id: get_creditor(each.creditor_id).name for each, _ in shown},
        tallies=tally_many([submission.id for submission, _ in shown]),
        states=STATES,
        questions={each.id: question_of_upload(each) for each, _ in shown},
        overdue=list_overdue([each.id for each, _ in shown], clock.today()),
        older=found[PAGE - 1][0].id if len(found) > PAGE else None,
    )


@blueprint.get("/intake/<submission_id>")
@may("intake.view")
def show(submission_id: str) -> ResponseReturnValue:
    """The rows of one upload, with what is wrong and what was asked."""
    return page("agency/intake/show.html", errors={}, **_context(get_submission(submission_id)))


@blueprint.post("/intake/<submission_id>/rows/<int:line>/ask")
@may("intake.decide")
def ask_creditor(submission_id: str, line: int) -> ResponseReturnValue:
    """Return a row with a question; answers 422 without one."""
    submission = get_submission(submission_id)
    form, errors = load_form(QuestionSchema(), request.form)
    if form is not None:
        try:
            with transaction():
                ask(submission.id, line, form["question"], form.get("answer_by"))
        except Invalid as refused:
            field = "by" if isinstance(refused, AnswerDayPast) else "question"
            errors = {f"{field}-{line}": [say(refused)]}
    if errors:
        return invalid("agency/intake/show.html", errors=errors, **_context(submission))
    done(gettext("Row %(line)s is returned to the creditor.", line=line))
    return see_other("staff_intake.show", submission_id=submission_id)


@blueprint.post("/intake/<submission_id>/ask")
@may("intake.decide")
def ask_about_all(submission_id: str) -> ResponseReturnValue:
    """Return a whole upload with a question; answers 422 without one."""
    submission = get_submission(submission_id)
    form, errors = load_form(QuestionSchema(), request.form)
    if form is not None:
        try:
            with transaction():
                ask_all(submission.id, form["question"], form.get("answer_by"))
        except (Invalid, UploadNotOpen) as refused:
            field = "answer_by" if isinstance(refused, AnswerDayPast) else "question"
            errors = {field: [say(refused)]}
    if errors:
        return invalid("agency/intake/show.html", errors=errors, **_context(submission))
    done(gettext("The upload is returned to the creditor."))
    return see_other("staff_intake.show", submission_id=submission_id)


def _context(submission: Submission) -> dict[str, Any]:
    tab = request.args.get("tab", "all")
    after = request.args.get("after", 0, type=position)
    rows = list_rows(submission.id, tab if tab in TABS else "all", after, PAGE + 1)
    return {
        "submission": submission,
        "upload": get_upload(submission),
        "creditor": get_creditor(submission.creditor_id),
        "tallies": tally(submission.id),
        "state": STATES[submission.state],
        "tab": tab if tab in TABS else "all",
        "rows": [view_of(row) for row in rows[:PAGE]],
        "next_after": rows[PAGE - 1].line if len(rows) > PAGE else None,
        "question": question_of_upload(submission),
        "questions": {row.line: question_of_row(row) for row in rows[:PAGE]},
        "documents": list_of_upload(submission.id),
        "file_findings": [sentence_of(each) for each in submission.findings],
    }
