"""Mails that need nobody to read them: what became of ours, and that somebody wants no more."""

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import list_debtors
from cases.letters.inbox.reading import DeliveryReport, PostRead
from cases.letters.mailing.models import MailedState
from cases.letters.mailing.queries import list_mails_of_messages
from cases.letters.mailing.services import end_mail
from cases.letters.models import Channel
from cases.parties.profiles import refuse_channel

#: What our mails ask to be answered with by those who want none.
UNWANTED = ("keine e-mails", "no e-mails")


def note_report(read: PostRead, said: str) -> bool:
    """Note what a server reports of mails of ours; False: it is no report about any of them."""
    if read.report is None:
        return False
    mails = list_mails_of_messages(read.answers)
    if read.report is not DeliveryReport.OTHER:
        for mail in mails:
            gone = read.report is DeliveryReport.FAILED
            end_mail(mail.letter_id, MailedState.BOUNCED, said, mailbox=gone)
    return bool(mails)


def note_unwanted(case: Case, read: PostRead) -> bool:
    """A debtor wants no e-mails: noted where it comes from the mailbox that we know of him.

    From anybody else a person reads it. The case is locked.
    """
    first = read.text.strip().lower()
    if not any(read.subject.lower().startswith(w) or first.startswith(w) for w in UNWANTED):
        return False
    sender = read.sender_address.lower()
    for party in list_debtors(case.id):
        if sender and (party.debtor.email or "").lower() == sender:
            refuse_channel(party.debtor.id, Channel.EMAIL.value, read.subject or UNWANTED[0])
            timeline.record(case, "debtor.refused_mail")
            return first in {"", *UNWANTED}
    return False
