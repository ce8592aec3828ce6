"""What an objection holds: the disputed part stands still until the verdict."""

from collections.abc import Collection

from cases.claims.models import Case, Claim, HoldReason
from cases.claims.queries import list_open_holds
from cases.claims.services import is_unrecorded, lift_hold, set_hold
from cases.core import clock
from cases.ledger.services import owed_on
from cases.objections.models import Objection
from cases.objections.queries import list_disputed


def hold_disputed(case: Case, objection: Objection, claim: Claim, cents: int) -> None:
    """Let the disputed part of a claim stand still, all of it where all is disputed."""
    whole = cents >= open_principal(case)[claim.id]
    set_hold(
        case,
        HoldReason.OBJECTION,
        claim_id=claim.id,
        amount_cents=None if whole else cents,
        objection_id=objection.id,
    )


def hold_again(case: Case, objection: Objection) -> None:
    """Hold what an objection is against, as far as it is still owed and not held by it."""
    held = {h.claim_id for h in list_open_holds(case.id) if h.objection_id == objection.id}
    open_cents = open_principal(case)
    for one in list_disputed(objection.id):
        if one.claim.id not in held and open_cents[one.claim.id] > 0:
            hold_disputed(case, objection, one.claim, one.item.amount_cents)


def take_over_holds(case: Case, objection: Objection, claim_ids: Collection[int]) -> None:
    """A hold for what the creditor had declared as disputed is this objection's from now on."""
    for hold in list_open_holds(case.id):
        if is_unrecorded(hold):  # Now it is known what stands still.
            lift_hold(case, hold)
        declared = hold.reason is HoldReason.OBJECTION and hold.objection_id is None
        if declared and hold.claim_id in claim_ids:
            hold.objection_id = objection.id


def lift_holds(case: Case, objection: Objection) -> None:
    """Dunning goes on with what this objection held."""
    for hold in list_open_holds(case.id):
        if hold.objection_id == objection.id:
            lift_hold(case, hold)


def open_principal(case: Case) -> dict[int, int]:
    """What is open of each claim's principal today."""
    owed = owed_on(case, clock.today())
    return {claim.terms.claim_id: claim.principal_open_cents for claim in owed.claims}
