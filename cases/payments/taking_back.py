"""A statement that was a mistake is taken back whole; the file stays, and can be handed in again.

Whatever became of its entries is undone first: payments, refunds noted, fees, transfers. Then the
trust bank account is set back, and the fingerprints are free for the right file.
"""

from sqlalchemy import select

from cases.core import audit, clock
from cases.core.database import db, transaction
from cases.core.locks import lock_row
from cases.core.outbox import keep_lease, register_effect
from cases.ledger.models import Journal
from cases.ledger.posting import reverse_journal
from cases.payments.booking import reverse_payment
from cases.payments.comparing import compare_with_bank
from cases.payments.entries import live_payments, stand
from cases.payments.errors import NoteMissing, StatementTakenBack
from cases.payments.matching import Reason
from cases.payments.models import BankEntry, BankFile, BankFileState, BankImport, EntryState
from cases.payments.queries import get_statement
from cases.payments.standing import Standing

BATCH = 50


def take_back_statement(public_id: str, why: str) -> BankImport:
    """Begin to take a statement back; a worker undoes its entries.

    Raises:
        NoteMissing; StatementTakenBack: or nothing of it is in the books, or it is being booked.
    """
    if not why.strip():
        raise NoteMissing
    noted = lock_row(BankImport, get_statement(public_id).id)
    working = db.session.get_one(BankFile, noted.bank_file_id).state is not BankFileState.DONE
    if noted.taken_back_at or noted.refused_code or working:
        raise StatementTakenBack
    noted.taken_back_at, noted.taken_back_by = clock.now(), audit.actor_id()
    noted.taken_back_why = why.strip()
    audit.record("bank.statement_taken_back", "bank_import", noted.id, why=why.strip())
    register_effect("bank.take_back", f"bank:{noted.public_id}:back", import_id=noted.id)
    return noted


def undo_statement(key: str, import_id: int) -> None:
    """Carry out the effect `bank.take_back`; a repeat goes on where the last attempt ended."""
    while True:
        keep_lease()
        with transaction():
            noted = db.session.get_one(BankImport, import_id)
            audit.set_actor(noted.taken_back_by)
            if not undo_batch(import_id):
                compare_with_bank()
                return


def undo_batch(import_id: int, limit: int = BATCH) -> int:
    """Undo the next entries, the newest first; returns how many."""
    query = (
        select(BankEntry)
        .where(BankEntry.import_id == import_id, BankEntry.state != EntryState.TAKEN_BACK)
        .order_by(BankEntry.value_on.desc(), BankEntry.id.desc())
        .limit(limit)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    entries = list(db.session.scalars(query))
    for entry in entries:
        _undo(entry)
    return len(entries)


def _undo(entry: BankEntry) -> None:
    why = Standing.STATEMENT_TAKEN_BACK
    for payment in reversed(live_payments(entry)):
        reverse_payment(payment.id, why.value)
    if entry.state is EntryState.RETURNED:
        _part(entry)
    for journal_id in (entry.settled_journal_id, entry.journal_id):
        if journal_id is not None:
            reverse_journal(db.session.get_one(Journal, journal_id), why.value, case=None)
    entry.settled_journal_id = None
    # Its place is free again for the right file.
    entry.fingerprint = f"{entry.fingerprint}:{entry.public_id}"
    stand(entry, EntryState.TAKEN_BACK, why)


def _part(entry: BankEntry) -> None:
    """A return and what it took back part again: the one that stays is open."""
    other = (
        db.session.get(BankEntry, entry.twin_id)
        if entry.twin_id
        else db.session.scalar(
            select(BankEntry).where(
                BankEntry.twin_id == entry.id, BankEntry.state == EntryState.RETURNED
            )
        )
    )
    if other is not None and other.state is EntryState.RETURNED:
        reason = Reason.RETURN_OR_REVERSAL if other.amount_cents < 0 else Standing.TAKEN_BACK
        other.twin_id = None
        stand(other, EntryState.SUSPENSE, reason)
