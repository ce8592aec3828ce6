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
    promised_on: date | None = None  # Until when delivery was promised.
    delivery_note_signed: bool | None = None
    reminders: tuple[date, ...] = ()  # The creditor's own.
    our_letters: tuple[date, ...] = ()
    claim_cents: int | None = None
    disputed_cents: int | None = None
    payments: tuple[DatedCents, ...] = ()
    promises: tuple[DatedCents, ...] = ()
    plan_agreed_on: date | None = None
    merchants: bool | None = None  # Both sides are merchants.
    consumer: bool | None = None  # None: who is no merchant counts as one.
    documents: tuple[str, ...] = ()  # Kinds of documents on file.
    goods: bool | None = None
    own_carrier: bool | None = None  # The buyer chose a carrier that the seller had not named.
    notice_sent_on: date | None = None  # The defect was notified.
    hidden: bool = False
    discovered_on: date | None = None
    perishable: bool = False
    animal: bool = False  # A living animal was bought.
    accepted_on: date | None = None  # The work was accepted, or counts as accepted.
    repair_cents: int | None = None  # What putting the defect right costs.
    proof_cents: int | None = None  # What it would cost to prove it.
    creditor_asked_on: date | None = None
    creditor_answered_on: date | None = None
    invoice_received: bool | None = None
    invoice_returned_on: date | None = None
    suspense_cents: tuple[int, ...] = ()
    direct_payment_reported_cents: int | None = None
    terms_included: bool | None = None
    withdrawal_sent_on: date | None = None
    instructed_on: date | None = None
    cancelled_on: date | None = None  # The cancellation was received.
    contract_ends_on: date | None = None
    cancel_button: bool | None = None  # The page had a cancellation button.
    limitation_day: date | None = None
    order_proven: bool | None = None
    order_button: bool | None = None  # It named the payment.
    price_agreed: bool | None = None
    minor_at_contract: bool | None = None
    guardian_asked_on: date | None = None
    guardian_consented: bool | None = None
    police_report: bool | None = None
    heir_named: bool | None = None
    default_on: date | None = None
    ordered_on: date | None = None  # When the creditor gave the order to collect.
    authority_shown_on: date | None = None
    counterclaim_due_on: date | None = None  # When what is set off fell due.
    known_dispute: bool | None = None  # Said by the creditor when he handed the claim in.
    same_kind_of_creditor_percent: int | None = None
    same_reason_elsewhere: int | None = None  # Only where the house looks for it.

    @property
    def is_consumers(self) -> bool:
        """Whether the law for consumers counts; a business need not be a merchant."""
        return not self.merchants if self.consumer is None else self.consumer

    @property
    def is_work(self) -> bool:
        """Whether it is about a work or service, as far as anybody has said."""
        return self.goods is False


@dataclass(frozen=True, slots=True)
class Raised:
    """The objection as it was raised, and the day on which it is looked at."""

    kind: str
    raised_on: date
    as_of: date
    file: FileFacts = FileFacts()
    contests: bool = True
