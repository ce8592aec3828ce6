"""Reads about messages of courts."""

from sqlalchemy import select

from cases.core.database import db
from cases.filings.court_mail.models import CourtMessage


def find_message(public_id: str) -> CourtMessage | None:
    """The message of that public id, if there is one."""
    return db.session.scalar(select(CourtMessage).where(CourtMessage.public_id == public_id))
