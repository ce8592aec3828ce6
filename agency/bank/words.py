"""The words of the bank screens: states with their colours, reasons, findings; as filters."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, ngettext

from cases.core import clock
from cases.formats.bank.findings import MESSAGES
from cases.payments import words
from cases.payments.entries import age_in_days
from cases.payments.models import BankEntry, BankFileState, EntryState
from cases.payments.reconciling import Mismatch, Place
from cases.payments.settling import IN, OUT
from cases.payments.standing import PAYMENT_SERVICES, REFUSALS, SENTENCES
from cases.payments.words import NOT_HERE, TRUST_ACCOUNTS
from portal.shell.formatting import day, euro
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
    EntryState.SETTLED: (words.ENTRY_STATES[EntryState.SETTLED], "good", "check"),
    EntryState.DOUBTFUL: (words.ENTRY_STATES[EntryState.DOUBTFUL], "warn", "copy"),
    EntryState.SAME: (words.ENTRY_STATES[EntryState.SAME], "", "copy"),
    EntryState.TAKEN_BACK: (words.ENTRY_STATES[EntryState.TAKEN_BACK], "", "undo-2"),
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


def age_words(entry: BankEntry) -> str:
    """For how long a line has waited."""
    days = age_in_days(entry, clock.today())
    if not days:
        return str(gettext("since today"))
    return str(ngettext("for %(num)d day", "for %(num)d days", days))


def statement_refusal(code: str, file_format: str | None) -> str:
    """Why nothing of a statement was booked; the name is that of a payment service."""
    return str(gettext(REFUSALS[code], name=PAYMENT_SERVICES.get(file_format or "", "")))


def not_here_words(code: str) -> str:
    """Why a case cannot take this money."""
    return str(gettext(NOT_HERE[code]))


def finding_lines(findings: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Findings of a file: severity and sentence, each sentence once."""
    lines = [
        (each["severity"], worded(MESSAGES[each["code"]], each["params"])) for each in findings
    ]
    return list(dict.fromkeys(lines))


def settled_choices(amount_cents: int) -> list[tuple[str, str]]:
    """What a line that belongs to no case can have been."""
    kinds = OUT if amount_cents < 0 else IN
    return [(kind.value, reason_words(kind.value)) for kind in kinds]


def mismatch_words(found: Mismatch, currency: str) -> str:
    """Where bank and books part, by how much, and what usually helps."""
    amount = euro(abs(found.cents), currency)
    statement, before = found.statement, found.before
    if found.place is Place.OPENING and statement:
        return str(gettext(
            "Before the first statement of %(day)s the bank had %(amount)s that the books do not "
            "know.", day=day(statement.first_day), amount=euro(found.cents, currency),
        ))  # fmt: skip
    if found.place is Place.GAP and statement and before:
        return str(gettext(
            "Between the statements of %(before)s (closing %(closing)s) and %(day)s (opening "
            "%(opening)s) %(amount)s are missing: hand in the statement in between.",
            before=day(before.last_day), closing=euro(before.closing_cents or 0, currency),
            day=day(statement.first_day), opening=euro(statement.opening_cents or 0, currency),
            amount=amount,
        ))  # fmt: skip
    if statement:
        return str(gettext(
            "The statement of %(day)s differs from the books by %(amount)s: an entry is not "
            "booked, booked twice or still asked about.",
            day=day(statement.last_day), amount=euro(found.cents, currency),
        ))  # fmt: skip
    return str(gettext(
        "%(amount)s were booked on the trust account without any statement of the bank.",
        amount=euro(-found.cents, currency),
    ))  # fmt: skip


def account_word(account: str) -> str:
    """An account of the trust proof."""
    return str(gettext(TRUST_ACCOUNTS[account]))


WORDS = {
    function.__name__: function
    for function in (
        age_words,
        entry_state,
        file_state,
        reason_words,
        statement_refusal,
        not_here_words,
        finding_lines,
        account_word,
        mismatch_words,
        settled_choices,
    )
}
