"""Who must prove what today, and what the file still lacks for a verdict.

Law: BGB §§ 355, 356, 361(3), 362, 363, 387, 447, 475(2), 477, 640, 214; HGB § 377. The general
rule: who relies on a fact that helps him proves it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.objections.file_facts import FileFacts, Raised
from cases.objections.indicators import WITHDRAWAL_PERIOD, last_day_without_instruction
from legal.calendar import add_years

GENERAL_RULE = "general rule: who relies on a fact proves it"


class Side(StrEnum):
    """Who must bring it."""

    CREDITOR = "creditor"
    DEBTOR = "debtor"


@dataclass(frozen=True, slots=True)
class Burden:
    """Who must prove the disputed fact, by which rule, and until when that holds."""

    on: Side
    law: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A piece of evidence that a verdict needs and the file lacks."""

    what: str
    from_whom: Side


def burden_of(raised: Raised) -> Burden:
    """Who must prove what, computed from the days of the file."""
    return _BURDENS.get(raised.kind, _on_debtor)(raised)


def _on_debtor(_: Raised) -> Burden:
    return Burden(Side.DEBTOR, GENERAL_RULE)


def _on_creditor(_: Raised) -> Burden:
    return Burden(Side.CREDITOR, GENERAL_RULE)


def _order(raised: Raised) -> Burden:
    law = GENERAL_RULE if raised.file.merchants else "BGB §§ 241a, 312j(3), (4)"
    return Burden(Side.CREDITOR, law)


def _delivery(raised: Raised) -> Burden:
    """To a business the risk passes with the carrier, to a consumer with the goods."""
    return Burden(Side.CREDITOR, "BGB § 447" if raised.file.merchants else "BGB § 475(2)")


def _defect(raised: Raised) -> Burden:
    file = raised.file
    if file.goods is False:
        accepted = file.delivered_on is not None
        return Burden(Side.DEBTOR if accepted else Side.CREDITOR, "BGB § 640")
    if file.merchants:
        return Burden(Side.DEBTOR, "BGB § 363, HGB § 377")
    if file.delivered_on is None:
        return Burden(Side.CREDITOR, "BGB § 363")
    # What counts is when the defect showed itself, not when it is argued about.
    until = add_years(file.delivered_on, 1)
    shown = (raised.raised_on, file.notice_sent_on, file.discovered_on)
    if min(day for day in shown if day is not None) <= until:
        return Burden(Side.CREDITOR, "BGB § 477(1)", until)
    return Burden(Side.DEBTOR, "BGB §§ 363, 477(1)")


def _withdrawal(raised: Raised) -> Burden:
    """The creditor proves from when the period ran; sending in time is the debtor's to prove."""
    file, start = raised.file, raised.file.delivered_on or raised.file.contract_on
    if file.merchants:
        return Burden(Side.DEBTOR, GENERAL_RULE)
    if start is None:
        return Burden(Side.CREDITOR, "BGB §§ 355, 356(3), 361(3)")
    if file.instructed_on is None:
        until = last_day_without_instruction(start)
    else:
        until = max(start, file.instructed_on) + WITHDRAWAL_PERIOD
    return Burden(Side.CREDITOR, "BGB §§ 355, 356(3), 361(3)", until)


_BURDENS: dict[str, Callable[[Raised], Burden]] = {
    "paid": lambda _: Burden(Side.DEBTOR, "BGB § 362(1)"),
    "not_ordered": _order,
    "not_delivered": _delivery,
    "defect": _defect,
    "wrong_amount": _on_creditor,
    "withdrawn": _withdrawal,
    "time_barred": lambda _: Burden(Side.DEBTOR, "BGB § 214(1)"),
    "not_liable": _on_creditor,
    "set_off": lambda _: Burden(Side.DEBTOR, "BGB § 387"),
}

#: Kind -> (label, who brings it, whether the file has it).
NEEDED: dict[str, tuple[tuple[str, Side, Callable[[FileFacts], bool]], ...]] = {
    "paid": (
        ("proof_of_payment", Side.DEBTOR,
         lambda f: bool(f.suspense_cents) or f.direct_payment_reported_cents is not None),
        ("creditor_statement", Side.CREDITOR, lambda f: f.creditor_answered_on is not None),
    ),
    "not_ordered": (("proof_of_order", Side.CREDITOR, lambda f: f.contract_on is not None),),
    "not_delivered": (
        ("proof_of_delivery", Side.CREDITOR, lambda f: f.delivery_note_signed is not None),
    ),
    "defect": (
        ("description_of_defect", Side.DEBTOR, lambda f: f.notice_sent_on is not None),
        ("day_of_delivery", Side.CREDITOR, lambda f: f.delivered_on is not None),
        ("creditor_statement", Side.CREDITOR, lambda f: f.creditor_answered_on is not None),
    ),
    "wrong_amount": (
        ("agreed_price", Side.CREDITOR, lambda f: f.contract_on is not None),
        ("disputed_amount", Side.DEBTOR, lambda f: f.disputed_cents is not None),
    ),
    "withdrawn": (
        ("notice_of_withdrawal", Side.DEBTOR, lambda f: f.withdrawal_sent_on is not None),
        ("instruction", Side.CREDITOR, lambda f: f.instructed_on is not None),
        ("start_of_period", Side.CREDITOR,
         lambda f: f.delivered_on is not None or f.contract_on is not None),
    ),
    "time_barred": (("limitation_day", Side.CREDITOR, lambda f: f.limitation_day is not None),),
    "not_liable": (("contract_partner", Side.CREDITOR, lambda f: f.contract_on is not None),),
    "set_off": (("counterclaim_amount", Side.DEBTOR, lambda f: f.disputed_cents is not None),),
    "other": (("creditor_statement", Side.CREDITOR, lambda f: f.creditor_answered_on is not None),),
}  # fmt: skip


def missing_for(raised: Raised) -> list[Missing]:
    """What the file lacks for a verdict on this kind of objection."""
    return [
        Missing(label, side)
        for label, side, has in NEEDED.get(raised.kind, NEEDED["other"])
        if not has(raised.file)
    ]
