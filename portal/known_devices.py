"""A browser that has signed in before is known by a signed cookie; the throttle asks for it."""

import hashlib
import secrets

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer

COOKIE = "recoup_device"
YEAR_SECONDS = 365 * 24 * 60 * 60
MOST_ACCOUNTS = 5


def device_of(email: str) -> str | None:
    """The name of this browser if somebody has signed in to that account here before."""
    name, accounts = _read()
    return name if _digest(email) in accounts else None


def remember(response: Response, email: str) -> Response:
    """From now on this browser is one that the account is known at."""
    name, accounts = _read()
    known = [_digest(email), *(each for each in accounts if each != _digest(email))]
    response.set_cookie(
        COOKIE, _signed().dumps([name, known[:MOST_ACCOUNTS]]), max_age=YEAR_SECONDS,
        httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"],
        path="/sign-in",
    )  # fmt: skip
    return response


def _read() -> tuple[str, list[str]]:
    try:
        name, accounts = _signed().loads(request.cookies.get(COOKIE, ""))
    except (BadData, ValueError, TypeError):
        return secrets.token_urlsafe(12), []
    return str(name), [str(each) for each in accounts]


def _digest(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:16]


def _signed() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known device")
