"""A genuine objection against the due day alone: nothing is credited, the part waits for its day.

Who may hold a payment back is not in default: where all of a claim waits, its default, the
interest and the costs on it end, and come back when the verdict is taken up again.
Law: BGB §§ 271, 273, 280, 286, 320.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from cases.claims.models import Case, HoldReason
from cases.claims.queries import list_debtors
from cases.claims.services import TAKES_CLAIMS, set_hold
from cases.core.database import db
from cases.costs.reduction import costs_follow, restore_costs
from cases.objections.catalogue import Contests, reason_of
from cases.objections.holding import open_principal
from cases.objections.models import Objection
from cases.objections.queries import DisputedClaim, list_disputed
from cases.payments.booking import reallocate_payments

ONE_DAY = timedelta(days=1)


def only_due(objection: Objection) -> bool:
    """Whether it contests only that the claim is due."""
    return reason_of(objection.kind.value).contests is Contests.DUE


def defer(
    case: Case, objection: Objection, parts: Mapping[int, int], until_on: date, reference: str
) -> None:
    """Let what is not due stand still until its day; `parts` are cents by claim."""
    open_cents, whole = open_principal(case), []
    for one in list_disputed(objection.id):
        cents = one.item.genuine_cents = parts.get(one.claim.id, 0)
        if cents <= 0 or open_cents[one.claim.id] <= 0:
            continue
        all_of_it = cents >= open_cents[one.claim.id]
        set_hold(
            case,
            HoldReason.OTHER,
            claim_id=one.claim.id,
            amount_cents=None if all_of_it else cents,
            objection_id=objection.id,
            note=objection.verdict_reason,
            until_on=until_on,
        )
        whole += [one] if all_of_it else []
    if case.phase in TAKES_CLAIMS and len(list_debtors(case.id)) == 1:
        _end_default(case, whole, reference)


def take_deferral_back(case: Case, objection: Objection, reference: str) -> None:
    """Default, interest and costs count again as they did."""
    days = []
    for one in list_disputed(objection.id):
        if one.item.default_was_on is not None:
            one.claim.default_on, one.claim.default_basis = (
                one.item.default_was_on, one.item.default_was_by,
            )  # fmt: skip
            days.append(one.item.default_was_on)
            one.item.default_was_on = one.item.default_was_by = None
    if days:
        db.session.flush()
        restore_costs(case, reference)
        reallocate_payments(case, min(days) - ONE_DAY)


def _end_default(case: Case, whole: list[DisputedClaim], reference: str) -> None:
    """Of a case that is in court or has a title, and of joint debtors, a person decides it."""
    days = []
    for one in whole:
        if one.claim.default_on is not None:
            one.item.default_was_on = one.claim.default_on
            one.item.default_was_by = one.claim.default_basis
            days.append(one.claim.default_on)
            one.claim.default_on = one.claim.default_basis = None
    if days:
        db.session.flush()
        costs_follow(case, reference)
        # From the day before on, so that a payment of the first day itself is spread anew too.
        reallocate_payments(case, min(days) - ONE_DAY)
