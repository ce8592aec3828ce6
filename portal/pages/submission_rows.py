"""One row of an upload: corrected in place or on a page of its own, answered, confirmed."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from marshmallow import Schema, fields, validate

from cases.claims.models import DueBasis, Purpose
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.errors import Invalid
from cases.core.positions import position
from cases.documents.models import DocumentKind
from cases.documents.queries import list_of_row
from cases.formats.claims.lists.fields import FIELDS
from cases.intake.corrections import answer_row, confirm_row, correct_row
from cases.intake.documents import attach_to_upload
from cases.intake.models import RowState, Submission, SubmissionRow
from cases.intake.queries import get_row, get_submission, get_upload, list_rows
from cases.intake.questions import AnswerMissing, question_of_row
from cases.intake.questions import answer as answer_question
from cases.intake.same_mistake import Remedy, put_right
from portal.access import may
from portal.login import require_user
from portal.pages.declaration_form import BASES, PURPOSES
from portal.pages.document_words import handed_documents
from portal.pages.error_list import error_list
from portal.pages.row_view import EDITABLE, typed_value, view_of
from portal.pages.submissions import back_to_rows
from portal.pages.typed_rows import save_typed, saved_sentence, say_saved
from portal.shell.errors import say
from portal.shell.formatting import language
from portal.shell.forms import Day, load_form
from portal.shell.pages import done, invalid, page, see_other, wants_fragment
from portal.wording import choices

blueprint = Blueprint("submission_rows", __name__, template_folder="../templates")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RowAnswers(Schema):
    """What the creditor answers for one row where it differs from the others."""

    due_basis = fields.Enum(DueBasis, by_value=True)
    purpose = fields.Enum(Purpose, by_value=True)
    reminder = fields.String(validate=validate.OneOf(["none", "day"]))
    reminded_day = Day()
    dispute = fields.String(validate=validate.Length(max=2000))


@blueprint.get("/submissions/<submission_id>/rows/<int:line>")
@may("submission.edit")
def show(submission_id: str, line: int) -> ResponseReturnValue:
    """All cells of a row, its findings and its own answers."""
    submission = get_submission(submission_id)
    return page("portal/submissions/row.html", **row_context(submission, line))


@blueprint.post("/submissions/<submission_id>/rows/<int:line>")
@may("submission.edit")
def correct(submission_id: str, line: int) -> ResponseReturnValue:
    """Check a corrected row; from the page of the row also its answers. 422 when they are wrong."""
    submission = get_submission(submission_id)
    answers, errors = load_form(RowAnswers(), request.form)
    if answers is not None and answers.get("reminder") == "day" and "reminded_day" not in answers:
        errors = {"reminded_day": [gettext("Please say on which day.")]}
    if answers is None or errors:
        context = row_context(submission, line)
        context["answers"] = {**context["answers"], **request.form.to_dict()}
        return invalid("portal/submissions/row.html", errors=errors, **context)
    with transaction():
        row = correct_row(submission.id, line, _typed(request.form), _decimal_sign())
        if "answers" in request.form:
            row = answer_row(submission.id, line, _kept(answers))
        _say_outcome(row)
    if "answers" in request.form and row.state is RowState.ERROR:
        return see_other("submission_rows.show", submission_id=submission_id, line=line)
    return back_to_rows(submission_id)


@blueprint.post("/submissions/<submission_id>/rows")
@may("submission.edit")
def save(submission_id: str) -> ResponseReturnValue:
    """Save all that was typed on the check page; a page that saves by itself gets a sentence."""
    submission = get_submission(submission_id)
    with transaction():
        saved = save_typed(submission.id, request.form)
    if wants_fragment():
        return saved_sentence()
    say_saved(saved)
    return back_to_rows(submission_id, request.form.get("line", type=position))


@blueprint.post("/submissions/<submission_id>/rows/<int:line>/confirm")
@may("submission.edit")
def confirm(submission_id: str, line: int) -> ResponseReturnValue:
    """Say that a row is right in spite of a finding."""
    submission = get_submission(submission_id)
    with transaction():
        save_typed(submission.id, request.form)
        confirm_row(submission.id, line, request.form.get("code", ""))
    return back_to_rows(submission_id, line)


@blueprint.post("/submissions/<submission_id>/rows/<int:line>/answer")
@may("submission.edit")
def answer(submission_id: str, line: int) -> ResponseReturnValue:
    """Answer our question about a row; answers 422 without a word."""
    submission = get_submission(submission_id)
    handed, _ = handed_documents(DocumentKind.CORRESPONDENCE)
    try:
        with transaction():
            attach_to_upload(submission.id, require_user().user_id, handed, line)
            answer_question(submission.id, line, request.form.get("answer", ""))
    except Invalid as refused:
        field = "answer" if isinstance(refused, AnswerMissing) else "document"
        context = row_context(submission, line)
        return invalid("portal/submissions/row.html", errors={field: [say(refused)]}, **context)
    done(gettext("Thank you. Your answer is with us."))
    return back_to_rows(submission_id)


@blueprint.post("/submissions/<submission_id>/same-mistake")
@may("submission.edit")
def same_mistake(submission_id: str) -> ResponseReturnValue:
    """Put one mistake right in all rows that have it."""
    submission = get_submission(submission_id)
    code, _, chosen = request.form.get("remedy", "").rpartition(" ")
    with transaction():
        save_typed(submission.id, request.form)
    try:
        remedy = Remedy(chosen)
    except ValueError:
        return back_to_rows(submission_id)
    with transaction():
        rows = put_right(submission.id, code or request.form.get("code", ""), remedy)
    done(ngettext("%(num)d row put right.", "%(num)d rows put right.", rows))
    return see_other("submissions.show", submission_id=submission_id)


@blueprint.get("/submissions/<submission_id>/errors.xlsx")
@may("submission.edit")
def errors(submission_id: str) -> ResponseReturnValue:
    """The rows that need a correction as a spreadsheet with a column that says what is wrong."""
    submission = get_submission(submission_id)
    rows = list_rows(submission.id, "errors", limit=10_000)
    response = make_response(error_list([view_of(row) for row in rows]))
    response.mimetype = XLSX
    name = get_upload(submission).filename.rpartition(".")[0] or "upload"
    safe = "".join(sign for sign in name if sign.isascii() and (sign.isalnum() or sign in "-_"))
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{safe or "upload"}-check.xlsx"'
    )
    return response


def row_context(submission: Submission, line: int) -> dict[str, Any]:
    """Everything that the page of one row shows."""
    row = get_row(submission.id, line)
    view = view_of(row)
    values = {field: typed_value(view.values, view.cells, field) for field in _fields(view.cells)}
    return {
        "submission": submission,
        "view": view,
        "values": values,
        "fields": [field for field in values if field in FIELDS],
        "answers": {
            **dict(view.row.answers),
            "reminded_day": view.row.answers.get("reminded_on", ""),
        },
        "bases": BASES,
        "purposes": PURPOSES,
        "question": question_of_row(row),
        "today": clock.today(),
        "documents": list_of_row(submission.id, line),
        "kinds": choices(DocumentKind),
        "field_errors": {
            each.field: [each.text] for each in view.sentences if each.field and each.blocking
        },
    }


def _fields(cells: Mapping[str, str]) -> list[str]:
    """What can be corrected: the usual fields, and others that the file fills."""
    filled = [field for field in cells if field in FIELDS and cells[field]]
    usual = list(EDITABLE)
    if "total" in filled and "open" not in filled:
        usual.insert(usual.index("open") + 1, "total")
    return list(dict.fromkeys(usual))


def _typed(form: Mapping[str, str]) -> dict[str, str]:
    """Cells of the form that differ from what was shown; what was not touched is not typed."""
    shown = {name.removeprefix("was_"): text for name, text in form.items() if name[:4] == "was_"}
    return {
        name: form[name]
        for name in FIELDS
        if name in form and form[name].strip() != shown.get(name, "").strip()
    }


def _kept(answers: Mapping[str, object]) -> dict[str, Any]:
    day = answers.get("reminded_day")
    return {
        "due_basis": getattr(answers.get("due_basis"), "value", None),
        "purpose": getattr(answers.get("purpose"), "value", None),
        "reminder": answers.get("reminder"),
        "reminded_on": day.isoformat() if hasattr(day, "isoformat") else None,
        "dispute": answers.get("dispute"),
    }


def _decimal_sign() -> str:
    return "." if language() == "en" else ","


def _say_outcome(row: SubmissionRow) -> None:
    db.session.flush()
    if row.state is not RowState.ERROR:
        done(gettext("Row %(line)s is in order.", line=row.line))
