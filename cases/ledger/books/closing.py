"""Closing a period: from then on it accepts no booking, back-dated or otherwise."""

from datetime import date, timedelta

from cases.core import audit, clock, locks
from cases.core.database import db
from cases.core.locks import Lock
from cases.ledger.errors import PeriodClosed, PeriodNotOver
from cases.ledger.models import ClosedPeriod
from cases.ledger.queries import find_last_closed_day


def close_period(last_day: date) -> ClosedPeriod:
    """Close everything up to a day. Bookings under way end first; later ones are refused.

    Raises:
        PeriodNotOver: the day is today or later.
        PeriodClosed: it is closed already.
    """
    if last_day >= clock.today():
        raise PeriodNotOver
    locks.take(Lock.PERIOD)
    before = find_last_closed_day()
    if before is not None and last_day <= before:
        raise PeriodClosed(last_day=before.isoformat())
    period = ClosedPeriod(last_day=last_day, closed_at=clock.now(), closed_by=audit.actor_id())
    db.session.add(period)
    db.session.flush()
    audit.record("period.closed", "closed_period", None, last_day=last_day)
    return period


def next_closing_day() -> date:
    """The end of the oldest month that is open, as a proposal."""
    closed = find_last_closed_day()
    if closed is None:
        return clock.today().replace(day=1) - timedelta(days=1)
    first_open = closed + timedelta(days=1)
    following = (first_open.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following - timedelta(days=1)
