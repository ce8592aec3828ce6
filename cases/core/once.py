"""A form that is sent twice acts once: the first answer is kept under the form's one-time key.

The key's row is written before the form is acted on, and committed with the answer. An equal form
that comes meanwhile waits for that row; afterwards it finds the answer. What was refused leaves no
row, so that it may be sent again. The row has a connection of its own, so that it waits and stays
whatever becomes of the transactions of the act itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from cases.core import clock
from cases.core.database import Base, db
from cases.core.retention import Cleaning, Retention


class FormAnswer(Base):
    """The first answer to a form, by its one-time key (a digest with sender and content)."""

    __tablename__ = "form_answers"
    __retention__ = Retention.WORK
    __cleaning__ = Cleaning("at", days=2)

    key: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[int]
    location: Mapped[str]
    body_digest: Mapped[str]
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first of equal forms was answered."""

    status: int
    location: str
    body_digest: str


@dataclass(slots=True)
class Turn:
    """One form's turn under its key: either the answer is known, or it is to be given."""

    known: Answer | None
    given: Answer | None = None


@contextmanager
def turn_of(key: str) -> Iterator[Turn]:
    """Wait for an equal form that is being acted on, then look whether it was answered."""
    with db.engine.connect() as connection:
        known = _reserve(connection, key)
        turn = Turn(known)
        try:
            yield turn
        except BaseException:
            connection.rollback()
            raise
        if known is None and turn.given is not None:
            connection.execute(
                update(FormAnswer)
                .where(FormAnswer.key == key)
                .values(
                    status=turn.given.status,
                    location=turn.given.location,
                    body_digest=turn.given.body_digest,
                )
            )
            connection.commit()
        else:
            connection.rollback()


def _reserve(connection: Connection, key: str) -> Answer | None:
    """Write the key's row; None when it is this form's turn, else the answer of the first."""
    row = {"key": key, "status": 0, "location": "", "body_digest": "", "at": clock.now()}
    reserved = connection.scalar(
        insert(FormAnswer).values(row).on_conflict_do_nothing().returning(FormAnswer.key)
    )
    if reserved is not None:
        return None
    found = connection.execute(
        select(FormAnswer.status, FormAnswer.location, FormAnswer.body_digest).where(
            FormAnswer.key == key
        )
    ).one()
    return Answer(*found)
