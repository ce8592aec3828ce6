"""Who is signed in: the one place that touches Flask-Login, which has no types.

The cookie holds the random token of a login session; its row and the user are looked up anew for
every request, so that a withdrawn role counts at once.
"""

from typing import Any

import flask
import flask_login

from cases.core.database import db, transaction
from cases.people.sign_in import SignedIn, find_signed_in, note_seen
from legal.errors import InvariantBroken


class _Visitor(flask_login.UserMixin):  # type: ignore[misc] # The library is untyped.
    def __init__(self, token: str, user: SignedIn) -> None:
        self.token = token
        self.user = user

    def get_id(self) -> str:
        return self.token


def _load(token: str) -> _Visitor | None:
    user = find_signed_in(token)
    db.session.rollback()  # The look-up is over; the request begins its own transaction.
    if user is not None and user.is_long_unseen:
        with transaction():
            note_seen(user.session_id)
    return _Visitor(token, user) if user else None


def init_app(app: flask.Flask) -> None:
    """Let Flask-Login look users up by their login session."""
    manager: Any = flask_login.LoginManager()
    manager.session_protection = None  # Our own rows say which sessions are good.
    manager.user_loader(_load)
    manager.init_app(app)


def signed_in() -> SignedIn | None:
    """The user behind this request, or None."""
    visitor: Any = flask_login.current_user
    return visitor.user if visitor and visitor.is_authenticated else None


def require_user() -> SignedIn:
    """The user behind this request; only for views that are not public."""
    user = signed_in()
    if user is None:
        raise InvariantBroken("the access check lets nobody else in")
    return user


def begin(token: str) -> None:
    """Start the visit of somebody whose password was right; the old cookie counts no more."""
    flask.session.clear()
    user = find_signed_in(token)
    if user is None:
        raise InvariantBroken("user is missing")
    flask_login.login_user(_Visitor(token, user))


def end() -> None:
    """End the visit."""
    flask_login.logout_user()
    flask.session.clear()
