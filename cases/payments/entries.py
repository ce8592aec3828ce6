"""Bank entries under lock: how they stand, and how they are taken up for a change."""

from sqlalchemy import select

from cases.core.database import db
from cases.core.errors import NotFound
from cases.payments.matching import Reason
from cases.payments.models import BankEntry, EntryState, Payment
from cases.payments.standing import Standing

OPEN = frozenset({EntryState.SUSPENSE, EntryState.FOREIGN})
PLACED = frozenset({EntryState.BOOKED, EntryState.ASSIGNED})


def stand(entry: BankEntry, state: EntryState, reason: Standing | Reason) -> None:
    """Say where an entry stands from now on, and why."""
    entry.state, entry.reason = state, reason.value
    db.session.flush()


def live_payments(entry: BankEntry) -> list[Payment]:
    """The payments that an entry became, those taken back left out."""
    query = select(Payment).where(Payment.bank_entry_id == entry.id, Payment.reversed_at.is_(None))
    return list(db.session.scalars(query.order_by(Payment.id)))


def lock_entry(public_id: str) -> BankEntry:
    """The entry of that public id, for a change; raises NotFound."""
    entry = db.session.scalar(
        select(BankEntry)
        .where(BankEntry.public_id == public_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if entry is None:
        raise NotFound
    return entry


def lock_both(public_id: str, other: str) -> tuple[BankEntry, BankEntry]:
    """Two entries, locked in one order whichever is named first."""
    locked = {name: lock_entry(name) for name in sorted({public_id, other})}
    return locked[public_id], locked[other]
