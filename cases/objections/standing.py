"""How an objection stands if nothing more comes: a doubt goes against whoever must prove.

It shows a person what the law would make of the file as it is today; it decides nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from cases.objections.catalogue import Side
from cases.objections.file_facts import Raised
from cases.objections.indicators import SpeaksFor, Weight, find_indicators
from cases.objections.proof import Burden, burden_of, retainable_cents


class Stands(StrEnum):
    """What the file as it is would carry."""

    PRETEXT = "pretext"
    GENUINE = "genuine"
    PARTLY_GENUINE = "partly_genuine"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the file would carry today, and by which rule."""

    stands: Stands
    burden: Burden
    by_doubt: bool  # Nothing is shown: the doubt goes against whoever must prove.


def standing_of(raised: Raised) -> Standing:
    """How the objection would end if nothing more came."""
    burden, shown = burden_of(raised), _shown(raised)
    if shown is not None:
        return Standing(shown, burden, by_doubt=False)
    against_creditor = burden.on is Side.CREDITOR
    return Standing(Stands.GENUINE if against_creditor else Stands.PRETEXT, burden, by_doubt=True)


def _shown(raised: Raised) -> Stands | None:
    """What the file itself shows, None where it shows nothing."""
    decide = _DECIDED_BY.get(raised.kind)
    shown = decide(raised) if decide else None
    if shown is not None:
        return shown
    strong = {
        found.speaks_for
        for found in find_indicators(raised)
        if found.rule.weight is Weight.STRONG
        # Limitation counts only for who relies on it. Law: BGB § 214(1).
        and (found.rule.family != "limitation" or raised.kind == "time_barred")
    }
    if strong == {SpeaksFor.GENUINE}:
        return Stands.GENUINE
    if strong == {SpeaksFor.PRETEXT}:
        return Stands.PRETEXT
    return Stands.UNDECIDED if strong else None


def _proven(fact: str) -> Callable[[Raised], Stands | None]:
    """A fact that the creditor had to prove: shown, refuted, or not said."""

    def decide(raised: Raised) -> Stands | None:
        value = getattr(raised.file, fact)
        if value is None:
            return None
        return Stands.PRETEXT if value else Stands.GENUINE

    return decide


def _paid(raised: Raised) -> Stands | None:
    """A direct payment of less than the disputed part is shown for that part alone."""
    reported, disputed = raised.file.direct_payment_reported_cents, raised.file.disputed_cents
    if reported and disputed and reported < disputed:
        return Stands.PARTLY_GENUINE
    return None


def _defect(raised: Raised) -> Stands | None:
    """Twice the cost of repair is genuine where more is held back. Law: BGB § 641(3)."""
    file = raised.file
    held = retainable_cents(file)
    if file.is_work and held is not None and file.disputed_cents:
        return Stands.PARTLY_GENUINE if held < file.disputed_cents else Stands.GENUINE
    return None


def _cancelled(raised: Raised) -> Stands | None:
    file = raised.file
    # Without a cancellation button the contract ends when the notice is received.
    at_once = file.cancel_button is False and file.is_consumers
    ends_on = file.cancelled_on if at_once else file.contract_ends_on
    if file.cancelled_on is None or ends_on is None or file.due_on is None:
        return None
    return Stands.PRETEXT if file.due_on <= ends_on else Stands.GENUINE


def _limitation(raised: Raised) -> Stands | None:
    """Without a day nobody can say; with one the strong indicators do."""
    return Stands.UNDECIDED if raised.file.limitation_day is None else None


def _minor(raised: Raised) -> Stands | None:
    """The guardian's silence counts as refusal once its fortnight is over. Law: BGB § 108(2)."""
    file, burden = raised.file, burden_of(raised)
    if not file.minor_at_contract:
        return None
    if file.guardian_consented is not None:
        return Stands.PRETEXT if file.guardian_consented else Stands.GENUINE
    waiting = burden.until is not None and raised.as_of <= burden.until
    return Stands.UNDECIDED if waiting else Stands.GENUINE


def _instalments(raised: Raised) -> Stands | None:
    agreed_on = raised.file.plan_agreed_on
    return Stands.GENUINE if agreed_on is not None and agreed_on <= raised.raised_on else None


def _authority(raised: Raised) -> Stands | None:
    return Stands.PRETEXT if raised.file.authority_shown_on is not None else None


def _withdrawn(raised: Raised) -> Stands | None:
    """A withdrawal that may have been in time is open until the instruction is shown."""
    file = raised.file
    if file.withdrawal_sent_on is None and file.is_consumers:
        return Stands.PRETEXT  # Sending is the debtor's to prove.
    open_only = any(f.code == "withdrawal_in_time" and f.speaks_for is SpeaksFor.OPEN
                    for f in find_indicators(raised))  # fmt: skip
    return Stands.GENUINE if open_only else None  # No instruction shown: its period never began.


_DECIDED_BY: dict[str, Callable[[Raised], Stands | None]] = {
    "paid": _paid,
    "defect": _defect,
    "retention": _defect,
    "not_ordered": _proven("order_proven"),
    "not_liable": _proven("order_proven"),
    "identity_misuse": _proven("order_proven"),
    "wrong_amount": _proven("price_agreed"),
    "price_not_agreed": _proven("price_agreed"),
    "subscription_trap": _proven("order_button"),
    "deceased_debt": _proven("heir_named"),
    "cancelled": _cancelled,
    "time_barred": _limitation,
    "minor": _minor,
    "instalments_agreed": _instalments,
    "no_authority": _authority,
    "invoice_not_received": _proven("invoice_received"),
    "withdrawn": _withdrawn,
}
