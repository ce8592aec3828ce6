"""A question of ours (Rückfrage) about a row or a whole upload: it waits for the creditor's answer.

A question stands at its row until the creditor has answered or corrected it. One about a whole
upload keeps all of it from being handed over until it is answered.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import JSONB

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid
from cases.intake.corrections import check_again
from cases.intake.models import RowState, Submission, SubmissionRow, SubmissionState
from cases.intake.queries import WAITING, get_row, lock_submission
from legal.findings import Finding, Severity, finding_to_json

CODE = "asked_by_agency"


class QuestionMissing(Invalid):
    """Please write what you want to know."""


class AnswerMissing(Invalid):
    """Please write an answer."""


class AnswerDayPast(Invalid):
    """The day for the answer lies in the past. Please choose today or a later day."""


class RowNotOpen(Conflict):
    """This row has become a claim already; ask about its case instead."""


class UploadNotOpen(Conflict):
    """Nothing of this upload waits for its creditor any more; ask about its cases instead."""


@dataclass(frozen=True, slots=True)
class Question:
    """What we want to know, and until when."""

    text: str
    answer_by: date | None

    def is_overdue(self, today: date) -> bool:
        """Whether the day for the answer has passed."""
        return self.answer_by is not None and self.answer_by < today


def ask(submission_id: int, line: int, question: str, answer_by: date | None = None) -> None:
    """Return a row to its creditor. Raises QuestionMissing, AnswerDayPast, RowNotOpen."""
    params = _params(question, answer_by)
    submission = lock_submission(submission_id)
    row = get_row(submission_id, line)
    if row.state is RowState.OPENED or submission.state is SubmissionState.OPENING:
        raise RowNotOpen
    finding = finding_to_json(Finding(CODE, Severity.ERROR, params=params))
    row.findings = [each for each in row.findings if each["code"] != CODE] + [finding]
    row.state = RowState.RETURNED
    if submission.state is SubmissionState.DONE:
        submission.state = SubmissionState.CHECKING
    audit.record(
        "submission_row.asked", "submission_row", row.id, creditor_id=row.creditor_id, line=line
    )


def answer(submission_id: int, line: int, text: str) -> SubmissionRow:
    """Keep the creditor's answer; the row is checked anew. Raises AnswerMissing."""
    if not text.strip():
        raise AnswerMissing
    submission = lock_submission(submission_id)
    row = get_row(submission_id, line)
    asked: dict[str, Any] = next(
        (each["params"] for each in row.findings if each["code"] == CODE), {}
    )
    said = [*row.answers.get("said", ()), {"question": asked.get("question"), "answer": text}]
    row.answers = {**row.answers, "said": said}
    check_again(submission, row)
    audit.record("submission_row.answered", "submission_row", row.id, creditor_id=row.creditor_id)
    return row


def ask_all(submission_id: int, question: str, answer_by: date | None = None) -> None:
    """Return a whole upload to its creditor: nothing of it can be handed over before the answer.

    Raises:
        QuestionMissing, AnswerDayPast.
        UploadNotOpen: all its rows are in cases, or a worker has it in hand.
    """
    params = _params(question, answer_by)
    submission = lock_submission(submission_id)
    waiting = select(SubmissionRow.id).where(
        SubmissionRow.submission_id == submission.id, SubmissionRow.state.in_(WAITING)
    )
    if submission.state is not SubmissionState.CHECKING or not db.session.scalar(waiting.limit(1)):
        raise UploadNotOpen
    submission.answers = {**submission.answers, "asked": params}
    audit.record(
        "submission.asked", "submission", submission.id, creditor_id=submission.creditor_id
    )


def answer_all(submission_id: int, text: str) -> None:
    """Keep the creditor's answer about a whole upload. Raises AnswerMissing."""
    if not text.strip():
        raise AnswerMissing
    submission = lock_submission(submission_id)
    answers = dict(submission.answers)
    asked = answers.pop("asked", None)
    if asked is None:  # Answered already, in another window.
        return
    said = [*answers.get("said", ()), {"question": asked["question"], "answer": text.strip()}]
    submission.answers = {**answers, "said": said}
    audit.record(
        "submission.answered", "submission", submission.id, creditor_id=submission.creditor_id
    )


def question_of_row(row: SubmissionRow) -> Question | None:
    """The open question about a row."""
    found = next((each["params"] for each in row.findings if each["code"] == CODE), None)
    return _question(found) if row.state is RowState.RETURNED else None


def question_of_upload(submission: Submission) -> Question | None:
    """The open question about a whole upload."""
    return _question(submission.answers.get("asked"))


def list_overdue(submission_ids: Collection[int], today: date) -> set[int]:
    """Uploads with a question whose day has passed, about all of it or about a row."""
    finding = func.jsonb_array_elements(SubmissionRow.findings, type_=JSONB).label("finding")
    returned = (
        select(SubmissionRow.submission_id.label("id"), finding)
        .where(
            SubmissionRow.submission_id.in_(submission_ids),
            SubmissionRow.state == RowState.RETURNED,
        )
        .subquery()
    )
    day = returned.c.finding["params"]["answer_by_on"].astext
    of_rows = select(returned.c.id).where(
        returned.c.finding["code"].astext == CODE, day < today.isoformat()
    )
    of_uploads = select(Submission.id).where(
        Submission.id.in_(submission_ids),
        Submission.answers["asked"]["answer_by_on"].astext < today.isoformat(),
    )
    return {*db.session.scalars(of_rows), *db.session.scalars(of_uploads)}


def _params(question: str, answer_by: date | None) -> dict[str, Any]:
    if not question.strip():
        raise QuestionMissing
    if answer_by is not None and answer_by < clock.today():
        raise AnswerDayPast
    day = {"answer_by_on": answer_by.isoformat()} if answer_by else {}
    return {"question": question.strip(), "asked_on": clock.today().isoformat(), **day}


def _question(params: dict[str, Any] | None) -> Question | None:
    if params is None:
        return None
    day = params.get("answer_by_on")
    return Question(params["question"], date.fromisoformat(day) if day else None)
