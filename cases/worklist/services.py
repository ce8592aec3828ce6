"""The worklist: work items written with their cause, taken up in one order by everybody.

Order: statutory deadlines and limitation, promised call-backs, broken promises, new answers, then
the highest amount, then the oldest.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute

from cases.claims.models import Case
from cases.claims.queries import lock_case
from cases.core import audit, clock
from cases.core.copying import as_json
from cases.core.database import db, new_public_id
from cases.core.errors import Conflict, NotFound
from cases.core.many import one_of
from cases.worklist.arrangement import urgency_of
from cases.worklist.listing import Filter, free_for, in_order, visible
from cases.worklist.models import WorkItem, WorkQueue
from cases.worklist.reasons import REASONS
from cases.worklist.urgency import ORDINARY, URGENCY
from legal.errors import InvariantBroken

RESERVED_FOR = timedelta(minutes=5)


class ReservedByOther(Conflict):
    """Somebody else is working on this case right now."""


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
    if reason not in REASONS:
        raise InvariantBroken(reason)
    today = clock.today()
    db.session.execute(
        insert(WorkItem)
        .values(
            public_id=new_public_id(),
            case_id=case.id,
            creditor_id=case.creditor_id,
            queue=queue,
            urgency=urgency_of(queue),
            negative_cents=-case.booked_open_cents,
            since=since or today,
            visible_on=visible_on or today,
            due_at=due_at,
            reason=reason,
            params=params,
            cause=cause,
            owner_id=owner_id,
            created_at=clock.now(),
            # A case that somebody has open is not offered to another for its new reason.
            reserved_by=_held(case, WorkItem.reserved_by),
            reserved_until=_held(case, WorkItem.reserved_until),
        )
        .on_conflict_do_nothing(index_elements=["cause"], index_where=WorkItem.done_at.is_(None))
    )


@dataclass(frozen=True, slots=True)
class NewItem:
    """One item of a set: its case, its cause, and whether it is the owner's of the case."""

    case_id: int
    cause: str
    params: Mapping[str, Any] = field(default_factory=dict)
    owned: bool = False


_ADD_ITEMS = text("""
    INSERT INTO work_items (public_id, case_id, creditor_id, queue, urgency, negative_cents, since,
                            visible_on, reason, params, cause, owner_id, created_at, reserved_by,
                            reserved_until)
    SELECT n.public_id, c.id, c.creditor_id, CAST(:queue AS text),
           COALESCE((SELECT urgency FROM worklist_bands WHERE queue = CAST(:queue AS text)),
                    :usual),
           -c.booked_open_cents, :today, :today, :reason, n.params, n.cause,
           CASE WHEN n.owned THEN c.owner_id END, :now, h.reserved_by, h.reserved_until
      FROM json_to_recordset(CAST(:items AS json))
           AS n (public_id text, case_id bigint, cause text, params jsonb, owned boolean)
      JOIN cases c ON c.id = n.case_id
      LEFT JOIN LATERAL (SELECT w.reserved_by, w.reserved_until FROM work_items w
                          WHERE w.case_id = c.id AND w.done_at IS NULL AND w.reserved_until > :now
                          LIMIT 1) h ON true
        ON CONFLICT (cause) WHERE done_at IS NULL DO NOTHING
""")


def add_items(queue: WorkQueue, reason: str, items: Sequence[NewItem]) -> None:
    """Put many cases on the worklist for the same reason: the set-based form of `add_item`."""
    if reason not in REASONS:
        raise InvariantBroken(reason)
    rows = [
        {
            "public_id": new_public_id(),
            "case_id": item.case_id,
            "cause": item.cause,
            "params": dict(item.params),
            "owned": item.owned,
        }
        for item in items
    ]
    db.session.execute(
        _ADD_ITEMS,
        {
            "queue": queue.value,
            "usual": URGENCY.get(queue, ORDINARY),
            "today": clock.today(),
            "now": clock.now(),
            "reason": reason,
            "items": as_json(rows),
        },
    )


def finish_causes(
    causes: Iterable[str], case_ids: Collection[int] = (), reasons: Collection[str] = ()
) -> None:
    """Take the items of the causes named off the worklist, whichever case they are of.

    With them, in the same statement, what stands in some cases for the reasons named.
    """
    of_cases = and_(one_of(WorkItem.case_id, case_ids), one_of(WorkItem.reason, reasons))
    db.session.execute(
        update(WorkItem)
        .where(or_(one_of(WorkItem.cause, causes), of_cases), WorkItem.done_at.is_(None))
        .values(done_at=clock.now(), done_by=audit.actor_id())
    )


def refresh_amounts_of(case_ids: Sequence[int]) -> None:
    """Let the open items of many cases show, and sort by, what is owed now."""
    db.session.execute(
        amounts_refreshed(case_ids), execution_options={"synchronize_session": False}
    )


def amounts_refreshed(case_ids: Sequence[int]) -> Update:
    """The same as a statement that another may carry along."""
    owed = -Case.booked_open_cents
    return (
        update(WorkItem)
        .where(
            Case.id == WorkItem.case_id,
            WorkItem.done_at.is_(None),
            one_of(Case.id, case_ids),
            WorkItem.negative_cents != owed,
        )
        .values(negative_cents=owed)
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


def finish_reasons(case: Case, *reasons: str) -> None:
    """Take the items that stand there for these reasons off the worklist."""
    _finish(case, one_of(WorkItem.reason, reasons))


def finish_reasons_of(case_ids: Collection[int], *reasons: str) -> None:
    """The same for many cases at once."""
    db.session.execute(
        update(WorkItem)
        .where(
            one_of(WorkItem.case_id, case_ids),
            one_of(WorkItem.reason, reasons),
            WorkItem.done_at.is_(None),
        )
        .values(done_at=clock.now(), done_by=audit.actor_id())
    )


def finish_queue(case: Case, queue: WorkQueue) -> None:
    """Take all items of one queue off the worklist of a case."""
    _finish(case, WorkItem.queue == queue)


def hide_steps(case: Case, until: date, *others: WorkQueue) -> None:
    """Let the strategy's next step wait for a day that was agreed with the debtor or set by us."""
    waiting = (WorkQueue.STEP_DUE, *others)
    db.session.execute(
        update(WorkItem)
        .where(
            WorkItem.case_id == case.id,
            WorkItem.queue.in_(waiting),
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
        in_order(visible(wanted or Filter()).where(free_for(None)))
        .join(Case, Case.id == WorkItem.case_id)
        .limit(1)
        # The case as well: no second reason of it goes to somebody else at the same moment.
        .with_for_update(skip_locked=True, key_share=True, of=(WorkItem, Case))
        .execution_options(populate_existing=True)
    )
    item = db.session.scalar(query)
    if item is not None:
        _reserve(item.case_id, user_id)
        db.session.refresh(item)
    return item


def reserve(item_id: int, user_id: int) -> WorkItem:
    """Reserve or keep a case for five minutes; raises ReservedByOther."""
    found = db.session.get(WorkItem, item_id)
    if found is None:
        raise NotFound
    lock_case(found.case_id)
    held = select(WorkItem.id).where(
        WorkItem.case_id == found.case_id,
        WorkItem.done_at.is_(None),
        WorkItem.reserved_until > clock.now(),
        WorkItem.reserved_by != user_id,
    )
    if db.session.scalar(held.limit(1)) is not None:
        raise ReservedByOther
    _reserve(found.case_id, user_id)
    db.session.refresh(found)
    return found


def _reserve(case_id: int, user_id: int) -> None:
    """All that is to be done in a case goes to one person for a while."""
    db.session.execute(
        update(WorkItem)
        .where(WorkItem.case_id == case_id, WorkItem.done_at.is_(None))
        .values(reserved_by=user_id, reserved_until=clock.now() + RESERVED_FOR)
    )


def _held(case: Case, column: InstrumentedAttribute[Any]) -> Any:
    """What is reserved of a case at this moment, for use within a statement."""
    query = select(column).where(
        WorkItem.case_id == case.id,
        WorkItem.done_at.is_(None),
        WorkItem.reserved_until > clock.now(),
    )
    return query.limit(1).scalar_subquery()
