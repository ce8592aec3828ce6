"""Reads about the worklist: its rows with names, and what has been done."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, select

from cases.claims.models import Case
from cases.claims.search import first_debtor_names
from cases.core import clock
from cases.core.database import db
from cases.parties.models import Creditor
from cases.worklist.listing import Filter, Position, list_items
from cases.worklist.models import WorkItem


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One row of the worklist."""

    item: WorkItem
    case: Case
    debtor_name: str
    creditor_name: str


def list_rows(
    user_id: int, wanted: Filter, after: Position | None = None, limit: int = 50
) -> list[WorkRow]:
    """A page of the worklist with the names that people know cases by."""
    items = list_items(user_id, wanted, after, limit)
    ids = {item.case_id for item in items}
    names = first_debtor_names(ids)
    found = db.session.execute(
        select(Case, Creditor.name)
        .join(Creditor, Creditor.id == Case.creditor_id)
        .where(Case.id.in_(ids))
    )
    cases = {case.id: (case, creditor) for case, creditor in found}
    return [
        WorkRow(item, cases[item.case_id][0], names[item.case_id], cases[item.case_id][1])
        for item in items
    ]


def position_of(item: WorkItem) -> Position:
    """Where an item stands in the order, to go on from there."""
    return Position(item.urgency, item.negative_cents, item.since, item.id)


def count_done(user_id: int, day: date) -> int:
    """How many items somebody finished on a day."""
    begin = datetime.combine(day, time(), clock.local(clock.now()).tzinfo)
    query = select(func.count()).where(WorkItem.done_by == user_id, WorkItem.done_at >= begin)
    return db.session.scalar(query) or 0
