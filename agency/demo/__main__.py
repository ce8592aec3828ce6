"""`python -m agency.demo`: load the demo data unless somebody is there already."""

import gc
import os
from typing import Any

from psycopg import Connection
from sqlalchemy import event, func, select

from agency.app import create_app
from agency.demo.loading import build
from agency.settings import Settings
from cases.core.database import db
from cases.people.models import User


def load_demo(settings: Settings) -> None:
    """Load the demo data unless people are there already."""
    app = create_app(settings)
    with app.app_context():
        try:
            if not db.session.scalar(select(func.count()).select_from(User)):
                _without_waiting_for_the_disk()
                gc.set_threshold(200_000, 50, 50)  # Minutes of short-lived rows.
                build()
        finally:
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()


def _without_waiting_for_the_disk() -> None:
    """Thousands of small transactions; a crash leaves a demo that is named as incomplete."""
    db.session.rollback()
    db.engine.dispose()

    @event.listens_for(db.engine, "connect")
    def relax(connection: Connection[Any], _: object) -> None:
        connection.execute("SET synchronous_commit TO off")
        connection.execute("SET jit TO off")  # Small queries, and many of them.
        connection.commit()


if __name__ == "__main__":
    load_demo(Settings.from_environment(os.environ))
