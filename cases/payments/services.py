"""What a person does with bank entries: assign, undo, note a refund, confirm a return."""

from sqlalchemy import select

from cases.claims.queries import find_case_by_number, lock_case
from cases.claims.references import parse_case_numbers
from cases.core import audit
from cases.core.database import db
from cases.core.errors import NotFound
from cases.ledger.bulk_posting import business_day
from cases.ledger.models import Account, Journal
from cases.ledger.posting import Line, post, reverse_journal
from cases.payments.booking import book_payment, money_of, reverse_payment
from cases.payments.errors import CaseUnknown, EntryNotOpen, NotARefund, NoteMissing, NotItsReturn
from cases.payments.models import BankEntry, EntryState, Payment
from cases.payments.standing import Standing

OPEN = frozenset({EntryState.SUSPENSE, EntryState.FOREIGN})
PLACED = frozenset({EntryState.BOOKED, EntryState.ASSIGNED})


def assign_entry(public_id: str, case_number: str) -> Payment:
    """Allocate money in suspense to the case that a person chose.

    Raises:
        EntryNotOpen, CaseUnknown, CurrencyDiffers, CaseTakesNoMoney, NothingOwed.
    """
    entry = _lock_entry(public_id)
    if entry.state not in OPEN or entry.amount_cents <= 0:
        raise EntryNotOpen
    numbers = parse_case_numbers(case_number)
    case = find_case_by_number(numbers[0]) if len(numbers) == 1 else None
    if case is None:
        raise CaseUnknown(number=case_number.strip())
    payment = book_payment(lock_case(case.id), money_of(entry))
    _stand(entry, EntryState.ASSIGNED, Standing.BY_HAND)
    audit.record(
        "bank.assigned", "bank_entry", entry.id, creditor_id=case.creditor_id, case_id=case.id
    )
    return payment


def release_entry(public_id: str, why: str) -> BankEntry:
    """Take an assignment back; the money stands in suspense again.

    Raises:
        NoteMissing, EntryNotOpen, PaymentTakenBack.
    """
    if not why.strip():
        raise NoteMissing
    entry = _lock_entry(public_id)
    payment = _live_payment(entry)
    if entry.state not in PLACED or payment is None:
        raise EntryNotOpen
    reverse_payment(payment.id, Standing.TAKEN_BACK.value)
    _stand(entry, EntryState.SUSPENSE, Standing.TAKEN_BACK)
    audit.record("bank.released", "bank_entry", entry.id, why=why.strip())
    return entry


def note_refund(public_id: str, why: str) -> BankEntry:
    """Note that money in suspense goes back to who paid it; it is owed to him from now on.

    Raises:
        NoteMissing, EntryNotOpen.
    """
    if not why.strip():
        raise NoteMissing
    entry = _lock_entry(public_id)
    if entry.state not in OPEN or entry.amount_cents <= 0:
        raise EntryNotOpen
    cents = entry.amount_cents
    journal = post(
        "refund_noted",
        value_on=entry.value_on,
        currency=entry.currency,
        reference=f"bank:{entry.public_id}",
        booked_on=business_day(entry.booked_on),
        lines=[Line(Account.SUSPENSE, cents), Line(Account.REFUNDS_DUE, -cents)],
    )
    entry.refund_journal_id = journal.id
    _stand(entry, EntryState.REFUNDED, Standing.REFUND_NOTED)
    audit.record("bank.refund_noted", "bank_entry", entry.id, why=why.strip())
    return entry


def withdraw_refund(public_id: str) -> BankEntry:
    """Take the note of a refund back; raises NotARefund."""
    entry = _lock_entry(public_id)
    if entry.state is not EntryState.REFUNDED or entry.refund_journal_id is None:
        raise NotARefund
    journal = db.session.get_one(Journal, entry.refund_journal_id)
    reverse_journal(journal, Standing.TAKEN_BACK.value, case=None)
    entry.refund_journal_id = None
    _stand(entry, EntryState.SUSPENSE, Standing.TAKEN_BACK)
    return entry


def confirm_return(public_id: str, original_public_id: str) -> BankEntry:
    """A return takes back the payment that a person names: what was booked of it is reversed.

    Raises:
        EntryNotOpen, NotItsReturn, PaymentTakenBack.
    """
    returned, original = _lock_both(public_id, original_public_id)
    if returned.state not in OPEN or returned.amount_cents >= 0:
        raise EntryNotOpen
    fits = (original.iban, original.currency, original.amount_cents) == (
        returned.iban,
        returned.currency,
        -returned.amount_cents,
    )
    if not fits or original.state not in OPEN | PLACED:
        raise NotItsReturn
    payment = _live_payment(original)
    if payment is not None:
        reverse_payment(payment.id, Standing.RETURNED.value)
    for entry in (returned, original):
        _stand(entry, EntryState.RETURNED, Standing.RETURNED)
    audit.record("bank.return_confirmed", "bank_entry", returned.id, original_id=original.id)
    return original


def _stand(entry: BankEntry, state: EntryState, reason: Standing) -> None:
    entry.state, entry.reason = state, reason.value
    db.session.flush()


def _live_payment(entry: BankEntry) -> Payment | None:
    return db.session.scalar(
        select(Payment).where(Payment.bank_entry_id == entry.id, Payment.reversed_at.is_(None))
    )


def _lock_entry(public_id: str) -> BankEntry:
    entry = db.session.scalar(
        select(BankEntry)
        .where(BankEntry.public_id == public_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if entry is None:
        raise NotFound
    return entry


def _lock_both(public_id: str, other: str) -> tuple[BankEntry, BankEntry]:
    """Two entries, locked in one order whichever is named first."""
    locked = {name: _lock_entry(name) for name in sorted({public_id, other})}
    return locked[public_id], locked[other]
