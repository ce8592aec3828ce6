"""What a worker does after the start: the letters of two years, each as of its own day."""

from collections.abc import Collection

from sqlalchemy import text

from cases.core import clock
from cases.core.database import db
from cases.letters.models import Letter
from cases.letters.services import send_letter

EFFECT = "demo.letter"


def leave_letters(keys: Collection[str] = ()) -> None:
    """Let letters that wait be sent as of the day on which they were released; at first all."""
    query = (
        "UPDATE outbox_effects SET kind = :kind WHERE kind = 'letter.send' AND state = 'waiting'"
        " AND (key = ANY(:keys) OR :keys = '{}')"
    )
    db.session.execute(text(query), {"kind": EFFECT, "keys": list(keys)})


def send_as_dated(key: str, letter_id: int) -> None:
    """Carry out the effect `demo.letter`."""
    with clock.clock_at(db.session.get_one(Letter, letter_id).released_at):
        send_letter(key, letter_id)
