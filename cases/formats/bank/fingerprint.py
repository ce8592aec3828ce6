"""The fingerprint of a bank entry: by it an entry is imported once, however often it is delivered.

The same entry has the same fingerprint in the same statement read twice, in overlapping
statements, in another order, and in camt.052 and camt.053. Two equal payments of one day are two:
the second one carries a running number. Where the bank gives a reference of its own, that, the
day and the amount tell the entry; else the words of the entry do.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from cases.formats.bank.statement import BankEntry, BankStatement, EntryStatus

#: A bank reference worth its name; shorter ones and runs of zeros are counters or fillers.
TRUSTED_REFERENCE = re.compile(r"^(?=[A-Za-z0-9/+\-_.]{0,199}[1-9])[A-Za-z0-9/+\-_.]{8,200}$")
SIGNIFICANT = re.compile(r"[\W_]+")


def fingerprints(statement: BankStatement) -> list[str]:
    """A fingerprint for each entry of a statement, in its order; pending ones have one too.

    Pages of one statement belong together: give them joined, see `join_pages`.
    """
    keys = [_key(statement.account, entry) for entry in statement.entries]
    # Equal keys are numbered by the words of the entry, so that another order changes nothing.
    order = sorted(range(len(keys)), key=lambda at: (keys[at], _words(statement.entries[at])))
    seen: Counter[tuple[str, ...]] = Counter()
    found = [""] * len(keys)
    for at in order:
        seen[keys[at]] += 1
        text = "\x1f".join((*keys[at], str(seen[keys[at]])))
        found[at] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return found


def bookable_entries(statement: BankStatement) -> list[tuple[str, BankEntry]]:
    """The booked entries with their fingerprints; a statement that is held back has none."""
    if statement.held_back:
        return []
    booked = tuple(each for each in statement.entries if each.status is EntryStatus.BOOKED)
    whole = BankStatement(statement.account, statement.currency, None, None, booked)
    return list(zip(fingerprints(whole), booked, strict=True))


def join_pages(statements: Iterable[BankStatement]) -> list[BankStatement]:
    """Put the pages of one statement together, so that equal entries on two pages stay two."""
    joined: dict[tuple[str, ...], BankStatement] = {}
    for number, each in enumerate(statements):
        paged = each.page is not None and bool(each.number)
        key = (each.account, each.currency, each.number) if paged else (str(number),)
        before = joined.get(key)
        if before is None or before.page == each.page:
            joined[key if before is None else (str(number),)] = each
            continue
        joined[key] = BankStatement(
            each.account,
            each.currency,
            before.opening_cents,
            each.closing_cents,
            before.entries + each.entries,
            each.number,
            each.page,
            each.last_page,
            before.owner or each.owner,
            each.closing_on or before.closing_on,
            before.findings + each.findings,
        )
    return list(joined.values())


def _key(account: str, entry: BankEntry) -> tuple[str, ...]:
    """What tells an entry from all others but those equal to it."""
    day = str(entry.booked_on or entry.value_on)
    fixed = (_plain(account), entry.currency, day, str(entry.amount_cents))
    reference = entry.references.bank
    if reference and TRUSTED_REFERENCE.fullmatch(reference):
        return (*fixed, "ref", reference.upper())
    return (*fixed, "words", _words(entry))


def _words(entry: BankEntry) -> str:
    """The words of an entry without case, blanks and marks, which banks change between formats."""
    details = (each.purpose for each in entry.details)
    named = (
        entry.counterparty.iban,
        entry.counterparty.name,
        entry.references.end_to_end,
        entry.references.structured,
        entry.purpose,
        *details,
    )
    return "|".join(_plain(each or "") for each in named)


def _plain(text: str) -> str:
    return SIGNIFICANT.sub("", text).upper()
