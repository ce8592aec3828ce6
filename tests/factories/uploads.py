"""Uploads for tests: lists of claims as small tools export them, and the worker that reads them."""

import csv
import io
from collections.abc import Iterable, Sequence

from cases.claims.models import DueBasis, Purpose
from cases.core.database import db, transaction
from cases.formats.claims.reading import read_claims
from cases.intake.declaration import Declaration
from cases.intake.kept import parsed_of
from cases.intake.models import RowState, Submission, SubmissionRow, SubmissionState
from cases.intake.opening import open_submission
from cases.intake.reading_in import read_submission
from cases.intake.services import hand_in
from cases.parties.models import Creditor

HEADER = (
    "Rechnungsnummer", "Rechnungsdatum", "Fällig am", "Offen", "Name", "Straße", "PLZ", "Ort",
)  # fmt: skip
#: What a creditor declares who has agreed a payment day and never sent a reminder.
DECLARED = Declaration(
    due_basis=DueBasis.CONTRACT,
    reminder="none",
    purpose=Purpose.CONSUMER,
    performed=True,
    undisputed=True,
)


def invoice(
    number: str, amount: str = "100,00", name: str = "Weber GmbH", **cells: str
) -> list[str]:
    """One good row; name a column's place to change it."""
    row = dict(zip(HEADER, (number, "01.07.2026", "15.07.2026", amount, name, "Lindenallee 7",
                            "20259", "Hamburg"), strict=True))  # fmt: skip
    return list((row | cells).values())


def list_of(rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER) -> bytes:
    """A list as a German spreadsheet saves it."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([header, *rows])
    return text.getvalue().encode("cp1252")


def make_upload(
    creditor: Creditor, rows: Iterable[Sequence[str]] | bytes, filename: str = "offen.csv"
) -> Submission:
    """An upload that a worker has read."""
    data = rows if isinstance(rows, bytes) else list_of(rows)
    with transaction():
        submission = hand_in(creditor.id, 1, data, filename, "text/csv")
        submission_id = submission.id
    read_submission("test", submission_id)
    return submission


def make_read_upload(creditor: Creditor) -> Submission:
    """An upload with one good row on line 2, within the transaction of the caller."""
    data = list_of([invoice("R-1")])
    submission = hand_in(creditor.id, 1, data, "offen.csv", "text/csv")
    row = read_claims(data, "offen.csv").rows[0]
    submission.state = SubmissionState.CHECKING
    submission.columns = list(HEADER)
    db.session.add(
        SubmissionRow(
            submission_id=submission.id,
            creditor_id=creditor.id,
            line=row.line,
            raw={},
            parsed=parsed_of(row),
            amount_cents=row.open_cents,
            state=RowState.READY,
        )
    )
    db.session.flush()
    return submission


def open_upload(submission: Submission) -> None:
    """Let a worker open the cases of what was handed over."""
    open_submission("test", submission.id)
