"""What to beware of at a debtor's (Sicherheitshinweis): for those who go there, and nobody else."""

from sqlalchemy import select

from cases.contacts.visits.models import SafetyNote
from cases.core import audit, clock
from cases.core.database import db
from cases.core.locks import lock_row
from cases.parties.models import Debtor


def find_safety_note(debtor_id: int) -> SafetyNote | None:
    """The note on one record of a debtor."""
    return db.session.scalar(select(SafetyNote).where(SafetyNote.debtor_id == debtor_id))


def set_safety_note(debtor_id: int, words: str) -> None:
    """Say what to beware of there; nothing takes the note away."""
    lock_row(Debtor, debtor_id)
    note, words = find_safety_note(debtor_id), words.strip()
    if (note.words if note else "") == words:
        return
    if note is None:
        note = SafetyNote(debtor_id=debtor_id, words=words, changed_at=clock.now())
        db.session.add(note)
    if words:
        note.words, note.changed_at, note.changed_by = words, clock.now(), audit.actor_id()
    else:
        db.session.delete(note)
    db.session.flush()
    audit.record("safety_note.changed", "debtor", debtor_id)
