"""The trial balance (Summen- und Saldenliste) and the journal, as the accounts room reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select, tuple_

from cases.core.database import db
from cases.core.positions import iso_day, position
from cases.ledger.models import Account, Journal, JournalLine

PAGE = 50


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """One account up to a day: what was booked on both sides, and the balance (debit positive)."""

    account: Account
    currency: str
    debit_cents: int
    credit_cents: int

    @property
    def balance_cents(self) -> int:
        """Debit less credit."""
        return self.debit_cents - self.credit_cents


def trial_balance(last_day: date, first_day: date | None = None) -> list[AccountBalance]:
    """Every account by business day, both days counted; the balances sum to zero by currency."""
    cents = JournalLine.amount_cents
    query = (
        select(
            JournalLine.account,
            JournalLine.currency,
            func.coalesce(func.sum(case((cents > 0, cents))), 0),
            func.coalesce(-func.sum(case((cents < 0, cents))), 0),
        )
        .join(Journal, Journal.id == JournalLine.journal_id)
        .where(Journal.booked_on <= last_day)
        .group_by(JournalLine.account, JournalLine.currency)
    )
    if first_day is not None:
        query = query.where(Journal.booked_on >= first_day)
    order = list(Account)
    found = [
        AccountBalance(account, currency, int(debit), int(credit))
        for account, currency, debit, credit in db.session.execute(query)
    ]
    return sorted(found, key=lambda row: (row.currency, order.index(row.account)))


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Journals, newest first, with their lines; `after` begins the next page."""

    journals: tuple[tuple[Journal, tuple[JournalLine, ...]], ...]
    after: str | None


def list_journals(
    after: str | None = None, account: Account | None = None, limit: int = PAGE
) -> JournalPage:
    """One page of the journal from a position on (keyset by business day and number)."""
    query = select(Journal).order_by(Journal.booked_on.desc(), Journal.id.desc()).limit(limit + 1)
    start = _parse(after)
    if start is not None:
        query = query.where(tuple_(Journal.booked_on, Journal.id) < start)
    if account is not None:
        of_account = select(JournalLine.journal_id).where(JournalLine.account == account)
        query = query.where(Journal.id.in_(of_account))
    found = list(db.session.scalars(query))
    page = found[:limit]
    lines = _lines_of([journal.id for journal in page])
    more = len(found) > limit
    return JournalPage(
        journals=tuple((journal, tuple(lines.get(journal.id, ()))) for journal in page),
        after=f"{page[-1].booked_on:%Y%m%d}.{page[-1].id}" if more else None,
    )


def _lines_of(journal_ids: Sequence[int]) -> dict[int, list[JournalLine]]:
    query = select(JournalLine).where(JournalLine.journal_id.in_(journal_ids))
    found: dict[int, list[JournalLine]] = {}
    for line in db.session.scalars(query.order_by(JournalLine.id)):
        found.setdefault(line.journal_id, []).append(line)
    return found


def _parse(text: str | None) -> tuple[date, int] | None:
    day, _, number = (text or "").partition(".")
    try:
        return iso_day(day), position(number)
    except ValueError:
        return None
