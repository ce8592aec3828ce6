"""A row put right by a person: corrected, left out, taken back, answered; checked by the same code.

What is typed is understood as people write it and kept beside what the file said. No date and no
fact is ever filled in by the program.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict
from cases.formats.amounts import Notation, parse_cents
from cases.formats.cells import CellUnreadable
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.claims.conventions import Conventions, conventions_from_json
from cases.formats.claims.invoices.e_invoice import MESSAGES as OF_INVOICES
from cases.formats.claims.lists.fields import DAYS, MONEY, REMINDERS
from cases.formats.claims.reading import check_row
from cases.formats.dates import parse_day
from cases.intake.kept import (
    cells_of,
    debtor_key,
    invoice_key_of,
    parsed_of,
    plain_amount,
)
from cases.intake.known_invoices import mark_known
from cases.intake.models import RowState, Submission, SubmissionRow, SubmissionState
from cases.intake.queries import lock_submission
from cases.intake.standing import OF_AMOUNTS, state_of
from legal.findings import Finding, Severity, finding_from_json, finding_to_json

#: Findings of a row that another one under the same number stands in the way of.
TWICE = frozenset({"duplicate_in_file", "duplicate_conflict"})
_TYPED_DAYS = (*DAYS, *REMINDERS, "contract_on")


class RowGone(Conflict):
    """This row has been handed over; it cannot be changed here any more."""


def cells_of_row(row: SubmissionRow) -> dict[str, str]:
    """The row as cells: what the file said, with the corrections over it."""
    return {**(row.raw or cells_of(row.parsed or {})), **row.corrections}


def correct_row(
    submission_id: int, line: int, typed: Mapping[str, str], decimal_sign: str = ","
) -> SubmissionRow:
    """Correct cells of a row and check it anew; raises RowGone."""
    submission, row = open_row(submission_id, line)
    before, key = cells_of_row(row), row.invoice_key
    changed = {
        name: understood(name, text, decimal_sign)
        for name, text in typed.items()
        if text.strip() != before.get(name, "")
    }
    row.corrections = {**row.corrections, **changed}
    if changed.keys() & set(MONEY):
        _forget_confirmed_amounts(row)
    check_again(submission, row)
    if row.invoice_key != key:
        _look_again_at_twins(submission, row, key)
    audit.record(
        "submission_row.corrected",
        "submission_row",
        row.id,
        creditor_id=row.creditor_id,
        fields=sorted(changed),
    )
    return row


def answer_row(submission_id: int, line: int, answers: Mapping[str, Any]) -> SubmissionRow:
    """Keep what the creditor answers for one row; None takes an answer away. Raises RowGone."""
    submission, row = open_row(submission_id, line)
    kept = {**row.answers, **answers}
    row.answers = {name: value for name, value in kept.items() if value is not None}
    check_again(submission, row)
    return row


def confirm_row(submission_id: int, line: int, code: str) -> SubmissionRow:
    """Say that a row is right in spite of a finding; raises RowGone."""
    submission, row = open_row(submission_id, line)
    confirm(submission, row, code)
    return row


def confirm(submission: Submission, row: SubmissionRow, code: str) -> None:
    """Note that a finding was looked at and the row is right."""
    confirmed = sorted({*row.answers.get("confirmed", ()), code})
    row.answers = {**row.answers, "confirmed": confirmed}
    check_again(submission, row)


def leave_out(submission_id: int, line: int) -> SubmissionRow:
    """Do not hand this row over; it stays visible. Raises RowGone."""
    submission, row = open_row(submission_id, line)
    row.state = RowState.LEFT_OUT
    _look_again_at_twins(submission, row, row.invoice_key)
    return row


def take_back(submission_id: int, line: int) -> SubmissionRow:
    """Bring a row back that was left out; it is checked anew. Raises RowGone."""
    submission, row = open_row(submission_id, line)
    check_again(submission, row)
    return row


def check_again(submission: Submission, row: SubmissionRow) -> None:
    """Check a row as the reader did, and against all the others."""
    own_cells = set(row.corrections) if row.raw else set(cells_of_row(row))
    conventions = _conventions(submission, own_cells, row.answers.get("confirmed", ()))
    kept = [] if not row.raw else [
        finding for each in row.findings
        if (finding := finding_from_json(each)).code in OF_INVOICES
        and finding.code not in conventions.confirmed
        and finding.field not in row.corrections
    ]  # fmt: skip
    checked = check_row(cells_of_row(row), line=row.line, conventions=conventions, findings=kept)
    confirmed = conventions.confirmed
    (checked,) = mark_known(row.creditor_id, row.submission_id, [checked], confirmed)
    others = [*_twice_in_upload(row, checked), *_credited_by_none(row, checked)]
    put(row, checked, [*checked.findings, *others])


def put(row: SubmissionRow, checked: ClaimRow, findings: list[Finding]) -> None:
    """Write the outcome of a check into the row."""
    row.parsed = parsed_of(checked)
    row.findings = [finding_to_json(each) for each in findings]
    row.warned = any(each.severity is Severity.WARNING for each in findings)
    row.invoice_key = invoice_key_of(checked)
    row.debtor_key = debtor_key(checked)
    row.amount_cents = checked.open_cents
    row.state = state_of(findings)


def understood(name: str, text: str, decimal_sign: str = ",") -> str:
    """What was typed, as a cell that can be read in one way; unreadable text stays as it is."""
    text = text.replace("\0", "").strip()
    try:
        if text and name in MONEY:
            return plain_amount(parse_cents(text, Notation(decimal_sign)))
        if text and name in _TYPED_DAYS:
            return parse_day(text, day_first=True).isoformat()
    except CellUnreadable:
        return text
    return text


def _forget_confirmed_amounts(row: SubmissionRow) -> None:
    """What was confirmed of one amount says nothing about another."""
    kept = [code for code in row.answers.get("confirmed", ()) if code not in OF_AMOUNTS]
    row.answers = {**row.answers, "confirmed": kept}


def _conventions(submission: Submission, own: set[str], confirmed: list[str]) -> Conventions:
    """The file's conventions, without those of cells that are unambiguous by now."""
    kept = submission.conventions or {"notation": {}, "day_first": {}, "currency": None}
    own_ways = {
        **kept,
        "notation": {name: way for name, way in kept["notation"].items() if name not in own},
        "day_first": {name: way for name, way in kept["day_first"].items() if name not in own},
    }
    return conventions_from_json(own_ways, clock.today(), confirmed)


def _twice_in_upload(row: SubmissionRow, checked: ClaimRow) -> list[Finding]:
    """The same invoice number in another row of this upload that will be handed over."""
    first = db.session.scalar(
        select(SubmissionRow.line)
        .where(
            SubmissionRow.creditor_id == row.creditor_id,
            SubmissionRow.submission_id == row.submission_id,
            SubmissionRow.invoice_key == invoice_key_of(checked),
            SubmissionRow.line != row.line,
            SubmissionRow.state.not_in([RowState.LEFT_OUT, RowState.DUPLICATE]),
        )
        .order_by(SubmissionRow.line)
        .limit(1)
    )
    if first is None:
        return []
    params = {"first": first}
    return [Finding("duplicate_conflict", Severity.ERROR, "invoice_number", row.line, params)]


def _look_again_at_twins(submission: Submission, row: SubmissionRow, key: str | None) -> None:
    """Check the first row anew that only stood back for this one under the same number."""
    if not key:
        return
    db.session.flush()
    twins = db.session.scalars(
        select(SubmissionRow)
        .where(
            SubmissionRow.creditor_id == row.creditor_id,
            SubmissionRow.submission_id == row.submission_id,
            SubmissionRow.invoice_key == key,
            SubmissionRow.line != row.line,
            SubmissionRow.state.in_([RowState.ERROR, RowState.DUPLICATE]),
        )
        .order_by(SubmissionRow.line)
    )
    for twin in twins:
        if TWICE.intersection(each["code"] for each in twin.findings):
            check_again(submission, twin)
            return


def _credited_by_none(row: SubmissionRow, checked: ClaimRow) -> list[Finding]:
    """A credit note of the same customer that was left out and set off against nothing."""
    if checked.open_cents is None or checked.open_cents <= 0:
        return []
    credit = db.session.execute(
        select(SubmissionRow.line, SubmissionRow.amount_cents)
        .where(
            SubmissionRow.creditor_id == row.creditor_id,
            SubmissionRow.submission_id == row.submission_id,
            SubmissionRow.debtor_key == debtor_key(checked),
            SubmissionRow.state == RowState.LEFT_OUT,
            SubmissionRow.amount_cents < 0,
            SubmissionRow.answers["set_off_line"].as_string().is_(None),
        )
        .order_by(SubmissionRow.line)
        .limit(1)
    ).first()
    if credit is None:
        return []
    params: dict[str, str | int] = {"credit_line": credit[0], "credit_cents": -(credit[1] or 0)}
    return [Finding("credit_left_out", Severity.WARNING, "open", row.line, params)]


def open_row(submission_id: int, line: int) -> tuple[Submission, SubmissionRow]:
    """A row that may still be changed, locked after its upload; raises RowGone."""
    submission = lock_submission(submission_id)
    row = db.session.scalar(
        select(SubmissionRow)
        .where(SubmissionRow.submission_id == submission_id, SubmissionRow.line == line)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None or row.state is RowState.OPENED:
        raise RowGone
    if submission.state not in {SubmissionState.CHECKING, SubmissionState.DONE}:
        raise RowGone
    if submission.state is SubmissionState.DONE:
        submission.state = SubmissionState.CHECKING
    return submission, row
