"""When a case ends, no letter of it leaves the house, and nothing announced is owed any more."""

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.ending import Ending
from cases.claims.models import Case
from cases.core import clock
from cases.core.database import db
from cases.letters.models import Announcement, Letter, LetterState


def cancel_unsent(case: Case, ending: Ending) -> None:
    """Letters that were released and have not been rendered stay in the house."""
    waiting = (
        select(Letter)
        .where(Letter.case_id == case.id, Letter.state == LetterState.QUEUED)
        .order_by(Letter.id)
        .with_for_update(key_share=True)  # A worker that renders one at this moment finishes first.
        .execution_options(populate_existing=True)
    )
    for letter in db.session.scalars(waiting).all():
        letter.state = LetterState.CANCELLED
        timeline.record(case, "letter.cancelled", number=letter.number, letter_id=letter.id)


def drop_announcements(case: Case, ending: Ending) -> None:
    """What our letters announced need not happen: the case has ended."""
    open_ones = select(Announcement).where(
        Announcement.case_id == case.id,
        Announcement.kept_at.is_(None),
        Announcement.dropped_at.is_(None),
    )
    for announcement in db.session.scalars(open_ones):
        announcement.dropped_at = clock.now()
        announcement.dropped_reason = f"case.closed:{ending.outcome.value}"
