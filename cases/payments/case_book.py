"""The payments of one locked case on its claim account, in memory: taken out, allocated, put back.

A payment that counts from an earlier day than others comes before them in law, so those are taken
out and allocated anew behind it, in the order of their days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ARRAY, BigInteger, Date, func, literal, select
from sqlalchemy.orm import make_transient_to_detached

from cases.claims.models import Case
from cases.core import clock
from cases.core.copying import RowSet, insert_sets
from cases.core.database import db, new_public_id
from cases.ledger.allocation import PRINCIPAL_FIRST, CaseAllocation, allocate_by_law
from cases.ledger.bulk_posting import open_day
from cases.ledger.models import Account, EntryKind
from cases.ledger.services import payment_credits, payment_lines
from cases.ledger.sets.accounts import ClaimAccount, open_accounts
from cases.ledger.sets.sheet import Mark, Sheet
from cases.ledger.statement import Statement
from cases.payments.designation import NONE, Designation
from cases.payments.models import BankEntry, Payment
from legal.allocation import Component

REALLOCATED = "reallocated"
#: Clocks of several machines differ a little; what is committed must never be overlooked.
SKEW = timedelta(hours=1)
_COLUMNS = tuple(column.name for column in Payment.__table__.columns if column.name != "id")


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

    @property
    def kind(self) -> EntryKind:
        """What its entries are."""
        return EntryKind.PAYMENT if self.report_id is None else EntryKind.DIRECT_PAYMENT


@dataclass(slots=True)
class Booked:
    """A payment that counts, and the reference of its voucher."""

    payment: Payment
    reference: str
    departs: bool = False  # Kept in the debtor's own order.
    claim_ids: tuple[int, ...] = ()  # What it went to, once it was allocated.

    @property
    def money(self) -> Money:
        """The same money, to be allocated anew."""
        old = self.payment
        return Money(
            old.amount_cents,
            old.currency,
            old.value_on,
            old.booked_on,
            old.bank_entry_id,
            self.reference,
            Designation(tuple(old.designated_claims), old.principal_first),
            old.report_id,
        )


@dataclass(slots=True)
class CaseBook:
    """One case: its account, its payments from some day on, and what changes among them."""

    account: ClaimAccount
    sheet: Sheet
    live: list[Booked]  # In the order in which they count.
    reversed: list[tuple[Payment, str]] = field(default_factory=list)
    added: list[Booked] = field(default_factory=list)

    @property
    def case(self) -> Case:
        """The case, locked."""
        return self.account.case

    def owed(self, day: date) -> Statement:
        """What is owed on a day by what is booked and drafted; raises LawError."""
        return self.account.owed(day, self.sheet.now + SKEW)

    def owed_now(self, value_on: date) -> Statement:
        """What is owed today, or on the day of a payment that lies ahead."""
        return self.owed_behind(value_on, ())

    def take_out(self, payments: Iterable[Booked], reason: str = REALLOCATED) -> None:
        """Reverse payments that are given in their order, the last one first."""
        for each in reversed(list(payments)):
            self.sheet.reverse(self.account, each.payment.journal_id, reason)
            self.reversed.append((each.payment, reason))
            self.live.remove(each)

    def allocate(self, money: Money, owed: Statement) -> Booked:
        """Spread money over what is owed, and draft its booking."""
        allocation = _spread(money, owed)
        journal_id = self._post(money, allocation)
        paid = (share.claim_id for share in allocation.shares if share.claim_id is not None)
        booked = Booked(
            _payment(self.case, money, allocation, journal_id),
            money.reference,
            allocation.departs,
            tuple(dict.fromkeys(paid)),
        )
        self.added.append(booked)
        return booked

    def _post(self, money: Money, allocation: CaseAllocation) -> int:
        """Out of suspense where the money is ours to spread; without a bank where he has it."""
        sheet, direct, kind = self.sheet, money.report_id is not None, money.kind
        lines = payment_lines(self.case, allocation, money.amount_cents, Account.SUSPENSE)
        return sheet.post(
            self.account,
            kind.value,
            value_on=money.value_on,
            booked_on=sheet.today if direct else open_day(money.booked_on, sheet.closed),
            entries=payment_credits(allocation, kind),
            lines=[] if direct else lines,
            reference=money.reference,
        )

    def put_back(self, payments: Iterable[Booked]) -> None:
        """Allocate payments that were taken out anew, each on what is owed on its day."""
        for each in payments:
            money = each.money
            self.allocate(money, self.owed(money.value_on))

    def owed_behind(self, value_on: date, aside: Iterable[Booked]) -> Statement:
        """What is owed now, counted with payments that were taken out and will be put back."""
        account = self.account
        with account.supposing():
            for each in aside:
                money = each.money
                allocation = _spread(money, self.owed(money.value_on))
                entries = payment_credits(allocation, money.kind)
                account.suppose(entries, money.value_on, self.sheet.now)
            return self.owed(max(self.sheet.today, value_on))

    def mark(self) -> tuple[Mark, list[Booked], int, int]:
        """Where the drafts are now, to go back to."""
        kept = self.sheet.mark(self.account), list(self.live)
        return (*kept, len(self.reversed), len(self.added))

    def undo(self, mark: tuple[Mark, list[Booked], int, int]) -> None:
        """Take back what was drafted since."""
        sheet, live, reversed_, added = mark
        self.sheet.undo(self.account, sheet)
        self.live = list(live)
        del self.reversed[reversed_:], self.added[added:]


def open_books(cases: Mapping[int, Case], since: Mapping[int, date]) -> dict[int, CaseBook]:
    """The books of cases that are locked, with the payments that count from a day on or later."""
    live = _list_live(since)
    accounts = open_accounts(cases)
    later = [each.payment.journal_id for found in live.values() for each in found]
    sheet = Sheet(len(since) + 2 * len(later), later)
    return {
        case_id: CaseBook(account, sheet, live.get(case_id, []))
        for case_id, account in accounts.items()
    }


def _list_live(since: Mapping[int, date]) -> dict[int, list[Booked]]:
    """The payments that count, by case, in the order in which they were allocated."""
    days = (
        func.unnest(
            literal(list(since), ARRAY(BigInteger)), literal(list(since.values()), ARRAY(Date))
        )
        .table_valued("case_id", "day")
        .render_derived()
    )
    query = (
        select(Payment, BankEntry.public_id)
        .join(days, (days.c.case_id == Payment.case_id) & (Payment.value_on >= days.c.day))
        .outerjoin(BankEntry, BankEntry.id == Payment.bank_entry_id)
        .where(Payment.reversed_at.is_(None))
        .order_by(Payment.value_on, Payment.id)
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[Booked]] = {}
    for payment, voucher in db.session.execute(query):
        reference = f"bank:{voucher}" if voucher else f"payment:{payment.public_id}"
        found.setdefault(payment.case_id, []).append(Booked(payment, reference))
    return found


def insert_payments(payments: Sequence[Payment]) -> None:
    """Write payments in one statement; behind it they are like any that were read."""
    if not payments:
        return
    rows = [{name: getattr(payment, name) for name in _COLUMNS} for payment in payments]
    written = insert_sets(
        RowSet("payments", _COLUMNS, rows, returning="id, public_id"),
        then="SELECT id, public_id FROM set_0",
    )
    ids = {row.public_id: row.id for row in written}
    for payment in payments:
        payment.id = ids[payment.public_id]
        make_transient_to_detached(payment)
    db.session.add_all(payments)


def _spread(money: Money, owed: Statement) -> CaseAllocation:
    """What money goes to, by law or by the wish that it came with."""
    wish = money.designation
    return allocate_by_law(
        owed,
        money.amount_cents,
        money.value_on,
        wish.claim_ids,
        order=PRINCIPAL_FIRST if wish.principal_first else (),
    )


def _payment(case: Case, money: Money, allocation: CaseAllocation, journal_id: int) -> Payment:
    return Payment(
        public_id=new_public_id(),
        case_id=case.id,
        creditor_id=case.creditor_id,
        bank_entry_id=money.entry_id,
        journal_id=journal_id,
        amount_cents=money.amount_cents,
        currency=money.currency,
        value_on=money.value_on,
        booked_on=money.booked_on,
        costs_cents=allocation.total(Component.COSTS),
        interest_cents=allocation.total(Component.INTEREST),
        principal_cents=allocation.total(Component.PRINCIPAL),
        surplus_cents=allocation.surplus_cents,
        designated_claims=list(money.designation.claim_ids),
        principal_first=money.designation.principal_first,
        report_id=money.report_id,
        received_at=clock.now(),
        reversed_at=None,
        reversed_reason=None,
    )
