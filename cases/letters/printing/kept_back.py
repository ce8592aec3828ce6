"""Letters that were set and may not leave any more: what has come up about their debtor since.

The rule is `against_writing` of a single debtor; this is its form for sets, and a test holds both
to the same answers.
"""

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from cases.claims.models import CaseDebtor, Hold
from cases.claims.reaching.person import SAID_BY_HOLD
from cases.letters.models import Letter
from cases.parties.debtor_models import DebtorProfile
from cases.parties.models import Debtor, DebtorSpokesperson


def may_leave() -> ColumnElement[bool]:
    """Whether the debtor of a letter still is one of the case, and may be written to."""
    addressed = aliased(Debtor)  # As the letter names him; his record may be in another by now.
    into = (
        select(addressed.merged_into_id)
        .where(addressed.id == Letter.debtor_id)
        .correlate(Letter)
        .scalar_subquery()
    )
    held = (
        select(Hold.id)
        .where(
            Hold.case_id == Letter.case_id,
            Hold.lifted_at.is_(None),
            Hold.reason.in_(list(SAID_BY_HOLD)),
        )
        .correlate(Letter)
    )
    himself = and_(
        ~held.exists(),
        ~func.coalesce(DebtorProfile.consent_reserved, False),
        or_(
            ~func.coalesce(DebtorProfile.minor, False),
            func.coalesce(Debtor.representative, "") != "",
        ),
    )
    spokesperson = and_(
        DebtorSpokesperson.debtor_id == Debtor.id, DebtorSpokesperson.valid_until.is_(None)
    )
    return (
        select(CaseDebtor.case_id)
        .join(Debtor, Debtor.id == CaseDebtor.debtor_id)
        .outerjoin(DebtorSpokesperson, spokesperson)
        .outerjoin(DebtorProfile, DebtorProfile.debtor_id == Debtor.id)
        .where(
            CaseDebtor.case_id == Letter.case_id,
            CaseDebtor.debtor_id.in_([Letter.debtor_id, into]),
            or_(DebtorSpokesperson.id.is_not(None), himself),
        )
        .exists()
    )
