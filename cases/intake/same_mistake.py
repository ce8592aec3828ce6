"""One mistake put right in all rows that have it: what the creditor says is done, no more."""

from collections.abc import Callable
from enum import StrEnum

from sqlalchemy import Select, select

from cases.core import audit
from cases.core.database import db
from cases.formats.dates import parse_day
from cases.intake.corrections import cells_of_row, check_again, confirm
from cases.intake.models import RowState, Submission, SubmissionRow, SubmissionState
from cases.intake.queries import lock_submission
from cases.intake.services import UploadBusy
from cases.intake.standing import ANSWERS

#: Rows checked anew in one request; what is left can be put right by the same button again.
AT_ONCE = 1_000


class Remedy(StrEnum):
    """What a creditor may say about all rows with one mistake."""

    LEAVE_OUT = "leave_out"
    CONFIRM = "confirm"
    NO_DUE_DATE = "no_due_date"  # No payment day was agreed: due at once (§ 271 BGB).
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    LEADING_ZERO = "leading_zero"
    AUSTRIA = "country_at"
    SWITZERLAND = "country_ch"


def remedies_for(code: str, *, blocking: bool) -> tuple[Remedy, ...]:
    """What can be said about a mistake, the most likely first."""
    if code == "date_ambiguous":
        own: tuple[Remedy, ...] = (Remedy.DAY_FIRST, Remedy.MONTH_FIRST)
    elif code == "postcode_country_unclear":
        own = (Remedy.LEADING_ZERO, Remedy.AUSTRIA, Remedy.SWITZERLAND)
    elif code in ANSWERS:
        own = (Remedy(ANSWERS[code]),)
    else:
        own = ()
    return (*own, Remedy.LEAVE_OUT) if blocking else own


def put_right(submission_id: int, code: str, remedy: Remedy) -> int:
    """Apply a remedy to the rows with this mistake; returns how many. Raises UploadBusy."""
    submission = lock_submission(submission_id)
    if submission.state is not SubmissionState.CHECKING:
        raise UploadBusy
    rows = list(db.session.scalars(_rows_with(submission_id, code)))
    for row in rows:
        _apply(submission, row, code, remedy)
    audit.record(
        "submission.mistake_put_right",
        "submission",
        submission.id,
        creditor_id=submission.creditor_id,
        code=code,
        remedy=remedy.value,
        rows=len(rows),
    )
    return len(rows)


def _rows_with(submission_id: int, code: str) -> Select[SubmissionRow]:
    return (
        select(SubmissionRow)
        .where(
            SubmissionRow.submission_id == submission_id,
            SubmissionRow.state.in_([RowState.ERROR, RowState.READY]),
            SubmissionRow.findings.contains([{"code": code}]),
        )
        .order_by(SubmissionRow.line)
        .limit(AT_ONCE)
    )


def _apply(submission: Submission, row: SubmissionRow, code: str, remedy: Remedy) -> None:
    if remedy is Remedy.LEAVE_OUT:
        row.state = RowState.LEFT_OUT
    elif remedy in {Remedy.CONFIRM, Remedy.NO_DUE_DATE}:
        confirm(submission, row, code)
    else:
        row.corrections = {**row.corrections, **_CORRECTIONS[remedy](row, code)}
        check_again(submission, row)


def _turned(row: SubmissionRow, code: str, *, day_first: bool) -> dict[str, str]:
    """The days of a row whose order of day and month was not clear, read as the creditor says."""
    cells = cells_of_row(row)
    fields = [each["field"] for each in row.findings if each["code"] == code and each["field"]]
    return {field: parse_day(cells[field], day_first).isoformat() for field in fields}


def _postcode(row: SubmissionRow) -> str:
    return str((row.parsed or {}).get("debtor", {}).get("postcode", ""))


_CORRECTIONS: dict[Remedy, Callable[[SubmissionRow, str], dict[str, str]]] = {
    Remedy.DAY_FIRST: lambda row, code: _turned(row, code, day_first=True),
    Remedy.MONTH_FIRST: lambda row, code: _turned(row, code, day_first=False),
    Remedy.LEADING_ZERO: lambda row, _: {"postcode": f"0{_postcode(row)}"},
    Remedy.AUSTRIA: lambda row, _: {"country": "AT"},
    Remedy.SWITZERLAND: lambda row, _: {"country": "CH"},
}
