"""Who was refused, and who has seen what: noted in the audit trail, whatever the route.

A document or an export is every answer that is no page: a route that is added is covered unseen.
Somebody's look into a case is noted once an hour.
"""

from datetime import timedelta
from http import HTTPStatus

from flask import Flask, Response, g, request
from sqlalchemy import select

from cases.core import audit, clock
from cases.core.audit import AuditEvent
from cases.core.database import db, portal_creditor_id, transaction

#: Answers that name nobody, or are noted where they are made.
PAGES = frozenset({"text/html", "application/json", "text/calendar"})
LOOK_AGAIN = timedelta(hours=1)


def init_app(app: Flask) -> None:
    """Look at every answer before it leaves."""
    app.after_request(_note_answer)


def note_refused(user_id: int) -> None:
    """Somebody asked for what the role does not include."""
    with transaction():
        audit.set_actor(user_id)
        audit.record("access.refused", "user", user_id, route=request.endpoint)


def saw_case(case_id: int, creditor_id: int) -> None:
    """A page about this case is being made; it is noted when the page is answered."""
    g.case_seen = (case_id, creditor_id)


def _note_answer(response: Response) -> Response:
    if request.method != "GET" or response.status_code != HTTPStatus.OK or "user" not in g:
        return response
    endpoint = request.endpoint or ""
    if response.mimetype not in PAGES and not endpoint.endswith(("static", "show_icon")):
        with transaction():
            audit.record("document.read", "user", g.user.user_id, route=endpoint, records=_named())
    elif "case_seen" in g and portal_creditor_id() is None:
        _note_look(*g.case_seen)
    return response


def _named() -> dict[str, str]:
    """The records that the address names, by their public ids."""
    return {name: str(value) for name, value in (request.view_args or {}).items()}


def _note_look(case_id: int, creditor_id: int) -> None:
    lately = (
        select(AuditEvent.seq)
        .where(
            AuditEvent.record_type == "case",
            AuditEvent.record_id == case_id,
            AuditEvent.action == "case.read",
            AuditEvent.actor_id == g.user.user_id,
            AuditEvent.occurred_at > clock.now() - LOOK_AGAIN,
        )
        .limit(1)
    )
    if db.session.scalar(lately) is None:
        with transaction():
            audit.record("case.read", "case", case_id, creditor_id=creditor_id)
