"""What is owed to payers: money that belongs to no case, and what a case was paid too much."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from cases.claims.models import Case
from cases.claims.queries import list_cases_by_id
from cases.core.database import db
from cases.ledger.models import Account
from cases.ledger.trust_bookings import total_of
from cases.payments.models import BankEntry, EntryState, Payment
from cases.remittances.transfers.models import LIVE, Transfer, TransferState


@dataclass(frozen=True, slots=True)
class RefundDue:
    """Money to be paid back: what came in, how much of it, and of which case."""

    entry: BankEntry
    case: Case | None
    cents: int

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.entry.public_id}.{self.case.public_id if self.case else ''}"


def list_refunds_due(currency: str) -> list[RefundDue]:
    """What is owed to payers and not on its way, the oldest first.

    Payments may be spread anew after a refund, so what was refunded of an entry for a case is
    taken off whatever is too much of it now.
    """
    entries: dict[int, BankEntry] = {}
    due: dict[tuple[int, int | None], int] = {}
    done = select(Transfer.id).where(
        Transfer.entry_id == BankEntry.id, Transfer.case_id.is_(None), Transfer.state.in_(LIVE)
    )
    whole = select(BankEntry).where(
        BankEntry.state == EntryState.REFUNDED, BankEntry.currency == currency, ~done.exists()
    )
    for entry in db.session.scalars(whole.order_by(BankEntry.id)):
        entries[entry.id], due[entry.id, None] = entry, entry.amount_cents
    surplus = (
        select(BankEntry, Payment.case_id, func.sum(Payment.surplus_cents))
        .join(Payment, Payment.bank_entry_id == BankEntry.id)
        .where(
            Payment.reversed_at.is_(None),
            Payment.surplus_cents > 0,
            Payment.currency == currency,
        )
        .group_by(BankEntry.id, Payment.case_id)
    )
    for entry, case_id, cents in db.session.execute(surplus):
        entries[entry.id], due[entry.id, case_id] = entry, int(cents)
    for key, cents in _refunded(list(entries)).items():
        if key in due:
            due[key] -= cents
    cases = list_cases_by_id([case_id for _, case_id in due if case_id is not None])
    found = [
        RefundDue(entries[entry_id], cases.get(case_id or 0), cents)
        for (entry_id, case_id), cents in due.items()
        if cents > 0
    ]
    return sorted(found, key=lambda each: (each.entry.value_on, each.entry.id))


def list_refunded_too_much(currency: str) -> list[tuple[Transfer, int]]:
    """Refunds of which less is due now than was paid: a payment was taken back since.

    The last refund of each entry and case, and how much is missing.
    """
    now = (
        select(func.coalesce(func.sum(Payment.surplus_cents), 0))
        .where(
            Payment.bank_entry_id == Transfer.entry_id,
            Payment.case_id == Transfer.case_id,
            Payment.reversed_at.is_(None),
        )
        .correlate(Transfer)
        .scalar_subquery()
    )
    query = (
        select(Transfer.entry_id, Transfer.case_id, func.max(Transfer.id),
               func.sum(Transfer.amount_cents) - func.max(now))
        .where(
            Transfer.case_id.is_not(None),
            Transfer.currency == currency,
            Transfer.state.in_((TransferState.ORDERED, TransferState.PAID)),
        )
        .group_by(Transfer.entry_id, Transfer.case_id)
        .having(func.sum(Transfer.amount_cents) > func.max(now))
    )  # fmt: skip
    return [
        (db.session.get_one(Transfer, row[2]), int(row[3])) for row in db.session.execute(query)
    ]


def is_still_due(transfer: Transfer) -> bool:
    """Whether what a prepared refund pays is owed now as it was when it was prepared."""
    entry = db.session.get_one(BankEntry, transfer.entry_id, populate_existing=True)
    if transfer.case_id is None:
        return entry.state is EntryState.REFUNDED and entry.amount_cents == transfer.amount_cents
    surplus = select(func.coalesce(func.sum(Payment.surplus_cents), 0)).where(
        Payment.bank_entry_id == entry.id,
        Payment.case_id == transfer.case_id,
        Payment.reversed_at.is_(None),
    )
    refunded = select(func.sum(Transfer.amount_cents)).where(
        Transfer.entry_id == entry.id,
        Transfer.case_id == transfer.case_id,
        Transfer.state.in_(LIVE),
    )
    return int(db.session.scalar(refunded) or 0) <= int(db.session.scalar(surplus) or 0)


def paid_elsewhere_cents(due: Sequence[RefundDue], currency: str) -> int:
    """How much of what is due here the books do not owe any more: paid outside of this program."""
    return max(sum(each.cents for each in due) - total_of(Account.REFUNDS_DUE, currency), 0)


def _refunded(entry_ids: Sequence[int]) -> dict[tuple[int, int | None], int]:
    query = (
        select(Transfer.entry_id, Transfer.case_id, func.sum(Transfer.amount_cents))
        .where(Transfer.entry_id == func.any(list(entry_ids)), Transfer.state.in_(LIVE))
        .group_by(Transfer.entry_id, Transfer.case_id)
    )
    return {
        (entry_id, case_id): int(cents)
        for entry_id, case_id, cents in db.session.execute(query)
        if entry_id is not None
    }
