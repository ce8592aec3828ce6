"""What became of a transfer: seen on the bank's statement, or rejected by the bank."""

from sqlalchemy import select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.ledger.bank.bookings import book_transfer_seen
from cases.ledger.bulk_posting import business_day
from cases.ledger.models import Journal
from cases.ledger.posting import reverse_journal
from cases.payments.entries import OPEN, lock_entry, stand
from cases.payments.models import BankEntry, EntryState
from cases.payments.own_accounts import HouseAccount
from cases.payments.standing import Standing
from cases.remittances.transfers import bills, errors
from cases.remittances.transfers.models import (
    Transfer,
    TransferKind,
    TransferRun,
    TransferState,
)

#: Where a debit of each account stands before it is known as ours.
_SEEN_IN = {HouseAccount.TRUST: OPEN, HouseAccount.OPERATING: frozenset({EntryState.OUTGOING})}


def confirm_transfers() -> int:
    """Note as paid what a statement shows: our number and exactly the amount; answers how many.

    A debit of another amount under our number stays open for a person.
    """
    found = db.session.execute(
        select(Transfer.id, BankEntry.public_id)
        .join(TransferRun, TransferRun.id == Transfer.run_id)
        .join(BankEntry, BankEntry.end_to_end == Transfer.number)
        .where(
            Transfer.state == TransferState.ORDERED,
            BankEntry.amount_cents == -Transfer.amount_cents,
            BankEntry.currency == Transfer.currency,
        )
        .order_by(Transfer.id)
    ).all()
    done = sum(_confirm(transfer_id, entry) for transfer_id, entry in found)
    _know_own_arrivals()
    return done


def _confirm(transfer_id: int, entry_public_id: str) -> bool:
    transfer = _lock(transfer_id)
    run = db.session.get_one(TransferRun, transfer.run_id)
    entry = lock_entry(entry_public_id)
    if transfer.state is not TransferState.ORDERED or entry.state not in _SEEN_IN[run.account]:
        return False
    if run.account is HouseAccount.TRUST:
        journal = book_transfer_seen(
            -entry.amount_cents, business_day(entry.booked_on), entry.currency,
            f"bank:{entry.public_id}",
        )  # fmt: skip
        entry.settled_journal_id = journal.id
        stand(entry, EntryState.SETTLED, Standing.TRANSFER_SEEN)
    else:
        stand(entry, EntryState.OUTGOING, Standing.TRANSFER_SEEN)
    transfer.state, transfer.decided_at = TransferState.PAID, clock.now()
    transfer.bank_entry_id = entry.id
    if transfer.kind is TransferKind.BILL:
        bills.note_paid(transfer, entry.booked_on)
    audit.record("transfer.paid", "transfer", transfer.id)
    return True


def _know_own_arrivals() -> None:
    """Our own share that arrived on our own account is nobody's payment."""
    arrived = db.session.scalars(
        select(BankEntry)
        .join(Transfer, Transfer.number == BankEntry.end_to_end)
        .where(
            Transfer.kind == TransferKind.SHARE,
            BankEntry.amount_cents == Transfer.amount_cents,
            BankEntry.state == EntryState.OPERATING,
        )
    )
    for entry in list(arrived):
        stand(lock_entry(entry.public_id), EntryState.OUTGOING, Standing.TRANSFER_SEEN)


def reject(public_id: str, reason: str) -> Transfer:
    """The bank did not carry a transfer out; what it paid is owed again.

    Raises:
        NotFound, TransferNotOrdered, RejectionReasonMissing.
    """
    found = db.session.scalar(select(Transfer.id).where(Transfer.public_id == public_id))
    if found is None:
        raise NotFound
    transfer = _lock(found)
    if transfer.state is not TransferState.ORDERED:
        raise errors.TransferNotOrdered
    if not reason.strip():
        raise errors.RejectionReasonMissing
    for journal_id in reversed(transfer.journal_ids):
        reverse_journal(db.session.get_one(Journal, journal_id), reason.strip(), case=None)
    transfer.state, transfer.decided_at = TransferState.REJECTED, clock.now()
    transfer.reject_reason = reason.strip()
    if transfer.kind is TransferKind.BILL:
        bills.open_again(transfer)
    if transfer.entry_id is not None and transfer.case_id is None:
        noted = db.session.get_one(BankEntry, transfer.entry_id)
        stand(noted, EntryState.REFUNDED, Standing.REFUND_NOTED)
    audit.record("transfer.rejected", "transfer", transfer.id)
    return transfer


def _lock(transfer_id: int) -> Transfer:
    query = select(Transfer).where(Transfer.id == transfer_id).with_for_update(key_share=True)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
