"""Thousands of small transactions in a process that ends soon: not waiting for the disk."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from psycopg import Connection
from sqlalchemy import event

from cases.core.database import db


@contextmanager
def load_quickly(app: Flask) -> Iterator[None]:
    """The application, its database not waiting for the disk, and nothing left open afterwards.

    A crash leaves a demo that is named as incomplete.
    """
    with app.app_context():
        event.listen(db.engine, "connect", _relax)
        gc.set_threshold(200_000, 50, 50)  # Minutes of short-lived rows.
        try:
            yield
        finally:
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()


def _relax(connection: Connection[Any], _: object) -> None:
    connection.execute("SET synchronous_commit TO off")
    connection.execute("SET jit TO off")  # Small queries, and many of them.
    connection.commit()
