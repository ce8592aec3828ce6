"""One booking of the bank in two formats is one booking: camt, MT940 and CSV of the same account.

Formats name a booking differently: a bank reference here, a cut name there, words without blanks.
What day, amount, counterparty and purpose say together decides; where they leave a doubt a person
is asked, and nothing is booked until then. Within one format fingerprints are the truth.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MARKS = re.compile(r"[\W_]+")
#: Shorter words than this prove nothing by being contained in others.
TELLING = 12
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")


class Verdict(StrEnum):
    """Whether two entries are one booking."""

    SAME = "same"
    DOUBT = "doubt"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking as far as every format can name it; one with parts is taken whole."""

    key: str  # The fingerprint.
    booked_on: date
    value_on: date
    amount_cents: int
    name: str = ""
    iban: str = ""
    end_to_end: str = ""
    purpose: str = ""


def compare(one: Booking, other: Booking) -> Verdict:
    """Whether two bookings of one account, from files of two formats, are the same one."""
    same_day = one.booked_on == other.booked_on or one.value_on == other.value_on
    if one.amount_cents != other.amount_cents or not same_day:
        return Verdict.DIFFERENT
    payer, purpose = _payer(one, other), _words(one.purpose, other.purpose)
    reference = _equal(plain(one.end_to_end), plain(other.end_to_end))
    if payer is False and (purpose is not True or _ibans_differ(one, other)):
        return Verdict.DIFFERENT
    if reference is False:
        return Verdict.DIFFERENT
    if payer is not False and (purpose is True or reference is True):
        return Verdict.SAME
    nothing_said = purpose is None and not (one.purpose or other.purpose)
    return Verdict.SAME if payer is True and nothing_said else Verdict.DOUBT


@dataclass(frozen=True, slots=True)
class Sorted:
    """What became of new bookings: those known from another format, and those in doubt."""

    same: frozenset[str]
    doubtful: dict[str, str]  # Key of the new one -> key of the one it may be.


def sort_out(new: Iterable[Booking], known: Iterable[Booking]) -> Sorted:
    """Pair new bookings with known ones, the certain pairs first; each known one is used once."""
    left: dict[int, list[Booking]] = {}
    for each in known:
        left.setdefault(each.amount_cents, []).append(each)
    pending = [each for each in new if left.get(each.amount_cents)]
    same: set[str] = set()
    doubtful: dict[str, str] = {}
    for wanted in (Verdict.SAME, Verdict.DOUBT):
        for each in pending:
            if each.key in same:
                continue
            twin = _find(each, left[each.amount_cents], wanted)
            if twin is None:
                continue
            left[each.amount_cents].remove(twin)
            if wanted is Verdict.SAME:
                same.add(each.key)
            else:
                doubtful[each.key] = twin.key
    return Sorted(frozenset(same), doubtful)


def _find(each: Booking, known: Sequence[Booking], wanted: Verdict) -> Booking | None:
    return next((other for other in known if compare(each, other) is wanted), None)


def plain(text: str) -> str:
    """Without case, blanks and marks, which banks change between formats."""
    return MARKS.sub("", text).upper()


def _payer(one: Booking, other: Booking) -> bool | None:
    """Whether both name the same other side; None where one of them does not say."""
    by_account = None if not _both_ibans(one, other) else not _ibans_differ(one, other)
    return by_account if by_account is not None else _words(one.name, other.name)


def _both_ibans(one: Booking, other: Booking) -> bool:
    return all(IBAN.fullmatch(plain(each.iban)) for each in (one, other))


def _ibans_differ(one: Booking, other: Booking) -> bool:
    return _both_ibans(one, other) and plain(one.iban) != plain(other.iban)


def _words(one: str, other: str) -> bool | None:
    """Whether one text is the other or a piece of it that tells; None where one is missing."""
    short, long = sorted((plain(one), plain(other)), key=len)
    if not short:
        return None
    if short == long:
        return True
    return len(short) >= TELLING and short in long


def _equal(one: str, other: str) -> bool | None:
    return one == other if one and other else None
