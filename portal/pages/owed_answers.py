"""What a client still has to answer, for his first page: evidence, complaints, decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.claims.asking.services import list_waiting
from cases.core.database import db
from cases.objections.catalogue import Side
from cases.objections.complaints.services import list_open_complaints
from cases.objections.evidence import open_pieces
from cases.people.policy import Permission
from portal.login import require_user

#: More than that is not counted for a first page.
MOST = 200


@dataclass(frozen=True, slots=True)
class Owed:
    """How many answers of one kind we wait for, and the earliest day of them, if there is one."""

    kind: str
    count: int
    first_day: date | None


def list_owed() -> list[Owed]:
    """What waits for this client and can be answered by this person, the earliest day first."""
    user = require_user()
    found = []
    if user.may(Permission.SUBMISSION_EDIT):
        pieces = db.session.scalars(open_pieces(Side.CREDITOR).limit(MOST))
        found.append(_owed("evidence", (piece.due_on for piece in pieces)))
        found.append(_owed("complaint", (one.due_on for one in list_open_complaints(MOST))))
    if user.may(Permission.OWN_APPROVAL_DECIDE):
        found.append(_owed("decision", (one.answer_by for one, _ in list_waiting(MOST))))
    return sorted(
        (each for each in found if each.count), key=lambda each: each.first_day or date.max
    )


def _owed(kind: str, days: Iterable[date | None]) -> Owed:
    waiting = list(days)
    return Owed(kind, len(waiting), min((day for day in waiting if day is not None), default=None))
