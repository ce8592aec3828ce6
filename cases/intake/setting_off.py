"""A credit note in an upload is set off against the invoice it belongs to, by one click.

The invoice is handed in with what is left of it and the credit note is left out, marked with its
invoice; taking it back undoes both. One that is merely left out leaves a warning at the invoice:
otherwise too much would be demanded. Law: BGB §§ 387, 389.
"""

import re
from collections.abc import Sequence

from sqlalchemy import select

from cases.core import audit
from cases.core.database import db
from cases.core.errors import Conflict
from cases.formats.invoice_fold import fold_invoice
from cases.intake.corrections import (
    cells_of_row,
    check_again,
    correct_row,
    leave_out,
    open_row,
    take_back,
)
from cases.intake.kept import plain_amount
from cases.intake.models import RowState, Submission, SubmissionRow

#: So many invoices are offered beside a credit note.
MOST_OFFERED = 3
_WORDS = re.compile(r"[\s,;:()]+")
_WORKED = (RowState.READY, RowState.ERROR)


class NotSetOff(Conflict):
    """The credit note is larger than the invoice, or they are not of the same customer."""


def invoices_for(row: SubmissionRow) -> list[SubmissionRow]:
    """The invoices of the same customer that a credit note fits, the one it names first."""
    if row.amount_cents is None or row.amount_cents >= 0 or row.debtor_key is None:
        return []
    query = select(SubmissionRow).where(
        SubmissionRow.submission_id == row.submission_id,
        SubmissionRow.debtor_key == row.debtor_key,
        SubmissionRow.state.in_(_WORKED),
        SubmissionRow.amount_cents > -row.amount_cents,
    )
    found = list(db.session.scalars(query.order_by(SubmissionRow.line)))
    currency = (row.parsed or {}).get("currency")
    found = [each for each in found if (each.parsed or {}).get("currency") == currency]
    return sorted(found, key=lambda each: -_nearness(row, each))[:MOST_OFFERED]


def set_off(submission_id: int, line: int, invoice_line: int) -> SubmissionRow:
    """Take a credit note off an invoice of the same upload; answers with the invoice.

    Raises:
        NotSetOff, RowGone.
    """
    _, credit = open_row(submission_id, line)
    fitting = {each.line: each for each in invoices_for(credit)}
    if invoice_line not in fitting or credit.state is RowState.LEFT_OUT:
        raise NotSetOff
    invoice = _add(submission_id, fitting[invoice_line], credit.amount_cents or 0)
    credit.answers = {**credit.answers, "set_off_line": invoice_line}
    leave_out(submission_id, line)
    audit.record(
        "submission_row.set_off", "submission_row", credit.id, creditor_id=credit.creditor_id,
        invoice_line=invoice_line,
    )  # fmt: skip
    return invoice


def skip_row(submission_id: int, line: int) -> SubmissionRow:
    """Leave a row out; a credit note that is set off nowhere is named at its invoices."""
    row = leave_out(submission_id, line)
    _name_at_invoices(submission_id, row)
    return row


def bring_back(submission_id: int, line: int) -> SubmissionRow:
    """Bring a row back that was left out; what was set off is owed again."""
    _, row = open_row(submission_id, line)
    invoice_line = row.answers.get("set_off_line")
    if invoice_line is not None:
        _, invoice = open_row(submission_id, int(invoice_line))
        _add(submission_id, invoice, -(row.amount_cents or 0))
        row.answers = {name: each for name, each in row.answers.items() if name != "set_off_line"}
    taken = take_back(submission_id, line)
    _name_at_invoices(submission_id, taken)
    return taken


def _add(submission_id: int, invoice: SubmissionRow, cents: int) -> SubmissionRow:
    """Change what is open of an invoice, and what counts as paid where the file says both."""
    cells = cells_of_row(invoice)
    typed = {"open": plain_amount((invoice.amount_cents or 0) + cents)}
    paid = (invoice.parsed or {}).get("paid_cents")
    if cells.get("total", "").strip() and paid is not None:
        typed["paid"] = plain_amount(int(paid) - cents)
    return correct_row(submission_id, invoice.line, typed, ".")


def _name_at_invoices(submission_id: int, credit: SubmissionRow) -> None:
    if credit.amount_cents is None or credit.amount_cents >= 0:
        return
    submission = db.session.get_one(Submission, submission_id)
    for invoice in _concerned(credit):
        check_again(submission, invoice)


def _concerned(credit: SubmissionRow) -> Sequence[SubmissionRow]:
    """The invoice that a credit note names, else all that it fits."""
    fitting = invoices_for(credit)
    nearest = max((_nearness(credit, each) for each in fitting), default=0)
    return [each for each in fitting if _nearness(credit, each) == nearest]


def _nearness(credit: SubmissionRow, invoice: SubmissionRow) -> int:
    """2 where its text names the invoice, 1 where its number begins with the invoice's."""
    cells = cells_of_row(credit)
    number = fold_invoice((invoice.parsed or {}).get("invoice_number") or "")
    if not number:
        return 0
    if number in {fold_invoice(word) for word in _WORDS.split(cells.get("text", ""))}:
        return 2
    return int(fold_invoice(cells.get("invoice_number", "")).startswith(number))
