"""What our letters have announced: kept when it happens, and listed while it has not.

A letter that threatens what nobody does loses its weight and may mislead (UWG § 5).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from cases.claims.models import Case
from cases.core import clock
from cases.core.database import db
from cases.core.many import one_of
from cases.letters.models import Announcement, Letter
from legal.findings import N_, Words

CALL, REMINDER, COURT, VISIT = "call", "reminder", "court", "visit"
#: What a letter may say of the future that is no consequence: nothing is owed for it.
REVIEW = "review"
WORDS: Words = {
    CALL: N_("We call"),
    REMINDER: N_("We write again"),
    COURT: N_("We go to court"),
    VISIT: N_("We ask for a conversation"),
    REVIEW: N_("We decide how it goes on"),
}
SHOWN = 200


@dataclass(frozen=True, slots=True)
class NotDone:
    """A consequence that a letter announced and that has not come."""

    case: Case
    letter_number: str
    step: str
    due_on: date


def keep(case_ids: Collection[int], step: str, before_letter: int | None = None) -> None:
    """What was announced has been done in these cases; a letter never keeps what it says itself."""
    open_ones = update(Announcement).where(
        one_of(Announcement.case_id, case_ids),
        Announcement.step == step,
        Announcement.kept_at.is_(None),
        Announcement.dropped_at.is_(None),
    )
    if before_letter is not None:
        open_ones = open_ones.where(Announcement.letter_id < before_letter)
    db.session.execute(open_ones.values(kept_at=clock.now()))


def drop_of_letter(letter_id: int, reason: str) -> None:
    """What a letter announced is not owed: it never reached anybody."""
    db.session.execute(
        update(Announcement)
        .where(
            Announcement.letter_id == letter_id,
            Announcement.kept_at.is_(None),
            Announcement.dropped_at.is_(None),
        )
        .values(dropped_at=clock.now(), dropped_reason=reason)
    )


def list_not_done(limit: int = SHOWN) -> list[NotDone]:
    """What should have happened by today, the oldest first."""
    query = (
        select(Case, Letter.number, Announcement.step, Announcement.due_on)
        .join(Case, Case.id == Announcement.case_id)
        .join(Letter, Letter.id == Announcement.letter_id)
        .where(
            Announcement.kept_at.is_(None),
            Announcement.dropped_at.is_(None),
            Announcement.due_on <= clock.today(),
        )
        .order_by(Announcement.due_on, Announcement.id)
        .limit(limit)
    )
    return [NotDone(*row) for row in db.session.execute(query)]
