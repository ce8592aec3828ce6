"""The answer to the question whether a booking came twice, in two formats."""

from sqlalchemy import select

from cases.core import audit
from cases.core.database import db
from cases.payments.comparing import compare_with_bank
from cases.payments.entries import lock_entry, stand
from cases.payments.errors import NotInDoubt
from cases.payments.models import BankEntry, EntryState
from cases.payments.standing import Standing
from cases.payments.statement_booking import book_entry


def is_same_booking(public_id: str) -> BankEntry:
    """It is the booking that we have: nothing more is booked. Raises NotInDoubt."""
    entry = _answered(public_id)
    for part in _parts(entry):
        stand(part, EntryState.SAME, Standing.SAME_BOOKING)
    compare_with_bank()
    return entry


def is_other_booking(public_id: str) -> BankEntry:
    """It is a booking of its own: it goes into the books and waits for its case.

    Raises:
        NotInDoubt.
    """
    entry = _answered(public_id)
    for part in _parts(entry):
        book_entry(part)
        part.twin_id = None
        stand(part, EntryState.SUSPENSE, Standing.OTHER_BOOKING)
    compare_with_bank()
    return entry


def _answered(public_id: str) -> BankEntry:
    entry = lock_entry(public_id)
    if entry.state is not EntryState.DOUBTFUL:
        raise NotInDoubt
    audit.record("bank.doubt_answered", "bank_entry", entry.id, twin_id=entry.twin_id)
    return entry


def _parts(entry: BankEntry) -> list[BankEntry]:
    """A batch is asked about as a whole."""
    query = select(BankEntry).where(
        BankEntry.iban == entry.iban, BankEntry.fingerprint == entry.fingerprint
    )
    locked = query.order_by(BankEntry.part).with_for_update(key_share=True)
    return list(db.session.scalars(locked.execution_options(populate_existing=True)))
