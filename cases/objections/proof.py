"""Who must prove what today, and what the file still lacks for a verdict.

The sentences and their places in the law are rows of `data/burdens.csv`; which of them counts is
computed here from days. Law: BGB §§ 108, 193, 214, 312j, 320, 355, 356, 361(3), 362, 363, 387, 447,
475(2), 477, 640, 641(3); HGB § 377. The general rule: who relies on a fact proves it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cases.objections.catalogue import (
    AnswerForm,
    BurdenRule,
    Label,
    Side,
    burdens,
    labels,
    reason_of,
)
from cases.objections.file_facts import FileFacts, Raised
from cases.objections.measures import NATIONWIDE, last_day_of_withdrawal
from legal.calendar import add_days, add_months, add_years, roll_forward
from legal.findings import Bilingual

#: Silence of the guardian for so long counts as refusal. Law: BGB § 108(2) sentence 2.
GUARDIAN_DAYS = 14
#: What may be held back is as a rule twice the cost of repair. Law: BGB § 641(3).
REPAIR_FACTOR = 2
#: So long a defect of a living animal is presumed. Law: BGB § 477(1) sentence 2.
ANIMAL_MONTHS = 6
#: What is filed under everything shows nothing by being there.
_ANYTHING = "correspondence"


@dataclass(frozen=True, slots=True)
class Burden:
    """Who must prove the disputed fact, by which rule, and until when that holds."""

    rule: BurdenRule
    until: date | None = None
    turned_after: date | None = None  # The day after which it came to the other side.

    @property
    def on(self) -> Side:
        """Whose it is."""
        return self.rule.side

    @property
    def law(self) -> str:
        """The place in the law."""
        return self.rule.law

    def is_over(self, as_of: date) -> bool:
        """Whether a day has passed that changed something, as its rule says."""
        last_day = self.turned_after or self.until
        return bool(self.rule.over) and last_day is not None and last_day < as_of


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
        if not is_there(raised.file, labels()[code])
    ]


def is_there(file: FileFacts, label: Label) -> bool:
    """Whether the file says it, or holds a document of the very kind that shows it."""
    if any(is_given(file, fact) for fact in label.given_by):
        return True
    own_kinds = set(label.documents) - {_ANYTHING}
    return label.form is AnswerForm.DOCUMENT and not own_kinds.isdisjoint(file.documents)


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
    return _burden("order_consumer" if raised.file.is_consumers else "order_business")


def _button(raised: Raised) -> Burden:
    """The button is owed to consumers alone."""
    return _burden("order_button" if raised.file.is_consumers else "order_business")


def _delivery(raised: Raised) -> Burden:
    """To a business the risk passes with the carrier, to a consumer with the goods."""
    if raised.file.is_work:
        return _burden("own_performance")
    if not raised.file.is_consumers:
        return _burden("carrier")
    return _burden("buyers_carrier" if raised.file.own_carrier else "delivery")


def _defect(raised: Raised) -> Burden:
    """Handing a work over is not its acceptance."""
    file = raised.file
    if file.is_work:
        return _burden("work_open" if file.accepted_on is None else "work_accepted")
    if file.merchants:
        return _burden("defect_merchants")
    if file.delivered_on is None:
        return _burden("not_accepted")
    return (
        _presumption(raised, file.delivered_on) if file.is_consumers else _burden("defect_business")
    )


def _presumption(raised: Raised, delivered_on: date) -> Burden:
    """What counts is when the defect showed itself, not when it is argued about.

    The last day does not roll over a weekend.
    """
    file = raised.file
    until = add_months(delivered_on, ANIMAL_MONTHS) if file.animal else add_years(delivered_on, 1)
    shown = (raised.raised_on, file.notice_sent_on, file.discovered_on)
    if min(day for day in shown if day is not None) <= until:
        return _burden("defect_presumed", until)
    return Burden(burdens()["defect_late"], turned_after=until)


def _withdrawal(raised: Raised) -> Burden:
    """The creditor proves from when the period ran; sending in time is the debtor's to prove."""
    if not raised.file.is_consumers:
        return _burden("no_right")
    last_day = last_day_of_withdrawal(raised.file)
    return _burden("withdrawal_start" if last_day is None else "withdrawal", last_day)


def _minor(raised: Raised) -> Burden:
    """Age is the debtor's to prove; once it is known, consent is the creditor's."""
    file = raised.file
    if not file.minor_at_contract:
        return _burden("age")
    if file.guardian_asked_on is not None and file.guardian_consented is None:
        last_day = roll_forward(add_days(file.guardian_asked_on, GUARDIAN_DAYS), NATIONWIDE)
        return _burden("consent_asked", last_day)
    return _burden("consent")


def _retention(raised: Raised) -> Burden:
    file = raised.file
    handed_over = file.delivered_on is not None and not file.is_work
    taken = file.accepted_on is not None or handed_over
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
    "subscription_trap": _button,
    "deceased_debt": "heir",
    "instalments_agreed": "deferral",
    "costs_only": "default",
    "no_authority": "authority",
    "invoice_not_received": "receipt",
}
