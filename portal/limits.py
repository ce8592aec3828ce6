"""Rate limits: of a visit, of an address without one, and apart of what costs much.

Whoever asks more often within a minute is told to wait (429, Retry-After); others do not notice.
"""

import hashlib
from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from flask import Flask, current_app, request, session
from werkzeug.exceptions import TooManyRequests

from cases.core.database import transaction
from cases.people.request_counts import count_request

View = TypeVar("View", bound=Callable[..., Any])
PAGE, COSTLY = "page", "costly"
#: The house's own watch, which must answer while the database does not.
UNCOUNTED = frozenset({"health.show", "monitoring.ready", "monitoring.metrics"})


class Declared(Protocol):
    """A view that says of itself what it costs."""

    is_costly: bool


def costly(view: View) -> View:
    """Mark a view that makes a document for each request; it has a limit of its own."""
    cast("Declared", view).is_costly = True
    return view


def init_app(app: Flask) -> None:
    """Count before anything else is done."""
    app.before_request(_count)


def _count() -> None:
    endpoint = request.endpoint or ""
    if endpoint.endswith("static") or endpoint in UNCOUNTED:
        return
    view = current_app.view_functions.get(endpoint)
    kind = COSTLY if getattr(view, "is_costly", False) else PAGE
    limit = limit_of(kind)
    if not limit:
        return
    with transaction():
        count, seconds_left = count_request(_subject(), kind)
    if count > limit:
        raise TooManyRequests(retry_after=seconds_left)


def limit_of(kind: str) -> int:
    """How many requests of a kind a minute has; 0: as many as come."""
    settings = current_app.config["RECOUP"]
    limits = {PAGE: settings.requests_per_minute, COSTLY: settings.documents_per_minute}
    return int(limits[kind])


def _subject() -> str:
    visit = session.get("_user_id")
    told = f"visit:{visit}" if visit else f"address:{request.remote_addr}"
    return hashlib.sha256(told.encode()).hexdigest()
