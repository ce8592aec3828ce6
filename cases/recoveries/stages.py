"""The stages of a case that a creditor knows, as the database tells them apart."""

from sqlalchemy import ColumnElement, and_, case, exists

from cases.claims.models import Case, Hold, HoldReason, Phase

#: In the order of a case's life; "objection" is an open case with a hold for it.
STAGES = ("new", "amicable", "objection", "court", "enforcement", "closed")
_CONTESTED = exists().where(
    Hold.case_id == Case.id, Hold.lifted_at.is_(None), Hold.reason == HoldReason.OBJECTION
)


def stage() -> ColumnElement[str]:
    """The stage of a row of cases."""
    return case(
        (Case.phase == Phase.CLOSED, "closed"),
        (Case.phase == Phase.ENFORCEMENT, "enforcement"),
        (Case.phase == Phase.COURT, "court"),
        (_CONTESTED, "objection"),
        (Case.phase == Phase.AMICABLE, "amicable"),
        else_="new",
    )


def at_stage(wanted: str) -> ColumnElement[bool]:
    """Cases at one stage, by their phase first, which has an index."""
    if wanted == "objection":
        return and_(Case.phase.in_([Phase.NEW, Phase.AMICABLE]), _CONTESTED)
    phase = Case.phase == Phase(wanted)
    return and_(phase, ~_CONTESTED) if wanted in {"new", "amicable"} else phase
