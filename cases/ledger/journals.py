"""The bookings of a case that stand: neither reversed, nor reversals themselves."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from cases.core.database import db
from cases.ledger.models import Entry, Journal


def list_standing(case_id: int, *conditions: Any) -> list[Journal]:
    """The standing bookings on the claim account of a case that fit, oldest first."""
    counter = aliased(Journal)
    query = (
        select(Journal)
        .distinct()
        .join(Entry, Entry.journal_id == Journal.id)
        .outerjoin(counter, counter.reverses_id == Journal.id)
        .where(
            Entry.case_id == case_id,
            Journal.reverses_id.is_(None),
            counter.id.is_(None),
            *conditions,
        )
        .order_by(Journal.id)
    )
    return list(db.session.scalars(query))
