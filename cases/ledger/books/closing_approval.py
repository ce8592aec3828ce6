"""Closing a period needs two people: it cannot be undone. One asks, the other one confirms."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.ledger.books.closing import close_period, require_closable
from cases.ledger.queries import find_last_closed_day
from cases.people.approvals import Kind, ask, find_open
from cases.people.models import Approval
from cases.people.policy import Permission
from legal.findings import N_

PERIOD_CLOSE = "period.close"
_BOOKS = 1  # The house has one set of books: one closing waits at a time.
_FIELD = "closed_until"


def ask_closing(last_day: date) -> Approval:
    """Ask a second person to close everything up to a day.

    Raises:
        PeriodNotOver, TrustDiffers, PeriodClosed: it could not be closed.
        AlreadyAsked: another closing waits.
    """
    require_closable(last_day)
    before, after = {_FIELD: _closed_until()}, {_FIELD: last_day.isoformat()}
    return ask(PERIOD_CLOSE, _BOOKS, f"{last_day:%d.%m.%Y}", after, before=before)


def find_asked() -> Approval | None:
    """The closing that waits for a second person."""
    return find_open(PERIOD_CLOSE, _BOOKS)


def _closed_until() -> str | None:
    closed = find_last_closed_day()
    return closed.isoformat() if closed else None


def _now(_: Approval) -> Mapping[str, Any]:
    return {_FIELD: _closed_until()}


def _close(approval: Approval) -> None:
    close_period(date.fromisoformat(approval.after[_FIELD]))


CLOSING_KINDS: Mapping[str, Kind] = {
    PERIOD_CLOSE: Kind(
        N_("Closing of a period"),
        N_("Compare bank and books, and whether every voucher is entered. It cannot be undone."),
        Permission.PERIOD_CLOSE,
        {_FIELD: N_("Closed up to")},
        _now,
        _close,
    )
}
