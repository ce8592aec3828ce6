"""An upload becomes rows with their verdicts; a worker does it, in steps that can be repeated."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete

from cases.core import clock, files
from cases.core.copying import as_json, copy_rows
from cases.core.database import db, new_public_id, transaction
from cases.core.outbox import keep_lease
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.claims.opened_file import OpenedFile
from cases.formats.claims.reading import MACHINE_FAILED, READER_FAILED, open_file
from cases.intake.kept import (
    debtor_key,
    invoice_key_of,
    parsed_of,
    without_nul,
)
from cases.intake.known_invoices import mark_known
from cases.intake.models import Submission, SubmissionRow, SubmissionState
from cases.intake.originals import keep_originals
from cases.intake.queries import find_remembered_mapping, get_upload, lock_submission
from cases.intake.standing import state_of
from legal.findings import Severity, finding_to_json

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
    opened = _open(data, filename, mapping, creditor_id)
    del data  # The parts let go of the rows; nothing else holds the file.
    if not _begin(submission_id, opened):
        return
    try:
        _write(submission_id, opened)
    except _CheckFailed:
        with transaction():
            _refuse(submission_id)


def refuse_reading(key: str, submission_id: int) -> None:
    """Refuse a file that took more time or memory than reading one may."""
    submission = lock_submission(submission_id)
    if submission.state in {SubmissionState.UPLOADED, SubmissionState.READING}:
        submission.state = SubmissionState.READING
        _refuse(submission_id)


class _CheckFailed(Exception):
    """A row nobody thought of; the file is refused, and the worker goes on with others."""


def _open(
    data: bytes, filename: str, mapping: Mapping[str, str] | None, creditor_id: int
) -> OpenedFile:
    """The file with the mapping given, else as this creditor mapped these columns the last time."""
    opened = open_file(data, filename, mapping, as_of=clock.today())
    if mapping is not None or not opened.file.columns:
        return opened
    with transaction():
        remembered = find_remembered_mapping(creditor_id, opened.file.columns)
    if remembered is None or remembered == dict(opened.file.mapping):
        return opened
    del opened  # Before the same list is opened once more.
    return open_file(data, filename, remembered, as_of=clock.today())


def _begin(submission_id: int, opened: OpenedFile) -> bool:
    """Note what the file is; False when there is nothing to write."""
    read = opened.file
    with transaction():
        submission = lock_submission(submission_id)
        if submission.state is SubmissionState.UPLOADED:
            # Read anew with other columns: the rows of the last reading go.
            _take_rows_away(submission)
        elif submission.state is not SubmissionState.READING:
            return False
        submission.format, submission.encoding = read.format, read.encoding
        submission.columns, submission.mapping = list(read.columns), dict(read.mapping)
        submission.conventions = read.conventions.to_json()
        submission.findings = [finding_to_json(each) for each in read.findings]
        submission.rows_total = opened.row_count
        submission.state = _state_of_file(opened)
        opened.skip(submission.rows_done)  # Written before an interruption.
        return submission.state is SubmissionState.READING


def _state_of_file(opened: OpenedFile) -> SubmissionState:
    if any(finding.code in _NEEDS_MAPPING for finding in opened.file.findings):
        return SubmissionState.MAPPING
    return SubmissionState.READING if opened.row_count else SubmissionState.REFUSED


def _write(submission_id: int, opened: OpenedFile) -> None:
    """Write the rows step by step, until somebody else has gone on with this submission."""
    for rows in _checked(opened):
        keep_lease()
        with transaction():
            if not _write_step(submission_id, opened, rows):
                return
    with transaction():
        _finish(submission_id)


def _checked(opened: OpenedFile) -> Iterator[Sequence[ClaimRow]]:
    """The parts of the file; only what fails in the check itself counts as its failure."""
    parts = opened.parts(STEP_ROWS)
    while True:
        try:
            part = next(parts, None)
        except MACHINE_FAILED:
            raise  # It says nothing about the file: the outbox tries again.
        except Exception as error:
            raise _CheckFailed from error
        if part is None:
            return
        yield part


def _write_step(submission_id: int, opened: OpenedFile, rows: Sequence[ClaimRow]) -> bool:
    """Write the rows taken last; False when somebody else has gone on with this submission."""
    submission = lock_submission(submission_id)
    done = submission.rows_total - opened.row_count
    if submission.state is not SubmissionState.READING:
        return False
    if submission.rows_done != done - len(rows):
        return False  # Another worker has written these rows meanwhile.
    checked = mark_known(submission.creditor_id, submission_id, rows)
    copy_rows("submission_rows", _COLUMNS, _records(submission, checked))
    keep_originals(submission, opened.file.originals, {row.line for row in rows})
    submission.rows_done = done
    return True


def _records(submission: Submission, rows: Sequence[ClaimRow]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield (
            new_public_id(),
            submission.id,
            submission.creditor_id,
            row.line,
            as_json(without_nul(row.raw)) if row.raw else "{}",
            "{}",
            "{}",
            as_json(parsed_of(row)),
            as_json([finding_to_json(each) for each in row.findings]) if row.findings else "[]",
            any(each.severity is Severity.WARNING for each in row.findings),
            invoice_key_of(row),
            debtor_key(row),
            row.open_cents,
            state_of(row.findings).value,
        )


def _refuse(submission_id: int) -> None:
    """Nothing of it was handed over, so nothing of it may stay: no import by halves."""
    submission = lock_submission(submission_id)
    if submission.state is SubmissionState.READING:
        _take_rows_away(submission)
        submission.findings = [finding_to_json(READER_FAILED)]
        submission.state = SubmissionState.REFUSED


def _take_rows_away(submission: Submission) -> None:
    db.session.execute(delete(SubmissionRow).where(SubmissionRow.submission_id == submission.id))
    submission.rows_done = 0


def _finish(submission_id: int) -> None:
    submission = lock_submission(submission_id)
    if submission.state is SubmissionState.READING:
        submission.state = SubmissionState.CHECKING
