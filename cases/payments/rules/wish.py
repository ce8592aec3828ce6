"""What a rule asks of a line: pure, the same for the look at its hits and for its bookings."""

from dataclasses import dataclass

from cases.formats.identifiers import clean_iban
from cases.payments.rules.models import RuleKind
from cases.payments.same_booking import TELLING, plain
from cases.payments.standing import Standing

#: What banks write where no reference was given.
NO_REFERENCE = frozenset({"", "NOTPROVIDED", "NOTAVAILABLE"})
#: Shorter words than this would book anything.
LEAST_LETTERS = TELLING // 2
STANDINGS = {
    RuleKind.FEE: Standing.BANK_FEE,
    RuleKind.TRANSFER_OUT: Standing.TRANSFER_SEEN,
    RuleKind.TRANSFER_IN: Standing.TRANSFER_SEEN,
}


@dataclass(frozen=True, slots=True)
class RuleWish:
    """A rule as typed or kept: what it books, and which lines."""

    kind: RuleKind
    most_cents: int
    name: str = ""
    iban: str = ""
    words: str = ""

    @property
    def incoming(self) -> bool:
        """Whether its lines are money that came in."""
        return self.kind is RuleKind.TRANSFER_IN


@dataclass(frozen=True, slots=True)
class Line:
    """What a rule sees of a line of the trust account."""

    amount_cents: int
    name: str = ""
    iban: str = ""
    purpose: str = ""
    end_to_end: str = ""
    is_return: bool = False


def fits(wish: RuleWish, line: Line) -> bool:
    """Whether a rule speaks of a line.

    What bears a reference is an order that somebody gave, and a return takes a payment back: both
    are left to their own ways.
    """
    if line.is_return or plain(line.end_to_end) not in NO_REFERENCE:
        return False
    cents = line.amount_cents if wish.incoming else -line.amount_cents
    if not 0 < cents <= wish.most_cents:
        return False
    if wish.iban and clean_iban(wish.iban) != clean_iban(line.iban):
        return False
    return plain(wish.name) in plain(line.name) and plain(wish.words) in plain(line.purpose)


def says_too_little(wish: RuleWish) -> bool:
    """Whether nothing telling says which lines are meant."""
    return not wish.iban and max(len(plain(wish.name)), len(plain(wish.words))) < LEAST_LETTERS
