"""Payments on the claim account: allocated by law in the order of their value days.

A payment that counts from an earlier day than others already booked comes before them in law, so
those are reversed and allocated anew, in order, in the same transaction. The money itself lies in
suspense until it is allocated; on the trust account nothing moves. The cases are always locked.
Money of many cases is booked in one set; a single payment is a set of one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cases.claims import timeline
from cases.claims.models import Case, Phase
from cases.claims.queries import lock_case
from cases.claims.timeline import Happened
from cases.core import audit, clock
from cases.core.database import db
from cases.ledger.remainder import bring_back_interest
from cases.ledger.sets.accounts import ClaimAccount
from cases.ledger.statement import Statement
from cases.ledger.trust_bookings import top_up
from cases.payments.case_book import (
    REALLOCATED,
    Booked,
    CaseBook,
    Money,
    insert_payments,
    open_books,
)
from cases.payments.designation import NONE, Designation, recognise
from cases.payments.errors import (
    CaseNotComputable,
    CaseTakesNoMoney,
    CurrencyDiffers,
    DesignationDoubtful,
    NothingOwed,
    PaymentTakenBack,
)
from cases.payments.models import BankEntry, Payment
from legal.errors import LawError

#: Why money was not booked; nothing was changed then.
Refusal = CurrencyDiffers | CaseTakesNoMoney | NothingOwed | CaseNotComputable | DesignationDoubtful
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Order:
    """Money for a case that is locked.

    `words` are what the payer wrote, from which it is read what he wants paid; `ask` refuses what
    only a person can decide.
    """

    case: Case
    money: Money
    words: str | None = None
    ask: bool = True


@dataclass(frozen=True, slots=True)
class Drafted:
    """A payment that was drafted, and what is owed behind it."""

    account: ClaimAccount
    booked: Booked
    owed: Statement

    @property
    def little_left(self) -> bool:
        """Whether what is left is no more than interest: it may be let go, and the case ended."""
        interest = self.owed.costs.interest_accrued_cents
        interest += sum(claim.interest_accrued_cents for claim in self.owed.claims)
        return 0 < self.owed.open_cents <= interest


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


def book_payment(
    case: Case, money: Money, words: str | None = None, *, ask: bool = True
) -> Payment:
    """Allocate money to a case that is locked.

    Raises:
        CurrencyDiffers, CaseTakesNoMoney, NothingOwed, CaseNotComputable, DesignationDoubtful:
            nothing was changed.
    """
    (found,) = book_payments([Order(case, money, words, ask)])
    if isinstance(found, Payment):
        return found
    raise found


def book_payments(orders: Sequence[Order]) -> list[Payment | Refusal]:
    """Allocate money to cases that are locked; answers a payment or a refusal for each order.

    In each case what counts from an earlier day is booked first, whatever order it is given in.
    """
    in_order = sorted(range(len(orders)), key=lambda place: orders[place].money.value_on)
    found: dict[int, Payment | Refusal] = {}
    while len(found) < len(orders):
        # What follows on a payment may end a case: its next ones are looked at behind that.
        found |= _book_next(orders, [place for place in in_order if place not in found])
    return [found[place] for place in range(len(orders))]


def _book_next(orders: Sequence[Order], waiting: Sequence[int]) -> dict[int, Payment | Refusal]:
    """Book what waits, of each case up to a payment that may be its last one."""
    found: dict[int, Payment | Refusal] = {}
    places: dict[int, list[int]] = {}
    for place in waiting:
        refusal = _first_refusal(orders[place])
        if refusal is not None:
            found[place] = refusal
        else:
            places.setdefault(orders[place].case.id, []).append(place)
    if not places:
        return found
    books = open_books(
        {case_id: orders[own[0]].case for case_id, own in places.items()},
        {case_id: orders[own[0]].money.value_on + ONE_DAY for case_id, own in places.items()},
    )
    drafted: list[Drafted] = []
    for case_id, own in places.items():
        drafts = _draft(books[case_id], [orders[place] for place in own])
        for place, draft in zip(own, drafts, strict=False):
            found[place] = draft.booked.payment if isinstance(draft, Drafted) else draft
        drafted += [draft for draft in drafts if isinstance(draft, Drafted)]
    _write(books.values())
    _tell(drafted)
    return found


def _first_refusal(order: Order) -> Refusal | None:
    if order.case.currency != order.money.currency:
        return CurrencyDiffers(paid=order.money.currency, kept=order.case.currency)
    return CaseTakesNoMoney() if order.case.phase is Phase.CLOSED else None


def _draft(book: CaseBook, orders: Sequence[Order]) -> list[Drafted | Refusal]:
    """Draft the payments of one case, in the order of their days, up to what may be the last.

    Where a later payment cannot be allocated anew, each of them is tried alone.
    """
    begin = book.mark()
    try:
        return _draft_together(book, orders)
    except LawError:
        book.undo(begin)
        if len(orders) == 1:
            return [CaseNotComputable()]
    found: list[Drafted | Refusal] = []
    for order in orders:
        found += _draft(book, [order])
        if isinstance(found[-1], Drafted) and found[-1].little_left:
            break
    return found


def _draft_together(book: CaseBook, orders: Sequence[Order]) -> list[Drafted | Refusal]:
    found: list[Drafted | Refusal] = []
    aside: list[Booked] = []  # Taken out, to be put back behind what comes before them.
    for left, order in zip(range(len(orders) - 1, -1, -1), orders, strict=True):
        money = _from_first_invoice(book, order.money)
        aside = _put_back_until(book, aside, money.value_on)
        try:
            owed = book.owed(money.value_on)
            money = _designated(book, order, money, owed)
        except LawError:
            found.append(CaseNotComputable())
            continue
        except DesignationDoubtful as doubt:
            found.append(doubt)
            continue
        later = [each for each in book.live if each.payment.value_on > money.value_on]
        if not (later or aside) and owed.open_cents <= 0:
            found.append(NothingOwed())
            continue
        book.take_out(later)
        aside = later or aside  # All that is later goes at once.
        booked = book.allocate(money, owed)
        if not left:
            aside = _put_back_until(book, aside, date.max)
        drafted = Drafted(book.account, booked, book.owed_behind(money.value_on, aside))
        found.append(drafted)
        if drafted.little_left:
            break
    _put_back_until(book, aside, date.max)
    return found


def _put_back_until(book: CaseBook, aside: list[Booked], day: date) -> list[Booked]:
    """Put back what counts by a day; answers what is left aside."""
    due = [each for each in aside if each.payment.value_on <= day]
    book.put_back(due)
    return aside[len(due) :]


def _from_first_invoice(book: CaseBook, money: Money) -> Money:
    """Money that came before the invoice counts from its day: earlier there is no debt to settle.

    On that day nothing bears interest yet, so nobody loses by it.
    """
    first_day = min(claim.invoiced_on for claim in book.account.claims)
    return replace(money, value_on=max(money.value_on, first_day))


def _designated(book: CaseBook, order: Order, money: Money, owed: Statement) -> Money:
    """What the debtor wants paid, by his words; raises DesignationDoubtful."""
    if order.words is None:
        return money
    moved = money.value_on != order.money.value_on
    known = book.owed(order.money.value_on) if moved else owed
    wish = recognise(order.words, money.amount_cents, known)
    if wish.certain:
        return replace(money, designation=wish)
    if order.ask:
        raise DesignationDoubtful
    return money


def _write(books: Collection[CaseBook]) -> None:
    """Write the drafts of some books, which share a sheet."""
    changed = [book for book in books if book.added or book.reversed]
    if not changed:
        return
    changed[0].sheet.write(book.account for book in changed)
    reversals = [each for book in changed for each in book.reversed]
    for payment, reason in reversals:
        payment.reversed_at, payment.reversed_reason = clock.now(), reason
        if reason != REALLOCATED:
            audit.record(
                "payment.reversed", "payment", payment.id,
                creditor_id=payment.creditor_id, reason=reason,
            )  # fmt: skip
    db.session.flush()  # Before their bank entries pay a case again.
    added = [each.payment for book in changed for each in book.added]
    insert_payments(added)
    again = [payment for payment, reason in reversals if reason == REALLOCATED]
    for action, payments in (("payment.reallocated", again), ("payment.booked", added)):
        if payments:
            ids = [payment.id for payment in payments]
            creditors = {payment.creditor_id for payment in payments}
            own = creditors.pop() if len(creditors) == 1 else None
            audit.record(action, "payment", ids[0], creditor_id=own, ids=ids)


def _tell(drafted: Iterable[Drafted]) -> None:
    events: list[Happened] = []
    for each in drafted:
        payment = each.booked.payment
        paid = [claim for claim in each.account.claims if claim.id in each.booked.claim_ids]
        aside = {"case": each.account.case, "claims": paid, "little_left": each.little_left}
        if each.booked.departs:
            # Kept in the debtor's own order it is accepted so; somebody must look at it in time.
            events.append(
                Happened(
                    payment.case_id, payment.creditor_id, "payment.designated",
                    {"amount_cents": payment.amount_cents, "journal_id": payment.journal_id},
                )
            )  # fmt: skip
        params = {
            "amount_cents": payment.amount_cents,
            "payment_id": payment.id,
            "value_on": payment.value_on,
            "open_cents": each.owed.open_cents,
        }
        events.append(
            Happened(payment.case_id, payment.creditor_id, "payment.received", params, aside)
        )
    timeline.record_all(events)


def reverse_payment(payment_id: int, reason: str) -> Payment:
    """Take a payment back by a counter-booking; its money lies in suspense again.

    Raises:
        PaymentTakenBack: it is not live any more.
    """
    case = lock_case(db.session.get_one(Payment, payment_id).case_id)
    payment = db.session.get_one(Payment, payment_id, populate_existing=True)
    if payment.reversed_at is not None:
        raise PaymentTakenBack
    bring_back_interest(case, reason)
    book = open_books({case.id: case}, {case.id: payment.value_on})[case.id]
    own = next(each for each in book.live if each.payment.id == payment_id)
    behind = book.live[book.live.index(own) + 1 :]
    book.take_out(behind)
    book.take_out([own], reason)
    book.put_back(behind)
    _write([book])
    # After a pay-out the house lays it out: another creditor's money never carries it.
    top_up(case.creditor_id, clock.today(), case.currency)
    timeline.record(
        case,
        "payment.reversed",
        amount_cents=payment.amount_cents,
        payment_id=payment.id,
        value_on=payment.value_on,
        reason_code=reason,
        open_cents=book.owed_now(payment.value_on).open_cents,
    )
    return payment


def reallocate_payments(case: Case, since: date) -> None:
    """Allocate the payments from a day on anew, because what was owed has changed."""
    book = open_books({case.id: case}, {case.id: since})[case.id]
    behind = list(book.live)
    book.take_out(behind)
    book.put_back(behind)
    _write([book])
