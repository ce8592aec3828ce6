"""Closing a period: from then on it accepts no booking, back-dated or otherwise."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from cases.core import audit, clock, locks
from cases.core.database import db
from cases.core.locks import Lock
from cases.ledger.bank.comparison import require_reconciled
from cases.ledger.books.balances import keep_balances
from cases.ledger.errors import PeriodClosed, PeriodNotOver
from cases.ledger.models import ClosedPeriod, Journal
from cases.ledger.queries import find_last_closed_day


def close_period(last_day: date) -> ClosedPeriod:
    """Close everything up to a day. Bookings under way end first; later ones are refused.

    Raises:
        PeriodNotOver: the day is today or later.
        TrustDiffers: the bank's statements and the books differ.
        PeriodClosed: it is closed already.
    """
    locks.take(Lock.PERIOD)
    before = require_closable(last_day)
    period = ClosedPeriod(last_day=last_day, closed_at=clock.now(), closed_by=audit.actor_id())
    db.session.add(period)
    db.session.flush()
    keep_balances(last_day, before)
    audit.record("period.closed", "closed_period", None, last_day=last_day)
    return period


def require_closable(last_day: date) -> date | None:
    """Refuse a day that cannot be closed; answers the day that is closed so far.

    Raises:
        PeriodNotOver, TrustDiffers, PeriodClosed.
    """
    if last_day >= clock.today():
        raise PeriodNotOver
    require_reconciled()
    before = find_last_closed_day()
    if before is not None and last_day <= before:
        raise PeriodClosed(last_day=before.isoformat())
    return before


@dataclass(frozen=True, slots=True)
class ClosingPreview:
    """What closing up to a day means."""

    last_day: date
    closed_until: date | None
    journals: int  # Bookings that come into the period.


def preview_closing(last_day: date) -> ClosingPreview:
    """What closing would do, before it is done."""
    before = find_last_closed_day()
    query = select(func.count()).select_from(Journal).where(Journal.booked_on <= last_day)
    if before is not None:
        query = query.where(Journal.booked_on > before)
    return ClosingPreview(last_day, before, db.session.scalar(query) or 0)


def next_closing_day() -> date:
    """The end of the oldest month that is open, as a proposal."""
    closed = find_last_closed_day()
    if closed is None:
        return clock.today().replace(day=1) - timedelta(days=1)
    first_open = closed + timedelta(days=1)
    following = (first_open.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following - timedelta(days=1)
