"""The words of the bank screens: states with their colours, reasons, findings; as filters."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from cases.formats.bank.findings import MESSAGES
from cases.payments import words
from cases.payments.models import BankFileState, EntryState
from cases.payments.standing import REFUSALS, SENTENCES
from cases.payments.words import NOT_HERE, TRUST_ACCOUNTS
from portal.shell.wording import worded

#: State -> words, colour, icon.
ENTRY_STATES = {
    EntryState.WAITING: (words.ENTRY_STATES[EntryState.WAITING], "info", "refresh-cw"),
    EntryState.BOOKED: (words.ENTRY_STATES[EntryState.BOOKED], "good", "check"),
    EntryState.SUSPENSE: (words.ENTRY_STATES[EntryState.SUSPENSE], "warn", "circle-help"),
    EntryState.ASSIGNED: (words.ENTRY_STATES[EntryState.ASSIGNED], "good", "user-check"),
    EntryState.REFUNDED: (words.ENTRY_STATES[EntryState.REFUNDED], "info", "undo-2"),
    EntryState.OUTGOING: (words.ENTRY_STATES[EntryState.OUTGOING], "", "arrow-up"),
    EntryState.RETURNED: (words.ENTRY_STATES[EntryState.RETURNED], "bad", "rotate-ccw"),
    EntryState.FOREIGN: (words.ENTRY_STATES[EntryState.FOREIGN], "warn", "globe"),
    EntryState.OPERATING: (words.ENTRY_STATES[EntryState.OPERATING], "warn", "triangle-alert"),
}
FILE_STATES = {
    BankFileState.WAITING: (words.FILE_STATES[BankFileState.WAITING], "info", "refresh-cw"),
    BankFileState.BOOKING: (words.FILE_STATES[BankFileState.BOOKING], "info", "refresh-cw"),
    BankFileState.DONE: (words.FILE_STATES[BankFileState.DONE], "good", "check"),
    BankFileState.REFUSED: (words.FILE_STATES[BankFileState.REFUSED], "bad", "circle-x"),
}


def entry_state(state: EntryState) -> tuple[str, str, str]:
    """Words, colour and icon of an entry's state."""
    text, kind, icon = ENTRY_STATES[state]
    return str(gettext(text)), kind, icon


def file_state(state: BankFileState) -> tuple[str, str, str]:
    """Words, colour and icon of a file's state."""
    text, kind, icon = FILE_STATES[state]
    return str(gettext(text)), kind, icon


def reason_words(code: str) -> str:
    """Why an entry stands where it stands."""
    known: Mapping[str, str] = {str(key): sentence for key, sentence in SENTENCES.items()}
    return str(gettext(known[code])) if code in known else code


def statement_refusal(code: str) -> str:
    """Why nothing of a statement was booked."""
    return str(gettext(REFUSALS[code]))


def not_here_words(code: str) -> str:
    """Why a case cannot take this money."""
    return str(gettext(NOT_HERE[code]))


def finding_lines(findings: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Findings of a file: severity and sentence, each sentence once."""
    lines = [
        (each["severity"], worded(MESSAGES[each["code"]], each["params"])) for each in findings
    ]
    return list(dict.fromkeys(lines))


def account_word(account: str) -> str:
    """An account of the trust proof."""
    return str(gettext(TRUST_ACCOUNTS[account]))


WORDS = {
    function.__name__: function
    for function in (
        entry_state,
        file_state,
        reason_words,
        statement_refusal,
        not_here_words,
        finding_lines,
        account_word,
    )
}
