"""What a piece of work asks of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def statements_of(work: Callable[[], Result]) -> tuple[Result, list[str]]:
    """The result of some work, and the statements it took on this session's connection."""
    from sqlalchemy import event

    from cases.core.database import db

    told: list[str] = []

    def note(*arguments: object) -> None:
        told.append(str(arguments[2]))

    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        return work(), told
    finally:
        event.remove(connection, "before_cursor_execute", note)
