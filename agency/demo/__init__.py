"""Demo data: an invented agency in full swing, two years of work made through the services.

Everything is invented, nothing is drawn by lot twice: the same day gives the same house. No letter
is rendered at the start but those that a court asks for; a worker does the others afterwards.
"""

from collections.abc import Mapping
from typing import Any

from psycopg import Connection
from sqlalchemy import event, func, select

from agency.demo.house import LOGINS, PASSWORD
from agency.settings import BadSetting, Settings
from cases.core.database import db
from cases.people.models import User

__all__ = ["LOGINS", "PASSWORD", "load_demo"]


def load_demo(settings: Settings) -> Mapping[str, str]:
    """Load the demo data unless people are there already; the answer is login -> password."""
    from agency.app import create_app
    from agency.demo.loading import build  # The shell registers effects of this package.

    app = create_app(settings)
    with app.app_context():
        try:
            if db.session.scalar(select(func.count()).select_from(User)):
                _require_whole()
                known = set(db.session.scalars(select(User.email)))
                return {email: PASSWORD for email in LOGINS if email in known}
            _without_waiting_for_the_disk()
            build()
        finally:
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()
    return dict.fromkeys(LOGINS, PASSWORD)


def _require_whole() -> None:
    """A first start that was cut off leaves half a demo, which is of use to nobody."""
    from agency.demo.loading import BEGUN, LOADED
    from cases.core.audit import AuditEvent

    query = select(AuditEvent.action).where(AuditEvent.action.in_([BEGUN, LOADED]))
    if set(db.session.scalars(query)) == {BEGUN}:
        raise BadSetting(
            "The demo data is incomplete: its first start was cut off. Delete the folder of"
            " RECOUP_VAR (usually ./var) and start again, or start with --no-demo."
        )


def _without_waiting_for_the_disk() -> None:
    """Thousands of small transactions; a crash leaves a demo that is named as incomplete."""
    db.session.rollback()
    db.engine.dispose()

    @event.listens_for(db.engine, "connect")
    def relax(connection: Connection[Any], _: object) -> None:
        connection.execute("SET synchronous_commit TO off")
        connection.commit()
