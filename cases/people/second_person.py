"""Who counts as a second person (vier Augen): somebody else, with an account of their own hand."""

from datetime import timedelta

from sqlalchemy import select

from cases.core import clock
from cases.core.database import db
from cases.people.models import AccountChange

#: For so long an account that X made, reset or changed is no second person for X. House rule.
SAME_HAND = timedelta(days=30)


def note_account_change(user_id: int, what: str, by: int | None) -> None:
    """Remember whose hand was on an account; a person's own changes do not count."""
    if by is not None and by != user_id:
        db.session.add(AccountChange(user_id=user_id, changed_by=by, what=what, at=clock.now()))


def is_second_person(user_id: int, asked_by: int) -> bool:
    """Whether this user may confirm what the other asked for."""
    if user_id == asked_by:
        return False
    touched = select(AccountChange.id).where(
        AccountChange.user_id == user_id,
        AccountChange.changed_by == asked_by,
        AccountChange.at > clock.now() - SAME_HAND,
    )
    return db.session.scalar(touched.limit(1)) is None
