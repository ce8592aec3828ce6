"""What a customer does and leaves undone: reminders, talks, promises, complaints, orders."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from cases.watch.customer import Window
from cases.watch.look import MIDDLE, WEAK, Look, Signal, counted


def reminders(look: Look) -> Signal | None:
    """Several reminders within a short time."""
    days = list(look.customer.reminders)
    return counted("reminders", WEAK, look.parameters.reminders, days, look)


def offers_ignored(look: Look) -> Signal | None:
    """Offers to talk that nobody answered."""
    days = list(look.customer.offers_unanswered)
    return counted("offers_ignored", WEAK, look.parameters.offers, days, look)


def terms_broken(look: Look) -> Signal | None:
    """Promises or new terms that were not kept."""
    days = [promise.due_on for promise in look.customer.promises if not promise.kept]
    return counted("terms_broken", MIDDLE, look.parameters.promises, days, look)


def cancellations(look: Look) -> Signal | None:
    """Enough of them, and a large enough share of the orders."""
    window = look.parameters.cancellations
    ordered = window.recent([order.on for order in look.customer.orders], look.as_of)
    days = [order.cancelled_on for order in look.customer.orders if order.cancelled_on is not None]
    cancelled = len(window.recent(days, look.as_of))
    if cancelled * 100 < len(ordered) * look.parameters.cancelled_share_percent:
        return None
    return counted("cancellations", MIDDLE, window, days, look)


def complaints_rising(look: Look) -> Signal | None:
    """Per order: against his own past and the other customers, unless theirs rise as well."""
    if not (complaints_rose(look) and _more_than_others(look)) or others_rose(look):
        return None
    days = list(look.customer.complaints)
    return counted("complaints_rising", WEAK, look.parameters.complaints, days, look)


def complaints_rose(look: Look) -> bool:
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


def others_rose(look: Look) -> bool:
    """Whether the other customers complain more too."""
    others = look.others
    rise = 1 + look.parameters.rise_percent / 100
    return others.complaints > 0 and others.complaints >= rise * others.complaints_before


def _count(days: Sequence[date], window: Window, as_of: date) -> int:
    return len(window.recent(list(days), as_of))
