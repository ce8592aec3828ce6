"""Notes of our own in the timeline. A creditor never sees them, and none is ever changed.

Who wrote something wrong says it right in a new entry, or withdraws it with a reason; what was
written stays, because somebody may have acted on it.
"""

from collections.abc import Collection

from sqlalchemy import BigInteger, select

from cases.claims import timeline
from cases.claims.models import TimelineEvent
from cases.claims.queries import lock_case
from cases.claims.services import ReasonMissing
from cases.core.database import db
from cases.core.errors import Conflict, NotFound

#: Entries that carry words which may be corrected; a correction may be corrected, too.
WORDED = ("note.added", "note.corrected")
#: Entries that say of an earlier one that it no longer holds.
OVER = ("note.corrected", "note.withdrawn")


class NoteGone(Conflict):
    """Somebody has corrected or withdrawn this note already; the newest entry counts."""


def add_note(case_id: int, note: str) -> TimelineEvent:
    """Write a note; raises ReasonMissing for an empty one."""
    return timeline.record(lock_case(case_id), "note.added", note=_words(note))


def correct_note(case_id: int, note_id: int, note: str) -> TimelineEvent:
    """Say right what a note says wrong. Raises NotFound, NoteGone, ReasonMissing."""
    words, case = _words(note), lock_case(case_id)
    _require_standing(case_id, note_id)
    return timeline.record(case, "note.corrected", note=words, note_id=note_id)


def withdraw_note(case_id: int, note_id: int, why: str) -> TimelineEvent:
    """Say that a note does not hold. Raises NotFound, NoteGone, ReasonMissing."""
    words, case = _words(why), lock_case(case_id)
    _require_standing(case_id, note_id)
    return timeline.record(case, "note.withdrawn", why=words, note_id=note_id)


def get_note(case_id: int, note_id: int) -> TimelineEvent:
    """The note of this case with that number; raises NotFound."""
    found = db.session.scalar(
        select(TimelineEvent).where(
            TimelineEvent.case_id == case_id,
            TimelineEvent.id == note_id,
            TimelineEvent.kind.in_(WORDED),
        )
    )
    if found is None:
        raise NotFound
    return found


def list_over(case_id: int, note_ids: Collection[int]) -> dict[int, TimelineEvent]:
    """Which of these notes no longer hold, and the entry that says so."""
    if not note_ids:
        return {}
    named = TimelineEvent.params["note_id"].astext.cast(BigInteger)
    found = db.session.scalars(
        select(TimelineEvent).where(
            TimelineEvent.case_id == case_id,
            TimelineEvent.kind.in_(OVER),
            named.in_(note_ids),
        )
    )
    return {event.params["note_id"]: event for event in found}


def _require_standing(case_id: int, note_id: int) -> None:
    get_note(case_id, note_id)
    if list_over(case_id, [note_id]):
        raise NoteGone


def _words(text: str) -> str:
    if not text.strip():
        raise ReasonMissing
    return text.strip()
