"""What became of an order: seen on the bank's statement, or rejected by the bank."""

from sqlalchemy import ColumnElement, select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.ledger.bank.bookings import book_transfer_seen
from cases.ledger.bulk_posting import business_day
from cases.ledger.settlement_bookings import put_back
from cases.payments.entries import OPEN, lock_entry, stand
from cases.payments.models import BankEntry, EntryState
from cases.payments.standing import Standing
from cases.remittances.models import Remittance, RemittanceState


class NotOrdered(Conflict):
    """This remittance is not on its way: it was paid, rejected or carried forward."""


class RejectReasonMissing(Invalid):
    """Please write what the bank said."""


def confirm_by_statements() -> int:
    """Note as paid what a statement shows: our number and exactly the amount; answers how many.

    A debit of another amount under our number stays open for a person.
    """
    found = db.session.execute(
        select(Remittance.id, BankEntry.public_id)
        .join(BankEntry, BankEntry.end_to_end == Remittance.number)
        .where(
            Remittance.state == RemittanceState.ORDERED,
            BankEntry.amount_cents == -Remittance.payout_cents,
            BankEntry.currency == Remittance.currency,
            BankEntry.state.in_(OPEN),
        )
        .order_by(Remittance.id)
    ).all()
    for remittance_id, entry_public_id in found:
        _confirm(remittance_id, entry_public_id)
    return len(found)


def _confirm(remittance_id: int, entry_public_id: str) -> None:
    remittance = _lock(Remittance.id == remittance_id)
    entry = lock_entry(entry_public_id)
    if remittance.state is not RemittanceState.ORDERED or entry.state not in OPEN:
        return
    journal = book_transfer_seen(
        -entry.amount_cents, business_day(entry.booked_on), entry.currency,
        f"bank:{entry.public_id}",
    )  # fmt: skip
    entry.settled_journal_id = journal.id
    stand(entry, EntryState.SETTLED, Standing.TRANSFER_SEEN)
    remittance.state, remittance.decided_at = RemittanceState.PAID, clock.now()
    remittance.bank_entry_id = entry.id
    audit.record("remittance.paid", "remittance", remittance.id, creditor_id=remittance.creditor_id)


def reject(public_id: str, reason: str) -> Remittance:
    """The bank did not carry an order out; the money waits for the next run.

    Raises:
        NotFound, NotOrdered, RejectReasonMissing.
    """
    remittance = _lock(Remittance.public_id == public_id)
    if remittance.state is not RemittanceState.ORDERED:
        raise NotOrdered
    if not reason.strip():
        raise RejectReasonMissing
    put_back(
        remittance.creditor_id, remittance.payout_cents, clock.today(), remittance.currency,
        f"remittance:{remittance.public_id}",
    )  # fmt: skip
    remittance.state, remittance.decided_at = RemittanceState.REJECTED, clock.now()
    remittance.reject_reason = reason.strip()
    audit.record(
        "remittance.rejected", "remittance", remittance.id, creditor_id=remittance.creditor_id
    )
    return remittance


def _lock(condition: ColumnElement[bool]) -> Remittance:
    query = select(Remittance).where(condition).with_for_update(key_share=True)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found
