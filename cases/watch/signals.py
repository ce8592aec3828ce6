"""The signals (Warnzeichen): each a rule with its window, its day and what it rests on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cases.watch.customer import Customer, Invoice, Others, Parameters, PartnerEvent, Window
from cases.watch.days_late import find_shift
from legal.findings import N_

STRONG, MIDDLE, WEAK = Decimal("0.40"), Decimal("0.25"), Decimal("0.20")

#: Code -> what happened, in words.
WORDS = {
    "discount_stopped": N_("The discount that was usual is no longer taken."),
    "pays_later": N_("Invoices are paid later than this customer used to."),
    "reminders": N_("Several reminders were needed within a short time."),
    "offers_ignored": N_("Offers to talk stay unanswered."),
    "terms_broken": N_("Promises or new terms were not kept."),
    "complaints_rising": N_("Complaints rise, and not with the other customers."),
    "cancellations": N_("Many orders are cancelled."),
    "bank_changed": N_("Bank details changed without a notice that says why."),
    "partner_lost": N_("A supplier or large customer is gone."),
}
NOTES = {
    "history_short": N_("Fewer than {least} paid invoices: too few to see a change."),
    "quality": N_(
        "Complaints of the other customers have risen too: this speaks of the creditor's quality, "
        "not of this customer."
    ),
    "uncertainty": N_(
        "Without an agreed termination clause the objection of uncertainty remains (BGB § 321)."
    ),
}


@dataclass(frozen=True, slots=True)
class Signal:
    """One rule that fired: since when, how much it weighs, and on what it rests."""

    code: str
    since: date
    weight: Decimal
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a customer."""

    customer: Customer
    as_of: date
    others: Others
    parameters: Parameters


Rule = Callable[[Look], Signal | None]


def find_signals(look: Look) -> list[Signal]:
    """Every signal of a customer, in the order of the rules."""
    return [found for rule in RULES if (found := rule(look)) is not None]


def notes_on(look: Look) -> Iterator[str]:
    """Why a rule stayed silent although somebody might have expected it (codes of NOTES)."""
    if len(_paid(look)) < look.parameters.paid_invoices:
        yield "history_short"
    if _complaints_rose(look) and _others_rose(look):
        yield "quality"


def _paid(look: Look) -> list[Invoice]:
    return [
        each
        for each in look.customer.invoices
        if each.paid_on is not None and each.paid_on <= look.as_of
    ]


def _discount_stopped(look: Look) -> Signal | None:
    """Usual before (at least every second time), not once in the last ones."""
    offered = sorted(
        (
            each
            for each in look.customer.invoices
            if each.discount_until is not None
            and (each.paid_on is not None or each.discount_until < look.as_of)
        ),
        key=lambda each: each.invoiced_on,
    )
    run = look.parameters.discounts
    last, before = offered[-run:], offered[:-run]
    taken = sum(each.paid_with_discount for each in before)
    if any(each.paid_with_discount for each in last) or len(before) < run:
        return None
    if 2 * taken < len(before):
        return None
    while before and not before[-1].paid_with_discount:
        last.insert(0, before.pop())
    days = [each.invoiced_on for each in last]
    return Signal("discount_stopped", days[0], WEAK, _days(days))


def _pays_later(look: Look) -> Signal | None:
    if len(_paid(look)) < look.parameters.paid_invoices:
        return None
    shift = find_shift(look.customer.invoices, look.as_of)
    if shift is None:
        return None
    weight = STRONG if shift.is_large else MIDDLE
    return Signal("pays_later", shift.since, weight, _days(shift.invoices))


def _counted(
    code: str, weight: Decimal, window: Window, days: list[date], look: Look
) -> Signal | None:
    """Enough days within the window; since the day on which the number was reached."""
    recent = window.recent(days, look.as_of)
    if len(recent) < window.least:
        return None
    return Signal(code, recent[window.least - 1], weight, _days(recent))


def _reminders(look: Look) -> Signal | None:
    days = list(look.customer.reminders)
    return _counted("reminders", WEAK, look.parameters.reminders, days, look)


def _offers_ignored(look: Look) -> Signal | None:
    days = list(look.customer.offers_unanswered)
    return _counted("offers_ignored", WEAK, look.parameters.offers, days, look)


def _terms_broken(look: Look) -> Signal | None:
    days = [promise.due_on for promise in look.customer.promises if not promise.kept]
    return _counted("terms_broken", MIDDLE, look.parameters.promises, days, look)


def _cancellations(look: Look) -> Signal | None:
    window = look.parameters.cancellations
    ordered = window.recent([order.on for order in look.customer.orders], look.as_of)
    days = [order.cancelled_on for order in look.customer.orders if order.cancelled_on is not None]
    cancelled = len(window.recent(days, look.as_of))
    if cancelled * 100 < len(ordered) * look.parameters.cancelled_share_percent:
        return None
    return _counted("cancellations", MIDDLE, window, days, look)


def _complaints_rising(look: Look) -> Signal | None:
    if not (_complaints_rose(look) and _more_than_others(look)) or _others_rose(look):
        return None
    days = list(look.customer.complaints)
    return _counted("complaints_rising", WEAK, look.parameters.complaints, days, look)


def _complaints_rose(look: Look) -> bool:
    """Per order, against the window before."""
    window, customer = look.parameters.complaints, look.customer
    earlier = look.as_of - timedelta(days=window.days)
    orders = [order.on for order in customer.orders]
    now = _count(customer.complaints, window, look.as_of)
    before = _count(customer.complaints, window, earlier)
    ordered_now, ordered_before = (
        _count(orders, window, look.as_of),
        _count(orders, window, earlier),
    )
    if now < window.least:
        return False
    rise = 1 + look.parameters.rise_percent / 100
    return Decimal(now) / max(ordered_now, 1) >= rise * before / max(ordered_before, 1)


def _more_than_others(look: Look) -> bool:
    """Per order, against the creditor's other customers."""
    window, customer, others = look.parameters.complaints, look.customer, look.others
    now = _count(customer.complaints, window, look.as_of)
    ordered = _count([order.on for order in customer.orders], window, look.as_of)
    rise = 1 + look.parameters.rise_percent / 100
    return Decimal(now) / max(ordered, 1) >= rise * others.complaints / max(others.orders, 1)


def _others_rose(look: Look) -> bool:
    others = look.others
    rise = 1 + look.parameters.rise_percent / 100
    return others.complaints > 0 and others.complaints >= rise * others.complaints_before


def _count(days: Sequence[date], window: Window, as_of: date) -> int:
    return len(window.recent(list(days), as_of))


def _bank_changed(look: Look) -> Signal | None:
    window = Window(1, look.parameters.event_days)
    days = [
        change.on
        for change in look.customer.bank_changes
        if change.announced_on is None
        or change.announced_on > change.on
        or not change.reason.strip()
    ]
    return _counted("bank_changed", MIDDLE, window, days, look)


def _partner_lost(look: Look) -> Signal | None:
    window = Window(1, look.parameters.event_days)
    recent = [p for p in look.customer.partners if window.recent([p.on], look.as_of)]
    if not recent:
        return None
    insolvent = any(partner.event is PartnerEvent.INSOLVENCY for partner in recent)
    first = min(partner.on for partner in recent)
    evidence = tuple(f"{partner.name}, {partner.on.isoformat()}" for partner in recent)
    return Signal("partner_lost", first, STRONG if insolvent else MIDDLE, evidence)


def _days(days: Sequence[date]) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in days)


RULES: tuple[Rule, ...] = (
    _discount_stopped,
    _pays_later,
    _reminders,
    _offers_ignored,
    _terms_broken,
    _complaints_rising,
    _cancellations,
    _bank_changed,
    _partner_lost,
)
