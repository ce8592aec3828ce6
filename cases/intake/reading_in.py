"""An upload becomes rows with their verdicts; a worker does it, in steps that can be repeated."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete

from cases.core import clock, files
from cases.core.copying import as_json, copy_rows
from cases.core.database import db, new_public_id, transaction
from cases.core.outbox import keep_lease
from cases.intake.claim_file import ClaimFile
from cases.intake.claim_row import ClaimRow
from cases.intake.kept import (
    debtor_key,
    finding_to_json,
    invoice_key_of,
    parsed_of,
    without_nul,
)
from cases.intake.known_invoices import mark_known
from cases.intake.models import Submission, SubmissionRow, SubmissionState
from cases.intake.queries import find_remembered_mapping, get_upload, lock_submission
from cases.intake.reading import read_claims
from cases.intake.standing import state_of
from legal.findings import Severity

STEP_ROWS = 2_000
#: Findings of a file without which nothing more can be said before its columns are named.
_NEEDS_MAPPING = frozenset({"mapping_needed", "columns_missing"})
_COLUMNS = (
    "public_id", "submission_id", "creditor_id", "line", "raw", "corrections", "answers", "parsed",
    "findings", "warned", "invoice_key", "debtor_key", "amount_cents", "state",
)  # fmt: skip


def read_submission(key: str, submission_id: int) -> None:
    """Carry out the effect `intake.read`; a repeat goes on behind the last row written."""
    with transaction():
        submission = lock_submission(submission_id)
        if submission.state not in {SubmissionState.UPLOADED, SubmissionState.READING}:
            return
        upload = get_upload(submission)
        data, filename = files.read_bytes(upload), upload.filename
        creditor_id, mapping = submission.creditor_id, submission.mapping
    read = read_claims(data, filename, mapping, as_of=clock.today())
    if mapping is None and read.columns:
        read = _as_last_time(read, data, filename, creditor_id)
    if not _begin(submission_id, read):
        return
    for start in range(0, len(read.rows), STEP_ROWS):
        keep_lease()
        with transaction():
            if not _write_step(submission_id, start, read.rows[start : start + STEP_ROWS]):
                return
    with transaction():
        _finish(submission_id)


def _as_last_time(read: ClaimFile, data: bytes, filename: str, creditor_id: int) -> ClaimFile:
    """Read it with the mapping this creditor gave the same columns the last time, if any."""
    with transaction():
        remembered = find_remembered_mapping(creditor_id, read.columns)
    if remembered is None or remembered == dict(read.mapping):
        return read
    return read_claims(data, filename, remembered, as_of=clock.today())


def _begin(submission_id: int, read: ClaimFile) -> bool:
    """Note what the file is; False when there is nothing to write."""
    with transaction():
        submission = lock_submission(submission_id)
        if submission.state is SubmissionState.UPLOADED:
            # Read anew with other columns: the rows of the last reading go.
            db.session.execute(
                delete(SubmissionRow).where(SubmissionRow.submission_id == submission_id)
            )
            submission.rows_done = 0
        elif submission.state is not SubmissionState.READING:
            return False
        submission.format, submission.encoding = read.format, read.encoding
        submission.columns, submission.mapping = list(read.columns), dict(read.mapping)
        submission.conventions = read.conventions.to_json()
        submission.findings = [finding_to_json(each) for each in read.findings]
        submission.rows_total = len(read.rows)
        submission.state = _state_of_file(read)
        return submission.state is SubmissionState.READING


def _state_of_file(read: ClaimFile) -> SubmissionState:
    if any(finding.code in _NEEDS_MAPPING for finding in read.findings):
        return SubmissionState.MAPPING
    if not read.rows or (read.is_refused):
        return SubmissionState.REFUSED
    return SubmissionState.READING


def _write_step(submission_id: int, start: int, rows: Sequence[ClaimRow]) -> bool:
    """Write one step; False when somebody else has gone on with this submission."""
    submission = lock_submission(submission_id)
    if submission.state is not SubmissionState.READING:
        return False
    if submission.rows_done >= start + len(rows):
        return True  # Written before the interruption.
    checked = mark_known(submission.creditor_id, submission_id, rows)
    copy_rows("submission_rows", _COLUMNS, _records(submission, checked))
    submission.rows_done = start + len(rows)
    return True


def _records(submission: Submission, rows: Sequence[ClaimRow]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield (
            new_public_id(),
            submission.id,
            submission.creditor_id,
            row.line,
            as_json(without_nul(row.raw)),
            "{}",
            "{}",
            as_json(parsed_of(row)),
            as_json([finding_to_json(each) for each in row.findings]),
            any(each.severity is Severity.WARNING for each in row.findings),
            invoice_key_of(row),
            debtor_key(row),
            row.open_cents,
            state_of(row.findings).value,
        )


def _finish(submission_id: int) -> None:
    submission = lock_submission(submission_id)
    if submission.state is SubmissionState.READING:
        submission.state = SubmissionState.CHECKING
