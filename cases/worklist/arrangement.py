"""How the house arranges its work: bands of queues, saved views, who gets new cases, notes.

Statutory days and limitation always come first: no band puts anything before them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    delete,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from cases.core import audit, clock
from cases.core.database import Base, db, new_public_id
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import take_name
from cases.core.retention import Cleaning, Retention
from cases.worklist.models import WorkItem, WorkQueue
from cases.worklist.urgency import ORDINARY, URGENCY

#: What no house moves back.
FIRST = frozenset({WorkQueue.LIMITATION, WorkQueue.LEGAL})
LAST_BAND = 9
MOST_VIEWS = 20


class BandWrong(Invalid):
    """A band is a number from 1 to 9."""


class ViewNameMissing(Invalid):
    """A view needs a name."""


class TooManyViews(Conflict):
    """You have 20 views already; remove one first."""


class NoteEmpty(Invalid):
    """Write what the other person has to know."""


class QueueBand(Base):
    """In which band a queue stands, where the house has moved it."""

    __tablename__ = "worklist_bands"
    __retention__ = Retention.SETTINGS
    __table_args__ = (CheckConstraint("urgency BETWEEN 1 AND 9", name="behind_statutory_days"),)

    queue: Mapped[WorkQueue] = mapped_column(primary_key=True)
    urgency: Mapped[int]


class SavedView(Base):
    """A filter of the worklist under a name of its owner's."""

    __tablename__ = "worklist_views"
    __retention__ = Retention.SETTINGS
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str]
    args: Mapped[dict[str, Any]]  # As they stand in the address.


class HandoverNote(Base):
    """What somebody tells whoever goes on with the work (Übergabe)."""

    __tablename__ = "handover_notes"
    __retention__ = Retention.WORK
    __cleaning__ = Cleaning("read_at", days=365)
    __table_args__ = (Index("ix_handover_notes_to_id", "to_id", "written_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    from_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    words: Mapped[str]
    written_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


def urgency_of(queue: WorkQueue) -> ColumnElement[int]:
    """The urgency of a queue, as the house has arranged it, for use within a statement."""
    own = select(QueueBand.urgency).where(QueueBand.queue == queue).scalar_subquery()
    return func.coalesce(own, literal(URGENCY.get(queue, ORDINARY)))


def bands() -> Mapping[WorkQueue, int]:
    """The urgency of every queue."""
    moved = {band.queue: band.urgency for band in db.session.scalars(select(QueueBand))}
    return {queue: moved.get(queue, URGENCY.get(queue, ORDINARY)) for queue in WorkQueue}


def lock_bands() -> None:
    """Whoever arranges the worklist takes turns."""
    take_name("worklist bands")


def set_bands(wanted: Mapping[WorkQueue, int]) -> None:
    """Arrange the queues; what waits in them moves at once.

    Raises:
        BandWrong: nothing was changed.
    """
    chosen = {queue: band for queue, band in wanted.items() if queue not in FIRST}
    if not all(1 <= band <= LAST_BAND for band in chosen.values()):
        raise BandWrong
    before = bands()
    for queue, band in chosen.items():
        if before[queue] == band:
            continue
        entered = insert(QueueBand).values(queue=queue, urgency=band)
        db.session.execute(
            entered.on_conflict_do_update(index_elements=["queue"], set_={"urgency": band})
        )
        db.session.execute(
            update(WorkItem)
            .where(WorkItem.queue == queue, WorkItem.done_at.is_(None))
            .values(urgency=band)
        )
    audit.record("worklist.arranged", "agency", 1, bands={q.value: b for q, b in chosen.items()})


def save_view(user_id: int, name: str, args: Mapping[str, str]) -> SavedView:
    """Keep a filter under a name; the same name again replaces it.

    Raises:
        ViewNameMissing, TooManyViews.
    """
    if not name.strip():
        raise ViewNameMissing
    known = {view.name: view for view in list_views(user_id)}
    view = known.get(name.strip())
    if view is None:
        if len(known) >= MOST_VIEWS:
            raise TooManyViews
        view = SavedView(user_id=user_id, name=name.strip(), args={})
        db.session.add(view)
    view.args = dict(args)
    db.session.flush()
    return view


def list_views(user_id: int) -> list[SavedView]:
    """Somebody's views by name."""
    query = select(SavedView).where(SavedView.user_id == user_id).order_by(SavedView.name)
    return list(db.session.scalars(query))


def remove_view(public_id: str, user_id: int) -> None:
    """Remove a view of one's own; raises NotFound."""
    gone = db.session.execute(
        delete(SavedView)
        .where(SavedView.public_id == public_id, SavedView.user_id == user_id)
        .returning(SavedView.id)
    )
    if gone.first() is None:
        raise NotFound


def hand_over(from_id: int, to_id: int, words: str) -> HandoverNote:
    """Tell whoever goes on what has to be known. Raises NoteEmpty."""
    if not words.strip():
        raise NoteEmpty
    note = HandoverNote(from_id=from_id, to_id=to_id, words=words.strip(), written_at=clock.now())
    db.session.add(note)
    db.session.flush()
    audit.record("handover.written", "user", to_id)
    return note


def list_notes(user_id: int, limit: int = 20) -> list[HandoverNote]:
    """What others have handed over to somebody, the newest first."""
    query = select(HandoverNote).where(HandoverNote.to_id == user_id)
    return list(db.session.scalars(query.order_by(HandoverNote.id.desc()).limit(limit)))


def read_note(public_id: str, user_id: int) -> None:
    """Note that a note was read; raises NotFound where it is somebody else's."""
    query = select(HandoverNote).where(
        HandoverNote.public_id == public_id, HandoverNote.to_id == user_id
    )
    note = db.session.scalar(query)
    if note is None:
        raise NotFound
    note.read_at = note.read_at or clock.now()
