"""Reads about meetings."""

from sqlalchemy import select

from cases.contacts.meetings.models import Meeting, MeetingState
from cases.core.database import db
from cases.core.errors import NotFound
from cases.letters.models import LetterDraft


def get_meeting(public_id: str) -> Meeting:
    """The meeting of that public id; raises NotFound."""
    found = db.session.scalar(select(Meeting).where(Meeting.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def list_meetings(case_id: int, state: MeetingState | None = None) -> list[Meeting]:
    """The meetings of a case, the latest first."""
    query = select(Meeting).where(Meeting.case_id == case_id)
    if state is not None:
        query = query.where(Meeting.state == state)
    return list(db.session.scalars(query.order_by(Meeting.begins_at.desc(), Meeting.id.desc())))


def find_invitation(meeting: Meeting) -> LetterDraft | None:
    """The letter that invites, being written or released."""
    number = meeting.letter_draft_id
    return db.session.get(LetterDraft, number) if number else None
