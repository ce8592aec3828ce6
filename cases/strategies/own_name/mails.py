"""The mail of a reminder: from the house's server, in the client's name, answered to him."""

import hashlib
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from email.utils import formataddr, parseaddr

from cases.core import clock
from cases.core.database import db, transaction
from cases.core.files import StoredFile, read_bytes
from cases.core.locks import lock_row
from cases.core.mail.message import AddressUnusable, Content, compose
from cases.core.mail.transport import RefusedForGood, get_server, hand_over
from cases.letters.mailing.models import MailedState
from cases.parties.models import Creditor
from cases.parties.queries import get_creditor
from cases.strategies.own_name.models import ItemState, OwnNameItem, OwnNameReminder
from cases.strategies.own_name.rules import Stage

EFFECT = "own_name.mail"
LONGEST_ANSWER = 300
#: So many days after it was made a reminder still leaves; the night makes no second one.
LATEST = timedelta(days=2)
#: Nothing of the invoice but its number; the rest stands in the attached page.
WORDS = {
    "de": (
        "Rechnung {number}",
        "Guten Tag,",
        (
            "im Anhang erinnern wir Sie an unsere Rechnung {number}.",
            (
                "Antworten Sie einfach auf diese E-Mail, wenn etwas nicht stimmt oder wenn Sie "
                "keine Erinnerungen per E-Mail möchten."
            ),
        ),
        "Mit freundlichen Grüßen\n{client}",
    ),
    "en": (
        "Invoice {number}",
        "Good day,",
        (
            "the attached page reminds you of our invoice {number}.",
            (
                "Simply answer this e-mail if something is wrong, or if you want no reminders by "
                "e-mail."
            ),
        ),
        "Yours sincerely\n{client}",
    ),
}  # fmt: skip


def key_of(item_public_id: str, stage: Stage) -> str:
    """The stable name of a reminder's mail."""
    return f"own-name:{item_public_id}:{stage.value}"


def message_id_of(key: str) -> str:
    """The Message-ID that it has whenever it is composed."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    return f"<{digest}@{parseaddr(get_server().sender)[1].rpartition('@')[2]}>"


def deliver(key: str, reminder_id: int) -> None:
    """Hand the mail over, unless the invoice was paid or asked about meanwhile."""
    with transaction():
        reminder = db.session.get_one(OwnNameReminder, reminder_id)
        item = db.session.get_one(OwnNameItem, reminder.item_id)
        if reminder.state is not MailedState.QUEUED:
            return
        in_time = clock.today() - reminder.made_on <= LATEST
        wanted = item.state is ItemState.OPEN and in_time
        message = _message(reminder, item, key) if wanted else None
    if message is None:
        _close(reminder_id, MailedState.GIVEN_UP, None)
        return
    try:
        hand_over(message)
    except RefusedForGood as refused:
        _close(reminder_id, MailedState.REFUSED, refused.answer)
    else:
        _close(reminder_id, MailedState.SENT, None)


def compose_reminder(
    creditor: Creditor, number: str, to_address: str, pdf: bytes, key: str, at: datetime
) -> EmailMessage:
    """The mail of one reminder. Raises AddressUnusable."""
    language = creditor.language if creditor.language in WORDS else "de"
    subject, greeting, paragraphs, closing = WORDS[language]
    content = Content(
        language=language, subject=subject.format(number=number), greeting=greeting,
        paragraphs=[each.format(number=number) for each in paragraphs],
        closing=closing.format(client=creditor.name),
    )  # fmt: skip
    sender = formataddr((creditor.name, parseaddr(get_server().sender)[1]))
    message = compose(content, to_address, sender, key, at)
    message["Reply-To"] = creditor.email
    message["List-Unsubscribe"] = f"<mailto:{creditor.email}?subject=Keine%20E-Mails>"
    inner = message.get_boundary() or ""
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename="Rechnung.pdf")
    message.set_boundary(f"{inner}-mixed")
    return message


def _message(reminder: OwnNameReminder, item: OwnNameItem, key: str) -> EmailMessage | None:
    file = db.session.get_one(StoredFile, reminder.file_id)
    creditor = get_creditor(item.creditor_id)
    at = datetime.combine(reminder.made_on, time(8), UTC)
    try:
        return compose_reminder(
            creditor, item.invoice_number, reminder.to_address, read_bytes(file), key, at
        )
    except AddressUnusable:
        return None


def _close(reminder_id: int, state: MailedState, answer: str | None) -> None:
    with transaction():
        reminder = lock_row(OwnNameReminder, reminder_id)
        reminder.state, reminder.finished_at = state, clock.now()
        reminder.answer = (answer or "")[:LONGEST_ANSWER] or None
