"""The last step of an upload: answer, declare, hand over; then the cases that came of it."""

from typing import Any

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.claims.queries import list_submitted_debtors
from cases.core.database import transaction
from cases.core.errors import Conflict
from cases.core.positions import position
from cases.intake.models import Submission, SubmissionState
from cases.intake.queries import (
    PAGE,
    asks_purpose,
    count_resulting_cases,
    get_submission,
    get_upload,
    has_reminder_days,
    list_left,
    list_opened,
    list_resulting_cases,
    tally,
)
from cases.intake.questions import question_of_upload
from cases.intake.services import QuestionOpen, hand_over
from cases.parties.queries import get_creditor
from cases.recoveries.words import PHASES
from portal.access import may
from portal.pages.acknowledgement import XLSX, acknowledgement_of
from portal.pages.declaration_form import BASES, LABELS, PURPOSES, DeclarationSchema
from portal.pages.row_view import view_of
from portal.pages.submissions import progress_page, reload_page
from portal.shell.errors import say
from portal.shell.forms import load_form
from portal.shell.pages import done, invalid, page, see_other, wants_fragment

blueprint = Blueprint("hand_over", __name__, template_folder="../templates")
MAX_ROWS = 250_000


@blueprint.get("/submissions/<submission_id>/hand-over")
@may("submission.edit")
def form(submission_id: str) -> ResponseReturnValue:
    """What will be handed over, and what we have to ask."""
    submission = get_submission(submission_id)
    if submission.state is not SubmissionState.CHECKING or not tally(submission.id).ready.rows:
        return see_other("submissions.show", submission_id=submission_id)
    return page("portal/submissions/hand_over.html", **_context(submission))


@blueprint.post("/submissions/<submission_id>/hand-over")
@may("submission.edit")
def send(submission_id: str) -> ResponseReturnValue:
    """Hand over what is ready; answers 422 while an answer is missing."""
    submission = get_submission(submission_id)
    own_name = get_creditor(submission.creditor_id).name
    schema = DeclarationSchema(asks_purpose=asks_purpose(submission.id) > 0, own_name=own_name)
    declared, errors = load_form(schema, request.form, LABELS)
    if declared is None:
        context = _context(submission) | {"values": request.form}
        return invalid("portal/submissions/hand_over.html", errors=errors, **context)
    try:
        with transaction():
            hand_over(submission.id, declared)
    except QuestionOpen as refused:
        done(say(refused))
        return see_other("answers.show", submission_id=submission_id)
    except Conflict as refused:  # Pressed twice: the page shows how far it is.
        done(say(refused))
    return see_other("hand_over.result", submission_id=submission_id)


@blueprint.get("/submissions/<submission_id>/cases")
@may("submission.edit")
def result(submission_id: str) -> ResponseReturnValue:
    """The cases that came of an upload; how far it is while a worker opens them."""
    submission = get_submission(submission_id)
    if submission.state is SubmissionState.OPENING:
        return progress_page(submission, get_upload(submission))
    if wants_fragment():
        return reload_page()
    after = request.args.get("after", 0, type=position)
    cases = list_resulting_cases(submission.id, after, PAGE + 1)
    return page(
        "portal/submissions/result.html",
        submission=submission,
        upload=get_upload(submission),
        tallies=tally(submission.id),
        cases=cases[:PAGE],
        debtors=list_submitted_debtors([each.case.id for each in cases]),
        phases={phase: gettext(text) for phase, text in PHASES.items()},
        next_after=cases[PAGE - 1].case.id if len(cases) > PAGE else None,
        case_count=count_resulting_cases(submission.id),
        left=[view_of(row) for row in list_left(submission.id)],
    )


@blueprint.get("/submissions/<submission_id>/acknowledgement.xlsx")
@may("submission.edit")
def acknowledgement(submission_id: str) -> ResponseReturnValue:
    """Every row of an upload as a spreadsheet: its case, or why it came into none."""
    submission = get_submission(submission_id)
    left = [view_of(row) for row in list_left(submission.id, MAX_ROWS)]
    response = make_response(acknowledgement_of(list_opened(submission.id), left))
    response.mimetype = XLSX
    day = f"{submission.handed_over_at or submission.created_at:%Y-%m-%d}"
    name = f"recoup-{day}-{submission.public_id}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _context(submission: Submission) -> dict[str, Any]:
    return {
        "submission": submission,
        "upload": get_upload(submission),
        "tallies": tally(submission.id),
        "unclear": asks_purpose(submission.id),
        "has_days": has_reminder_days(submission.id),
        "bases": BASES,
        "purposes": PURPOSES,
        "values": submission.answers,
        "question": question_of_upload(submission),
    }
