"""Indicators (Anhaltspunkte): facts of the file that speak for pretext or for genuine.

Each is one rule with its day and its source, never a percentage, and never a decision: a person
decides. The periods for notifying a defect are conventions of the house for "without delay".
Law: HGB §§ 377, 381; BGB §§ 212, 214, 355, 356(3).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cases.objections.file_facts import Raised
from legal.calendar import add_months
from legal.findings import N_


class SpeaksFor(StrEnum):
    """Where a fact points."""

    PRETEXT = "pretext"
    GENUINE = "genuine"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One fact that speaks for something; `source` is the field of the file it comes from."""

    code: str
    speaks_for: SpeaksFor
    source: str


#: Code -> what it means, in words for the person who decides.
WORDS = {
    "first_raised_late": N_("It was first raised after reminders, or long after the due date."),
    "raised_before_due": N_("It was raised before the claim was due."),
    "part_payment_before": N_("Something was paid before it was raised."),
    "promise_before": N_("Payment was promised before it was raised."),
    "plan_before": N_("Instalments were agreed before it was raised."),
    "delivery_note_signed": N_("The delivery note is signed."),
    "notified": N_("The defect was notified without delay."),
    "not_notified": N_("The defect was not notified without delay."),
    "defect_notified_before": N_("The defect was notified before the first reminder."),
    "payment_in_suspense": N_("Money of the disputed amount lies in suspense."),
    "creditor_was_paid": N_("The creditor reported a direct payment of the disputed amount."),
    "creditor_silent": N_("The creditor was asked and has not answered."),
    "invoice_returned": N_("The invoice came back as undeliverable."),
    "withdrawal_in_time": N_("The withdrawal was sent in time, or may have been."),
    "withdrawal_late": N_("The withdrawal was sent after its period."),
    "time_barred": N_("The limitation day lies before today."),
    "not_time_barred": N_("The claim is not time-barred."),
    "terms_included": N_("The creditor's terms are part of the contract."),
}

REMINDERS_UNANSWERED = 2
LATE_AFTER_DUE = timedelta(days=30)
#: Between merchants, for "without delay" (§ 377(1) HGB); house convention, confidence medium.
NOTICE_PERIOD = timedelta(days=14)
NOTICE_PERIOD_PERISHABLE = timedelta(days=2)
SILENT_AFTER = timedelta(days=14)
WITHDRAWAL_PERIOD = timedelta(days=14)
WITHDRAWAL_MONTHS_WITHOUT_INSTRUCTION = 12
#: Kinds that may come at any time without being suspicious for it.
NEVER_LATE = frozenset({"not_liable", "time_barred", "withdrawn"})
#: Kinds that say that invoice or goods did not come.
DID_NOT_COME = frozenset({"not_delivered", "invoice_not_received"})

Rule = Callable[[Raised], Indicator | None]


def find_indicators(raised: Raised) -> list[Indicator]:
    """Every indicator of an objection, in the order of the rules."""
    return [found for rule in RULES if (found := rule(raised)) is not None]


def _if(applies: bool, code: str, speaks_for: SpeaksFor, source: str) -> Indicator | None:
    return Indicator(code, speaks_for, source) if applies else None


def _first_raised_late(raised: Raised) -> Indicator | None:
    if raised.kind in NEVER_LATE:
        return None
    reminded = sum(day < raised.raised_on for day in raised.file.reminders)
    if reminded >= REMINDERS_UNANSWERED:
        return Indicator("first_raised_late", SpeaksFor.PRETEXT, "reminders")
    due_on = raised.file.due_on
    late = due_on is not None and raised.raised_on - due_on >= LATE_AFTER_DUE
    return _if(late, "first_raised_late", SpeaksFor.PRETEXT, "due_on")


def _raised_before_due(raised: Raised) -> Indicator | None:
    due_on = raised.file.due_on
    early = due_on is not None and raised.raised_on < due_on
    return _if(early, "raised_before_due", SpeaksFor.GENUINE, "due_on")


def _part_payment_before(raised: Raised) -> Indicator | None:
    file = raised.file
    before = [payment.cents for payment in file.payments if payment.on < raised.raised_on]
    if not before:
        return None
    # Who paid all but the disputed part disputed it from the start.
    only_disputed_left = (
        file.claim_cents is not None and file.claim_cents - sum(before) == file.disputed_cents
    )
    speaks_for = SpeaksFor.GENUINE if only_disputed_left else SpeaksFor.PRETEXT
    return Indicator("part_payment_before", speaks_for, "payments")


def _promise_before(raised: Raised) -> Indicator | None:
    promised = any(promise.on < raised.raised_on for promise in raised.file.promises)
    return _if(promised, "promise_before", SpeaksFor.PRETEXT, "promises")


def _plan_before(raised: Raised) -> Indicator | None:
    agreed_on = raised.file.plan_agreed_on
    agreed = agreed_on is not None and agreed_on < raised.raised_on
    return _if(agreed, "plan_before", SpeaksFor.PRETEXT, "plan_agreed_on")


def _delivery_note_signed(raised: Raised) -> Indicator | None:
    signed = raised.kind == "not_delivered" and raised.file.delivery_note_signed is True
    return _if(signed, "delivery_note_signed", SpeaksFor.PRETEXT, "delivery_note_signed")


def _notice(raised: Raised) -> Indicator | None:
    """Whether a merchant notified the defect of goods without delay; sending is enough."""
    file = raised.file
    if raised.kind != "defect" or not (file.merchants and file.goods):
        return None
    start = file.discovered_on if file.hidden else file.delivered_on
    if start is None:
        return None
    last_day = start + (NOTICE_PERIOD_PERISHABLE if file.perishable else NOTICE_PERIOD)
    sent_on = file.notice_sent_on
    if sent_on is not None and sent_on <= last_day:
        return Indicator("notified", SpeaksFor.OPEN, "notice_sent_on")
    late = sent_on is not None or raised.as_of > last_day
    speaks_for = SpeaksFor.OPEN if file.hidden else SpeaksFor.PRETEXT
    return _if(late, "not_notified", speaks_for, "notice_sent_on")


def _defect_notified_before(raised: Raised) -> Indicator | None:
    sent_on = raised.file.notice_sent_on
    before = (
        raised.kind == "defect"
        and sent_on is not None
        and all(sent_on < day for day in raised.file.reminders)
    )
    return _if(before, "defect_notified_before", SpeaksFor.GENUINE, "notice_sent_on")


def _payment_in_suspense(raised: Raised) -> Indicator | None:
    file = raised.file
    lies = raised.kind == "paid" and file.disputed_cents in file.suspense_cents
    return _if(lies, "payment_in_suspense", SpeaksFor.GENUINE, "suspense_cents")


def _creditor_was_paid(raised: Raised) -> Indicator | None:
    reported, disputed = raised.file.direct_payment_reported_cents, raised.file.disputed_cents
    paid = (
        raised.kind == "paid"
        and reported is not None
        and disputed is not None
        and reported >= disputed
    )
    return _if(paid, "creditor_was_paid", SpeaksFor.GENUINE, "direct_payment_reported_cents")


def _creditor_silent(raised: Raised) -> Indicator | None:
    asked_on, answered_on = raised.file.creditor_asked_on, raised.file.creditor_answered_on
    silent = (
        asked_on is not None and answered_on is None and raised.as_of - asked_on >= SILENT_AFTER
    )
    return _if(silent, "creditor_silent", SpeaksFor.GENUINE, "creditor_asked_on")


def _invoice_returned(raised: Raised) -> Indicator | None:
    returned = raised.kind in DID_NOT_COME and raised.file.invoice_returned_on is not None
    return _if(returned, "invoice_returned", SpeaksFor.GENUINE, "invoice_returned_on")


def _withdrawal(raised: Raised) -> Indicator | None:
    """Whether a consumer withdrew in time; sending in time is enough (§ 355(1) BGB)."""
    file, sent_on = raised.file, raised.file.withdrawal_sent_on
    start = file.delivered_on or file.contract_on
    if raised.kind != "withdrawn" or file.merchants or sent_on is None or start is None:
        return None
    in_time = sent_on <= start + WITHDRAWAL_PERIOD or (
        file.instructed_on is not None and sent_on <= file.instructed_on + WITHDRAWAL_PERIOD
    )
    if in_time:
        return Indicator("withdrawal_in_time", SpeaksFor.GENUINE, "withdrawal_sent_on")
    if file.instructed_on is None and sent_on <= last_day_without_instruction(start):
        return Indicator("withdrawal_in_time", SpeaksFor.OPEN, "instructed_on")
    return Indicator("withdrawal_late", SpeaksFor.PRETEXT, "withdrawal_sent_on")


def last_day_without_instruction(start: date) -> date:
    """Until when a consumer who was never instructed may withdraw. Law: BGB § 356(3)."""
    return add_months(start, WITHDRAWAL_MONTHS_WITHOUT_INSTRUCTION) + WITHDRAWAL_PERIOD


def _time_barred(raised: Raised) -> Indicator | None:
    last_day = raised.file.limitation_day
    if last_day is None:
        return None
    if last_day < raised.raised_on:
        return Indicator("time_barred", SpeaksFor.GENUINE, "limitation_day")
    if last_day < raised.as_of:
        return Indicator("time_barred", SpeaksFor.OPEN, "limitation_day")
    return _if(raised.kind == "time_barred", "not_time_barred", SpeaksFor.PRETEXT, "limitation_day")


def _terms_included(raised: Raised) -> Indicator | None:
    included = raised.file.terms_included is True
    return _if(included, "terms_included", SpeaksFor.OPEN, "terms_included")


RULES: tuple[Rule, ...] = (
    _first_raised_late,
    _raised_before_due,
    _part_payment_before,
    _promise_before,
    _plan_before,
    _delivery_note_signed,
    _notice,
    _defect_notified_before,
    _payment_in_suspense,
    _creditor_was_paid,
    _creditor_silent,
    _invoice_returned,
    _withdrawal,
    _time_barred,
    _terms_included,
)
