"""Taking mails of a mailbox in, each once: how far we are moves with what was kept.

Nothing is changed or deleted there. Where the server counts anew, mails whose bytes are known are
passed over. One that is too large is kept by its head, and says where the rest lies.
"""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from cases.core import clock
from cases.core.database import db, transaction
from cases.core.locks import lock_row
from cases.formats.gate import MAX_BYTES
from cases.letters.inbox.imap import MailboxAddress, MailboxAway, OpenMailbox, open_mailbox
from cases.letters.inbox.models import PostMailbox
from cases.letters.inbox.services import take_in_head, take_in_mail

#: So many mails at a time; the next look goes on from there.
MOST = 200


def fetch(address: MailboxAddress) -> int:
    """Take in what came since; how many mails.

    Raises:
        MailboxAway, MailboxRefuses: noted, and what waits there is taken in later.
    """
    mailbox_id = _known(address.name)
    taken = 0
    try:
        with open_mailbox(address) as mailbox:
            last = _begin(mailbox_id, mailbox.validity)
            for number in mailbox.numbers_after(last)[:MOST]:
                taken += _take(mailbox_id, mailbox, number)
    except MailboxAway as away:
        with transaction():
            lock_row(PostMailbox, mailbox_id).fault = type(away).__name__
        raise
    with transaction():
        row = lock_row(PostMailbox, mailbox_id)
        row.looked_at, row.fault = clock.now(), None
    return taken


def find_mailbox(name: str) -> PostMailbox | None:
    """What is known of a mailbox, once it was looked at."""
    return db.session.scalar(select(PostMailbox).where(PostMailbox.name == name))


def _known(name: str) -> int:
    with transaction():
        db.session.execute(insert(PostMailbox).values(name=name).on_conflict_do_nothing())
        return db.session.scalars(select(PostMailbox.id).where(PostMailbox.name == name)).one()


def _begin(mailbox_id: int, validity: int) -> int:
    """The number behind which to go on; from the first one where the server counts anew."""
    with transaction():
        row = lock_row(PostMailbox, mailbox_id)
        if row.validity != validity:
            row.recounted = row.validity != 0
            row.validity, row.last_number = validity, 0
        return row.last_number


def _take(mailbox_id: int, mailbox: OpenMailbox, number: int) -> bool:
    whole = mailbox.size_of(number) <= MAX_BYTES
    data = mailbox.read(number, head_only=not whole)
    with transaction():
        row = lock_row(PostMailbox, mailbox_id)
        if number <= row.last_number:
            return False  # Another worker was faster.
        row.last_number = number
        if not data:
            return False
        today = clock.today()
        if whole:
            return take_in_mail(data, today, again=row.recounted) is not None
        take_in_head(data, today)
        return True
