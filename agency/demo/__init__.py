"""Demo data: an invented agency in full swing, two years of work made through the services.

Everything is invented, nothing is drawn by lot twice: the same day gives the same house. No letter
is rendered at the start but those that a court asks for; a worker does the others afterwards.
"""

from collections.abc import Mapping

from sqlalchemy import func, select

from agency.demo.house import LOGINS, PASSWORD
from agency.settings import Settings
from cases.core.database import db
from cases.people.models import User

__all__ = ["LOGINS", "PASSWORD", "load_demo"]


def load_demo(settings: Settings) -> Mapping[str, str]:
    """Load the demo data unless people are there already; the answer is login -> password."""
    from agency.app import create_app
    from agency.demo.loading import build

    app = create_app(settings)
    with app.app_context():
        try:
            if db.session.scalar(select(func.count()).select_from(User)):
                known = set(db.session.scalars(select(User.email)))
                return {email: PASSWORD for email in LOGINS if email in known}
            build()
        finally:
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()
    return dict.fromkeys(LOGINS, PASSWORD)
