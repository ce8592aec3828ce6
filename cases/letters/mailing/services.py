"""Sending a kept letter by e-mail: written with its cause, handed over by a worker, once by id."""

import hashlib
from datetime import timedelta
from email.message import EmailMessage
from email.utils import parseaddr

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.asking.policies import policy_of
from cases.claims.models import Case
from cases.claims.queries import find_party, get_case_by_id, lock_case
from cases.claims.reaching.allowed import Channel as Way
from cases.claims.reaching.person import against_writing
from cases.core import audit, clock
from cases.core.database import db, transaction
from cases.core.errors import Conflict, NotFound
from cases.core.files import StoredFile, read_bytes
from cases.core.locks import lock_row
from cases.core.mail.message import AddressUnusable, Content, compose
from cases.core.mail.transport import RefusedForGood, get_server, hand_over, is_set_up
from cases.core.outbox import register_effect
from cases.letters.announced import announcements
from cases.letters.mailing.models import LetterMail, MailedState
from cases.letters.models import Channel, Letter, SentLetter
from cases.letters.queries import enclosures_of
from cases.parties.changes import mark_mailbox
from cases.parties.queries import get_agency

EFFECT = "letter.mail"
#: More of what another server said is not kept.
LONGEST = 300
#: A letter by e-mail alone leaves so long after its date at the latest.
LATEST = timedelta(days=3)
#: The mail says that something is attached and how to ask; nothing about claim or amount.
WORDS = {
    "de": (
        "Ein Schreiben für Sie, {case}",
        "Guten Tag,",
        (
            "im Anhang finden Sie ein Schreiben von uns als PDF-Datei. Ihr Zeichen: {case}.",
            (
                "Möchten Sie keine E-Mails von uns, antworten Sie bitte mit „Keine E-Mails“; wir "
                "schreiben Ihnen dann per Post."
            ),
        ),
        "Mit freundlichen Grüßen\n{house}",
    ),
    "en": (
        "A letter for you, {case}",
        "Good day,",
        (
            "please find attached a letter from us as a PDF file. Your reference: {case}.",
            (
                "If you do not want e-mails from us, please answer with “No e-mails”; we will "
                "then write by post."
            ),
        ),
        "Yours sincerely\n{house}",
    ),
}  # fmt: skip


class MailNotPossible(Conflict):
    """No e-mail can be sent: no mailbox of the debtor is known, mail to it came back, he wants no
    e-mails or the client does not, somebody speaks for him, he may not be written to, or no mail
    server is set up."""


class AlreadyMailed(Conflict):
    """This letter went by e-mail already."""


class NotSetYet(Conflict):
    """This letter is still being set. Try again in a moment."""


def may_mail(letter: Letter) -> str | None:
    """The mailbox that a letter may go to; None where there is no way."""
    party = find_party(letter.case_id, letter.debtor_id)
    if party is None or party.spokesperson is not None or not is_set_up():
        return None
    if Way.EMAIL in policy_of(get_case_by_id(letter.case_id)).without:
        return None
    if against_writing(party, Way.EMAIL) is not None:
        return None
    return party.debtor.email if party.debtor.email_refused_on is None else None


def mail_letter(letter: Letter, user_id: int | None) -> LetterMail:
    """Let a kept letter go by e-mail, too. Raises MailNotPossible, AlreadyMailed, NotSetYet."""
    lock_case(letter.case_id)
    if db.session.get(LetterMail, letter.id) is not None:
        raise AlreadyMailed
    if db.session.get(SentLetter, letter.id) is None:
        raise NotSetYet
    to_address = may_mail(letter)
    if to_address is None:
        raise MailNotPossible
    return _queue(letter, to_address, user_id)


def begin_mailing(case: Case, letter: Letter) -> None:
    """Hand a letter that goes by e-mail alone to a worker, or say that there is no way any more.

    The case is locked.
    """
    to_address = may_mail(letter)
    if to_address is not None:
        _queue(letter, to_address, None)
    else:
        note_failed(case, letter)


def note_failed(case: Case, letter: Letter) -> None:
    """A letter that was to go by e-mail alone has reached nobody: its case goes on without it.

    The case is locked. A letter that went by post as well has arrived all the same.
    """
    if letter.channel is not Channel.EMAIL:
        return
    announcements.drop_of_letter(letter.id, "not_delivered")
    timeline.record(case, "letter.mail_failed", number=letter.number, letter_id=letter.id)


def _queue(letter: Letter, to_address: str, user_id: int | None) -> LetterMail:
    mail = LetterMail(
        letter_id=letter.id, case_id=letter.case_id, creditor_id=letter.creditor_id,
        debtor_id=letter.debtor_id, to_address=to_address,
        message_id=message_id_of(letter.number), asked_by=user_id, asked_at=clock.now(),
    )  # fmt: skip
    db.session.add(mail)
    db.session.flush()
    register_effect(EFFECT, key_of(letter.number), letter_id=letter.id)
    audit.record("letter.mailed", "letter", letter.id, creditor_id=letter.creditor_id)
    return mail


def key_of(number: str) -> str:
    """The stable name of a letter's mail."""
    return f"letter-mail:{number}"


def message_id_of(number: str) -> str:
    """The Message-ID that the mail of a letter has whenever it is composed."""
    digest = hashlib.sha256(key_of(number).encode()).hexdigest()[:40]
    return f"<{digest}@{parseaddr(get_server().sender)[1].rpartition('@')[2]}>"


def deliver_letter(key: str, letter_id: int) -> None:
    """Hand the mail over; one that is refused for good, or comes too late, is noted."""
    with transaction():
        mail = db.session.get_one(LetterMail, letter_id)
        if mail.state is not MailedState.QUEUED:
            return
        letter = db.session.get_one(Letter, letter_id)
        # What has come up since it was queued counts: a death, another mailbox, a wish.
        stays = _comes_too_late(letter) or may_mail(letter) != mail.to_address
        message = None if stays else _message(mail, key)
    if stays:
        _close(letter_id, MailedState.GIVEN_UP, None)
        return
    try:
        if message is None:
            raise RefusedForGood(AddressUnusable().sentence, recipient=True)
        hand_over(message)
    except RefusedForGood as refused:
        _close(letter_id, MailedState.REFUSED, refused.answer, mailbox=refused.recipient)
    else:
        _close(letter_id, MailedState.SENT, None)


def _comes_too_late(letter: Letter) -> bool:
    """Whether the days that the letter gives would be gone: then it does not leave by e-mail."""
    return letter.channel is Channel.EMAIL and clock.today() - letter.dispatched_on > LATEST


def compose_letter_mail(letter: Letter, pdf: bytes, to_address: str, key: str) -> EmailMessage:
    """The mail of a letter: a few words, the letter itself and what is enclosed with it.

    Raises AddressUnusable.
    """
    agency = get_agency()
    subject, greeting, paragraphs, closing = WORDS[letter.language]
    case = get_case_by_id(letter.case_id).number
    content = Content(
        language=letter.language,
        subject=subject.format(case=case),
        greeting=greeting,
        paragraphs=[each.format(case=case) for each in paragraphs],
        closing=closing.format(house=agency.name),
    )
    message = compose(content, to_address, get_server().sender, key, letter.released_at)
    message["Reply-To"] = agency.email
    message["List-Unsubscribe"] = f"<mailto:{agency.email}?subject=Keine%20E-Mails%20{case}>"
    inner = message.get_boundary() or ""
    for name, data in ((letter.number, pdf), *enclosures_of(letter)):
        message.add_attachment(data, maintype="application", subtype="pdf", filename=f"{name}.pdf")
    message.set_boundary(f"{inner}-mixed")
    return message


def _message(mail: LetterMail, key: str) -> EmailMessage | None:
    """The mail of a kept letter; None: nobody can be written to at such an address."""
    letter = db.session.get_one(Letter, mail.letter_id)
    file = db.session.scalar(
        select(StoredFile)
        .join(SentLetter, SentLetter.file_id == StoredFile.id)
        .where(SentLetter.letter_id == letter.id)
    )
    if file is None:
        raise NotFound
    try:
        return compose_letter_mail(letter, read_bytes(file), mail.to_address, key)
    except AddressUnusable:
        return None


def _close(
    letter_id: int, state: MailedState, answer: str | None, *, mailbox: bool = False
) -> None:
    with transaction():
        end_mail(letter_id, state, answer, mailbox=mailbox)


def end_mail(letter_id: int, state: MailedState, answer: str | None, *, mailbox: bool) -> None:
    """Note what became of a mail; `mailbox`: nothing more is sent to that address."""
    found = db.session.get_one(LetterMail, letter_id)
    case = lock_case(found.case_id)
    mail = lock_row(LetterMail, letter_id)
    sooner = state is MailedState.SENT and mail.state is not MailedState.QUEUED
    if mail.state is state or sooner:
        return  # It came back before it was noted that it had left.
    mail.state, mail.finished_at, mail.answer = state, clock.now(), (answer or "")[:LONGEST] or None
    letter = db.session.get_one(Letter, letter_id)
    if state is MailedState.SENT:
        timeline.record(case, "letter.mailed", number=letter.number, letter_id=letter_id)
        return
    if mailbox:
        mark_mailbox(mail.debtor_id, mail.to_address, clock.today())
    note_failed(case, letter)
