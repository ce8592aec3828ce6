"""An invoice handed in again with another amount that its creditor has confirmed.

While nothing was demanded, the claim changes: what came too little is booked as principal, what
came too much is taken off. Afterwards it is a report of the creditor that somebody answers: what a
letter has demanded is not changed behind its back.
"""

from collections.abc import Iterable

from sqlalchemy import exists, select, update

from cases.claims import timeline
from cases.claims.models import Case, Claim, Phase
from cases.claims.queries import lock_case
from cases.claims.report_models import ReportKind
from cases.claims.reports import Report, report
from cases.claims.services import TAKES_CLAIMS
from cases.core import clock
from cases.core.database import db
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.invoice_fold import fold_invoice, invoice_key
from cases.intake.models import RowState, Submission, SubmissionRow
from cases.ledger.models import Direction, Entry, EntryKind
from cases.ledger.posting import ClaimEntry, post
from cases.letters.models import Letter, LetterState
from legal.allocation import Component
from legal.errors import InvariantBroken


def change_amounts(submission: Submission, rows: Iterable[tuple[int, ClaimRow]]) -> set[int]:
    """Give each row's claim its new amount, or report it; answers the rows that are settled."""
    settled: set[int] = set()
    for row_id, values in rows:
        claim = _claim_of(submission.creditor_id, values)
        if claim is None:
            continue  # It never became a claim: it is a new one.
        case = lock_case(claim.case_id)
        if _is_untouched(case, claim, values):
            _change(case, claim, values)
        elif values.open_cents != claim.principal_cents:
            report(case, submission.user_id, _report_of(claim, values))
        db.session.execute(
            update(SubmissionRow)
            .where(SubmissionRow.id == row_id)
            .values(state=RowState.OPENED, claim_id=claim.id)
        )
        settled.add(row_id)
    return settled


def _claim_of(creditor_id: int, values: ClaimRow) -> Claim | None:
    number = values.invoice_number or ""
    query = (
        select(Claim)
        .join(Case, Case.id == Claim.case_id)
        .where(Claim.creditor_id == creditor_id, Claim.invoice_folded == fold_invoice(number))
        .order_by(Case.phase == Phase.CLOSED, Claim.id.desc())
    )
    found = db.session.scalars(query)
    return next(
        (each for each in found if invoice_key(each.invoice_number) == invoice_key(number)), None
    )


def _is_untouched(case: Case, claim: Claim, values: ClaimRow) -> bool:
    """Whether nothing was demanded, paid or taken off yet, in this currency."""
    demanded = exists().where(Letter.case_id == case.id, Letter.state != LetterState.CANCELLED)
    booked = exists().where(Entry.claim_id == claim.id, Entry.kind != EntryKind.PRINCIPAL)
    return (
        case.phase in TAKES_CLAIMS
        and claim.currency == values.currency
        and not db.session.scalar(select(demanded | booked))
    )


def _change(case: Case, claim: Claim, values: ClaimRow) -> None:
    if not values.open_cents:
        raise InvariantBroken("row.open_cents")
    before, difference = claim.principal_cents, values.open_cents - claim.principal_cents
    if difference == 0:
        return
    more = difference > 0
    entry = ClaimEntry(
        Direction.DEBIT if more else Direction.CREDIT,
        Component.PRINCIPAL,
        EntryKind.PRINCIPAL if more else EntryKind.CREDIT_NOTE,
        abs(difference),
        claim.id,
    )
    post(
        "principal" if more else EntryKind.CREDIT_NOTE.value,
        case=case,
        value_on=claim.invoiced_on,  # The invoice never was of another amount.
        currency=claim.currency,
        reference=claim.invoice_number,
        entries=[entry],
    )
    claim.principal_cents = values.open_cents
    timeline.record(
        case, "claim.amount_changed", amount_cents=values.open_cents, before_cents=before,
        invoice_number=claim.invoice_number,
    )  # fmt: skip


def _report_of(claim: Claim, values: ClaimRow) -> Report:
    new, before = values.open_cents or 0, claim.principal_cents
    words = (
        f"{claim.invoice_number}: {before / 100:.2f} -> {new / 100:.2f} "
        f"{values.currency or claim.currency}"
    )
    if new < before and values.currency == claim.currency:
        return Report(ReportKind.CREDIT_NOTE, before - new, clock.today(), words)
    return Report(ReportKind.MESSAGE, words=words)
