"""Reads about cash: who has how much, every receipt with its number, what waits to be paid in."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select

from cases.core.database import db
from cases.core.errors import NotFound
from cases.payments.cash.models import CashDeposit, CashReceipt


@dataclass(frozen=True, slots=True)
class OnHand:
    """What one person has taken and not paid in yet."""

    user_id: int
    currency: str
    amount_cents: int
    receipts: int


def waits() -> ColumnElement[bool]:
    """Receipts whose money nobody has paid in yet."""
    return and_(
        CashReceipt.journal_id.is_not(None),
        CashReceipt.deposit_id.is_(None),
        CashReceipt.taken_back_at.is_(None),
    )


def list_on_hand() -> list[OnHand]:
    """Who has cash of others, the largest sum first."""
    cents = func.sum(CashReceipt.amount_cents)
    query = (
        select(CashReceipt.received_by, CashReceipt.currency, cents, func.count())
        .where(waits())
        .group_by(CashReceipt.received_by, CashReceipt.currency)
        .order_by(cents.desc(), CashReceipt.received_by)
    )
    return [
        OnHand(user_id, currency, int(total or 0), count)
        for user_id, currency, total, count in db.session.execute(query)
        if user_id is not None
    ]


def cash_of(user_id: int, currency: str) -> int:
    """What one person has on hand, in cents."""
    query = select(func.coalesce(func.sum(CashReceipt.amount_cents), 0)).where(
        waits(), CashReceipt.received_by == user_id, CashReceipt.currency == currency
    )
    return int(db.session.scalar(query) or 0)


def list_receipts(before: int | None = None, limit: int = 50) -> list[CashReceipt]:
    """Every number, the newest first; `before` is the last one seen (keyset)."""
    query = select(CashReceipt)
    if before is not None:
        query = query.where(CashReceipt.id < before)
    return list(db.session.scalars(query.order_by(CashReceipt.id.desc()).limit(limit)))


def get_receipt(public_id: str) -> CashReceipt:
    """The receipt of that public id; raises NotFound."""
    found = db.session.scalar(select(CashReceipt).where(CashReceipt.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def deposits_of(receipts: Collection[CashReceipt]) -> dict[int, CashDeposit]:
    """The deposits that some receipts went into, by their ids."""
    ids = {each.deposit_id for each in receipts if each.deposit_id}
    found = db.session.scalars(select(CashDeposit).where(CashDeposit.id.in_(ids)))
    return {each.id: each for each in found}


def cases_with_cash_on_hand(creditor_id: int) -> set[int]:
    """Cases of a creditor whose cash does not lie on the trust account yet: nobody is paid it."""
    query = select(CashReceipt.case_id).where(waits(), CashReceipt.creditor_id == creditor_id)
    return set(db.session.scalars(query))
