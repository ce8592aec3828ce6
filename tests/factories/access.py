"""Links, second factors and sessions for tests."""

import json
from datetime import timedelta

import pyotp

from cases.core import clock
from cases.core.database import db
from cases.core.mail.services import token_of
from cases.people.access.factors import begin_code, prove_code
from cases.people.access.links import send_link
from cases.people.access.models import LinkPurpose, SecondFactor
from cases.people.models import LoginSession, User
from tests.factories.records import make_user


def make_link(user: User | None = None, purpose: LinkPurpose = LinkPurpose.INVITATION) -> str:
    """The secret part of a link that counts."""
    return token_of(send_link(user or make_user(), purpose, None).public_id)


def add_app(user: User) -> tuple[str, list[str]]:
    """An app with codes that counts: its secret, and the recovery codes."""
    _, secret = begin_code(user)
    return secret, prove_code(user.id, code_of(secret, -1), "Telefon")


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30 * steps))


def make_factor(user: User | None = None) -> str:
    """The public id of somebody's second factor."""
    user = user or make_user()
    add_app(user)
    query = db.select(SecondFactor.public_id).where(SecondFactor.user_id == user.id)
    return str(db.session.scalar(query))


def make_session(user: User | None = None) -> str:
    """The public id of somebody's open session."""
    now = clock.now()
    session = LoginSession(
        token_digest=json.dumps([(user or make_user()).id, now.isoformat()]),
        user_id=(user or make_user()).id, created_at=now, last_seen_at=now, device="Firefox",
    )  # fmt: skip
    db.session.add(session)
    db.session.flush()
    return str(session.public_id)
