"""Reads about letters by e-mail, and what a bounce says of them."""

from collections.abc import Collection

from sqlalchemy import select, update

from cases.core import clock
from cases.core.database import db
from cases.core.many import one_of
from cases.letters.mailing.models import LetterMail, MailedState

LONGEST_ANSWER = 300


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


def note_bounce(message_ids: Collection[str], answer: str) -> None:
    """The mails came back: the mailbox is not asked again before somebody has looked."""
    db.session.execute(
        update(LetterMail)
        .where(one_of(LetterMail.message_id, message_ids))
        .values(state=MailedState.BOUNCED, finished_at=clock.now(), answer=answer[:LONGEST_ANSWER])
    )


def has_bounced(debtor_id: int, to_address: str) -> bool:
    """Whether mail to this mailbox of a debtor came back or was refused for good."""
    query = select(LetterMail.letter_id).where(
        LetterMail.debtor_id == debtor_id,
        LetterMail.to_address == to_address,
        LetterMail.state.in_([MailedState.BOUNCED, MailedState.REFUSED]),
    )
    return db.session.scalar(query.limit(1)) is not None
