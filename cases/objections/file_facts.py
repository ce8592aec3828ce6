"""What the file of a claim says when an objection is examined. Anything may be missing."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DatedCents:
    """An amount with its day: a payment, or a promise on the day it was made."""

    on: date
    cents: int


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Days, documents and amounts; None means that the file does not say."""

    invoiced_on: date | None = None
    due_on: date | None = None
    contract_on: date | None = None
    delivered_on: date | None = None
    delivery_note_signed: bool | None = None
    reminders: tuple[date, ...] = ()  # The creditor's own.
    our_letters: tuple[date, ...] = ()
    claim_cents: int | None = None
    disputed_cents: int | None = None
    payments: tuple[DatedCents, ...] = ()
    promises: tuple[DatedCents, ...] = ()
    plan_agreed_on: date | None = None
    merchants: bool | None = None  # Both sides are merchants.
    goods: bool | None = None
    notice_sent_on: date | None = None  # The defect was notified.
    hidden: bool = False
    discovered_on: date | None = None
    perishable: bool = False
    creditor_asked_on: date | None = None
    creditor_answered_on: date | None = None
    invoice_returned_on: date | None = None
    suspense_cents: tuple[int, ...] = ()
    direct_payment_reported_cents: int | None = None
    terms_included: bool | None = None
    withdrawal_sent_on: date | None = None
    instructed_on: date | None = None
    limitation_day: date | None = None
    same_kind_of_creditor_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """The objection as it was raised, and the day on which it is looked at."""

    kind: str
    raised_on: date
    as_of: date
    file: FileFacts = FileFacts()
    contests: bool = True
