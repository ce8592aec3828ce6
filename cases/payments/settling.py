"""What a line of the trust account was that belongs to no case: fees, refunds, own transfers.

Each is booked out of suspense under its name and can be taken back; every line ends up matched,
refunded, settled or open with its age.
"""

from cases.core import audit
from cases.core.database import db
from cases.ledger.bank import bookings as bank_bookings
from cases.ledger.bulk_posting import business_day
from cases.ledger.models import Journal
from cases.ledger.posting import reverse_journal
from cases.ledger.trust_bookings import receive_advance
from cases.parties.queries import find_creditor
from cases.payments.entries import OPEN, lock_entry, stand
from cases.payments.errors import CreditorMissing, EntryNotOpen, NotSettledSo
from cases.payments.models import BankEntry, EntryState
from cases.payments.standing import Standing

#: What money that went out can have been; the last one needs a creditor.
OUT = (Standing.BANK_FEE, Standing.REFUND_PAID, Standing.TRANSFER_SEEN, Standing.PAID_TO_CREDITOR)
#: What money that came in can be, besides a payment of a debtor.
IN = (Standing.TRANSFER_SEEN, Standing.ADVANCE)
NEEDS_CREDITOR = frozenset({Standing.PAID_TO_CREDITOR, Standing.ADVANCE})


def settle_entry(public_id: str, what: Standing, creditor_public_id: str = "") -> BankEntry:
    """Book what a person says an open line was.

    Raises:
        EntryNotOpen, NotSettledSo, CreditorMissing, NotEnoughThere.
    """
    entry = lock_entry(public_id)
    if entry.state not in OPEN:
        raise EntryNotOpen
    if what not in (OUT if entry.amount_cents < 0 else IN):
        raise NotSettledSo
    creditor = find_creditor(creditor_public_id) if what in NEEDS_CREDITOR else None
    if what in NEEDS_CREDITOR and creditor is None:
        raise CreditorMissing
    journal = _book(entry, what, creditor.id if creditor else 0)
    entry.settled_journal_id = journal.id
    stand(entry, EntryState.SETTLED, what)
    audit.record(
        "bank.settled", "bank_entry", entry.id, what=what.value,
        creditor_id=creditor.id if creditor else None,
    )  # fmt: skip
    return entry


def unsettle_entry(public_id: str) -> BankEntry:
    """Take such a booking back: the line is open again; raises EntryNotOpen."""
    entry = lock_entry(public_id)
    if entry.state is not EntryState.SETTLED or entry.settled_journal_id is None:
        raise EntryNotOpen
    journal = db.session.get_one(Journal, entry.settled_journal_id)
    reverse_journal(journal, Standing.TAKEN_BACK.value, case=None)
    entry.settled_journal_id = None
    reason = Standing.OUTGOING if entry.amount_cents < 0 else Standing.TAKEN_BACK
    stand(entry, EntryState.SUSPENSE, reason)
    audit.record("bank.unsettled", "bank_entry", entry.id)
    return entry


def _book(entry: BankEntry, what: Standing, creditor_id: int) -> Journal:
    day, cents = business_day(entry.booked_on), abs(entry.amount_cents)
    currency, reference = entry.currency, f"bank:{entry.public_id}"
    if what is Standing.BANK_FEE:
        return bank_bookings.book_bank_fee(cents, day, currency, reference)
    if what is Standing.REFUND_PAID:
        return bank_bookings.book_refund_paid(cents, day, currency, reference)
    if what is Standing.TRANSFER_SEEN:
        return bank_bookings.book_transfer_seen(-entry.amount_cents, day, currency, reference)
    if what is Standing.ADVANCE:
        return receive_advance(creditor_id, cents, day, currency, reference)
    return bank_bookings.book_paid_to_creditor(creditor_id, cents, day, currency, reference)
