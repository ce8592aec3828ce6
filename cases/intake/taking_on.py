"""Accepting many orders with one click: those that nobody has to look at singly.

The law and intake's questions are looked at order by order; whatever has something to be read
stays where it is. The rest is accepted by the service that accepts one.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import func, or_, select

from cases.claims.acceptance import AcceptanceUsed, withdraw_acceptance
from cases.claims.models import Case, Claim, Phase
from cases.claims.queries import lock_cases
from cases.claims.services import accept_case
from cases.core import clock
from cases.core.database import db
from cases.core.many import one_of
from cases.intake.models import SubmissionRow
from cases.worklist.bulk import note_bulk, take_back
from cases.worklist.models import BulkAction, BulkKind


def plain_orders(case_ids: Collection[int]) -> set[int]:
    """New orders without a warning, a known dispute, a claim time-barred or without performance."""
    doubtful = (
        select(Claim.case_id)
        .outerjoin(SubmissionRow, SubmissionRow.claim_id == Claim.id)
        .where(
            one_of(Claim.case_id, case_ids),
            or_(
                SubmissionRow.warned,
                func.jsonb_typeof(SubmissionRow.answers["confirmed"]) == "array",
                Claim.known_dispute.is_not(None),
                Claim.excluded_reason.is_not(None),
                ~Claim.performed,
                Claim.limitation_conservative_on < clock.today(),
            ),
        )
    )
    new = select(Case.id).where(one_of(Case.id, case_ids), Case.phase == Phase.NEW)
    return set(db.session.scalars(new)) - set(db.session.scalars(doubtful))


def accept_many(case_ids: Sequence[int], user_id: int) -> BulkAction | None:
    """Take on those of these orders that are plain; none leaves nothing to take back."""
    lock_cases(case_ids)
    plain = sorted(plain_orders(case_ids))
    for case_id in plain:
        accept_case(case_id, user_id)
    return note_bulk(BulkKind.ACCEPTED, plain, user_id) if plain else None


def take_acceptances_back(action: BulkAction) -> int:
    """Let these orders wait again; what somebody has worked on since stays. Answers how many.

    Raises:
        TooLateToUndo: the time is over, or it was taken back before.
    """
    lock_cases(action.case_ids)
    take_back(action)
    return sum(_withdrawn(case_id) for case_id in action.case_ids)


def _withdrawn(case_id: int) -> bool:
    try:
        withdraw_acceptance(case_id)
    except AcceptanceUsed:
        return False
    return True
