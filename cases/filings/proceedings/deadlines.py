"""Deadlines of proceedings as rows: opened, moved and closed as the events say, or by hand.

Every change is written to the liability log. An open deadline of ours stands on the worklist in
time, so that none can pass unseen.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from cases.claims.law import court_of
from cases.claims.models import Case
from cases.claims.queries import get_case_by_id, lock_case
from cases.core import clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.locks import relock
from cases.filings import liability_log
from cases.filings.court_settings import get_court_settings
from cases.filings.errors import DeadlineClosed, ReasonNeeded
from cases.filings.proceedings.models import (
    DeadlineState,
    LegalDeadline,
    Proceeding,
    ProceedingEvent,
)
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_items
from legal import proceeding as pure
from legal.court import ProceedingDeadline, Whose

#: Days before the last one at which a deadline comes up on the worklist; our choice.
LEAD_DAYS = {"L04": 365, "M11": 60}
ORDINARY_LEAD_DAYS = 7


def sync(proceeding: Proceeding, now: pure.Proceeding, rows: Sequence[ProceedingEvent]) -> None:
    """Let the rows say what the events say."""
    known = {(d.event_id, d.rule_id): d for d in list_of_proceeding(proceeding.id)}
    case = get_case_by_id(proceeding.case_id)
    ids = _ids(now, rows)
    wanted = set()
    query_days = get_court_settings().query_days
    for computed in court_of(case).list_deadlines(now, query_days=query_days):
        key = (ids[computed.opened_by], computed.rule_id)
        wanted.add(key)
        row = known.get(key) or _open(case, proceeding, computed, key[0])
        _follow(row, computed)
        closing = ids[computed.closed_by] if computed.closed_by else None
        if closing is not None:
            _close(case, row, closing, computed.closed_by.kind.value if computed.closed_by else "")
        elif row.state is DeadlineState.CLOSED and row.closed_by_event_id is not None:
            _reopen(case, row)
    for key, row in known.items():
        if key not in wanted:
            _close(case, row, None, "revoked")


def move_deadline(deadline: LegalDeadline, day: date, reason: str) -> None:
    """Let a deadline count to another day than the computed one, with a reason.

    Raises:
        ReasonNeeded, DeadlineClosed.
    """
    if not reason.strip():
        raise ReasonNeeded
    case = lock_case(deadline.case_id)
    relock(deadline)
    if deadline.state is DeadlineState.CLOSED:
        raise DeadlineClosed
    liability_log.note(
        deadline, deadline.name, "moved", deadline=deadline, reason=reason.strip(),
        before={"last_day": deadline.last_day}, after={"last_day": day},
    )  # fmt: skip
    deadline.last_day = day
    _put_on_worklist(case, deadline)


def close_by_hand(deadline: LegalDeadline, reason: str) -> None:
    """Close a deadline because what it asks for was done otherwise."""
    if not reason.strip():
        raise ReasonNeeded
    case = lock_case(deadline.case_id)
    relock(deadline)
    if deadline.state is DeadlineState.CLOSED:
        raise DeadlineClosed
    _close(case, deadline, None, reason.strip())


def get_deadline(public_id: str) -> LegalDeadline:
    """The deadline of that public id; raises NotFound."""
    found = db.session.scalar(select(LegalDeadline).where(LegalDeadline.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def lock_deadline(public_id: str) -> LegalDeadline:
    """The same, locked, its case before it: two people cannot move it at once. Raises NotFound."""
    found = get_deadline(public_id)
    lock_case(found.case_id)
    relock(found)
    return found


def list_of_proceeding(proceeding_id: int) -> list[LegalDeadline]:
    """All deadlines of a proceeding, the next one first."""
    query = select(LegalDeadline).where(LegalDeadline.proceeding_id == proceeding_id)
    return list(db.session.scalars(query.order_by(LegalDeadline.last_day, LegalDeadline.id)))


def _ids(now: pure.Proceeding, rows: Sequence[ProceedingEvent]) -> dict[pure.Event, int]:
    """Which row an event came from; a known event was not taken twice."""
    return {event: row.id for event, row in zip(now.events, rows, strict=True)}


def _open(
    case: Case, proceeding: Proceeding, computed: ProceedingDeadline, event_id: int
) -> LegalDeadline:
    row = LegalDeadline(
        case_id=proceeding.case_id,
        creditor_id=proceeding.creditor_id,
        debtor_id=proceeding.debtor_id,
        proceeding_id=proceeding.id,
        rule_id=computed.rule_id,
        name=computed.name,
        whose=computed.whose.value,
        event_id=event_id,
        started_on=computed.opened_by.on,
        computed_day=computed.last_day,
        last_day=computed.last_day,
        law=computed.law,
        notes=list(computed.notes),
        state=DeadlineState.OPEN,
    )
    db.session.add(row)
    db.session.flush()
    liability_log.note(
        row, row.name, "opened", deadline=row,
        after={"last_day": row.last_day, "rule": row.rule_id, "law": row.law},
    )  # fmt: skip
    _put_on_worklist(case, row)
    return row


def _follow(row: LegalDeadline, computed: ProceedingDeadline) -> None:
    """A computed day that changed moves the deadline, unless a person had moved it."""
    if row.computed_day == computed.last_day:
        return
    moved_by_hand = row.last_day != row.computed_day
    before = {"computed_day": row.computed_day, "last_day": row.last_day}
    row.computed_day = computed.last_day
    if not moved_by_hand:
        row.last_day = computed.last_day
    after = {"computed_day": row.computed_day, "last_day": row.last_day}
    liability_log.note(row, row.name, "computed_anew", deadline=row, before=before, after=after)


def _close(case: Case, row: LegalDeadline, event_id: int | None, reason: str) -> None:
    if row.state is DeadlineState.CLOSED:
        return
    row.state, row.closed_by_event_id, row.closed_reason = DeadlineState.CLOSED, event_id, reason
    row.closed_at = clock.now()
    liability_log.note(
        row, row.name, "closed", deadline=row, before={"last_day": row.last_day}, reason=reason
    )
    finish_items(case, _cause(row))


def _reopen(case: Case, row: LegalDeadline) -> None:
    row.state, row.closed_by_event_id, row.closed_reason = DeadlineState.OPEN, None, None
    row.closed_at = None
    liability_log.note(row, row.name, "reopened", deadline=row, after={"last_day": row.last_day})
    _put_on_worklist(case, row)


def _put_on_worklist(case: Case, row: LegalDeadline) -> None:
    """Deadlines of the opponent are only watched; ours come up before they end."""
    finish_items(case, _cause(row))
    if row.whose == Whose.OPPONENT.value:
        return
    earliest = row.whose == Whose.EARLIEST.value
    lead = 0 if earliest else LEAD_DAYS.get(row.rule_id, ORDINARY_LEAD_DAYS)
    visible_on = row.last_day - timedelta(days=lead)
    if earliest:
        add_item(
            case, WorkQueue.LEGAL, "enforcement_possible", _cause(row), since=row.started_on,
            visible_on=visible_on, earliest_on=row.last_day.isoformat(),
        )  # fmt: skip
        return
    end = clock.end_of(row.last_day)
    add_item(
        case, WorkQueue.LEGAL, "legal_deadline", _cause(row), since=row.started_on,
        visible_on=visible_on, due_at=end, deadline_code=row.name,
        last_day_on=row.last_day.isoformat(),
    )  # fmt: skip


def _cause(row: LegalDeadline) -> str:
    return f"legal_deadline:{row.id}"
