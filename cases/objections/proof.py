"""Who must prove what today, and what the file still lacks for a verdict.

The sentences and their places in the law are rows of `data/burdens.csv`; which of them counts is
computed here from days. Law: BGB §§ 108, 214, 312j, 320, 355, 356, 361(3), 362, 363, 387, 447,
475(2), 477, 640, 641(3); HGB § 377. The general rule: who relies on a fact proves it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cases.objections.catalogue import BurdenRule, Side, burdens, labels, reason_of
from cases.objections.file_facts import FileFacts, Raised
from cases.objections.measures import (
    WITHDRAWAL_PERIOD,
    last_day_without_instruction,
    withdrawal_start,
)
from legal.calendar import add_days, add_years
from legal.findings import Bilingual

#: Silence of the guardian for so long counts as refusal. Law: BGB § 108(2) sentence 2.
GUARDIAN_DAYS = 14
#: What may be held back is as a rule twice the cost of repair. Law: BGB § 641(3).
REPAIR_FACTOR = 2


@dataclass(frozen=True, slots=True)
class Burden:
    """Who must prove the disputed fact, by which rule, and until when that holds."""

    rule: BurdenRule
    until: date | None = None

    @property
    def on(self) -> Side:
        """Whose it is."""
        return self.rule.side

    @property
    def law(self) -> str:
        """The place in the law."""
        return self.rule.law

    def is_over(self, as_of: date) -> bool:
        """Whether its last day has passed: from the next day on the other side is burdened."""
        return self.until is not None and self.until < as_of


@dataclass(frozen=True, slots=True)
class Missing:
    """A piece of evidence that a verdict needs and the file lacks."""

    what: str
    from_whom: Side

    @property
    def words(self) -> Bilingual:
        """What it is called."""
        return labels()[self.what].words

    @property
    def proves(self) -> Bilingual:
        """What it would show."""
        return labels()[self.what].proves


def burden_of(raised: Raised) -> Burden:
    """Who must prove what, computed from the days of the file."""
    found = _BURDENS.get(raised.kind, "general")
    return _burden(found) if isinstance(found, str) else found(raised)


def missing_for(raised: Raised) -> list[Missing]:
    """What the file lacks for a verdict on this kind of objection."""
    return [
        Missing(code, labels()[code].side)
        for code in reason_of(raised.kind).needs
        if not any(is_given(raised.file, fact) for fact in labels()[code].given_by)
    ]


def is_given(file: FileFacts, fact: str) -> bool:
    """Whether the file says something about a fact."""
    return getattr(file, fact) not in {None, ()}


def retainable_cents(file: FileFacts) -> int | None:
    """How much of a claim for work may be held back for a defect. Law: BGB § 641(3)."""
    if file.repair_cents is None:
        return None
    twice = REPAIR_FACTOR * file.repair_cents
    return twice if file.claim_cents is None else min(twice, file.claim_cents)


def _burden(code: str, until: date | None = None) -> Burden:
    return Burden(burdens()[code], until)


def _order(raised: Raised) -> Burden:
    return _burden("order_business" if raised.file.merchants else "order_consumer")


def _delivery(raised: Raised) -> Burden:
    """To a business the risk passes with the carrier, to a consumer with the goods."""
    if raised.file.merchants:
        return _burden("carrier")
    return _burden("buyers_carrier" if raised.file.own_carrier else "delivery")


def _defect(raised: Raised) -> Burden:
    file = raised.file
    if file.goods is False:
        accepted = file.accepted_on is not None or file.delivered_on is not None
        return _burden("work_accepted" if accepted else "work_open")
    if file.merchants:
        return _burden("defect_merchants")
    if file.delivered_on is None:
        return _burden("not_accepted")
    # What counts is when the defect showed itself, not when it is argued about. The day of a
    # year later does not roll over a weekend.
    until = add_years(file.delivered_on, 1)
    shown = (raised.raised_on, file.notice_sent_on, file.discovered_on)
    if min(day for day in shown if day is not None) <= until:
        return _burden("defect_presumed", until)
    return _burden("defect_late")


def _withdrawal(raised: Raised) -> Burden:
    """The creditor proves from when the period ran; sending in time is the debtor's to prove."""
    file, start = raised.file, withdrawal_start(raised.file)
    if file.merchants:
        return _burden("no_right")
    if start is None:
        return _burden("withdrawal_start")
    if file.instructed_on is None:
        until = last_day_without_instruction(start)
    else:
        until = max(start, file.instructed_on) + WITHDRAWAL_PERIOD
    return _burden("withdrawal", until)


def _minor(raised: Raised) -> Burden:
    """Age is the debtor's to prove; once it is known, consent is the creditor's."""
    file = raised.file
    if not file.minor_at_contract:
        return _burden("age")
    if file.guardian_asked_on is not None and file.guardian_consented is None:
        return _burden("consent_asked", add_days(file.guardian_asked_on, GUARDIAN_DAYS))
    return _burden("consent")


def _retention(raised: Raised) -> Burden:
    taken = raised.file.accepted_on is not None or raised.file.delivered_on is not None
    return _burden("held_back" if taken else "own_performance")


_BURDENS: dict[str, str | Callable[[Raised], Burden]] = {
    "paid": "payment",
    "not_ordered": _order,
    "not_delivered": _delivery,
    "defect": _defect,
    "wrong_amount": "amount",
    "withdrawn": _withdrawal,
    "cancelled": "cancellation",
    "not_liable": "person",
    "identity_misuse": "person",
    "minor": _minor,
    "time_barred": "limitation",
    "set_off": "counterclaim",
    "retention": _retention,
    "price_not_agreed": "price",
    "subscription_trap": "order_button",
    "deceased_debt": "heir",
    "instalments_agreed": "deferral",
    "costs_only": "default",
    "no_authority": "authority",
    "invoice_not_received": "receipt",
}
