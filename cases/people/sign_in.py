"""Signing in and out: the visit behind a request, with its second factor and its end."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Invalid
from cases.core.locks import lock_row
from cases.people.access.models import SecondFactor
from cases.people.models import LoginSession, User
from cases.people.passwords import fits, hash_password, is_outdated
from cases.people.policy import Permission, Role, allows
from cases.people.rules import needs_factor

SEEN_EVERY = timedelta(minutes=1)
#: So long after a sign-in or proof payments, bank details and accounts may be changed.
PROVED_FOR = timedelta(minutes=15)


@dataclass(slots=True)
class SessionLimits:
    """When a login session ends by itself: without a click, and in any case."""

    idle: timedelta = timedelta(hours=2)
    absolute: timedelta = timedelta(hours=12)


SESSIONS = SessionLimits()  # The shell sets it from the settings.


class SignInRefused(Invalid):
    """E-mail address or password is wrong."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The user behind a request, as of this request."""

    user_id: int
    session_id: int
    public_id: str
    name: str
    email: str
    role: Role
    creditor_id: int | None
    locale: str | None
    theme: str | None
    shortcuts: bool
    last_seen_at: datetime
    must_change_password: bool = False  # Signed in with a password that somebody else knows.
    awaits_factor: bool = False  # The password was right; a second factor is asked for.
    must_set_factor: bool = False  # The role needs one, and there is none yet.
    proved_at: datetime | None = None

    @property
    def has_proved(self) -> bool:
        """Whether this person showed just now who they are."""
        return self.proved_at is not None and clock.now() - self.proved_at <= PROVED_FOR

    @property
    def is_long_unseen(self) -> bool:
        """Whether it is time to note that the user is still there."""
        return clock.now() - self.last_seen_at > SEEN_EVERY

    def may(self, permission: Permission) -> bool:
        """Whether this user's role allows it."""
        return allows(self.role, permission)


def sign_in(email: str, password: str, device: str) -> tuple[str, User]:
    """Check the credentials and begin a login session; returns its token.

    The attempt has been counted before (`cases.people.throttle`).

    Raises:
        SignInRefused: the credentials are wrong, or the user is locked.
    """
    user = db.session.scalar(select(User).where(User.email == email.strip().lower()))
    correct = fits(password, user.password_hash if user else None)
    if user is None or not correct or not user.is_active or user.awaits_confirmation:
        raise SignInRefused
    if is_outdated(user.password_hash):
        user.password_hash = hash_password(password)
    return _begin_session(user, device), user


def record_failed_sign_in(email: str) -> None:
    """Note a failure; in a transaction of its own, since the sign-in itself is rolled back."""
    user_id = db.session.scalar(select(User.id).where(User.email == email.strip().lower()))
    audit.record("sign_in.refused", "user", user_id)


def _begin_session(user: User, device: str) -> str:
    token = secrets.token_urlsafe(32)
    now = clock.now()
    awaits = _has_factor(user.id)
    session = LoginSession(
        token_digest=_digest(token),
        user_id=user.id,
        created_at=now,
        last_seen_at=now,
        device=device[:200],
        awaits_factor=awaits,
        proved_at=None if awaits else now,
    )
    db.session.add(session)
    db.session.flush()
    audit.set_actor(user.id)
    action = "sign_in.password_right" if awaits else "sign_in.succeeded"
    audit.record(action, "user", user.id, creditor_id=user.creditor_id)
    return token


def pass_factor(session_id: int) -> None:
    """The second factor was right: the visit begins."""
    session = lock_row(LoginSession, session_id)
    session.awaits_factor, session.proved_at = False, clock.now()
    audit.record("sign_in.succeeded", "user", session.user_id)


def note_proved(session_id: int) -> None:
    """Somebody showed again who they are."""
    lock_row(LoginSession, session_id).proved_at = clock.now()
    audit.record("sign_in.proved", "login_session", session_id)


def _has_factor(user_id: int) -> bool:
    proved = select(SecondFactor.id).where(
        SecondFactor.user_id == user_id, SecondFactor.proved_at.is_not(None)
    )
    return db.session.scalar(proved.limit(1)) is not None


def find_signed_in(token: str) -> SignedIn | None:
    """The user of a login session, if it is still good this very moment."""
    now = clock.now()
    row = db.session.execute(
        select(LoginSession, User)
        .join(User, User.id == LoginSession.user_id)
        .where(
            LoginSession.token_digest == _digest(token),
            LoginSession.ended_at.is_(None),
            LoginSession.last_seen_at > now - SESSIONS.idle,
            LoginSession.created_at > now - SESSIONS.absolute,
            User.is_active,
        )
    ).one_or_none()
    if row is None:
        return None
    session, user = row
    return SignedIn(
        user_id=user.id,
        session_id=session.id,
        public_id=user.public_id,
        name=user.name,
        email=user.email,
        role=user.role,
        creditor_id=user.creditor_id,
        locale=user.locale,
        theme=user.theme,
        shortcuts=user.shortcuts,
        must_change_password=user.must_change_password,
        last_seen_at=session.last_seen_at,
        awaits_factor=session.awaits_factor,
        must_set_factor=needs_factor(user) and not _has_factor(user.id),
        proved_at=session.proved_at,
    )


def note_seen(session_id: int) -> None:
    """Note that somebody is still there: a visit ends after a time without a click."""
    db.session.execute(
        update(LoginSession)
        .where(LoginSession.id == session_id, LoginSession.ended_at.is_(None))
        .values(last_seen_at=clock.now())
    )


def sign_out(session_id: int) -> None:
    """End one login session."""
    db.session.execute(
        update(LoginSession).where(LoginSession.id == session_id).values(ended_at=clock.now())
    )
    audit.record("sign_out", "login_session", session_id)


def end_all_sessions(user_id: int) -> None:
    """End every login session of a user (role withdrawn, locked, password changed)."""
    db.session.execute(
        update(LoginSession)
        .where(LoginSession.user_id == user_id, LoginSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
