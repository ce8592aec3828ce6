"""A question of ours about a row (Rückfrage): the row waits for the creditor's answer.

The question stands at its row until the creditor has answered or corrected it.
"""

from datetime import date
from typing import Any

from cases.core import audit
from cases.core.errors import Conflict, Invalid
from cases.intake.corrections import check_again
from cases.intake.models import RowState, SubmissionRow, SubmissionState
from cases.intake.queries import get_row, lock_submission

CODE = "asked_by_agency"


class QuestionMissing(Invalid):
    """Please write what you want to know."""


class AnswerMissing(Invalid):
    """Please write an answer."""


class RowNotOpen(Conflict):
    """This row has become a claim already; ask about its case instead."""


def ask(submission_id: int, line: int, question: str, answer_by: date | None = None) -> None:
    """Return a row to its creditor with a question. Raises QuestionMissing, RowNotOpen."""
    if not question.strip():
        raise QuestionMissing
    submission = lock_submission(submission_id)
    row = get_row(submission_id, line)
    if row.state is RowState.OPENED or submission.state is SubmissionState.OPENING:
        raise RowNotOpen
    params: dict[str, Any] = {"question": question.strip()}
    if answer_by:
        params["answer_by_on"] = answer_by.isoformat()
    finding = {"code": CODE, "severity": "error", "field": None, "params": params}
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
