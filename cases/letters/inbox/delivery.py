"""How far the letters of a case are on paper: waiting, handed to the printer, come back."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from cases.core.database import db
from cases.letters.inbox.models import ReturnedLetter
from cases.letters.models import Channel, Letter
from cases.letters.printing.models import PrintRun, PrintRunLetter


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where a letter is; of one by e-mail alone its mail says so."""

    by_post: bool
    handed_over_at: datetime | None
    came_back_on: date | None


def deliveries_of(case_id: int) -> dict[int, Delivery]:
    """Where each letter of a case is."""
    rows = db.session.execute(
        select(Letter.id, Letter.channel, PrintRun.released_at, ReturnedLetter.came_back_on)
        .outerjoin(PrintRunLetter, PrintRunLetter.letter_id == Letter.id)
        .outerjoin(PrintRun, PrintRun.id == PrintRunLetter.run_id)
        .outerjoin(ReturnedLetter, ReturnedLetter.letter_id == Letter.id)
        .where(Letter.case_id == case_id)
    )
    return {
        row.id: Delivery(row.channel is Channel.PRINT, row.released_at, row.came_back_on)
        for row in rows
    }
