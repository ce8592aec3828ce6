"""Where somebody is signed in, and when they were: listed and ended, one by one or all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from cases.core import audit, clock
from cases.core.audit import AuditEvent
from cases.core.database import db
from cases.core.errors import NotFound
from cases.people.models import LoginSession
from cases.people.sign_in import SESSIONS

SHOWN = 50
#: What of the audit trail is somebody's history of signing in.
SIGN_INS = (
    "sign_in.succeeded", "sign_in.refused", "factor.recovery_code_used", "factor.added",
    "factor.removed", "factor.reset", "user.password_changed", "user.password_reset",
    "link.invitation", "link.reset", "link.used",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastSignIn:
    """One line of somebody's history."""

    action: str
    at: datetime


def list_open_sessions(user_id: int) -> list[LoginSession]:
    """The sessions that are good this moment, the latest first."""
    now = clock.now()
    query = select(LoginSession).where(
        LoginSession.user_id == user_id,
        LoginSession.ended_at.is_(None),
        LoginSession.last_seen_at > now - SESSIONS.idle,
        LoginSession.created_at > now - SESSIONS.absolute,
    )
    return list(db.session.scalars(query.order_by(LoginSession.last_seen_at.desc())))


def end_session(user_id: int, public_id: str) -> int:
    """End one session of this user; answers its id. Raises NotFound."""
    session = db.session.scalar(
        select(LoginSession).where(
            LoginSession.user_id == user_id,
            LoginSession.public_id == public_id,
            LoginSession.ended_at.is_(None),
        )
    )
    if session is None:
        raise NotFound
    _end(user_id, [session.id])
    return session.id


def end_other_sessions(user_id: int, kept_id: int | None = None) -> int:
    """End every session of this user but one; answers how many."""
    ended = [each.id for each in list_open_sessions(user_id) if each.id != kept_id]
    _end(user_id, ended)
    return len(ended)


def list_sign_ins(user_id: int, limit: int = SHOWN) -> list[PastSignIn]:
    """What the audit trail tells of this account's sign-ins, the latest first."""
    query = (
        select(AuditEvent.action, AuditEvent.occurred_at)
        .where(
            AuditEvent.record_type == "user",
            AuditEvent.record_id == user_id,
            AuditEvent.action.in_(SIGN_INS),
        )
        .order_by(AuditEvent.seq.desc())
        .limit(limit)
    )
    return [PastSignIn(action, at) for action, at in db.session.execute(query)]


def _end(user_id: int, session_ids: Sequence[int]) -> None:
    db.session.execute(
        update(LoginSession)
        .where(LoginSession.id.in_(session_ids), LoginSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    audit.record("sign_in.ended", "user", user_id, sessions=len(session_ids))
