"""The address at which a calendar program reads somebody's deadlines: random, and its own key.

Only its digest is kept, so it is shown once. A new one ends the old; so do a new password and a
lock.
"""

import hashlib
import secrets

from sqlalchemy import select

from cases.core import audit
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.locks import lock_row
from cases.people.models import User
from cases.people.policy import Permission, allows


def make_feed(user_id: int) -> str:
    """A new random part for the address of this user's calendar; the old one counts no more."""
    token = secrets.token_urlsafe(24)
    lock_row(User, user_id).feed_digest = _digest(token)
    audit.record("feed.made", "user", user_id)
    return token


def reader_of(token: str, permission: Permission) -> User:
    """Whose calendar an address is, as long as it may be read; that it was is noted.

    Raises:
        NotFound.
    """
    user = db.session.scalar(select(User).where(User.feed_digest == _digest(token)))
    if user is None or not user.is_active or not allows(user.role, permission):
        raise NotFound
    audit.set_actor(user.id)
    audit.record("feed.read", "user", user.id)
    return user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
