"""One claim typed into a form: it becomes an upload with one row, by the same checks as a list.

What was typed is kept as a small CSV file, the original of this upload.
"""

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cases.core import audit, clock, files
from cases.core.database import db
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.claims.conventions import Conventions, conventions_from_json
from cases.formats.claims.lists.formulas import harmless
from cases.formats.claims.rows import check_row
from cases.intake.corrections import check_again
from cases.intake.known_invoices import mark_known
from cases.intake.models import RowState, Submission, SubmissionRow, SubmissionState
from cases.parties.clients import refuse_archived
from cases.parties.queries import get_creditor

LINE = 1
_WAYS: dict[str, Any] = {"notation": {}, "day_first": {}, "currency": "EUR"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A claim as typed: cells by field, joint debtors in fields of their own, codes confirmed."""

    cells: Mapping[str, str]
    confirmed: Collection[str] = ()


def check_single(creditor_id: int, typed: Typed) -> ClaimRow:
    """The claim with all that is to be said about it, known invoices too; nothing is kept."""
    row = check_row(typed.cells, line=LINE, conventions=_conventions(typed))
    return mark_known(creditor_id, 0, [row], typed.confirmed)[0]


def hand_in_single(creditor_id: int, user_id: int, typed: Typed) -> Submission:
    """Keep a typed claim as an upload with one checked row; raises ClientArchived."""
    refuse_archived(get_creditor(creditor_id))
    number = typed.cells.get("invoice_number", "").replace("/", "-")[:80]
    file = files.store_file(_as_csv(typed), f"{number or 'claim'}.csv", "text/csv", creditor_id)
    submission = Submission(
        creditor_id=creditor_id,
        user_id=user_id,
        file_id=file.id,
        state=SubmissionState.CHECKING,
        format="form",
        conventions=_WAYS,
        rows_total=1,
        rows_done=1,
    )
    db.session.add(submission)
    db.session.flush()
    row = SubmissionRow(
        submission_id=submission.id,
        creditor_id=creditor_id,
        line=LINE,
        raw=dict(typed.cells),
        corrections={},
        answers={"confirmed": sorted(typed.confirmed)},
        state=RowState.ERROR,
        findings=[],
    )
    check_again(submission, row)
    db.session.add(row)
    db.session.flush()
    audit.record("submission.typed", "submission", submission.id, creditor_id=creditor_id)
    return submission


def _conventions(typed: Typed) -> Conventions:
    return conventions_from_json(_WAYS, clock.today(), sorted(typed.confirmed))


def _as_csv(typed: Typed) -> bytes:
    cells = typed.cells
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([list(cells), map(harmless, cells.values())])
    return text.getvalue().encode("utf-8-sig")
