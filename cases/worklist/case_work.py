"""Cases with the open work of one person, as the lead ticks them before giving them on."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select

from cases.claims.models import Case, CaseDebtor
from cases.core.database import db
from cases.worklist.models import WorkItem


@dataclass(frozen=True, slots=True)
class CaseWork:
    """One case with what is to be done in it."""

    case: Case
    debtor: str
    items: int
    oldest_since: datetime | date


def open_work(
    owner_id: int | None, client_id: int | None, queue: str | None
) -> list[ColumnElement[bool]]:
    """What is to be done by somebody (None: by nobody), of one client and kind or of all."""
    owner = WorkItem.owner_id
    wanted = [
        WorkItem.done_at.is_(None),
        owner.is_(None) if owner_id is None else owner == owner_id,
    ]
    if client_id is not None:
        wanted.append(WorkItem.creditor_id == client_id)
    if queue:
        wanted.append(WorkItem.queue == queue)
    return wanted


def list_case_work(
    owner_id: int | None, client_id: int | None, queue: str | None, limit: int
) -> list[CaseWork]:
    """Cases with open work of somebody (None: of nobody), the oldest first."""
    since = func.min(WorkItem.since)
    work = (
        select(WorkItem.case_id, func.count().label("items"), since.label("since"))
        .where(*open_work(owner_id, client_id, queue))
        .group_by(WorkItem.case_id)
        .order_by(since, WorkItem.case_id)
        .limit(limit)
        .subquery()
    )
    query = (
        select(Case, CaseDebtor.submitted_name, work.c["items"], work.c.since)
        .join(work, work.c.case_id == Case.id)
        .join(CaseDebtor, (CaseDebtor.case_id == Case.id) & (CaseDebtor.position == 1))
        .order_by(work.c.since, Case.id)
    )
    return [
        CaseWork(case, debtor, items, oldest)
        for case, debtor, items, oldest in db.session.execute(query)
    ]
