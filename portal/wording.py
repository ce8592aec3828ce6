"""The words of the house for codes of cases: phases, holds, outcomes, objections, timeline events.

One home for both sides. `word` finds the words of an enumeration's member by its type; the
filter of the same name does so in templates. Parameters of sentences are formatted by
`portal.shell.wording`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask import Flask
from flask_babel import gettext

from cases.claims.models import DueBasis, HoldReason, Outcome, Phase, Purpose, TimelineEvent
from cases.claims.timeline import SENTENCES
from cases.contacts.models import (
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    NonPaymentReason,
    PromiseState,
)
from cases.documents.models import DocumentKind
from cases.ledger.models import EntryKind
from cases.letters.models import LetterKind, LetterState
from cases.objections.models import ObjectionKind, SpeaksFor, Verdict
from cases.parties.models import DebtorKind
from cases.people.policy import Role
from cases.worklist.models import WorkItem, WorkQueue
from cases.worklist.reasons import REASONS
from legal.de.default import Ground
from legal.findings import N_
from portal import court_words
from portal.shell.wording import worded

Words = Mapping[Any, str]

PHASES: Words = {
    Phase.NEW: N_("New"),
    Phase.AMICABLE: N_("Out of court"),
    Phase.COURT: N_("In court"),
    Phase.ENFORCEMENT: N_("Enforcement"),
    Phase.CLOSED: N_("Closed"),
}
OUTCOMES: Words = {
    Outcome.PAID: N_("paid"),
    Outcome.SETTLED: N_("settled"),
    Outcome.WITHDRAWN: N_("withdrawn"),
    Outcome.UNFOUNDED: N_("unfounded"),
    Outcome.UNCOLLECTIBLE: N_("uncollectible"),
    Outcome.INSOLVENT: N_("insolvent"),
    Outcome.TIME_BARRED: N_("time-barred"),
    Outcome.REFUSED: N_("order not accepted"),
}
HOLDS: Words = {
    HoldReason.OBJECTION: N_("an objection is being verified"),
    HoldReason.DECEASED: N_("the debtor has died"),
    HoldReason.INSOLVENCY: N_("insolvency was opened"),
    HoldReason.REPRESENTED: N_("a lawyer or debt counsellor was named"),
    HoldReason.ADDRESS_UNKNOWN: N_("the address is unknown"),
    HoldReason.CREDITOR: N_("the creditor asked us to wait"),
}
CHANNELS: Words = {
    ContactChannel.LETTER: N_("Letter"),
    ContactChannel.EMAIL: N_("E-mail"),
    ContactChannel.SMS: N_("SMS"),
    ContactChannel.PHONE: N_("Phone"),
    ContactChannel.VISIT: N_("Visit"),
}
DIRECTIONS: Words = {
    ContactDirection.OUTBOUND: N_("we to the debtor"),
    ContactDirection.INBOUND: N_("the debtor to us"),
}
CONTACT_OUTCOMES: Words = {
    ContactOutcome.REACHED_PAYS: N_("reached, pays"),
    ContactOutcome.PROMISE: N_("payment promised"),
    ContactOutcome.INSTALMENTS: N_("asks for instalments"),
    ContactOutcome.OBJECTION: N_("objects"),
    ContactOutcome.CALL_BACK: N_("call back agreed"),
    ContactOutcome.WRONG_NUMBER: N_("wrong number"),
    ContactOutcome.NOT_REACHED: N_("not reached"),
    ContactOutcome.REFUSES: N_("refuses to pay"),
}
NON_PAYMENT: Words = {
    NonPaymentReason.CANNOT_PAY: N_("Cannot pay at the moment"),
    NonPaymentReason.FORGOT: N_("Forgot it"),
    NonPaymentReason.NOT_RECEIVED: N_("Says the invoice did not arrive"),
    NonPaymentReason.INTERNAL_DELAY: N_("Internal delay, approval missing"),
    NonPaymentReason.DISPUTE: N_("Disputes something"),
    NonPaymentReason.REFUSES: N_("Refuses without a reason"),
    NonPaymentReason.UNKNOWN: N_("Did not say"),
}
PROMISES: Words = {
    PromiseState.OPEN: N_("open"),
    PromiseState.KEPT: N_("kept"),
    PromiseState.BROKEN: N_("broken"),
    PromiseState.REPLACED: N_("replaced"),
}
OBJECTIONS: Words = {
    ObjectionKind.PAID: N_("Already paid"),
    ObjectionKind.NOT_ORDERED: N_("Not ordered"),
    ObjectionKind.NOT_DELIVERED: N_("Not delivered"),
    ObjectionKind.DEFECT: N_("Goods or work defective"),
    ObjectionKind.WRONG_AMOUNT: N_("Amount wrong"),
    ObjectionKind.WITHDRAWN: N_("Contract withdrawn or cancelled"),
    ObjectionKind.TIME_BARRED: N_("Claim time-barred"),
    ObjectionKind.NOT_LIABLE: N_("Wrong person"),
    ObjectionKind.SET_OFF: N_("Set-off against a counterclaim"),
    ObjectionKind.OTHER: N_("Something else"),
}
VERDICTS: Words = {
    Verdict.PRETEXT: N_("Pretext"),
    Verdict.GENUINE: N_("Genuine"),
    Verdict.PARTLY_GENUINE: N_("Partly genuine"),
    Verdict.UNDECIDED: N_("Undecided"),
}
SPEAKS_FOR: Words = {
    SpeaksFor.PRETEXT: N_("Pretext"),
    SpeaksFor.GENUINE: N_("Genuine"),
    SpeaksFor.OPEN: N_("Still open"),
}
QUEUES: Words = {
    WorkQueue.NEW_CASE: N_("New orders"),
    WorkQueue.FOLLOW_UP: N_("Follow-ups"),
    WorkQueue.COMMITMENT: N_("Call backs"),
    WorkQueue.BROKEN_PROMISE: N_("Broken promises"),
    WorkQueue.OBJECTION: N_("Objections"),
    WorkQueue.PAYMENT: N_("Payments"),
    WorkQueue.STEP_DUE: N_("Steps due"),
    WorkQueue.LEGAL: N_("Court"),
    WorkQueue.LIMITATION: N_("Limitation"),
    WorkQueue.TASK: N_("Tasks"),
}
DUE_BASES: Words = {
    DueBasis.CONTRACT: N_("agreed in the contract"),
    DueBasis.INVOICE: N_("printed on the invoice"),
    DueBasis.STATUTE: N_("due at once by law"),
}
DOCUMENT_KINDS: Words = {
    DocumentKind.CONTRACT: N_("Contract"),
    DocumentKind.ORDER: N_("Order"),
    DocumentKind.DELIVERY_NOTE: N_("Delivery note or proof of work"),
    DocumentKind.INVOICE: N_("Invoice"),
    DocumentKind.TERMS: N_("Terms and conditions"),
    DocumentKind.CORRESPONDENCE: N_("Correspondence"),
}
GROUNDS: Words = {
    Ground.AGREED_DAY: N_("agreed payment day passed"),
    Ground.REMINDER: N_("reminder received"),
    Ground.REFUSAL: N_("final refusal"),
    Ground.THIRTY_DAYS: N_("30 days after due date and invoice"),
}
PURPOSES: Words = {Purpose.CONSUMER: N_("Consumer"), Purpose.BUSINESS: N_("Business")}
DEBTORS: Words = {
    DebtorKind.NATURAL_PERSON: N_("Private person"),
    DebtorKind.SOLE_TRADER: N_("Sole trader"),
    DebtorKind.COMPANY: N_("Company"),
    DebtorKind.PUBLIC_BODY: N_("Public body"),
}
LETTERS: Words = {
    LetterKind.FIRST_DEMAND: N_("First demand letter"),
    LetterKind.OBJECTION_REPLY: N_("Reply to an objection"),
}
LETTER_STATES: Words = {LetterState.QUEUED: N_("is being printed"), LetterState.SENT: N_("sent")}
ENTRIES: Words = {
    EntryKind.PRINCIPAL: N_("Principal"),
    EntryKind.INTEREST_ARREARS: N_("Interest computed before"),
    EntryKind.COLLECTION_FEE: N_("Collection fee"),
    EntryKind.OUTLAYS: N_("Outlays"),
    EntryKind.REMINDER_COSTS: N_("Reminder costs"),
    EntryKind.LUMP_SUM: N_("Lump sum"),
    EntryKind.VAT: N_("VAT"),
    EntryKind.SETTLEMENT_FEE: N_("Settlement fee"),
    EntryKind.COURT_COSTS: N_("Court costs"),
    EntryKind.ENFORCEMENT_COSTS: N_("Enforcement costs"),
    EntryKind.PAYMENT: N_("Payment"),
    EntryKind.DIRECT_PAYMENT: N_("Payment to the creditor"),
    EntryKind.CREDIT_NOTE: N_("Credit note"),
    EntryKind.WAIVER: N_("Waiver"),
    EntryKind.SETTLEMENT: N_("Settlement"),
    EntryKind.REVERSAL: N_("Reversal"),
}
ROLES: Words = {
    Role.CREDITOR: N_("Creditor"),
    Role.CASE_WORKER: N_("Case worker"),
    Role.ACCOUNTS: N_("Accounts"),
    Role.LEGAL: N_("Legal"),
    Role.ADMIN: N_("Administration"),
}

#: Type of a code -> its words.
TABLES: dict[type[StrEnum], Words] = {
    type(next(iter(table))): table
    for table in (
        PHASES, OUTCOMES, HOLDS, CHANNELS, DIRECTIONS, CONTACT_OUTCOMES, NON_PAYMENT, PROMISES,
        OBJECTIONS, VERDICTS, SPEAKS_FOR, QUEUES, DUE_BASES, DOCUMENT_KINDS, GROUNDS,
        PURPOSES, DEBTORS, LETTERS, LETTER_STATES, ENTRIES, ROLES, *court_words.TABLES,
    )
}  # fmt: skip
#: Name of a parameter of events and reasons -> the words of its codes.
CODES: dict[str, Words] = {
    "reason_code": HOLDS,
    "outcome_code": CONTACT_OUTCOMES,
    "kind_code": OBJECTIONS,
    "verdict_code": VERDICTS,
    "channel_code": CHANNELS,
    **court_words.CODES,
}


def word(code: StrEnum | None) -> str:
    """A code in the language of the page, nothing for none."""
    return "" if code is None else str(gettext(TABLES[type(code)][code]))


def choices(codes: type[StrEnum]) -> list[tuple[str, str]]:
    """Value and words of every member, for fields to choose from."""
    return [(code.value, word(code)) for code in codes]


def event_words(event: TimelineEvent) -> str:
    """What happened, as the timeline says it."""
    return worded(SENTENCES[event.kind], event.params, _codes_of(event.params))


def reason_words(item: WorkItem) -> tuple[str, str]:
    """Why a case stands in the worklist: what it is, and the facts behind it."""
    reason = REASONS[item.reason]
    codes = _codes_of(item.params)
    detail = worded(reason.detail, item.params, codes).strip(" :")
    return worded(reason.title, item.params, codes), detail


def register(app: Flask) -> None:
    """Install the filters."""
    app.jinja_env.filters.update(word=word, event_words=event_words, reason_words=reason_words)


def _codes_of(params: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in params.items():
        table = CODES.get(name, {})
        if value in table:
            found[str(value)] = table[value]
    return found
