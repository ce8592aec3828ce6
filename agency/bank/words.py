"""The words of the bank screens: states with their colours, reasons, findings; as filters."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from cases.formats.bank.findings import MESSAGES
from cases.payments.models import BankFileState, EntryState
from cases.payments.standing import REFUSALS, SENTENCES
from legal.findings import N_
from portal.shell.wording import worded

#: State -> words, colour, icon.
ENTRY_STATES = {
    EntryState.WAITING: (N_("Being matched"), "info", "refresh-cw"),
    EntryState.BOOKED: (N_("Booked"), "good", "check"),
    EntryState.SUSPENSE: (N_("Unmatched"), "warn", "circle-help"),
    EntryState.ASSIGNED: (N_("Assigned"), "good", "user-check"),
    EntryState.REFUNDED: (N_("To be refunded"), "info", "undo-2"),
    EntryState.OUTGOING: (N_("Outgoing"), "", "arrow-up"),
    EntryState.RETURNED: (N_("Returned"), "bad", "rotate-ccw"),
    EntryState.FOREIGN: (N_("Other currency"), "warn", "globe"),
    EntryState.OPERATING: (N_("Wrong account"), "warn", "triangle-alert"),
}
FILE_STATES = {
    BankFileState.WAITING: (N_("Being read"), "info", "refresh-cw"),
    BankFileState.BOOKING: (N_("Being booked"), "info", "refresh-cw"),
    BankFileState.DONE: (N_("Done"), "good", "check"),
    BankFileState.REFUSED: (N_("Not booked"), "bad", "circle-x"),
}
ACCOUNTS = {
    "trust_bank": N_("Trust account by our books"),
    "creditor_payables": N_("Owed to creditors"),
    "creditor_advances": N_("Advances of creditors"),
    "suspense": N_("Unmatched payments"),
    "refunds_due": N_("Refunds due"),
    "share_in_trust": N_("Our share, not yet withdrawn"),
}
#: Why a case cannot take this money.
NOT_HERE = {
    "currency_differs": N_("is kept in another currency"),
    "case_takes_no_money": N_("is closed"),
    "nothing_owed": N_("nothing is owed"),
}


def entry_state(state: EntryState) -> tuple[str, str, str]:
    """Words, colour and icon of an entry's state."""
    words, kind, icon = ENTRY_STATES[state]
    return str(gettext(words)), kind, icon


def file_state(state: BankFileState) -> tuple[str, str, str]:
    """Words, colour and icon of a file's state."""
    words, kind, icon = FILE_STATES[state]
    return str(gettext(words)), kind, icon


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
    return str(gettext(ACCOUNTS[account]))


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
