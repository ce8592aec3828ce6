"""What is measured in a file before a rule looks at it: counts, days and yes or no, by name.

The rules of `data/indicators.csv`, and those that a house adds, speak of these names only. What
the file does not say is None, and no condition holds of it.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from cases.objections.file_facts import FileFacts, Raised
from legal.calendar import add_months, add_years, roll_forward

Measure = int | bool | None
#: Where a declaration is made is not asked; holidays of one state alone move no period.
NATIONWIDE = "DE"
#: Law: BGB §§ 355(2), 356(3).
WITHDRAWAL_PERIOD = timedelta(days=14)
WITHDRAWAL_MONTHS_WITHOUT_INSTRUCTION = 12


def measures_of(raised: Raised) -> dict[str, Measure]:
    """Every measure of an objection, by name."""
    return {name: measure(raised) for name, measure in MEASURES.items()}


def last_day_without_instruction(start: date) -> date:
    """Until when a consumer who was never instructed may withdraw. Law: BGB § 356(3)."""
    return _ending(add_months(start, WITHDRAWAL_MONTHS_WITHOUT_INSTRUCTION) + WITHDRAWAL_PERIOD)


def last_day_after(day: date) -> date:
    """The end of the fortnight of a withdrawal that began with this day. Law: BGB § 355(2)."""
    return _ending(day + WITHDRAWAL_PERIOD)


def last_day_of_withdrawal(file: FileFacts) -> date | None:
    """Until when it could be declared; a late instruction never prolongs the longest period."""
    start = withdrawal_start(file)
    if start is None:
        return None
    longest = last_day_without_instruction(start)
    if file.instructed_on is None:
        return longest
    return min(last_day_after(max(start, file.instructed_on)), longest)


def withdrawal_start(file: FileFacts) -> date | None:
    """From when its period runs: delivery, else the contract; the contract first for services.

    Law: BGB § 356(2).
    """
    if file.is_work:
        return file.contract_on or file.delivered_on
    return file.delivered_on or file.contract_on


def _ending(day: date) -> date:
    """A period for a declaration never ends on a Saturday, Sunday or holiday. Law: BGB § 193."""
    return roll_forward(day, NATIONWIDE)


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
    if reported is None or disputed is None:
        return False
    return 0 < reported >= disputed


def _days_silent(raised: Raised) -> int | None:
    """What was said before the question, or after the day that is looked at, answers nothing."""
    asked_on, answered_on = raised.file.creditor_asked_on, raised.file.creditor_answered_on
    if asked_on and answered_on and asked_on <= answered_on <= raised.as_of:
        return None
    return _days(raised.as_of, asked_on)


def _within_year(raised: Raised) -> bool | None:
    start, sent_on = withdrawal_start(raised.file), raised.file.withdrawal_sent_on
    if start is None or sent_on is None:
        return None
    return sent_on <= last_day_without_instruction(start)


def _within_fortnight(raised: Raised) -> bool | None:
    start, sent_on = withdrawal_start(raised.file), raised.file.withdrawal_sent_on
    if start is None or sent_on is None:
        return None
    return sent_on <= last_day_after(start)


def _after_instruction_in_time(raised: Raised) -> bool | None:
    last_day, sent_on = last_day_of_withdrawal(raised.file), raised.file.withdrawal_sent_on
    if last_day is None or sent_on is None or raised.file.instructed_on is None:
        return None
    return sent_on <= last_day


def _warranty_over(raised: Raised) -> bool | None:
    """Two years from delivery; the day does not roll. Law: BGB § 438(1) no. 3, (2)."""
    if raised.file.delivered_on is None:
        return None
    notified_on = raised.file.notice_sent_on or raised.raised_on
    return notified_on > add_years(raised.file.delivered_on, 2)


def _no_cancel_button(raised: Raised) -> bool | None:
    there = raised.file.cancel_button
    return None if there is None else not there


def _default_before_order(raised: Raised) -> bool | None:
    default_on, ordered_on = raised.file.default_on, raised.file.ordered_on
    return None if default_on is None or ordered_on is None else default_on <= ordered_on


MEASURES: Mapping[str, Callable[[Raised], Measure]] = {
    "reminders_before": lambda r: sum(day < r.raised_on for day in r.file.reminders),
    "days_after_due": lambda r: _days(r.raised_on, r.file.due_on),
    # What came back again was no payment.
    "part_paid_before": lambda r: _paid_before(r) > 0,
    "only_disputed_left": _only_disputed_left,
    "promised_before": lambda r: any(p.on < r.raised_on for p in r.file.promises),
    "plan_before": lambda r: _before(r, r.file.plan_agreed_on),
    "delivery_note_signed": lambda r: r.file.delivery_note_signed,
    "merchants": lambda r: bool(r.file.merchants),
    "merchant_goods": lambda r: bool(r.file.merchants and r.file.goods),
    "consumer": lambda r: r.file.is_consumers,
    "work": lambda r: r.file.is_work,
    "warranty_over_when_notified": _warranty_over,
    "days_after_first_letter": lambda r: _days(r.raised_on, min(r.file.our_letters, default=None)),
    "police_report": lambda r: r.file.police_report,
    "cancel_button_missing": _no_cancel_button,
    "hidden": lambda r: r.file.hidden,
    "perishable": lambda r: r.file.perishable,
    "notice_sent": lambda r: r.file.notice_sent_on is not None,
    "notice_days": _notice_days,
    "notified_before_reminders": _notified_before_reminders,
    "payment_in_suspense": lambda r: (
        bool(r.file.disputed_cents) and r.file.disputed_cents in r.file.suspense_cents
    ),
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
    "withdrawn_within_fortnight": _within_fortnight,
    "withdrawn_after_instruction_in_time": _after_instruction_in_time,
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
