"""What happens around a customer: his bank, his partners, the registers, the news."""

from cases.watch.customer import NoticeKind, PartnerEvent, Window
from cases.watch.look import MIDDLE, STRONG, WEAK, Look, Signal, counted


def bank_changed(look: Look) -> Signal | None:
    """New bank details; a notice in time with its reason makes them harmless."""
    window = Window(1, look.parameters.event_days)
    days = [
        change.on
        for change in look.customer.bank_changes
        if change.announced_on is None
        or change.announced_on > change.on
        or not change.reason.strip()
    ]
    return counted("bank_changed", MIDDLE, window, days, look)


def partner_lost(look: Look) -> Signal | None:
    """A supplier or large customer is gone; his insolvency is a key by itself."""
    window = Window(1, look.parameters.event_days)
    recent = [p for p in look.customer.partners if window.recent([p.on], look.as_of)]
    if not recent:
        return None
    insolvent = any(partner.event is PartnerEvent.INSOLVENCY for partner in recent)
    first = min(partner.on for partner in recent)
    evidence = tuple(f"{partner.name}, {partner.on.isoformat()}" for partner in recent)
    return Signal("partner_lost", first, STRONG if insolvent else MIDDLE, evidence)


def insolvency_notice(look: Look) -> Signal | None:
    """An insolvency or the winding up, published by a court or register: a key by itself."""
    return _noticed("insolvency_notice", look, {NoticeKind.INSOLVENCY, NoticeKind.WINDING_UP})


def register_notice(look: Look) -> Signal | None:
    """Another entry of the register: new managers, a new seat, less capital."""
    return _noticed("register_notice", look, {NoticeKind.REGISTER})


def _noticed(code: str, look: Look, kinds: set[NoticeKind]) -> Signal | None:
    window = Window(1, look.parameters.event_days)
    recent = sorted(
        (
            notice
            for notice in look.customer.notices
            if notice.kind in kinds and window.recent([notice.on], look.as_of)
        ),
        key=lambda notice: notice.on,
    )
    if not recent:
        return None
    weight = WEAK if code == "register_notice" else STRONG
    evidence = tuple(f"{notice.on.isoformat()}, {notice.source}" for notice in recent)
    return Signal(code, recent[0].on, weight, evidence)


def news(look: Look) -> Signal | None:
    """What newspapers and blogs write; one report alone may be about anything."""
    return counted("news", WEAK, look.parameters.news, list(look.customer.news), look)
