"""The words for kinds and states of letters."""

from cases.letters.models import LetterKind, LetterState
from legal.findings import N_, Words

LETTERS: Words = {
    LetterKind.FIRST_DEMAND: N_("First demand letter"),
    LetterKind.OBJECTION_REPLY: N_("Reply to an objection"),
}
LETTER_STATES: Words = {
    LetterState.QUEUED: N_("is being printed"),
    LetterState.SENT: N_("sent"),
    LetterState.CANCELLED: N_("not sent, the case has ended"),
}

TABLES = (LETTERS, LETTER_STATES)
