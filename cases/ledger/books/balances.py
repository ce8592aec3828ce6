"""Balances of accounts: those of the last closed period, and what was booked after it.

Nothing can be booked into a closed period, so its balances are final; reading begins there and not
at the first booking ever. `recoup ledger verify` proves them against all lines.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Date, Select, func, insert, literal, select, text, union_all

from cases.core.database import db
from cases.ledger.models import Account, Journal, JournalLine, PeriodBalance

#: All movements since, with the closed balances before them.
_MOVED = """
    WITH closed AS (SELECT coalesce(max(last_day), '-infinity') AS day FROM closed_periods),
    moved AS (
        SELECT b.account, b.creditor_id, b.currency, b.amount_cents
        FROM period_balances b, closed WHERE b.last_day = closed.day AND b.account = ANY(:accounts)
        UNION ALL
        SELECT l.account, l.creditor_id, l.currency, l.amount_cents
        FROM journal_lines l JOIN journals j ON j.id = l.journal_id, closed
        WHERE j.booked_on > closed.day AND l.account = ANY(:accounts)
    )
"""
_BY_ACCOUNT = text(f"{_MOVED} SELECT currency, account, sum(amount_cents) FROM moved GROUP BY 1, 2")
_OF_CREDITOR = text(
    f"{_MOVED} SELECT coalesce(sum(amount_cents), 0) FROM moved"
    " WHERE creditor_id = :creditor_id AND currency = :currency"
)
_BY_CREDITOR = text(
    f"{_MOVED} SELECT creditor_id, sum(amount_cents) FROM moved"
    " WHERE creditor_id IS NOT NULL AND currency = :currency GROUP BY 1 ORDER BY 1"
)


def sum_accounts(accounts: Iterable[Account]) -> dict[tuple[str, Account], int]:
    """What stands on accounts, debit positive, by currency and account."""
    rows = db.session.execute(_BY_ACCOUNT, {"accounts": [each.value for each in accounts]})
    return {(currency, Account(name)): int(cents) for currency, name, cents in rows}


def sum_of_creditor(account: Account, creditor_id: int, currency: str) -> int:
    """What stands on an account for one creditor, debit positive."""
    params = {"accounts": [account.value], "creditor_id": creditor_id, "currency": currency}
    return int(db.session.scalar(_OF_CREDITOR, params) or 0)


def sum_by_creditor(account: Account, currency: str) -> list[tuple[int, int]]:
    """What stands on an account for each creditor, debit positive."""
    params = {"accounts": [account.value], "currency": currency}
    return [(int(row[0]), int(row[1])) for row in db.session.execute(_BY_CREDITOR, params)]


def keep_balances(last_day: date, before: date | None) -> None:
    """Keep the balances of all accounts with a period that is being closed."""
    booked = _balances(JournalLine).join(Journal).where(Journal.booked_on <= last_day)
    if before is not None:
        booked = booked.where(Journal.booked_on > before)
    closed = _balances(PeriodBalance).where(PeriodBalance.last_day == before)
    moved = union_all(closed, booked).subquery("moved")
    whose, cents = (moved.c.account, moved.c.creditor_id, moved.c.currency), moved.c.amount_cents
    kept = select(literal(last_day, Date), *whose, func.sum(cents))
    kept = kept.group_by(*whose).having(func.sum(cents) != 0)
    names = ("last_day", "account", "creditor_id", "currency", "amount_cents")
    db.session.execute(insert(PeriodBalance).from_select(names, kept))


def _balances(model: type[PeriodBalance | JournalLine]) -> Select[Account, int | None, str, int]:
    return select(model.account, model.creditor_id, model.currency, model.amount_cents)
