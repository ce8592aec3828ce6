"""What a person lets stand still, with the reason and the day on which somebody looks again."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.claims.models import Claim, Hold, HoldReason
from cases.claims.queries import list_claims, lock_case
from cases.claims.services import ReasonMissing, lift_hold, require_open, set_hold
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound

#: What can be chosen; an objection holds by being recorded, and whoever has a lawyer, a
#: counsellor or a guardian is reached through them while the work goes on (`debtors`).
REASONS = (
    HoldReason.CREDITOR,
    HoldReason.HOSPITAL,
    HoldReason.ADDRESS_UNKNOWN,
    HoldReason.DECEASED,
    HoldReason.INSOLVENCY,
    HoldReason.OTHER,
)


class HoldDayMissing(Invalid):
    """Name the day, after today, on which somebody looks at the hold again."""


class HoldNeedsVerdict(Conflict):
    """This hold ends with the verdict on its objection."""


class HoldEndsWithPlan(Conflict):
    """This hold ends with its plan: end the plan, or let it run."""


class HoldLifted(Conflict):
    """This hold has been lifted already."""


class HoldWordsMissing(Invalid):
    """Say in a few words why the case stands still."""


@dataclass(frozen=True, slots=True)
class HoldWish:
    """Why a case stands still, and until when somebody looks again."""

    reason: HoldReason
    until_on: date
    note: str = ""


def hold_case(case_id: int, wish: HoldWish) -> Hold:
    """Let a whole case stand still. Never the law's clock.

    Raises:
        CaseClosed, HoldDayMissing, HoldWordsMissing: nothing was changed.
    """
    case = lock_case(case_id)
    require_open(case)
    if wish.until_on <= clock.today():
        raise HoldDayMissing
    if wish.reason is HoldReason.OTHER and not wish.note.strip():
        raise HoldWordsMissing
    return set_hold(case, wish.reason, note=wish.note.strip() or None, until_on=wish.until_on)


def lift_by_hand(hold_id: int, reason: str) -> Hold:
    """Let the work go on, with the reason.

    Raises:
        CaseClosed, HoldNeedsVerdict, HoldEndsWithPlan, HoldLifted, ReasonMissing: nothing was
        changed.
    """
    known = db.session.get(Hold, hold_id)
    if known is None:
        raise NotFound
    case = lock_case(known.case_id)
    require_open(case)
    hold = db.session.get_one(Hold, hold_id, populate_existing=True)
    if hold.objection_id is not None and hold.reason is HoldReason.OBJECTION:
        raise HoldNeedsVerdict
    if hold.reason is HoldReason.PLAN:
        raise HoldEndsWithPlan
    if hold.lifted_at is not None:
        raise HoldLifted
    if not reason.strip():
        raise ReasonMissing
    lift_hold(case, hold, reason.strip())
    return hold


def get_hold(public_id: str) -> Hold:
    """The hold of that public id; raises NotFound."""
    found = db.session.scalar(select(Hold).where(Hold.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def exclude_claim(case_id: int, claim_id: int, reason: str) -> Claim:
    """Leave a claim out of the present demands, with the reason; it stays in the case.

    Raises:
        CaseClosed, NotFound, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    return _exclude(case_id, claim_id, reason.strip())


def include_claim(case_id: int, claim_id: int) -> Claim:
    """Demand a claim again. Raises CaseClosed, NotFound."""
    return _exclude(case_id, claim_id, None)


def _exclude(case_id: int, claim_id: int, reason: str | None) -> Claim:
    case = lock_case(case_id)
    require_open(case)
    claim = next((claim for claim in list_claims(case.id) if claim.id == claim_id), None)
    if claim is None:
        raise NotFound
    claim.excluded_reason = reason
    audit.record(
        "claim.excluded" if reason else "claim.included", "claim", claim.id,
        creditor_id=case.creditor_id,
    )  # fmt: skip
    return claim
