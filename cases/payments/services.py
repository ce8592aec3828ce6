"""What a person does with bank entries: assign, undo, note a refund, confirm a return."""

from cases.claims.queries import find_case_by_number, lock_case
from cases.claims.references import parse_case_numbers
from cases.core import audit
from cases.core.database import db
from cases.ledger.bulk_posting import business_day
from cases.ledger.models import Account, Journal
from cases.ledger.posting import Line, post, reverse_journal
from cases.payments.booking import book_payment, money_of, reverse_payment
from cases.payments.entries import OPEN, PLACED, live_payments, lock_both, lock_entry, stand
from cases.payments.errors import CaseUnknown, EntryNotOpen, NotARefund, NoteMissing, NotItsReturn
from cases.payments.models import BankEntry, EntryState, Payment
from cases.payments.standing import Standing


def assign_entry(public_id: str, case_number: str) -> Payment:
    """Allocate money in suspense to the case that a person chose.

    Raises:
        EntryNotOpen, CaseUnknown, CurrencyDiffers, CaseTakesNoMoney, NothingOwed.
    """
    entry = lock_entry(public_id)
    if entry.state not in OPEN or entry.amount_cents <= 0:
        raise EntryNotOpen
    numbers = parse_case_numbers(case_number)
    case = find_case_by_number(numbers[0]) if len(numbers) == 1 else None
    if case is None:
        raise CaseUnknown(number=case_number.strip())
    payment = book_payment(lock_case(case.id), money_of(entry))
    stand(entry, EntryState.ASSIGNED, Standing.BY_HAND)
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
    entry = lock_entry(public_id)
    payments = live_payments(entry)
    if entry.state not in PLACED or not payments:
        raise EntryNotOpen
    for payment in reversed(payments):
        reverse_payment(payment.id, Standing.TAKEN_BACK.value)
    stand(entry, EntryState.SUSPENSE, Standing.TAKEN_BACK)
    audit.record("bank.released", "bank_entry", entry.id, why=why.strip())
    return entry


def note_refund(public_id: str, why: str) -> BankEntry:
    """Note that money in suspense goes back to who paid it; it is owed to him from now on.

    Raises:
        NoteMissing, EntryNotOpen.
    """
    if not why.strip():
        raise NoteMissing
    entry = lock_entry(public_id)
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
    entry.settled_journal_id = journal.id
    stand(entry, EntryState.REFUNDED, Standing.REFUND_NOTED)
    audit.record("bank.refund_noted", "bank_entry", entry.id, why=why.strip())
    return entry


def withdraw_refund(public_id: str) -> BankEntry:
    """Take the note of a refund back; raises NotARefund."""
    entry = lock_entry(public_id)
    if entry.state is not EntryState.REFUNDED or entry.settled_journal_id is None:
        raise NotARefund
    journal = db.session.get_one(Journal, entry.settled_journal_id)
    reverse_journal(journal, Standing.TAKEN_BACK.value, case=None)
    entry.settled_journal_id = None
    stand(entry, EntryState.SUSPENSE, Standing.TAKEN_BACK)
    return entry


def confirm_return(public_id: str, original_public_id: str) -> BankEntry:
    """A return takes back the payment that a person names: what was booked of it is reversed.

    Raises:
        EntryNotOpen, NotItsReturn, PaymentTakenBack.
    """
    returned, original = lock_both(public_id, original_public_id)
    if returned.state not in OPEN or returned.amount_cents >= 0:
        raise EntryNotOpen
    fits = (original.iban, original.currency, original.amount_cents) == (
        returned.iban,
        returned.currency,
        -returned.amount_cents,
    )
    if not fits or original.state not in OPEN | PLACED:
        raise NotItsReturn
    for payment in reversed(live_payments(original)):
        reverse_payment(payment.id, Standing.RETURNED.value)
    returned.twin_id = original.id
    for entry in (returned, original):
        stand(entry, EntryState.RETURNED, Standing.RETURNED)
    audit.record("bank.return_confirmed", "bank_entry", returned.id, original_id=original.id)
    return original
