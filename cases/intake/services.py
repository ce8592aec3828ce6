"""What a creditor does with an upload: hand it in, say what its columns are, hand rows over."""

from collections.abc import Mapping

from sqlalchemy import update

from cases.core import audit, clock, files
from cases.core.database import db
from cases.core.errors import Conflict, Invalid
from cases.core.outbox import register_effect
from cases.intake.declaration import Declaration
from cases.intake.models import RowState, Submission, SubmissionRow, SubmissionState
from cases.intake.queries import lock_submission, tally
from cases.parties.clients import refuse_archived
from cases.parties.queries import get_creditor

#: In these states an upload may be discarded, as long as nothing of it was handed over.
DISCARDABLE = frozenset(
    {SubmissionState.MAPPING, SubmissionState.CHECKING, SubmissionState.REFUSED}
)


class NothingToHandOver(Conflict):
    """No row is ready to be handed over."""


class UploadBusy(Conflict):
    """This upload is being worked on; please wait a moment."""


class QuestionOpen(Conflict):
    """We have a question about this upload. Please answer it first."""


class UploadEmpty(Invalid):
    """The file is empty. Please choose the file again."""


def hand_in(
    creditor_id: int, user_id: int, data: bytes, filename: str, media_type: str
) -> Submission:
    """Keep an upload byte for byte; a worker reads it.

    Raises:
        UploadEmpty: there is not a single byte; nothing was stored.
        FileTooLarge: over 50 MB; nothing was stored.
        ClientArchived: the house takes nothing new of this client.
    """
    refuse_archived(get_creditor(creditor_id))
    if not data:
        raise UploadEmpty
    file = files.store_file(data, filename, media_type, creditor_id)
    submission = Submission(
        creditor_id=creditor_id, user_id=user_id, file_id=file.id, created_at=clock.now()
    )
    db.session.add(submission)
    db.session.flush()
    audit.record("submission.handed_in", "submission", submission.id, creditor_id=creditor_id)
    _let_read(submission, "1")
    return submission


def map_columns(submission_id: int, mapping: Mapping[str, str]) -> Submission:
    """Read a list anew with the columns as the creditor says; rows handed over already stay.

    Raises:
        UploadBusy: a worker has it in hand, or rows of it were handed over.
    """
    submission = lock_submission(submission_id)
    if submission.state not in {SubmissionState.MAPPING, SubmissionState.CHECKING}:
        raise UploadBusy
    if submission.handed_over_at is not None:
        raise UploadBusy
    # The worker takes the rows read before away first; nothing of them was handed over.
    submission.mapping = dict(mapping)
    submission.state, submission.rows_done = SubmissionState.UPLOADED, 0
    audit.record(
        "submission.mapped", "submission", submission.id, creditor_id=submission.creditor_id
    )
    _let_read(submission, clock.now().isoformat())
    return submission


def hand_over(submission_id: int, declared: Declaration) -> int:
    """Hand over what is ready, with the creditor's declaration; a worker opens the cases.

    Raises:
        UploadBusy: a worker has it in hand.
        QuestionOpen: staff wait for an answer about the whole upload.
        NothingToHandOver: no row is ready.
    """
    submission = lock_submission(submission_id)
    if submission.state is not SubmissionState.CHECKING:
        raise UploadBusy
    if "asked" in submission.answers:
        raise QuestionOpen
    # Its rows cannot change from now on: the worker takes those that are ready.
    handed_over = tally(submission.id).ready.rows
    if not handed_over:
        raise NothingToHandOver
    submission.state, submission.handed_over_at = SubmissionState.OPENING, clock.now()
    said = {"said": submission.answers["said"]} if "said" in submission.answers else {}
    submission.answers = {**said, **declared.to_json()}
    submission.rows_done, submission.rows_total = 0, handed_over
    audit.record(
        "submission.handed_over",
        "submission",
        submission.id,
        creditor_id=submission.creditor_id,
        rows=handed_over,
        **declared.to_json(),
    )
    register_effect(
        "intake.open",
        f"submission:{submission.id}:open:{submission.handed_over_at.isoformat()}",
        submission_id=submission.id,
    )
    return handed_over


def discard(submission_id: int) -> None:
    """Hand nothing of an upload over; the file and its rows stay as they were.

    Raises:
        UploadBusy: a worker has it in hand, or rows of it were handed over.
    """
    submission = lock_submission(submission_id)
    if submission.state is SubmissionState.DISCARDED:
        return
    if submission.state not in DISCARDABLE or submission.handed_over_at is not None:
        raise UploadBusy
    # A row left out keeps no other upload with the same invoice waiting.
    db.session.execute(
        update(SubmissionRow)
        .where(SubmissionRow.submission_id == submission.id)
        .values(state=RowState.LEFT_OUT)
        .execution_options(synchronize_session=False)
    )
    submission.state = SubmissionState.DISCARDED
    audit.record(
        "submission.discarded", "submission", submission.id, creditor_id=submission.creditor_id
    )


def _let_read(submission: Submission, attempt: str) -> None:
    key = f"submission:{submission.id}:read:{attempt}"
    register_effect("intake.read", key, submission_id=submission.id)
