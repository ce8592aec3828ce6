"""What lies with whom: open work by queue, what is late, how old, and what was done this week."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, select

from cases.core import clock
from cases.core.database import db
from cases.worklist.models import WorkItem, WorkQueue


@dataclass(slots=True)
class Load:
    """The work of one person, or of several together."""

    by_queue: dict[WorkQueue, int] = field(default_factory=dict)
    late_commitments: int = 0
    oldest_since: date | None = None
    done_this_week: int = 0

    @property
    def open_items(self) -> int:
        return sum(self.by_queue.values())

    def add(self, other: "Load") -> None:
        """Count another's work in."""
        for queue, count in other.by_queue.items():
            self.by_queue[queue] = self.by_queue.get(queue, 0) + count
        self.late_commitments += other.late_commitments
        self.done_this_week += other.done_this_week
        days = [day for day in (self.oldest_since, other.oldest_since) if day is not None]
        self.oldest_since = min(days, default=None)


def loads_by_person() -> Mapping[int, Load]:
    """The load of everybody who has open work or finished some this week."""
    loads: dict[int, Load] = {}
    late = and_(WorkItem.queue == WorkQueue.COMMITMENT, WorkItem.due_at < clock.now())
    query = (
        select(
            WorkItem.owner_id, WorkItem.queue, func.count(), func.min(WorkItem.since),
            func.count().filter(late),
        )
        .where(WorkItem.owner_id.is_not(None), *_due())
        .group_by(WorkItem.owner_id, WorkItem.queue)
    )  # fmt: skip
    for owner_id, queue, count, oldest, lates in db.session.execute(query):
        if owner_id is not None:
            loads.setdefault(owner_id, Load()).add(Load({queue: count}, lates, oldest))
    done = (
        select(WorkItem.done_by, func.count())
        .where(WorkItem.done_by.is_not(None), WorkItem.done_at >= week_began())
        .group_by(WorkItem.done_by)
    )
    for user_id, count in db.session.execute(done):
        if user_id is not None:
            loads.setdefault(user_id, Load()).done_this_week = count
    return loads


def load_without_owner(client_ids: Collection[int] | None = None) -> Load:
    """What lies with nobody; of some clients only, where a team works for them."""
    query = (
        select(WorkItem.queue, func.count(), func.min(WorkItem.since))
        .where(WorkItem.owner_id.is_(None), *_due())
        .group_by(WorkItem.queue)
    )
    if client_ids is not None:
        query = query.where(WorkItem.creditor_id.in_(client_ids))
    load = Load()
    for queue, count, oldest in db.session.execute(query):
        load.add(Load({queue: count}, 0, oldest))
    return load


def week_began() -> datetime:
    """The first moment of this Monday."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    return datetime.combine(monday, time(), clock.local(clock.now()).tzinfo)


def _due() -> tuple[ColumnElement[bool], ...]:
    return (WorkItem.done_at.is_(None), WorkItem.visible_on <= clock.today())
