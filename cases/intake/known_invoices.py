"""Invoices handed in before, or waiting in another upload: found for many rows at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, Select, Text, any_, literal, select

from cases.claims.queries import list_principals_by_invoice
from cases.core.database import db
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.invoice_fold import invoice_key
from cases.intake.kept import invoice_key_of, with_findings
from cases.intake.models import RowState, SubmissionRow
from legal.findings import Finding, Severity

#: An invoice handed in before, with another amount; confirmed, the new one is right.
CHANGED = "handed_in_differently"
#: In this state a row of an earlier upload has been handed in.
_HANDED_IN = (RowState.OPENED,)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one invoice number."""

    amounts: frozenset[int] = frozenset()  # As handed in before.
    waits_elsewhere: bool = False


def mark_known(
    creditor_id: int,
    submission_id: int,
    rows: Sequence[ClaimRow],
    confirmed: Collection[str] = (),
) -> list[ClaimRow]:
    """Say of each row whether its invoice was handed in before.

    A confirmed other amount changes the claim (`changed_amounts`).
    """
    known = find_known(creditor_id, submission_id, (row.invoice_number for row in rows))
    return [with_findings(row, *findings_of(row, known, confirmed)) for row in rows]


def findings_of(
    row: ClaimRow, known: Mapping[str, Known], confirmed: Collection[str] = ()
) -> list[Finding]:
    """What is to be said about one row."""
    found = known.get(invoice_key_of(row) or "")
    if found is None:
        return []
    if row.open_cents in found.amounts:
        return [Finding("handed_in_before", Severity.WARNING, "invoice_number")]
    if found.amounts:
        if row.open_cents is None:
            return []  # Its amount is asked for first; then both are compared.
        # The edge words amounts; parameters that end in _cents are whole cents.
        params = {"amount_cents": min(found.amounts), "new_cents": row.open_cents}
        if CHANGED in confirmed:
            return [Finding("amount_changes", Severity.WARNING, "open", params=params)]
        return [Finding(CHANGED, Severity.ERROR, "invoice_number", params=params)]
    return [Finding("in_other_upload", Severity.WARNING, "invoice_number")]


def find_known(
    creditor_id: int,
    submission_id: int,
    numbers: Iterable[str | None],
    handed_in: Collection[RowState] = _HANDED_IN,
) -> dict[str, Known]:
    """What is known of these invoices, by their key: claims, and rows of other uploads."""
    written = {number for number in numbers if number}
    wanted = {invoice_key(number) for number in written}
    amounts: dict[str, set[int]] = {}
    waiting: set[str] = set()
    for key, state, cents in db.session.execute(
        _rows_elsewhere(creditor_id, submission_id, wanted)
    ):
        if key is None or cents is None:
            continue
        if state in handed_in:
            amounts.setdefault(key, set()).add(cents)
        else:
            waiting.add(key)
    for number, cents in list_principals_by_invoice(creditor_id, written):
        if (key := invoice_key(number)) in wanted:
            amounts.setdefault(key, set()).add(cents)
    return {
        key: Known(frozenset(amounts.get(key, ())), key in waiting)
        for key in amounts.keys() | waiting
    }


def _rows_elsewhere(
    creditor_id: int, submission_id: int, keys: set[str]
) -> Select[str | None, RowState, int | None]:
    return select(SubmissionRow.invoice_key, SubmissionRow.state, SubmissionRow.amount_cents).where(
        SubmissionRow.creditor_id == creditor_id,
        # One parameter, not one for each key: writing thousands into the query takes long.
        SubmissionRow.invoice_key == any_(literal(sorted(keys), ARRAY(Text))),
        SubmissionRow.submission_id != submission_id,
        SubmissionRow.state.in_([*_HANDED_IN, RowState.READY]),
    )
