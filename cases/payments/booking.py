"""Payments on the claim account: allocated by law in the order of their value days.

A payment that counts from an earlier day than others already booked comes before them in law, so
those are reversed and allocated anew, in order, in the same transaction. The money itself lies in
suspense until it is allocated; on the trust account nothing moves. The case is always locked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.models import Case, Phase
from cases.claims.queries import lock_case
from cases.core import audit, clock
from cases.core.database import db
from cases.ledger.allocation import PRINCIPAL_FIRST, CaseAllocation
from cases.ledger.bulk_posting import business_day
from cases.ledger.case_account import CaseAccount, load_account
from cases.ledger.models import Account, Journal
from cases.ledger.posting import reverse_journal
from cases.ledger.remainder import bring_back_interest
from cases.ledger.services import allocate_by_law, post_direct_payment, post_payment
from cases.ledger.statement import Statement
from cases.ledger.trust_bookings import top_up
from cases.payments.designation import NONE, Designation
from cases.payments.errors import (
    CaseNotComputable,
    CaseTakesNoMoney,
    CurrencyDiffers,
    NothingOwed,
    PaymentTakenBack,
)
from cases.payments.models import BankEntry, Payment
from legal.allocation import Component
from legal.errors import LawError

REALLOCATED = "reallocated"
#: Clocks of several machines differ a little; what is committed must never be overlooked.
SKEW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Money:
    """What is to be allocated: an amount in suspense with the day it counts from."""

    amount_cents: int
    currency: str
    value_on: date
    booked_on: date
    entry_id: int | None
    reference: str
    designation: Designation = NONE
    report_id: int | None = None  # Paid to the creditor, as he reported and we accepted.


def money_of(entry: BankEntry, designation: Designation = NONE, cents: int | None = None) -> Money:
    """The money of a bank entry, or the part of it that one case gets."""
    return Money(
        entry.amount_cents if cents is None else cents,
        entry.currency,
        entry.value_on,
        entry.booked_on,
        entry.id,
        f"bank:{entry.public_id}",
        designation,
    )


def book_payment(case: Case, money: Money) -> Payment:
    """Allocate money to a case that is locked.

    Raises:
        CurrencyDiffers, CaseTakesNoMoney, NothingOwed, CaseNotComputable: nothing was changed.
    """
    if case.currency != money.currency:
        raise CurrencyDiffers(paid=money.currency, kept=case.currency)
    if case.phase is Phase.CLOSED:
        raise CaseTakesNoMoney
    account = load_account(case)
    # Earlier money counts from the day of the invoice; on it nothing bears interest yet.
    money = replace(money, value_on=max(money.value_on, account.first_day))
    later = _list_live(case.id, Payment.value_on > money.value_on)
    try:
        owed = _owed(account, money.value_on)
    except LawError as unknown:
        raise CaseNotComputable from unknown
    if not later and owed.open_cents <= 0:
        raise NothingOwed
    _take_out(case, later)
    payment = _allocate(case, money, _owed(account, money.value_on) if later else owed)
    _put_back(account, later)
    timeline.record(
        case,
        "payment.received",
        amount_cents=money.amount_cents,
        payment_id=payment.id,
        value_on=money.value_on,
        open_cents=_open_now(account, money.value_on),
    )
    return payment


def reverse_payment(payment_id: int, reason: str) -> Payment:
    """Take a payment back by a counter-booking; its money lies in suspense again.

    Raises:
        PaymentTakenBack: it is not live any more.
    """
    found = db.session.get_one(Payment, payment_id)
    case = lock_case(found.case_id)
    payment = db.session.get_one(Payment, payment_id, populate_existing=True)
    if payment.reversed_at is not None:
        raise PaymentTakenBack
    later = _list_live(case.id, Payment.value_on >= payment.value_on)
    account = load_account(case)
    later = [each for each in later if (each.value_on, each.id) > (payment.value_on, payment.id)]
    _take_out(case, later)
    bring_back_interest(case, reason)
    _mark_reversed(case, payment, reason)
    _put_back(account, later)
    # After a pay-out the house lays it out: another creditor's money never carries it.
    top_up(case.creditor_id, clock.today(), case.currency)
    timeline.record(
        case,
        "payment.reversed",
        amount_cents=payment.amount_cents,
        payment_id=payment.id,
        value_on=payment.value_on,
        reason_code=reason,
        open_cents=_open_now(account, payment.value_on),
    )
    return payment


def reallocate_payments(case: Case, since: date) -> None:
    """Allocate the payments from a day on anew, because what was owed has changed."""
    later = _list_live(case.id, Payment.value_on >= since)
    if later:
        _take_out(case, later)
        _put_back(load_account(case), later)


def _list_live(case_id: int, *conditions: object) -> list[Payment]:
    """The payments of a case that count, in the order in which they were allocated."""
    query = (
        select(Payment)
        .where(Payment.case_id == case_id, Payment.reversed_at.is_(None), *conditions)  # type: ignore[arg-type]
        .order_by(Payment.value_on, Payment.id)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def _take_out(case: Case, later: Sequence[Payment]) -> None:
    for payment in reversed(later):
        _mark_reversed(case, payment, REALLOCATED)


def _put_back(account: CaseAccount, later: Sequence[Payment]) -> None:
    for old in later:
        entry = db.session.get(BankEntry, old.bank_entry_id) if old.bank_entry_id else None
        reference = f"bank:{entry.public_id}" if entry else f"payment:{old.public_id}"
        money = Money(
            old.amount_cents,
            old.currency,
            old.value_on,
            old.booked_on,
            old.bank_entry_id,
            reference,
            Designation(tuple(old.designated_claims), old.principal_first),
            old.report_id,
        )
        _allocate(account.case, money, _owed(account, money.value_on))


def _mark_reversed(case: Case, payment: Payment, reason: str) -> None:
    reverse_journal(db.session.get_one(Journal, payment.journal_id), reason, case=case)
    payment.reversed_at, payment.reversed_reason = clock.now(), reason
    db.session.flush()  # Before its bank entry pays a case again.
    audit.record(
        "payment.reversed", "payment", payment.id, creditor_id=case.creditor_id, reason=reason
    )


def _allocate(case: Case, money: Money, owed: Statement) -> Payment:
    wish = money.designation
    allocation = allocate_by_law(
        owed,
        money.amount_cents,
        money.value_on,
        wish.claim_ids,
        order=PRINCIPAL_FIRST if wish.principal_first else (),
    )
    payment = Payment(
        case_id=case.id,
        creditor_id=case.creditor_id,
        bank_entry_id=money.entry_id,
        journal_id=_post(case, money, allocation).id,
        amount_cents=money.amount_cents,
        currency=money.currency,
        value_on=money.value_on,
        booked_on=money.booked_on,
        costs_cents=allocation.total(Component.COSTS),
        interest_cents=allocation.total(Component.INTEREST),
        principal_cents=allocation.total(Component.PRINCIPAL),
        surplus_cents=allocation.surplus_cents,
        designated_claims=list(wish.claim_ids),
        principal_first=wish.principal_first,
        report_id=money.report_id,
        received_at=clock.now(),
    )
    db.session.add(payment)
    db.session.flush()
    return payment


def _post(case: Case, money: Money, allocation: CaseAllocation) -> Journal:
    """Out of suspense where the money is ours to spread; without a bank where he has it."""
    if money.report_id is not None:
        return post_direct_payment(
            case,
            allocation,
            amount_cents=money.amount_cents,
            value_on=money.value_on,
            reference=money.reference,
        )
    return post_payment(
        case,
        allocation,
        amount_cents=money.amount_cents,
        value_on=money.value_on,
        source=Account.SUSPENSE,
        reference=money.reference,
        booked_on=business_day(money.booked_on),
    )


def _owed(account: CaseAccount, day: date) -> Statement:
    return account.statement(day, clock.now() + SKEW)


def _open_now(account: CaseAccount, value_on: date) -> int:
    return _owed(account, max(clock.today(), value_on)).open_cents
