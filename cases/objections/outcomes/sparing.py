"""Genuine objections after which the claim still stands: time-barred, or one of several debtors.

Who relies on limitation may refuse: the claim is no longer pursued, what was paid stays paid, and
its interest and costs are barred with it. Law: BGB §§ 214, 217. What only one of several joint
debtors can object frees him alone: nothing is credited, a person sorts it out. Law: BGB § 425.
"""

from collections.abc import Mapping
from datetime import timedelta

from cases.claims import timeline
from cases.claims.ending import Ending, end_case
from cases.claims.models import Case, HoldReason, Outcome
from cases.claims.queries import list_debtors
from cases.claims.services import set_hold
from cases.core import clock
from cases.ledger.models import EntryKind
from cases.ledger.services import Share, owed_on, post_correction
from cases.objections.models import Objection, ObjectionKind
from cases.objections.queries import list_disputed
from legal.allocation import Component

#: What concerns one person and not the claim.
PERSONAL = frozenset({
    ObjectionKind.NOT_LIABLE, ObjectionKind.IDENTITY_MISUSE, ObjectionKind.MINOR,
    ObjectionKind.DECEASED_DEBT,
})  # fmt: skip
#: So long until somebody looks how the case goes on against the others. House rule.
SORTED_OUT = timedelta(days=14)
BARRED = "Verjährung (§ 214 Abs. 1 BGB)"


def frees_one(case: Case, objection: Objection) -> bool:
    """Whether a genuine verdict frees one of several joint debtors and no other."""
    return objection.kind in PERSONAL and len(list_debtors(case.id)) > 1


def spare_one(case: Case, objection: Objection) -> None:
    """The whole case stands still: a letter to all would demand from him who does not owe."""
    for one in list_disputed(objection.id):
        one.item.genuine_cents = 0
    set_hold(
        case,
        HoldReason.OTHER,
        objection_id=objection.id,
        note=objection.verdict_reason,
        until_on=clock.today() + SORTED_OUT,
    )


def bar(case: Case, objection: Objection, parts: Mapping[int, int], reference: str) -> None:
    """Stop pursuing what is time-barred."""
    owed = {one.terms.claim_id: one for one in owed_on(case, clock.today()).claims}
    shares = []
    for one in list_disputed(objection.id):
        claim = owed[one.claim.id]
        cents = min(parts.get(one.claim.id, 0), claim.principal_open_cents)
        one.item.genuine_cents = cents
        if cents > 0:
            shares.append(Share(one.claim.id, Component.PRINCIPAL, cents))
        if cents == claim.principal_open_cents and claim.interest_open_cents > 0:
            shares.append(Share(one.claim.id, Component.INTEREST, claim.interest_open_cents))
    if shares:
        post_correction(case, EntryKind.WRITE_OFF, shares, clock.today(), reference=reference)
        left = sum(share.cents for share in shares)
        timeline.record(case, "remainder.left", amount_cents=left)


def end_if_all_barred(case: Case, objection: Objection) -> None:
    """Where nothing but what is barred was open, the case ends."""
    if owed_on(case, clock.today()).principal_open_cents <= 0:
        reason = objection.told_creditor or BARRED
        end_case(case.id, Ending.usual(Outcome.TIME_BARRED, reason))
