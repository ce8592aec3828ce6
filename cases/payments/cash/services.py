"""Cash is booked like every other payment, out of an account of its own, under a number.

The debtor is free from the day he paid. The money belongs to others from that moment, so it has an
account (`cash_on_hand`) until it is paid in; what is paid in is in transit until the bank shows it.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import lock_case
from cases.core import audit, clock
from cases.core.database import db
from cases.core.locks import relock, take_name
from cases.core.outbox import register_effect
from cases.ledger.models import Account, Journal
from cases.ledger.posting import Line, post, reverse_journal
from cases.payments.booking import book_payment, reverse_payment
from cases.payments.case_book import Money
from cases.payments.cash.errors import (
    CashAmountMissing,
    CashPaidIn,
    CashReasonMissing,
    NoCashOnHand,
    OtherCash,
    ReceiptUsed,
)
from cases.payments.cash.models import CashDeposit, CashReceipt
from cases.payments.cash.queries import waits
from cases.payments.models import Payment

#: A worker sets the receipt and keeps it as it was handed over.
EFFECT = "cash.receipt"


@dataclass(frozen=True, slots=True)
class CashGiven:
    """What somebody paid at a door, and the number that was reserved for it, if one was."""

    amount_cents: int
    payer: str = ""
    receipt_id: int | None = None


def reserve_receipt(case: Case) -> CashReceipt:
    """The next number of the year, for a case; it stays in the list whether it is used or not."""
    take_name("cash receipts")
    year = clock.today().year
    last = db.session.scalar(select(func.max(CashReceipt.serial)).where(CashReceipt.year == year))
    serial = (last or 0) + 1
    receipt = CashReceipt(
        year=year,
        serial=serial,
        number=f"Q-{year}-{serial:04}",
        case_id=case.id,
        creditor_id=case.creditor_id,
        reserved_at=clock.now(),
        currency=case.currency,
    )
    db.session.add(receipt)
    db.session.flush()
    return receipt


def receive_cash(case: Case, given: CashGiven, received_on: date) -> CashReceipt:
    """Book cash that was taken in a case, which is locked, and let its receipt be set.

    Raises:
        CashAmountMissing, ReceiptUsed, and whatever keeps a case from taking money.
    """
    if given.amount_cents <= 0:
        raise CashAmountMissing
    receipt = _receipt_for(case, given.receipt_id)
    reference = reference_of(receipt)
    journal = post(
        "cash_received",
        value_on=received_on,
        currency=case.currency,
        reference=reference,
        creditor_id=case.creditor_id,
        lines=[
            Line(Account.CASH_ON_HAND, given.amount_cents),
            Line(Account.SUSPENSE, -given.amount_cents),
        ],
    )
    receipt.amount_cents, receipt.payer = given.amount_cents, given.payer.strip() or None
    receipt.received_on, receipt.received_by = received_on, audit.actor_id()
    receipt.journal_id = journal.id
    db.session.flush()
    today = clock.today()
    book_payment(
        case, Money(given.amount_cents, case.currency, received_on, today, None, reference)
    )
    timeline.record(
        case,
        "cash.received",
        amount_cents=given.amount_cents,
        number=receipt.number,
        receipt_id=receipt.id,
    )
    register_effect(EFFECT, f"cash:{receipt.number}", receipt_id=receipt.id)
    return receipt


def take_back_cash(receipt: CashReceipt, why: str) -> None:
    """A receipt was a mistake: its payment and its money are booked back, the number stays.

    Raises:
        CashReasonMissing, CashPaidIn, ReceiptUsed: nothing was taken, or it is taken back already.
    """
    case = lock_case(receipt.case_id)
    relock(receipt)
    if not why.strip():
        raise CashReasonMissing
    if receipt.journal_id is None or receipt.taken_back_at is not None:
        raise ReceiptUsed
    if receipt.deposit_id is not None:
        raise CashPaidIn
    payment_id = db.session.scalar(
        select(Payment.id)
        .join(Journal, Journal.id == Payment.journal_id)
        .where(
            Payment.case_id == case.id,
            Payment.reversed_at.is_(None),
            Journal.reference == reference_of(receipt),
        )
    )
    if payment_id is not None:
        reverse_payment(payment_id, "cash_taken_back")
    reverse_journal(db.session.get_one(Journal, receipt.journal_id), why.strip(), case=case)
    receipt.taken_back_at, receipt.taken_back_because = clock.now(), why.strip()
    audit.record("cash.taken_back", "case", case.id, creditor_id=case.creditor_id)


def pay_in(user_id: int, currency: str, paid_in_on: date, seen_cents: int) -> CashDeposit:
    """All that a person has on hand was paid in to the trust account: in transit from now on.

    Raises:
        NoCashOnHand; OtherCash: it is another sum than the one that was looked at.
    """
    take_name("cash receipts")
    query = select(CashReceipt).where(
        waits(), CashReceipt.received_by == user_id, CashReceipt.currency == currency
    )
    locked = query.order_by(CashReceipt.id).with_for_update(key_share=True)
    receipts = list(db.session.scalars(locked.execution_options(populate_existing=True)))
    cents = sum(each.amount_cents or 0 for each in receipts)
    if not receipts:
        raise NoCashOnHand
    if cents != seen_cents:
        raise OtherCash
    journal = post(
        "cash_paid_in",
        value_on=paid_in_on,
        currency=currency,
        reference=f"{receipts[0].number} – {receipts[-1].number}",
        lines=[Line(Account.TRUST_IN_TRANSIT, cents), Line(Account.CASH_ON_HAND, -cents)],
    )
    deposit = CashDeposit(
        user_id=user_id,
        amount_cents=cents,
        currency=currency,
        paid_in_on=paid_in_on,
        journal_id=journal.id,
        entered_at=clock.now(),
        entered_by=audit.actor_id(),
    )
    db.session.add(deposit)
    db.session.flush()
    for each in receipts:
        each.deposit_id = deposit.id
    audit.record("cash.paid_in", "cash_deposit", deposit.id, amount_cents=cents)
    return deposit


def reference_of(receipt: CashReceipt) -> str:
    """The voucher of the booking."""
    return f"cash:{receipt.number}"


def _receipt_for(case: Case, receipt_id: int | None) -> CashReceipt:
    if receipt_id is None:
        return reserve_receipt(case)
    receipt = db.session.get_one(CashReceipt, receipt_id)
    relock(receipt)
    if receipt.journal_id is not None or receipt.case_id != case.id:
        raise ReceiptUsed
    return receipt
