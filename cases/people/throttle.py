"""Guessing passwords is slow: an attempt is counted before the password is looked at.

Ten attempts in a quarter of an hour for one account, from all places unknown to it together; ten
more for each device that has signed in to it before, so that a stranger who guesses does not lock
its owner out. A network address has more, since a whole house may stand behind one.
"""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select

from cases.core import clock
from cases.core.database import db
from cases.core.errors import Conflict
from cases.core.locks import take_name
from cases.people.models import LoginAttempt

MAX_ATTEMPTS = 10
MAX_FROM_ADDRESS = 100
MAX_RESETS = 3
WINDOW = timedelta(minutes=15)


class TooManyAttempts(Conflict):
    """Too many failed attempts. Wait 15 minutes, then try again."""


def count_sign_in(email: str, address: str, device: str | None) -> None:
    """Count an attempt, in a transaction of its own, before the password is verified.

    `device` is the name of one that has signed in to this account before.

    Raises:
        TooManyAttempts: there were too many already.
    """
    limits = [(_of_account(email, device), MAX_ATTEMPTS)]
    if device is None:
        limits.append((f"address:{address}", MAX_FROM_ADDRESS))
    _count(limits)


def count_password_check(user_id: int) -> None:
    """The same for somebody signed in who is asked for the present password; raises the same."""
    _count([(f"password:{user_id}", MAX_ATTEMPTS)])


def count_factor(user_id: int) -> None:
    """The same for the second factor of somebody whose password was right; raises the same."""
    _count([(f"factor:{user_id}", MAX_ATTEMPTS)])


def count_reset(email: str, address: str) -> None:
    """The same for links to a new password: few for an account, more from an address."""
    account = f"reset:{email.strip().lower()}"
    _count([(account, MAX_RESETS), (f"reset address:{address}", MAX_FROM_ADDRESS)])


def forget_factor(user_id: int) -> None:
    """The second factor was right."""
    _forget(f"factor:{user_id}")


def forget_sign_ins(email: str, address: str, device: str | None) -> None:
    """The password was right: the account's attempts are over, and this one of the address."""
    _forget(_of_account(email, device))
    latest = (
        select(LoginAttempt.id)
        .where(LoginAttempt.subject == _digest(f"address:{address}"))
        .order_by(LoginAttempt.id.desc())
        .limit(1)
    )
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.id.in_(latest)))


def forget_password_checks(user_id: int) -> None:
    """The present password was right."""
    _forget(f"password:{user_id}")


def _of_account(email: str, device: str | None) -> str:
    return f"account:{email.strip().lower()}:{device or 'unknown'}"


def _count(limits: Sequence[tuple[str, int]]) -> None:
    subjects = {_digest(subject): limit for subject, limit in limits}
    for subject in sorted(subjects):
        take_name(subject)  # Guesses that come together are counted one after the other.
    since = clock.now() - WINDOW
    for subject, limit in subjects.items():
        query = select(func.count()).where(LoginAttempt.subject == subject, LoginAttempt.at > since)
        if (db.session.scalar(query) or 0) >= limit:
            raise TooManyAttempts
    now = clock.now()
    db.session.add_all([LoginAttempt(subject=subject, at=now) for subject in subjects])
    db.session.flush()


def _forget(subject: str) -> None:
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.subject == _digest(subject)))


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
