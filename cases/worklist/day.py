"""Somebody's day: what was done, what is set for which day, and what is overdue."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, select

from cases.claims.models import Case
from cases.claims.search import first_debtor_names
from cases.core import clock
from cases.core.database import db
from cases.worklist.models import WorkItem, WorkQueue

#: What stands in the diary (Wiedervorlage): days that people set, and what we promised.
DIARY = (WorkQueue.FOLLOW_UP, WorkQueue.COMMITMENT)


@dataclass(frozen=True, slots=True)
class DiaryRow:
    """One entry of the diary with its case."""

    item: WorkItem
    case: Case
    debtor_name: str


def list_diary(
    owner_id: int | None, first_day: date | None, last_day: date, limit: int = 200
) -> list[DiaryRow]:
    """What is set for some days, for one person or everybody; the earliest first."""
    query = (
        select(WorkItem, Case)
        .join(Case, Case.id == WorkItem.case_id)
        .where(
            WorkItem.done_at.is_(None),
            WorkItem.queue.in_(DIARY),
            WorkItem.visible_on <= last_day,
        )
    )
    if first_day is not None:
        query = query.where(WorkItem.visible_on >= first_day)
    if owner_id is not None:
        query = query.where(WorkItem.owner_id == owner_id)
    ordered = query.order_by(WorkItem.visible_on, WorkItem.due_at, WorkItem.id)
    found = db.session.execute(ordered.limit(limit)).all()
    names = first_debtor_names({case.id for _, case in found})
    return [DiaryRow(item, case, names[case.id]) for item, case in found]


def list_done(user_id: int, day: date, limit: int = 200) -> list[DiaryRow]:
    """What somebody finished on a day, the latest first."""
    begin, end = _span(day)
    query = (
        select(WorkItem, Case)
        .join(Case, Case.id == WorkItem.case_id)
        .where(WorkItem.done_by == user_id, WorkItem.done_at >= begin, WorkItem.done_at < end)
        .order_by(WorkItem.done_at.desc(), WorkItem.id.desc())
    )
    found = db.session.execute(query.limit(limit)).all()
    names = first_debtor_names({case.id for _, case in found})
    return [DiaryRow(item, case, names[case.id]) for item, case in found]


def count_overdue(owner_id: int) -> int:
    """How much of somebody's diary lies before today."""
    query = select(func.count()).where(
        WorkItem.done_at.is_(None),
        WorkItem.queue.in_(DIARY),
        WorkItem.owner_id == owner_id,
        WorkItem.visible_on < clock.today(),
    )
    return db.session.scalar(query) or 0


def _span(day: date) -> tuple[datetime, datetime]:
    zone = clock.local(clock.now()).tzinfo
    begin = datetime.combine(day, time(), zone)
    return begin, datetime.combine(date.fromordinal(day.toordinal() + 1), time(), zone)
