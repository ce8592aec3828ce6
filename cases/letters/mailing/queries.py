"""Reads about letters by e-mail."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from cases.core.database import db
from cases.core.many import one_of
from cases.letters.mailing.models import LetterMail


def list_mails(case_id: int) -> dict[int, LetterMail]:
    """The letters of a case that went by e-mail, by letter."""
    query = select(LetterMail).where(LetterMail.case_id == case_id)
    return {mail.letter_id: mail for mail in db.session.scalars(query)}


def cases_of_messages(message_ids: Collection[str]) -> dict[str, int]:
    """Of which case a mail of ours was."""
    query = select(LetterMail.message_id, LetterMail.case_id).where(
        one_of(LetterMail.message_id, message_ids)
    )
    return {row.message_id: row.case_id for row in db.session.execute(query)}


def list_mails_of_messages(message_ids: Collection[str]) -> list[LetterMail]:
    """The letters that went as these mails."""
    query = select(LetterMail).where(one_of(LetterMail.message_id, message_ids))
    return list(db.session.scalars(query.order_by(LetterMail.letter_id)))


def mailed_since(debtor_id: int, since: datetime) -> list[datetime]:
    """When letters went to a debtor by e-mail after a moment, in all his cases."""
    query = select(LetterMail.asked_at).where(
        LetterMail.debtor_id == debtor_id, LetterMail.asked_at > since
    )
    return list(db.session.scalars(query))
