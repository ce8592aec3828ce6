"""Rows that were handed over become claims in cases; a worker does it, as the agency.

Rows of one debtor (name and address spelled alike) come into one case. Each step is a transaction
that also marks its rows, so a repeat goes on behind it and no claim is made twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import func, select, text, update

from cases.claims.bulk import Order, take_orders
from cases.claims.queries import find_open_case, lock_case
from cases.claims.services import ClaimDetails, add_claim, open_case
from cases.core import audit, locks
from cases.core.database import db, transaction
from cases.core.locks import Lock
from cases.core.many import one_of
from cases.core.outbox import keep_lease
from cases.intake.changed_amounts import change_amounts
from cases.intake.declaration import (
    Declaration,
    claim_of_row,
    debtor_of_row,
    declaration_of,
    for_row,
)
from cases.intake.documents import assign_documents
from cases.intake.kept import row_of
from cases.intake.known_invoices import CHANGED, find_known
from cases.intake.models import RowState, Submission, SubmissionRow, SubmissionState
from cases.intake.queries import WAITING, lock_submission
from cases.ledger.bulk import post_principals
from cases.ledger.services import post_principal
from cases.parties.bulk import find_or_create_debtors
from cases.parties.services import DebtorDetails, find_or_create_debtor
from legal.findings import Finding, Severity, finding_to_json

STEP_ROWS = 5_000
#: From so many rows on a step is written in sets.
SET_BASED_FROM = 40


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that was handed over, as far as its claim needs it."""

    id: int
    line: int
    parsed: Mapping[str, Any]
    answers: Mapping[str, Any]
    invoice_key: str | None
    debtor_key: str


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one debtor, with the claims they make."""

    submitted: DebtorDetails
    rows: Sequence[Waiting]
    claims: Sequence[ClaimDetails]
    joint: Sequence[DebtorDetails] = ()  # Who owes the same claims as well.


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
    locks.take(Lock.OPENING)
    rows = next_rows(submission_id)
    if not rows:
        _finish(submission)
        return False
    groups = group_by_debtor(leave_known_out(submission, rows), declaration_of(submission.answers))
    alone = [group for group in groups if not group.joint]
    joint = [group for group in groups if group.joint]
    take = open_in_sets if len(rows) >= SET_BASED_FROM and alone else open_one_by_one
    _mark_opened(take(submission.creditor_id, alone))
    _mark_opened(open_one_by_one(submission.creditor_id, joint))
    assign_documents(submission_id)
    submission.rows_done += len(rows)
    return True


def next_rows(submission_id: int, limit: int = STEP_ROWS) -> list[Waiting]:
    """The next rows to be opened, whole debtors together, in the order of the file."""
    waiting = (
        SubmissionRow.submission_id == submission_id,
        SubmissionRow.state == RowState.READY,
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
        select(
            SubmissionRow.id,
            SubmissionRow.line,
            SubmissionRow.parsed,
            SubmissionRow.answers,
            SubmissionRow.invoice_key,
            SubmissionRow.debtor_key,
        )
        .where(*waiting, SubmissionRow.debtor_key <= last)
        .order_by(SubmissionRow.debtor_key, SubmissionRow.line)
    )
    return [Waiting(*row) for row in db.session.execute(query)]


def leave_known_out(submission: Submission, rows: Sequence[Waiting]) -> list[Waiting]:
    """Mark rows whose invoice has become a claim meanwhile; returns the others.

    What was confirmed with another amount changes the claim it names.
    """
    changed = [row for row in rows if CHANGED in row.answers.get("confirmed", ())]
    settled = change_amounts(submission, [(row.id, row_of(row.parsed)) for row in changed])
    rows = [row for row in rows if row.id not in settled]
    numbers = [row.parsed.get("invoice_number") for row in rows]
    # A row that merely waits elsewhere does not count: whoever is opened first makes the claim.
    known = find_known(submission.creditor_id, submission.id, numbers, {RowState.OPENED})
    made = {key for key, found in known.items() if found.amounts}
    repeated: set[int] = set()
    for row in sorted(rows, key=lambda each: each.line):
        if row.invoice_key in made:
            repeated.add(row.id)
        elif row.invoice_key:
            made.add(row.invoice_key)
    if repeated:
        db.session.execute(
            update(SubmissionRow)
            .where(one_of(SubmissionRow.id, repeated))
            .values(state=RowState.DUPLICATE)
            .execution_options(synchronize_session=False)
        )
    return [row for row in rows if row.id not in repeated]


def group_by_debtor(rows: Sequence[Waiting], general: Declaration) -> list[Group]:
    """The rows of each debtor with the claims they make; rows stand debtor by debtor."""
    groups = []
    for _, found in groupby(rows, key=lambda row: row.debtor_key):
        own = list(found)
        answers = [for_row(general, row.answers) for row in own]
        values = [row_of(row.parsed) for row in own]
        claims = [claim_of_row(*pair) for pair in zip(values, answers, strict=True)]
        joint = [
            debtor_of_row(replace(values[0], debtor=each), answers[0]) for each in values[0].joint
        ]
        groups.append(Group(debtor_of_row(values[0], answers[0]), own, claims, joint))
    return groups


def open_one_by_one(creditor_id: int, groups: Sequence[Group]) -> dict[int, int]:
    """Open or extend a case for each debtor, the plain form; answers row id -> claim id."""
    made: dict[int, int] = {}
    for group in groups:
        debtor = find_or_create_debtor(group.submitted)
        currency = group.claims[0].currency
        known = None if group.joint else find_open_case(creditor_id, debtor.id, currency)
        if known is None:
            against = {debtor.id: (debtor, group.submitted)}
            for each in group.joint:
                other = find_or_create_debtor(each)
                against.setdefault(other.id, (other, each))
            case, claims = open_case(creditor_id, list(against.values()), group.claims)
        else:
            case = lock_case(known.id)
            claims = [add_claim(case, details) for details in group.claims]
        post_principal(case, claims)
        made |= {row.id: claim.id for row, claim in zip(group.rows, claims, strict=True)}
    return made


def open_in_sets(creditor_id: int, groups: Sequence[Group]) -> dict[int, int]:
    """The same in sets; a differential test proves it."""
    debtors = find_or_create_debtors([group.submitted for group in groups])
    orders = [
        Order(debtor_id, group.submitted, group.claims)
        for debtor_id, group in zip(debtors, groups, strict=True)
    ]
    rows_of = {id(order): group.rows for order, group in zip(orders, groups, strict=True)}
    taken = take_orders(creditor_id, orders)
    claims = [claim for each in taken for claim in each.claims]
    post_principals(claims)
    audit.record(
        "cases.opened_in_bulk", "creditor", creditor_id, creditor_id=creditor_id,
        cases=len(taken), claims=len(claims),
        first_case_id=min((each.case_id for each in taken), default=None),
    )  # fmt: skip
    return {
        row.id: claim.id
        for each in taken
        for row, claim in zip(rows_of[id(each.order)], each.claims, strict=True)
    }


def _mark_opened(made: Mapping[int, int]) -> None:
    db.session.execute(
        text(
            "UPDATE submission_rows SET state = 'opened', claim_id = made.claim_id"
            " FROM unnest(CAST(:rows AS bigint[]), CAST(:claims AS bigint[]))"
            " made(id, claim_id) WHERE submission_rows.id = made.id"
        ),
        {"rows": list(made), "claims": list(made.values())},
    )


def _finish(submission: Submission) -> None:
    _supersede(submission)
    waiting = select(SubmissionRow.id).where(
        SubmissionRow.submission_id == submission.id, SubmissionRow.state.in_(WAITING)
    )
    left = db.session.scalar(waiting.limit(1)) is not None
    submission.state = SubmissionState.CHECKING if left else SubmissionState.DONE


def _supersede(submission: Submission) -> None:
    """Rows to be corrected that came back right in this upload need no correction any more."""
    finding = [finding_to_json(Finding("corrected_elsewhere", Severity.WARNING))]
    came_back = select(SubmissionRow.invoice_key).where(
        SubmissionRow.submission_id == submission.id, SubmissionRow.state == RowState.OPENED
    )
    db.session.execute(
        update(SubmissionRow)
        .where(
            SubmissionRow.creditor_id == submission.creditor_id,
            SubmissionRow.submission_id != submission.id,
            SubmissionRow.state == RowState.ERROR,
            SubmissionRow.invoice_key.in_(came_back),
        )
        .values(state=RowState.LEFT_OUT, findings=finding)
        .execution_options(synchronize_session=False)
    )
