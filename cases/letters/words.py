"""The words for kinds and states of letters."""

from cases.letters.mailing.models import MailedState
from cases.letters.models import LetterKind, LetterState
from legal.findings import N_, Words

LETTERS: Words = {
    LetterKind.FIRST_DEMAND: N_("First demand letter"),
    LetterKind.OBJECTION_REPLY: N_("Reply to an objection"),
    LetterKind.REMINDER: N_("Second letter"),
    LetterKind.REQUEST_ANSWER: N_("Answer to an inquiry"),
    LetterKind.PROMISE_CONFIRMATION: N_("Confirmation of a promise"),
    LetterKind.INFORMATION: N_("Information on request (§ 13a(2) RDG)"),
    LetterKind.CLOSING: N_("Closing letter"),
    LetterKind.BEFORE_COURT: N_("Last letter before court"),
    LetterKind.PLAN_OFFER: N_("Offer of instalments"),
    LetterKind.SETTLEMENT: N_("Confirmation of a settlement"),
    LetterKind.APPOINTMENT: N_("Announcement of an appointment"),
    LetterKind.ADDRESS_CHECK: N_("Request to confirm the address"),
    LetterKind.PLAN_REMINDER: N_("Reminder of an instalment"),
    LetterKind.SEPA_MANDATE: N_("Mandate for direct debits"),
    LetterKind.DEBIT_NOTICE: N_("Notice of direct debits"),
    LetterKind.CLAIMS_STATEMENT: N_("Statement of claims (§ 305(2) InsO)"),
}
LETTER_STATES: Words = {
    LetterState.QUEUED: N_("is being printed"),
    LetterState.SENT: N_("sent"),
    LetterState.CANCELLED: N_("not sent, the case has ended"),
}

MAILED: Words = {
    MailedState.QUEUED: N_("on its way"),
    MailedState.SENT: N_("sent"),
    MailedState.REFUSED: N_("refused by the mail server"),
    MailedState.BOUNCED: N_("came back"),
    MailedState.GIVEN_UP: N_("not sent: its time had passed"),
}

CODES = {"letter_code": LETTERS}
TABLES = (LETTERS, LETTER_STATES, MAILED)
