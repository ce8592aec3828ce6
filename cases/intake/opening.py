"""Rows that were handed over become claims in cases; a worker does it, as the agency.

Rows of one debtor (name and address spelled alike) come into one case. Each step is a transaction
that also marks its rows, so a repeat goes on behind it and no claim is made twice.
"""

from collections.abc import Sequence

from sqlalchemy import func, select, text

from cases.claims.queries import find_open_case, lock_case
from cases.claims.services import add_claim, open_case
from cases.core import audit
from cases.core.database import db, transaction
from cases.core.outbox import keep_lease
from cases.intake.declaration import (
    Declaration,
    claim_of_row,
    debtor_of_row,
    declaration_of,
    for_row,
)
from cases.intake.kept import row_of
from cases.intake.known_invoices import find_known
from cases.intake.models import RowState, Submission, SubmissionRow, SubmissionState
from cases.intake.queries import WAITING, lock_submission
from cases.ledger.services import post_principal
from cases.parties.services import find_or_create_debtor

STEP_ROWS = 2_000
#: From so many rows on a step is written in sets.
SET_BASED_FROM = 40
#: Debtors are shared between creditors and invoices between uploads: steps take turns.
_LOCK = 7_263_002


def open_submission(key: str, submission_id: int) -> None:
    """Carry out the effect `intake.open`, step by step."""
    more = True
    while more:
        keep_lease()
        with transaction():
            more = open_step(submission_id)


def open_step(submission_id: int) -> bool:
    """Open cases for the next rows; False when none are left."""
    submission = lock_submission(submission_id)
    if submission.state is not SubmissionState.OPENING:
        return False
    audit.set_actor(submission.user_id)
    db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    rows = next_rows(submission_id)
    if not rows:
        _finish(submission)
        return False
    fresh = leave_known_out(submission, rows)
    open_cases_one_by_one(submission, fresh)
    submission.rows_done += len(rows)
    return True


def next_rows(submission_id: int, limit: int = STEP_ROWS) -> list[SubmissionRow]:
    """The next rows handed over, whole debtors together, in the order of the file."""
    waiting = (
        SubmissionRow.submission_id == submission_id,
        SubmissionRow.state == RowState.HANDED_OVER,
    )
    some = (
        select(SubmissionRow.debtor_key)
        .where(*waiting)
        .order_by(SubmissionRow.debtor_key)
        .limit(limit)
        .subquery()
    )
    last = db.session.scalar(select(func.max(some.c.debtor_key)))
    if last is None:
        return []
    query = (
        select(SubmissionRow)
        .where(*waiting, SubmissionRow.debtor_key <= last)
        .order_by(SubmissionRow.debtor_key, SubmissionRow.line)
    )
    return list(db.session.scalars(query))


def leave_known_out(submission: Submission, rows: Sequence[SubmissionRow]) -> list[SubmissionRow]:
    """Mark rows whose invoice has become a claim meanwhile; returns the others."""
    numbers = [(row.parsed or {}).get("invoice_number") for row in rows]
    # A row that merely waits elsewhere does not count: whoever is opened first makes the claim.
    known = find_known(submission.creditor_id, submission.id, numbers, {RowState.OPENED})
    fresh, seen = [], set()
    for row in sorted(rows, key=lambda each: each.line):
        known_amounts = known[row.invoice_key].amounts if row.invoice_key in known else ()
        if known_amounts or row.invoice_key in seen:
            row.state = RowState.DUPLICATE
        else:
            seen.add(row.invoice_key)
            fresh.append(row)
    return sorted(fresh, key=lambda each: (each.debtor_key or "", each.line))


def open_cases_one_by_one(submission: Submission, rows: Sequence[SubmissionRow]) -> None:
    """Open or extend a case for each debtor; the plain form, for few rows."""
    general = declaration_of(submission.answers)
    groups: dict[str, list[SubmissionRow]] = {}
    for row in rows:
        groups.setdefault(row.debtor_key or "", []).append(row)
    for group in groups.values():
        _open_for_debtor(submission, group, general)


def _open_for_debtor(
    submission: Submission, rows: Sequence[SubmissionRow], general: Declaration
) -> None:
    first = for_row(general, rows[0].answers)
    submitted = debtor_of_row(row_of(rows[0].parsed or {}), first)
    details = [
        claim_of_row(row_of(row.parsed or {}), for_row(general, row.answers)) for row in rows
    ]
    debtor = find_or_create_debtor(submitted)
    known = find_open_case(submission.creditor_id, debtor.id, details[0].currency)
    if known is None:
        case, claims = open_case(submission.creditor_id, [(debtor, submitted)], details)
    else:
        case = lock_case(known.id)
        claims = [add_claim(case, each) for each in details]
    post_principal(case, claims)
    for row, claim in zip(rows, claims, strict=True):
        row.state, row.claim_id = RowState.OPENED, claim.id


def _finish(submission: Submission) -> None:
    waiting = select(SubmissionRow.id).where(
        SubmissionRow.submission_id == submission.id, SubmissionRow.state.in_(WAITING)
    )
    left = db.session.scalar(waiting.limit(1)) is not None
    submission.state = SubmissionState.CHECKING if left else SubmissionState.DONE
