"""What a person does with bank entries: assign, undo, note a refund, confirm a return."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.claims.models import Case
from cases.claims.queries import find_case_by_number, list_claims, lock_cases
from cases.claims.references import parse_case_numbers
from cases.core import audit
from cases.core.database import db
from cases.formats.invoice_fold import fold_invoice
from cases.ledger.bank.bookings import book_bank_fee
from cases.ledger.bulk_posting import business_day
from cases.ledger.models import Account, Journal
from cases.ledger.posting import Line, post, reverse_journal
from cases.payments.booking import book_payment, money_of, reverse_payment
from cases.payments.candidates import taken_cents
from cases.payments.designation import NONE, Designation
from cases.payments.entries import OPEN, PLACED, live_payments, lock_both, lock_entry, stand
from cases.payments.errors import (
    CaseUnknown,
    EntryNotOpen,
    InvoiceUnknown,
    NotARefund,
    NoteMissing,
    NotItsReturn,
    RefundOrdered,
    SharesDiffer,
)
from cases.payments.models import BankEntry, EntryState, Payment
from cases.payments.placing import words_of
from cases.payments.standing import Standing

#: A bank's charge for a return beyond this is another matter (house choice: 30.00).
MOST_CHARGED = 30_00


@dataclass(frozen=True, slots=True)
class ShareWish:
    """What one case gets of a payment, and how it counts there.

    `invoices` are the numbers that the debtor wants paid; None leaves it to what he wrote.
    """

    case_number: str
    cents: int
    invoices: Sequence[str] | None = None
    principal_first: bool = False


def assign_entry(
    public_id: str,
    case_number: str,
    invoices: Sequence[str] | None = None,
    *,
    principal_first: bool = False,
) -> Payment:
    """Allocate money in suspense to the case that a person chose.

    Raises:
        EntryNotOpen, CaseUnknown, InvoiceUnknown, CurrencyDiffers, CaseTakesNoMoney, NothingOwed,
        CaseNotComputable.
    """
    entry = lock_entry(public_id)
    share = ShareWish(case_number, entry.amount_cents, invoices, principal_first)
    return _share_out(entry, [share])[0]


def split_entry(public_id: str, shares: Sequence[ShareWish]) -> list[Payment]:
    """Share one payment between cases, as the debtor wants or a person decides.

    Raises:
        SharesDiffer: they are not the payment; and what `assign_entry` raises.
    """
    return _share_out(lock_entry(public_id), shares)


def _share_out(entry: BankEntry, shares: Sequence[ShareWish]) -> list[Payment]:
    if entry.state not in OPEN or entry.amount_cents <= 0:
        raise EntryNotOpen
    cases = [_case_of(share.case_number) for share in shares]
    whole = sum(share.cents for share in shares) == entry.amount_cents
    if not whole or any(s.cents <= 0 for s in shares) or len({c.id for c in cases}) < len(cases):
        raise SharesDiffer
    locked = lock_cases({case.id for case in cases})
    payments = []
    for share, found in zip(shares, cases, strict=True):
        case = locked[found.id]
        wish, words = _designation(entry, case, share)
        money = money_of(entry, wish, share.cents)
        payments.append(book_payment(case, money, words, ask=False))
        audit.record(
            "bank.assigned", "bank_entry", entry.id, creditor_id=case.creditor_id, case_id=case.id
        )
    stand(entry, EntryState.ASSIGNED, Standing.BY_HAND)
    return payments


def _case_of(case_number: str) -> Case:
    numbers = parse_case_numbers(case_number)
    case = find_case_by_number(numbers[0]) if len(numbers) == 1 else None
    if case is None:
        raise CaseUnknown(number=case_number.strip())
    return case


def _designation(entry: BankEntry, case: Case, share: ShareWish) -> tuple[Designation, str | None]:
    """What a person has decided, or the words in which the payment itself says it."""
    if share.invoices is None:
        whole = case.currency == entry.currency and share.cents == entry.amount_cents
        return NONE, words_of(entry) if whole else None
    claims = {fold_invoice(claim.invoice_number): claim.id for claim in list_claims(case.id)}
    wanted = [number.strip() for number in share.invoices if number.strip()]
    unknown = [number for number in wanted if fold_invoice(number) not in claims]
    if unknown:
        raise InvoiceUnknown(number=unknown[0])
    ids = tuple(claims[fold_invoice(number)] for number in wanted)
    return Designation(ids, principal_first=share.principal_first), None


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
    """Take the note of a refund back; raises NotARefund, RefundOrdered."""
    entry = lock_entry(public_id)
    if entry.reason == Standing.REFUND_ORDERED.value:
        raise RefundOrdered
    if entry.state is not EntryState.REFUNDED or entry.settled_journal_id is None:
        raise NotARefund
    journal = db.session.get_one(Journal, entry.settled_journal_id)
    reverse_journal(journal, Standing.TAKEN_BACK.value, case=None)
    entry.settled_journal_id = None
    stand(entry, EntryState.SUSPENSE, Standing.TAKEN_BACK)
    audit.record("bank.refund_withdrawn", "bank_entry", entry.id)
    return entry


def confirm_return(public_id: str, original_public_id: str) -> BankEntry:
    """A return takes back the payment that a person names: what was booked of it is reversed.

    What the bank took beyond the payment is its charge, which the house makes good.

    Raises:
        EntryNotOpen, NotItsReturn, PaymentTakenBack.
    """
    returned, original = lock_both(public_id, original_public_id)
    if returned.state not in OPEN or returned.amount_cents >= 0:
        raise EntryNotOpen
    charge = -returned.amount_cents - original.amount_cents
    same_account = (original.iban, original.currency) == (returned.iban, returned.currency)
    named = bool(returned.end_to_end) and returned.end_to_end == original.end_to_end
    fits = original.amount_cents in taken_cents(returned) or (named and 0 <= charge <= MOST_CHARGED)
    if not (same_account and fits) or original.state not in OPEN | PLACED:
        raise NotItsReturn
    for payment in reversed(live_payments(original)):
        reverse_payment(payment.id, Standing.RETURNED.value)
    if charge > 0:
        day = business_day(returned.booked_on)
        reference = f"bank:{returned.public_id}"
        fee = book_bank_fee(charge, day, returned.currency, reference)
        returned.settled_journal_id = fee.id
    returned.twin_id = original.id
    for entry in (returned, original):
        stand(entry, EntryState.RETURNED, Standing.RETURNED)
    audit.record("bank.return_confirmed", "bank_entry", returned.id, original_id=original.id)
    return original
