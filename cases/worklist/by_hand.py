"""What a case worker does with items of the worklist besides working on the case."""

from datetime import date

from cases.claims import timeline
from cases.claims.queries import lock_case
from cases.claims.services import ReasonMissing
from cases.core import audit, clock
from cases.core.errors import Conflict, Invalid
from cases.core.locks import relock
from cases.worklist.models import WorkItem, WorkQueue
from cases.worklist.services import finish_items

#: Items that a person ticks off; all others end with what they ask for.
BY_HAND = {WorkQueue.FOLLOW_UP, WorkQueue.TASK, WorkQueue.PAYMENT, WorkQueue.BROKEN_PROMISE}
#: The one answer that does not end by a click: what the debtor asked for must be answered.
OWED = "question_asked"


class FollowUpInPast(Invalid):
    """The follow-up must lie after today."""


class NotByHand(Conflict):
    """This ends by itself as soon as the case asks for it no more."""


class AlreadyDone(Conflict):
    """Somebody has done this meanwhile."""


class PromisedToDebtor(Conflict):
    """This was promised to the debtor. Agree on a new day in the case, with the reason."""


def postpone_item(item: WorkItem, until: date, why: str) -> None:
    """Put an item off to a later day, with the reason; nobody just skips a case.

    Raises:
        ReasonMissing, FollowUpInPast, PromisedToDebtor.
    """
    if item.queue is WorkQueue.COMMITMENT:
        raise PromisedToDebtor
    if not why.strip():
        raise ReasonMissing
    if until <= clock.today():
        raise FollowUpInPast
    case = lock_case(item.case_id)
    relock(item)
    if item.done_at is not None:
        raise AlreadyDone
    item.visible_on, item.reserved_by, item.reserved_until = until, None, None
    timeline.record(case, "work.postponed", due_on=until, why=why.strip())


def may_tick(item: WorkItem) -> bool:
    """Whether a person takes this off the list by a click."""
    said = item.queue is WorkQueue.ANSWER and item.reason != OWED
    return item.queue in BY_HAND or said


def tick_off(item: WorkItem) -> None:
    """Take an item off the worklist by hand; raises NotByHand."""
    if not may_tick(item):
        raise NotByHand
    case = lock_case(item.case_id)
    relock(item)
    if item.done_at is not None:
        raise AlreadyDone
    finish_items(case, item.cause)
    audit.record("work.done", "work_item", item.id, creditor_id=case.creditor_id)
