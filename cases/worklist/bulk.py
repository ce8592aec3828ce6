"""What was done to many cases with one click, and for how long it can be taken back."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, NotFound
from cases.worklist.models import BulkAction, BulkKind

#: What would leave the house waits as long.
UNDO_FOR = timedelta(minutes=2)
#: A worker that has not come by then will not be waited for.
_WAITED_FOR = timedelta(hours=1)


class TooLateToUndo(Conflict):
    """The time in which this could be taken back is over. Each case can still be changed singly."""


def note_bulk(kind: BulkKind, case_ids: Sequence[int], user_id: int) -> BulkAction:
    """Remember what one click did; nothing else changes by it."""
    now = clock.now()
    action = BulkAction(
        kind=kind,
        case_ids=sorted(case_ids),
        done_by=user_id,
        done_at=now,
        undo_until=now + UNDO_FOR,
    )
    db.session.add(action)
    db.session.flush()
    audit.record(f"bulk.{kind.value}", "bulk_action", action.id, cases=len(case_ids))
    return action


def list_undoable(kind: BulkKind) -> list[BulkAction]:
    """What can be taken back at this moment, the newest first."""
    return [each for each in list_waiting_for_worker(kind) if each.undo_until > clock.now()]


def list_waiting_for_worker(kind: BulkKind) -> list[BulkAction]:
    """What nobody has taken back and no worker has begun, the newest first."""
    query = select(BulkAction).where(
        BulkAction.kind == kind,
        BulkAction.undone_at.is_(None),
        BulkAction.begun_at.is_(None),
        BulkAction.undo_until > clock.now() - _WAITED_FOR,
    )
    return list(db.session.scalars(query.order_by(BulkAction.id.desc())))


def get_bulk(public_id: str, kind: BulkKind) -> BulkAction:
    """The click of that public id; raises NotFound."""
    query = select(BulkAction).where(BulkAction.public_id == public_id, BulkAction.kind == kind)
    action = db.session.scalar(query)
    if action is None:
        raise NotFound
    return action


def take_back(action: BulkAction) -> None:
    """Note that it was taken back; its cases, if they change, are locked by then.

    Raises:
        TooLateToUndo: the time is over, or somebody else or a worker was quicker.
    """
    current = _locked(action.id)
    if current.undone_at or current.begun_at or current.undo_until <= clock.now():
        raise TooLateToUndo
    current.undone_at = clock.now()
    audit.record("bulk.undone", "bulk_action", current.id)


def set_out(action_id: int) -> bool:
    """A worker begins with it: from now on it cannot be taken back. False if it was before."""
    action = _locked(action_id)
    if action.undone_at is not None:
        return False
    action.begun_at = action.begun_at or clock.now()
    return True


def _locked(action_id: int) -> BulkAction:
    query = select(BulkAction).where(BulkAction.id == action_id).with_for_update(key_share=True)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
