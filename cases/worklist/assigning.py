"""Giving cases with their open work to somebody else: one, many or by rule, and taking it back."""

from collections.abc import Mapping, Sequence
from itertools import cycle

from sqlalchemy import ColumnElement, func, select, update

from cases.claims.models import Case
from cases.claims.queries import lock_cases
from cases.core import audit
from cases.core.database import db
from cases.core.errors import Invalid
from cases.people.models import User
from cases.people.policy import Permission, allows
from cases.worklist.bulk import note_bulk, take_back
from cases.worklist.case_work import open_work
from cases.worklist.models import BulkAction, BulkKind, WorkItem

#: More with one click would be no decision of a person any more.
MOST_CASES = 2000


class NoOneToTake(Invalid):
    """Please choose somebody who works on cases and may sign in."""


class NothingToGive(Invalid):
    """There is no open work that fits."""


def cases_of(
    owner_id: int | None, client_id: int | None = None, queue: str | None = None
) -> list[int]:
    """Cases with open work of somebody (None: of nobody), the oldest first, up to a limit."""
    query = (
        select(WorkItem.case_id)
        .where(*open_work(owner_id, client_id, queue))
        .group_by(WorkItem.case_id)
    )
    ordered = query.order_by(func.min(WorkItem.since), WorkItem.case_id).limit(MOST_CASES)
    return list(db.session.scalars(ordered))


def assign(case_ids: Sequence[int], to_ids: Sequence[int], by: int) -> BulkAction:
    """Give cases with all their open work to one person, or in turn to several.

    Raises:
        NoOneToTake, NothingToGive.
    """
    takers = [db.session.get(User, user_id) for user_id in dict.fromkeys(to_ids)]
    fit = [one.id for one in takers if one is not None and _works_on_cases(one)]
    if not fit or len(fit) != len(takers):
        raise NoOneToTake
    cases = lock_cases(case_ids[:MOST_CASES])
    if not cases:
        raise NothingToGive
    shares = dict(zip(cases, cycle(fit), strict=False))
    before = {str(case.id): [case.owner_id, shares[case.id]] for case in cases.values()}
    action = note_bulk(BulkKind.REASSIGNED, list(shares), by)
    action.before = {"cases": before, "items": _give(shares)}
    return action


def take_assignment_back(action: BulkAction) -> int:
    """Cases and items lie where they lay, but for cases that were given on; answers how many.

    Raises:
        TooLateToUndo.
    """
    cases = lock_cases(action.case_ids)
    take_back(action)
    kept = action.before or {"cases": {}, "items": {}}
    back = [case for case in cases.values() if case.owner_id == kept["cases"][str(case.id)][1]]
    for case in back:
        case.owner_id = kept["cases"][str(case.id)][0]
    by_owner: dict[int | None, list[int]] = {}
    for item_id, owner_id in kept["items"].items():
        by_owner.setdefault(owner_id, []).append(int(item_id))
    ids = [case.id for case in back]
    for owner_id, item_ids in by_owner.items():
        _own(WorkItem.id.in_(item_ids) & WorkItem.case_id.in_(ids), owner_id)
    return len(back)


def _give(shares: Mapping[int, int]) -> dict[str, int | None]:
    """Change the owners; answers whose the items were."""
    kept = select(WorkItem.id, WorkItem.owner_id).where(
        WorkItem.case_id.in_(shares), WorkItem.done_at.is_(None)
    )
    before: dict[str, int | None] = {
        str(item_id): owner_id for item_id, owner_id in db.session.execute(kept)
    }
    by_taker: dict[int, list[int]] = {}
    for case_id, user_id in shares.items():
        by_taker.setdefault(user_id, []).append(case_id)
    for user_id, ids in by_taker.items():
        db.session.execute(update(Case).where(Case.id.in_(ids)).values(owner_id=user_id))
        _own(WorkItem.case_id.in_(ids), user_id)
        audit.record("cases.assigned", "user", user_id, cases=ids)
    return before


def _own(which: ColumnElement[bool], owner_id: int | None) -> None:
    """Whose open items are; what somebody had reserved is free for the new owner."""
    open_items = update(WorkItem).where(which, WorkItem.done_at.is_(None))
    db.session.execute(open_items.values(owner_id=owner_id, reserved_by=None, reserved_until=None))


def _works_on_cases(user: User) -> bool:
    return user.is_active and allows(user.role, Permission.CONTACT_LOG)
