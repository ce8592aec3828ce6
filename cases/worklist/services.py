"""The worklist: work items written with their cause, taken up in one order by everybody.

Order: statutory deadlines and limitation, promised call-backs, broken promises, new answers, then
the highest amount, then the oldest.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from cases.claims.models import Case
from cases.core import audit, clock
from cases.core.database import db, new_public_id
from cases.core.errors import Conflict, NotFound
from cases.core.many import one_of
from cases.worklist.models import WorkItem, WorkQueue
from cases.worklist.reasons import REASONS

RESERVED_FOR = timedelta(minutes=5)
PAGE = 50

#: Queue -> how urgent it is whatever the amount; lower comes first.
URGENCY = {
    WorkQueue.LIMITATION: 0,
    WorkQueue.LEGAL: 0,
    WorkQueue.COMMITMENT: 1,
    WorkQueue.BROKEN_PROMISE: 2,
    WorkQueue.OBJECTION: 3,
    WorkQueue.PAYMENT: 3,
}
ORDINARY = 5


class ReservedByOther(Conflict):
    """Somebody else is working on this case right now."""


@dataclass(frozen=True, slots=True)
class Position:
    """The last row of a page, for the next one (keyset)."""

    urgency: int
    negative_cents: int
    since: date
    id: int

    def __str__(self) -> str:
        return f"{self.urgency}.{self.negative_cents}.{self.since:%Y%m%d}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Position | None":
        """The position of an address, or None if it is none."""
        try:
            urgency, negative_cents, since, item_id = text.split(".")
            day = datetime.strptime(since, "%Y%m%d").date()  # noqa: DTZ007 - a mere day
            return cls(int(urgency), int(negative_cents), day, int(item_id))
        except ValueError:
            return None


def add_item(
    case: Case,
    queue: WorkQueue,
    reason: str,
    cause: str,
    *,
    since: date | None = None,
    visible_on: date | None = None,
    due_at: datetime | None = None,
    owner_id: int | None = None,
    **params: Any,
) -> None:
    """Put a case on the worklist for a reason; the same cause twice stays one item."""
    assert reason in REASONS, reason
    today = clock.today()
    db.session.execute(
        insert(WorkItem)
        .values(
            public_id=new_public_id(),
            case_id=case.id,
            creditor_id=case.creditor_id,
            queue=queue,
            urgency=URGENCY.get(queue, ORDINARY),
            negative_cents=-case.booked_open_cents,
            since=since or today,
            visible_on=visible_on or today,
            due_at=due_at,
            reason=reason,
            params=params,
            cause=cause,
            owner_id=owner_id,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["cause"], index_where=WorkItem.done_at.is_(None))
    )


def finish_items(case: Case, *causes: str) -> None:
    """Take the items of the causes named off the worklist; without a cause there are none."""
    _finish(case, one_of(WorkItem.cause, causes))


def finish_all_items(case: Case) -> None:
    """Take all items of a case off the worklist: nothing is to be done any more."""
    _finish(case)


def _finish(case: Case, *which: ColumnElement[bool]) -> None:
    open_items = update(WorkItem).where(WorkItem.case_id == case.id, WorkItem.done_at.is_(None))
    db.session.execute(
        open_items.where(*which).values(done_at=clock.now(), done_by=audit.actor_id())
    )


def finish_queue(case: Case, queue: WorkQueue) -> None:
    """Take all items of one queue off the worklist of a case."""
    _finish(case, WorkItem.queue == queue)


def hide_steps(case: Case, until: date) -> None:
    """Let the strategy's next step wait for a day that was agreed with the debtor or set by us."""
    db.session.execute(
        update(WorkItem)
        .where(
            WorkItem.case_id == case.id,
            WorkItem.queue == WorkQueue.STEP_DUE,
            WorkItem.done_at.is_(None),
        )
        .values(visible_on=func.greatest(WorkItem.visible_on, until))
    )


def refresh_amounts(case: Case) -> None:
    """Let the open items of a case show, and sort by, what is owed now."""
    db.session.execute(
        update(WorkItem)
        .where(WorkItem.case_id == case.id, WorkItem.done_at.is_(None))
        .values(negative_cents=-case.booked_open_cents)
    )


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody wants to see of the worklist."""

    queue: WorkQueue | None = None
    creditor_id: int | None = None
    owner_id: int | None = None


def list_items(
    user_id: int, wanted: Filter | None = None, after: Position | None = None, limit: int = PAGE
) -> list[WorkItem]:
    """The worklist from a position on; what somebody else has reserved is left out."""
    query = _visible(wanted or Filter()).where(_free_for(user_id))
    if after is not None:
        query = query.where(
            tuple_(WorkItem.urgency, WorkItem.negative_cents, WorkItem.since, WorkItem.id)
            > (after.urgency, after.negative_cents, after.since, after.id)
        )
    query = query.order_by(
        WorkItem.urgency, WorkItem.negative_cents, WorkItem.since, WorkItem.id
    ).limit(limit)
    return list(db.session.scalars(query))


def count_items(wanted: Filter | None = None, cap: int = 1000) -> int:
    """How many items there are, counted up to the cap."""
    some = _visible(wanted or Filter()).with_only_columns(WorkItem.id).limit(cap).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def get_item(public_id: str) -> WorkItem:
    """The item of that public id; raises NotFound."""
    item = db.session.scalar(select(WorkItem).where(WorkItem.public_id == public_id))
    if item is None:
        raise NotFound
    return item


def list_open_items(case_id: int) -> list[WorkItem]:
    """What is to be done in one case, the most urgent first."""
    query = (
        select(WorkItem)
        .where(WorkItem.case_id == case_id, WorkItem.done_at.is_(None))
        .order_by(WorkItem.urgency, WorkItem.visible_on, WorkItem.id)
    )
    return list(db.session.scalars(query))


def take_next(user_id: int, wanted: Filter | None = None) -> WorkItem | None:
    """Reserve the first item that nobody has; two people never get the same one."""
    query = (
        _visible(wanted or Filter())
        .where(_free_for(None))
        .order_by(WorkItem.urgency, WorkItem.negative_cents, WorkItem.since, WorkItem.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    item = db.session.scalar(query)
    if item is not None:
        _reserve(item, user_id)
    return item


def reserve(item_id: int, user_id: int) -> WorkItem:
    """Reserve or keep an item for five minutes; raises ReservedByOther."""
    item = db.session.scalar(select(WorkItem).where(WorkItem.id == item_id).with_for_update())
    if item is None:
        raise NotFound
    held = item.reserved_until is not None and item.reserved_until > clock.now()
    if held and item.reserved_by != user_id:
        raise ReservedByOther
    _reserve(item, user_id)
    return item


def _reserve(item: WorkItem, user_id: int) -> None:
    item.reserved_by, item.reserved_until = user_id, clock.now() + RESERVED_FOR


def _visible(wanted: Filter) -> Select[WorkItem]:
    query = select(WorkItem).where(WorkItem.done_at.is_(None), WorkItem.visible_on <= clock.today())
    for column in ("queue", "creditor_id", "owner_id"):
        value = getattr(wanted, column)
        if value is not None:
            query = query.where(getattr(WorkItem, column) == value)
    return query


def _free_for(user_id: int | None) -> Any:
    free = or_(WorkItem.reserved_until.is_(None), WorkItem.reserved_until <= clock.now())
    return free if user_id is None else or_(free, WorkItem.reserved_by == user_id)
