"""A case that is opened again: what was disputed and not decided stands still again."""

from sqlalchemy import select

from cases.claims.models import Case
from cases.core.database import db
from cases.objections.holding import hold_again
from cases.objections.models import Objection
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item


def hold_undecided(case: Case, reason: str) -> None:
    """Objections that the end of the case left open are held, and verified, again."""
    for objection in db.session.scalars(
        select(Objection).where(Objection.case_id == case.id).order_by(Objection.id)
    ):
        if objection.is_open:
            hold_again(case, objection)
            add_item(
                case,
                WorkQueue.OBJECTION,
                "objection_open",
                f"objection:{objection.id}",
                owner_id=case.owner_id,
                kind_code=objection.kind.value,
            )
