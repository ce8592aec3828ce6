"""The one order in which everybody takes up work, page by page, and how much of it there is.

Every read here starts at the right place of a partial index of `work_items`; none grows with what
is hidden, done, or waits in other queues.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    cast,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
    type_coerce,
)

from cases.claims.models import Case, CaseDebtor, Phase
from cases.core import clock
from cases.core.database import db
from cases.parties.debtor_models import DebtorProfile, Organisation
from cases.parties.models import Debtor
from cases.parties.profiles import USUAL
from cases.worklist.arrangement import urgency_of
from cases.worklist.models import WorkItem, WorkQueue

PAGE = 50
#: Counts end here; a person needs no more than "more than a thousand".
CAP = 1000


class Sort(StrEnum):
    """In which order somebody reads the list; the first is the house's."""

    URGENCY = "urgency"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody wants to see of the worklist."""

    queue: WorkQueue | None = None
    creditor_id: int | None = None
    owner_ids: tuple[int, ...] = ()  # Own cases, and those of people one stands in for.
    reason: str | None = None
    phase: Phase | None = None
    organisation: Organisation | None = None
    least_cents: int | None = None
    sort: Sort = Sort.URGENCY


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
            found = cls(int(urgency), int(negative_cents), day, int(item_id))
        except ValueError:
            return None
        numbers = (found.urgency, found.negative_cents, found.id)
        return found if all(abs(number) < 2**63 for number in numbers) else None


#: Order -> columns of its index.
_ORDERS = {
    Sort.URGENCY: ("urgency", "negative_cents", "since", "id"),
    Sort.OLDEST: ("since", "id"),
}


def list_items(
    user_id: int, wanted: Filter | None = None, after: Position | None = None, limit: int = PAGE
) -> list[WorkItem]:
    """The worklist from a position on; what somebody else has reserved is left out."""
    chosen = wanted or Filter()
    query = visible(chosen).where(free_for(user_id))
    names = _ORDERS[chosen.sort]
    if after is not None:
        columns = [getattr(WorkItem, name) for name in names]
        query = query.where(tuple_(*columns) > tuple(getattr(after, name) for name in names))
    return list(db.session.scalars(in_order(query, chosen.sort).limit(limit)))


def count_by_queue(wanted: Filter | None = None) -> Mapping[WorkQueue, int]:
    """How many items wait in each queue, each counted up to the cap, in one statement."""
    chosen = wanted or Filter()
    names = [queue.value for queue in WorkQueue]
    queues = func.unnest(cast(names, ARRAY(Text))).table_valued("name")
    some = (
        visible(replace(chosen, queue=None))
        .with_only_columns(WorkItem.id)
        .where(type_coerce(WorkItem.queue, Text) == queues.c.name)
        .limit(CAP)
        .lateral()
    )
    counted = select(queues.c.name, func.count(some.c.id)).outerjoin(some, true())
    found = db.session.execute(counted.group_by(queues.c.name))
    return {WorkQueue(name): waiting for name, waiting in found}


def visible(wanted: Filter) -> Select[WorkItem]:
    """Items to be done by today or earlier that fit."""
    query = select(WorkItem).where(WorkItem.done_at.is_(None), WorkItem.visible_on <= clock.today())
    if wanted.owner_ids:
        query = query.where(WorkItem.owner_id.in_(wanted.owner_ids))
    for column in ("queue", "creditor_id", "reason"):
        value = getattr(wanted, column)
        if value is not None:
            query = query.where(getattr(WorkItem, column) == value)
    if wanted.queue is not None:
        # A queue has one urgency; said aloud, its index starts at the right place.
        query = query.where(WorkItem.urgency == urgency_of(wanted.queue))
    if wanted.least_cents is not None:
        query = query.where(WorkItem.negative_cents <= -wanted.least_cents)
    if wanted.phase is not None:
        query = query.where(exists().where(Case.id == WorkItem.case_id, Case.phase == wanted.phase))
    if wanted.organisation is not None:
        query = query.where(_paid_by(wanted.organisation))
    return query


def _paid_by(organisation: Organisation) -> ColumnElement[bool]:
    """Whether the first debtor is of that organisation, said by somebody or usual for its kind."""
    kinds = [kind for kind, usual in USUAL.items() if usual is organisation]
    said = DebtorProfile.organisation == organisation
    usual = DebtorProfile.organisation.is_(None) & Debtor.kind.in_(kinds)
    return exists(
        select(CaseDebtor.case_id)
        .join(Debtor, Debtor.id == CaseDebtor.debtor_id)
        .outerjoin(DebtorProfile, DebtorProfile.debtor_id == Debtor.id)
        .where(CaseDebtor.case_id == WorkItem.case_id, CaseDebtor.position == 1, or_(said, usual))
    )


def in_order(query: Select[WorkItem], sort: Sort = Sort.URGENCY) -> Select[WorkItem]:
    """The query in the order of the list."""
    return query.order_by(*(getattr(WorkItem, name) for name in _ORDERS[sort]))


def free_for(user_id: int | None) -> Any:
    """Items that nobody works on at the moment, or only this user."""
    free = or_(WorkItem.reserved_until.is_(None), WorkItem.reserved_until <= clock.now())
    return free if user_id is None else or_(free, WorkItem.reserved_by == user_id)
