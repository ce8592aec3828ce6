"""Bank entries under lock: how they stand, and how they are taken up for a change."""

from datetime import date

from sqlalchemy import func, select

from cases.core.database import db
from cases.core.errors import NotFound
from cases.payments.matching import Reason
from cases.payments.models import BankEntry, EntryState, Payment
from cases.payments.queries import OPEN_STATES
from cases.payments.standing import Standing
from cases.worklist.house_tasks import add_house_task, finish_house_task

OPEN = frozenset({EntryState.SUSPENSE, EntryState.FOREIGN})
#: The accounts' task while a line waits; an import says how old the oldest one is.
OPEN_LINES = "open_lines"
PLACED = frozenset({EntryState.BOOKED, EntryState.ASSIGNED})


def stand(entry: BankEntry, state: EntryState, reason: Standing | Reason) -> None:
    """Say where an entry stands from now on, and why."""
    entry.state, entry.reason = state, reason.value
    db.session.flush()
    if state not in OPEN and not any_open():
        finish_house_task(OPEN_LINES)


def any_open() -> bool:
    """Whether a line of the bank waits for a person."""
    waiting = select(BankEntry.id).where(BankEntry.state.in_(OPEN_STATES))
    return db.session.scalar(waiting.limit(1)) is not None


def note_open_lines() -> None:
    """Put the accounts' task on the house's list, say it anew or take it off."""
    oldest_on = db.session.scalar(
        select(func.min(BankEntry.value_on)).where(BankEntry.state.in_(OPEN_STATES))
    )
    finish_house_task(OPEN_LINES)
    if oldest_on is not None:
        add_house_task(OPEN_LINES, OPEN_LINES, oldest_on=oldest_on.isoformat())


def age_in_days(entry: BankEntry, today: date) -> int:
    """For how long the money of a line has waited."""
    return max((today - entry.booked_on).days, 0)


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
