"""The talking guide of a call: what to say, the aim, and answers to likely replies. Pure.

Rows of `data/guide.csv`; a star stands for anything. Of the rows of one part the one that names
most counts: first the reason, then who pays there, then how he pays. The version of the rows is
kept with the call, so that it can be seen later what the caller had before him.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cases.contacts.models import NonPaymentReason
from cases.parties.debtor_models import Organisation, PayerType

FILE = Path(__file__).parent / "data" / "guide.csv"
VERSION = 1  # Raised with every change of the rows.
ANY = "*"
#: What may be said before it is known who is on the phone.
BEFORE = frozenset({"opening"})
#: What the rows may name; nothing of it but house, caller and person before the identity check.
PLACEHOLDERS = ("house", "caller", "person", "open", "creditor", "invoices", "day")


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One row of the file."""

    part: str  # opening, aim, say, reply
    organisation: str
    payer: str
    reason: str
    text: str
    answer: str  # To a reply; empty otherwise.
    key: str  # The outcome that follows, by its key.

    @property
    def weight(self) -> int:
        """How much it names; a reason weighs more than both others together."""
        named = (self.reason != ANY, self.organisation != ANY, self.payer != ANY)
        return 4 * named[0] + 2 * named[1] + named[2]

    def fits(self, organisation: Organisation, payer: PayerType, reason: NonPaymentReason) -> bool:
        """Whether it speaks of this call."""
        return (
            self.organisation in {ANY, organisation.value}
            and self.payer in {ANY, payer.value}
            and self.reason in {ANY, reason.value}
        )


@dataclass(frozen=True, slots=True)
class Guide:
    """What stands before the caller."""

    opening: GuideRow
    aim: GuideRow
    say: GuideRow
    replies: tuple[GuideRow, ...]
    fallback: bool  # No row names all three; general ones stand in.

    @property
    def kept_as(self) -> str:
        """What is kept with the call."""
        return f"{VERSION}:{self.say.organisation}/{self.say.payer}/{self.say.reason}"


def resolve(organisation: Organisation, payer: PayerType | None, reason: NonPaymentReason) -> Guide:
    """The guide for a call; a payer nobody knows yet is taken for a forgetful one."""
    known = payer or PayerType.FORGETFUL
    fitting = [row for row in rows() if row.fits(organisation, known, reason)]
    say = _heaviest(fitting, "say")
    replies = sorted((row for row in fitting if row.part == "reply"), key=lambda row: -row.weight)
    return Guide(
        _heaviest(fitting, "opening"),
        _heaviest(fitting, "aim"),
        say,
        tuple(replies[:3]),
        fallback=payer is None or say.weight < 4 + 2,
    )


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with what is known; placeholders are words of our own, never code."""
    for name in PLACEHOLDERS:
        text = text.replace("{" + name + "}", values.get(name, ""))
    return text


@cache
def rows() -> tuple[GuideRow, ...]:
    """Every row, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(GuideRow(**row) for row in csv.DictReader(file, delimiter=";"))


def _heaviest(rows_: Iterable[GuideRow], part: str) -> GuideRow:
    return max((row for row in rows_ if row.part == part), key=lambda row: row.weight)
