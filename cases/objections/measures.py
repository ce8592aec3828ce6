"""What is measured in a file before a rule looks at it: counts, days and yes or no, by name.

The rules of `data/indicators.csv`, and those that a house adds, speak of these names only. What
the file does not say is None, and no condition holds of it.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from cases.objections.file_facts import FileFacts, Raised
from legal.calendar import add_months

Measure = int | bool | None
#: Law: BGB §§ 355(2), 356(3).
WITHDRAWAL_PERIOD = timedelta(days=14)
WITHDRAWAL_MONTHS_WITHOUT_INSTRUCTION = 12


def measures_of(raised: Raised) -> dict[str, Measure]:
    """Every measure of an objection, by name."""
    return {name: measure(raised) for name, measure in MEASURES.items()}


def last_day_without_instruction(start: date) -> date:
    """Until when a consumer who was never instructed may withdraw. Law: BGB § 356(3)."""
    return add_months(start, WITHDRAWAL_MONTHS_WITHOUT_INSTRUCTION) + WITHDRAWAL_PERIOD


def withdrawal_start(file: FileFacts) -> date | None:
    """From when the period of a withdrawal runs: delivery, else the contract."""
    return file.delivered_on or file.contract_on


def _days(later: date | None, earlier: date | None) -> int | None:
    return None if later is None or earlier is None else (later - earlier).days


def _before(raised: Raised, day: date | None) -> bool:
    return day is not None and day < raised.raised_on


def _paid_before(raised: Raised) -> int:
    return sum(p.cents for p in raised.file.payments if p.on < raised.raised_on)


def _only_disputed_left(raised: Raised) -> bool:
    """Who paid all but the disputed part disputed it from the start."""
    claim, disputed = raised.file.claim_cents, raised.file.disputed_cents
    return claim is not None and claim - _paid_before(raised) == disputed


def _notice_days(raised: Raised) -> int | None:
    """Days from delivery (hidden: discovery) to the notice, or to today where none was sent."""
    file = raised.file
    start = file.discovered_on if file.hidden else file.delivered_on
    return _days(file.notice_sent_on or raised.as_of, start)


def _notified_before_reminders(raised: Raised) -> bool:
    sent_on = raised.file.notice_sent_on
    return sent_on is not None and all(sent_on < day for day in raised.file.reminders)


def _creditor_was_paid(raised: Raised) -> bool:
    reported, disputed = raised.file.direct_payment_reported_cents, raised.file.disputed_cents
    return reported is not None and disputed is not None and reported >= disputed


def _days_silent(raised: Raised) -> int | None:
    if raised.file.creditor_answered_on is not None:
        return None
    return _days(raised.as_of, raised.file.creditor_asked_on)


def _within_year(raised: Raised) -> bool | None:
    start, sent_on = withdrawal_start(raised.file), raised.file.withdrawal_sent_on
    if start is None or sent_on is None:
        return None
    return sent_on <= last_day_without_instruction(start)


def _default_before_order(raised: Raised) -> bool | None:
    default_on, ordered_on = raised.file.default_on, raised.file.ordered_on
    return None if default_on is None or ordered_on is None else default_on <= ordered_on


MEASURES: Mapping[str, Callable[[Raised], Measure]] = {
    "reminders_before": lambda r: sum(day < r.raised_on for day in r.file.reminders),
    "days_after_due": lambda r: _days(r.raised_on, r.file.due_on),
    "part_paid_before": lambda r: any(p.on < r.raised_on for p in r.file.payments),
    "only_disputed_left": _only_disputed_left,
    "promised_before": lambda r: any(p.on < r.raised_on for p in r.file.promises),
    "plan_before": lambda r: _before(r, r.file.plan_agreed_on),
    "delivery_note_signed": lambda r: r.file.delivery_note_signed,
    "merchants": lambda r: bool(r.file.merchants),
    "merchant_goods": lambda r: bool(r.file.merchants and r.file.goods),
    "hidden": lambda r: r.file.hidden,
    "perishable": lambda r: r.file.perishable,
    "notice_sent": lambda r: r.file.notice_sent_on is not None,
    "notice_days": _notice_days,
    "notified_before_reminders": _notified_before_reminders,
    "payment_in_suspense": lambda r: r.file.disputed_cents in r.file.suspense_cents,
    "creditor_was_paid": _creditor_was_paid,
    "days_creditor_silent": _days_silent,
    "invoice_returned": lambda r: r.file.invoice_returned_on is not None,
    "instructed": lambda r: r.file.instructed_on is not None,
    "withdrawal_known": lambda r: _within_year(r) is not None,
    "withdrawal_days": lambda r: _days(r.file.withdrawal_sent_on, withdrawal_start(r.file)),
    "withdrawal_days_after_instruction": lambda r: (
        None
        if withdrawal_start(r.file) is None
        else _days(r.file.withdrawal_sent_on, r.file.instructed_on)
    ),
    "withdrawal_within_year": _within_year,
    "limitation_known": lambda r: r.file.limitation_day is not None,
    "limitation_over_when_raised": lambda r: _before(r, r.file.limitation_day),
    "limitation_over_today": lambda r: (
        r.file.limitation_day is not None and r.file.limitation_day < r.as_of
    ),
    "terms_included": lambda r: r.file.terms_included,
    "days_delivered_late": lambda r: _days(r.file.delivered_on, r.file.promised_on),
    "known_dispute": lambda r: r.file.known_dispute,
    "others_complain_percent": lambda r: r.file.same_kind_of_creditor_percent,
    "default_known": lambda r: r.file.ordered_on is not None,
    "default_before_order": lambda r: bool(_default_before_order(r)),
    "minor_at_contract": lambda r: r.file.minor_at_contract,
    "consent_known": lambda r: r.file.guardian_consented is not None,
    "guardian_consented": lambda r: bool(r.file.guardian_consented),
    "same_reason_elsewhere": lambda r: r.file.same_reason_elsewhere,
}
