"""A form that is sent twice acts once: the first answer is kept under the form's one-time key.

The key is written in the transaction of the act itself: what was committed has its key, whatever
becomes of the process a moment later. Until the form is answered an equal one waits for the lock
of the key; then it finds the answer, or, where the answer was lost with the process, that the act
was done. What was refused leaves no row, so that it may be sent again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from cases.core import clock
from cases.core.database import AFTER_COMMIT, BEFORE_COMMIT, Base, db, portal_creditor_id
from cases.core.locks import take_key
from cases.core.retention import Cleaning, Retention

_KEY = "form_key"
#: The act was committed, and no answer was given: the process has ended between the two.
UNANSWERED = 0


class FormAnswer(Base):
    """The first answer to a form, by its one-time key (a digest with sender and content)."""

    __tablename__ = "form_answers"
    __retention__ = Retention.WORK
    __cleaning__ = Cleaning("at", days=2)

    key: Mapped[str] = mapped_column(primary_key=True)
    creditor_id: Mapped[int | None]  # Whose person sent it; None: staff.
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
    """Wait for an equal form that is being acted on, then look whether it was answered.

    The lock has a connection of its own, so that it is held whatever becomes of the transactions
    of the act; it goes with the process.
    """
    with db.engine.connect() as connection:
        take_key(connection, key)
        turn = Turn(_find(connection, key))
        if turn.known is not None:
            yield turn
            return
        info = db.session().info
        info[_KEY] = key
        try:
            yield turn  # A failure after the act's commit leaves its key: it is not done again.
        finally:
            info.pop(_KEY, None)
        _settle(connection, key, turn.given)


def _find(connection: Connection, key: str) -> Answer | None:
    columns = (FormAnswer.status, FormAnswer.location, FormAnswer.body_digest)
    found = connection.execute(select(*columns).where(FormAnswer.key == key)).one_or_none()
    return None if found is None else Answer(*found)


def _settle(connection: Connection, key: str, given: Answer | None) -> None:
    """Keep the answer beside the key; without one the form may be sent again."""
    mine = FormAnswer.key == key
    if given is None:
        connection.execute(delete(FormAnswer).where(mine))
    else:
        kept = {"status": given.status, "location": given.location}
        connection.execute(
            update(FormAnswer).where(mine).values(**kept, body_digest=given.body_digest)
        )
    connection.commit()


def _write_key(session: Session) -> None:
    """The first commit of the act takes the key with it."""
    key = session.info.get(_KEY)
    if key is not None:
        session.execute(
            insert(FormAnswer).values(
                key=key, creditor_id=portal_creditor_id(), status=UNANSWERED, location="",
                body_digest="", at=clock.now(),
            )
        )  # fmt: skip


def _key_is_written(info: dict[Any, Any]) -> None:
    info.pop(_KEY, None)


BEFORE_COMMIT.insert(0, _write_key)
AFTER_COMMIT.append(_key_is_written)
