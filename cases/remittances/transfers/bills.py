"""Bills of third parties: court cashiers, bailiffs, registers, inquiry offices.

A bill is shared between the cases it is for. Each share is laid out for that case's client at once
and passed on to him with his next settlement; where the debtor owes it too, it stands on the claim
account. It is paid from operating or from that client's own advance, in an order file.
Law: BGB §§ 280, 286, 670; ZPO § 788; GvKostG; GKG.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from cases.claims.models import Case, Phase
from cases.claims.queries import find_case_by_number, lock_cases
from cases.claims.references import parse_case_numbers
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.costs.booking import post_costs
from cases.costs.by_hand import book_by_hand, plan_amount
from cases.formats.identifiers import find_iban
from cases.ledger.models import EntryKind, Journal
from cases.ledger.posting import reverse_journal
from cases.ledger.trust_bookings import owe_court_fee, pay_court_fee
from cases.parties.queries import get_agency
from cases.payments.booking import reallocate_payments
from cases.payments.own_accounts import HouseAccount
from cases.remittances.transfers.bill_models import (
    Bill,
    BillKind,
    BillLine,
    BillSource,
    BillState,
)
from cases.remittances.transfers.errors import OperatingIbanMissing
from cases.remittances.transfers.models import Transfer, TransferKind, TransferRun
from cases.remittances.transfers.preparing import CURRENCY, add_transfer, open_run


class BillIncomplete(Invalid):
    """Please enter payee, number, account, day and amount of the bill."""


class BillIbanWrong(Invalid):
    """{iban} is no valid IBAN."""


class BillSharesDiffer(Invalid):
    """The shares of the cases are {shares_cents}, the bill is {amount_cents}. They must be
    equal.
    """


class BillCaseUnknown(Invalid):
    """There is no case {number}, or it is named twice."""


class BillCaseCurrency(Invalid):
    """Case {number} is kept in another currency than the bill."""


class BillKnown(Conflict):
    """Bill {number} of {payee} was entered already."""


class BillNotOpen(Conflict):
    """This bill was ordered, paid or taken back already."""


class BillReasonMissing(Invalid):
    """Please say why the bill is taken back."""


class NoBillChosen(Invalid):
    """Please choose the bills to be paid."""


@dataclass(frozen=True, slots=True)
class LineWish:
    """What one case bears of a bill; `on_debtor` is whether he owes it too."""

    case_number: str
    cents: int
    on_debtor: bool


@dataclass(frozen=True, slots=True)
class BillWish:
    """A bill as a person enters it."""

    kind: BillKind
    payee: str
    iban: str
    number: str
    billed_on: date
    due_on: date
    amount_cents: int
    source: BillSource
    lines: Sequence[LineWish]


def enter_bill(wish: BillWish) -> Bill:
    """Enter a bill: laid out for the clients of its cases, and owed by debtors where said.

    Raises:
        BillIncomplete, BillIbanWrong, BillSharesDiffer, BillCaseUnknown, BillCaseCurrency,
        BillKnown; CaseClosed, NotInDefault, LumpSumCoversIt where a debtor shall bear it.
    """
    payee, number, iban = wish.payee.strip(), wish.number.strip(), find_iban(wish.iban)
    if not payee or not number or wish.amount_cents <= 0:
        raise BillIncomplete
    if iban is None:
        raise BillIbanWrong(iban=wish.iban.strip())
    _require_new(payee, number)
    cases = _cases_of(wish)
    bill = Bill(
        kind=wish.kind, payee=payee, iban=iban, number=number, billed_on=wish.billed_on,
        due_on=wish.due_on, amount_cents=wish.amount_cents, currency=CURRENCY, source=wish.source,
        entered_by=audit.actor_id(), entered_at=clock.now(),
    )  # fmt: skip
    db.session.add(bill)
    db.session.flush()
    for line, case in zip(wish.lines, cases, strict=True):
        _enter_line(bill, line, case)
    audit.record("bill.entered", "bill", bill.id, amount_cents=bill.amount_cents)
    return bill


def _require_new(payee: str, number: str) -> None:
    known = select(Bill.id).where(
        func.lower(Bill.payee) == payee.lower(),
        func.lower(Bill.number) == number.lower(),
        Bill.state != BillState.WITHDRAWN,
    )
    if db.session.scalar(known.limit(1)) is not None:
        raise BillKnown(number=number, payee=payee)


def _cases_of(wish: BillWish) -> list[Case]:
    """The cases of the shares, locked in the order of their ids."""
    found: list[Case] = []
    for line in wish.lines:
        numbers = parse_case_numbers(line.case_number)
        case = find_case_by_number(numbers[0]) if len(numbers) == 1 else None
        if case is None or any(case.id == other.id for other in found):
            raise BillCaseUnknown(number=line.case_number.strip() or "–")
        if case.currency != CURRENCY:
            raise BillCaseCurrency(number=case.number)
        found.append(case)
    shares = sum(line.cents for line in wish.lines)
    if shares != wish.amount_cents or any(line.cents <= 0 for line in wish.lines):
        raise BillSharesDiffer(shares_cents=shares, amount_cents=wish.amount_cents)
    locked = lock_cases([case.id for case in found])
    return [locked[case.id] for case in found]


def _enter_line(bill: Bill, wish: LineWish, case: Case) -> None:
    owed = owe_court_fee(case, wish.cents, clock.today(), f"bill:{bill.public_id}")
    costs = _put_on_debtor(bill, wish, case) if wish.on_debtor else None
    db.session.add(
        BillLine(
            bill_id=bill.id, creditor_id=case.creditor_id, case_id=case.id,
            amount_cents=wish.cents, journal_id=owed.id,
            costs_journal_id=costs.id if costs else None,
        )
    )  # fmt: skip
    db.session.flush()


def _put_on_debtor(bill: Bill, wish: LineWish, case: Case) -> Journal:
    """Costs of enforcement after the title (§ 788 ZPO), else damages of default by their rules."""
    words = f"{bill.payee}, {bill.number}"
    if case.phase is Phase.ENFORCEMENT:
        return post_costs(
            case, EntryKind.ENFORCEMENT_COSTS, wish.cents, clock.today(), words,
            reference=f"bill:{bill.public_id}",
        )  # fmt: skip
    return book_by_hand(case, plan_amount(case, EntryKind.OUTLAYS, wish.cents, words))


def withdraw_bill(public_id: str, why: str) -> Bill:
    """A bill that was entered wrongly: everything it booked is reversed.

    Raises:
        NotFound, BillNotOpen, BillReasonMissing.
    """
    if not why.strip():
        raise BillReasonMissing
    bill = lock_bill(public_id)
    if bill.state is not BillState.OPEN:
        raise BillNotOpen
    lines = list_lines(bill.id)
    cases = lock_cases([line.case_id for line in lines])
    for line in lines:
        case = cases[line.case_id]
        reverse_journal(db.session.get_one(Journal, line.journal_id), why.strip(), case=None)
        if line.costs_journal_id is not None:
            journal = db.session.get_one(Journal, line.costs_journal_id)
            reverse_journal(journal, why.strip(), case=case)
            reallocate_payments(case, journal.booked_on)
    bill.state, bill.withdrawn_reason = BillState.WITHDRAWN, why.strip()
    audit.record("bill.withdrawn", "bill", bill.id)
    return bill


def prepare_bills(public_ids: Sequence[str]) -> list[TransferRun]:
    """Prepare the chosen bills, those from advances and those from operating apart.

    Raises:
        NoBillChosen, BillNotOpen, TransferRunOpen, OperatingIbanMissing.
    """
    if not public_ids:
        raise NoBillChosen
    bills = [lock_bill(public_id) for public_id in sorted(set(public_ids))]
    if any(bill.state is not BillState.OPEN for bill in bills):
        raise BillNotOpen
    runs = []
    for source, account in _ACCOUNTS.items():
        own = [bill for bill in bills if bill.source is source]
        if not own:
            continue
        if account is HouseAccount.OPERATING and not get_agency().operating_iban:
            raise OperatingIbanMissing
        run = open_run(account)
        for bill in own:
            add_transfer(
                run, TransferKind.BILL, bill.amount_cents, bill.payee, bill.iban, bill.number,
                bill_id=bill.id,
            )  # fmt: skip
        runs.append(run)
    return runs


_ACCOUNTS = {
    BillSource.OPERATING: HouseAccount.OPERATING,
    BillSource.ADVANCE: HouseAccount.TRUST,
}


def book_payment(transfer: Transfer, reference: str) -> list[Journal]:
    """The release pays each case's share from operating, or from its client's own advance.

    Raises:
        BillNotOpen; AdvanceTooSmall: another client's money is never used.
    """
    bill = db.session.get_one(
        Bill, transfer.bill_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if bill.state is not BillState.OPEN:
        raise BillNotOpen
    lines = list_lines(bill.id)
    cases = lock_cases([line.case_id for line in lines])
    journals = [
        pay_court_fee(
            cases[line.case_id], line.amount_cents, clock.today(),
            from_advance=bill.source is BillSource.ADVANCE, reference=reference,
        )
        for line in lines
    ]  # fmt: skip
    bill.state = BillState.ORDERED
    return journals


def note_paid(transfer: Transfer, paid_on: date) -> None:
    """The bank shows it."""
    bill = db.session.get_one(Bill, transfer.bill_id)
    bill.state, bill.paid_on = BillState.PAID, paid_on


def open_again(transfer: Transfer) -> None:
    """The bank did not carry it out."""
    db.session.get_one(Bill, transfer.bill_id).state = BillState.OPEN


def list_open_bills() -> list[Bill]:
    """Bills that wait to be paid, the next day first."""
    query = select(Bill).where(Bill.state == BillState.OPEN)
    return list(db.session.scalars(query.order_by(Bill.due_on, Bill.id)))


def list_bills(limit: int = 50) -> list[Bill]:
    """The last bills, newest first."""
    return list(db.session.scalars(select(Bill).order_by(Bill.id.desc()).limit(limit)))


def list_lines(bill_id: int) -> list[BillLine]:
    """The shares of a bill."""
    query = select(BillLine).where(BillLine.bill_id == bill_id).order_by(BillLine.id)
    return list(db.session.scalars(query))


def lock_bill(public_id: str) -> Bill:
    """The bill of that public id, for a change; raises NotFound."""
    query = select(Bill).where(Bill.public_id == public_id)
    bill = db.session.scalar(
        query.with_for_update(key_share=True).execution_options(populate_existing=True)
    )
    if bill is None:
        raise NotFound
    return bill
