"""What an objection holds: the disputed part stands still until the verdict.

Until then the rest of the case gets no demand either, unless a person releases it.
"""

from collections.abc import Collection

from cases.claims import timeline
from cases.claims.models import Case, Claim, HoldReason
from cases.claims.queries import list_open_holds
from cases.claims.services import ReasonMissing, is_unrecorded, lift_hold, require_open, set_hold
from cases.core import audit, clock
from cases.core.database import db
from cases.ledger.services import owed_on
from cases.objections.errors import AlreadyDecided, NothingToRelease
from cases.objections.evidence import lock_objection
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
        rest_waits=objection.rest_released_at is None,
    )


def hold_case_for(case: Case, objection: Objection) -> None:
    """Nothing of the principal is disputed, yet all waits: what is asked concerns every demand."""
    set_hold(case, HoldReason.OBJECTION, objection_id=objection.id, rest_waits=True)


def hold_again(case: Case, objection: Objection) -> None:
    """Hold what an objection is against, as far as it is still owed and not held by it."""
    held = {h.claim_id for h in list_open_holds(case.id) if h.objection_id == objection.id}
    open_cents, disputed = open_principal(case), list_disputed(objection.id)
    if not disputed and None not in held:
        hold_case_for(case, objection)
    for one in disputed:
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


def release_rest(objection_id: int, why: str) -> Objection:
    """Let what is not disputed be demanded before the verdict.

    Raises:
        CaseClosed, AlreadyDecided, ReasonMissing, NothingToRelease.
    """
    case, objection = lock_objection(objection_id)
    require_open(case)
    if not objection.is_open:
        raise AlreadyDecided
    if not why.strip():
        raise ReasonMissing
    holds = [h for h in list_open_holds(case.id) if h.objection_id == objection.id]
    if objection.rest_released_at is not None or any(h.claim_id is None for h in holds):
        raise NothingToRelease
    objection.rest_released_at, objection.rest_released_by = clock.now(), audit.actor_id()
    objection.rest_released_why = why.strip()
    for hold in holds:
        hold.rest_waits = False
    db.session.flush()
    timeline.record(case, "objection.rest_released", objection_id=objection.id, why=why.strip())
    return objection


def open_principal(case: Case) -> dict[int, int]:
    """What is open of each claim's principal today."""
    owed = owed_on(case, clock.today())
    return {claim.terms.claim_id: claim.principal_open_cents for claim in owed.claims}
