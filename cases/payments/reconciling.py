"""The trust account's books against the bank: every statement's balances, one after the other.

A statement that opens at another balance than the books had leaves a gap: a statement before it is
missing. One that closes at another balance holds something that is not in the books. Each place is
named once, where the difference changes. Statements that end on one day (pages in files of their
own, interim reports) are read as a chain, in whichever order they came.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import accumulate, groupby
from operator import attrgetter


class Place(StrEnum):
    """What differs where."""

    OPENING = "opening"  # The first statement opens with money that the books do not know.
    GAP = "gap"  # Something is missing between two statements.
    INSIDE = "inside"  # Something in the statement itself is not in the books.
    BOOKS = "books"  # The books moved the account without a statement.


@dataclass(frozen=True, slots=True)
class Balances:
    """A statement with what the bank says before and after it."""

    public_id: str
    first_day: date
    last_day: date
    opening_cents: int | None
    closing_cents: int | None


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One place where bank and books part: what is missing in the books (negative: too much)."""

    place: Place
    statement: Balances | None
    before: Balances | None  # The last statement before a gap.
    cents: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What the bank said last, what the books say to that day, and every place that differs."""

    currency: str
    last_day: date | None
    bank_cents: int
    books_cents: int
    mismatches: tuple[Mismatch, ...]

    @property
    def difference_cents(self) -> int:
        """What the bank has more than the books."""
        return self.bank_cents - self.books_cents

    @property
    def holds(self) -> bool:
        """Whether both say the same and no statement is missing."""
        return not self.mismatches and self.difference_cents == 0


def reconcile(
    currency: str,
    statements: Iterable[Balances],
    booked_cents: Mapping[date, int],
    otherwise_cents: int = 0,
) -> Reconciliation:
    """Compare statements with what is in the books of them, by the bank's own days.

    `otherwise_cents` is what the books moved the account by without a statement.
    """
    walk = _Walk(booked_cents)
    by_day = attrgetter("last_day")
    in_order = sorted(statements, key=by_day)
    days = {each.last_day for each in in_order}
    across = {
        (day, each.opening_cents)
        for each in in_order
        if each.first_day < each.last_day
        for day in days
        if each.first_day <= day < each.last_day
    }
    for day, group in groupby(in_order, by_day):
        walk.take(day, list(group), across)
    found, last = walk.found, walk.before
    if otherwise_cents and walk.began:
        found.append(Mismatch(Place.BOOKS, None, None, -otherwise_cents))
    bank = last.closing_cents or 0 if last else 0
    books = bank - walk.running + otherwise_cents if last else 0
    return Reconciliation(currency, last.last_day if last else None, bank, books, tuple(found))


class _Walk:
    """Goes through the statements day by day, as the bank's balance went."""

    def __init__(self, booked_cents: Mapping[date, int]) -> None:
        self.days = sorted(booked_cents)
        self.sums = list(accumulate((booked_cents[day] for day in self.days), initial=0))
        self.found: list[Mismatch] = []
        self.running = 0  # What the bank has more than the books, as far as it is explained.
        self.before: Balances | None = None  # What closed the last day.
        self.began = False

    def take(
        self, day: date, group: Sequence[Balances], across: Set[tuple[date, int | None]]
    ) -> None:
        """The statements that end on a day: from where each goes on, then how the day closed.

        `across` are days and balances at which a statement goes on that ends on a later day.
        """
        self.began = True
        upto = self._upto(day)
        left = list({replace(each, public_id=""): each for each in reversed(group)}.values())[::-1]
        chain: list[Balances] = []
        while left:
            following = next((each for each in left if self._goes_on(each, chain)), None)
            if following is None:
                following = _first(left)
                self._leap(following, chain, {each.closing_cents for each in left}, upto)
            left.remove(following)
            chain.append(following)
        ends = _ends(chain)
        within = [each for each in ends if (day, each.closing_cents) in across]
        if within:
            self.before = within[-1]  # The day went on: where it closed, the next one says.
        elif ends:
            wanted = [each for each in ends if each.closing_cents == upto + self.running]
            healed = [each for each in ends if each.closing_cents == upto]
            self._close((wanted or healed or ends)[-1], upto)

    def _goes_on(self, each: Balances, chain: Sequence[Balances]) -> bool:
        """Whether a statement opens where the books or another statement have come to."""
        if each.opening_cents is None:
            return True
        if each.opening_cents == self._upto(each.first_day, whole=False) + self.running:
            return True
        if any(other.closing_cents == each.opening_cents for other in chain):
            return True
        before = self.before  # One that overlaps it was taken up in between.
        return before is not None and (
            before.last_day >= each.first_day or before.closing_cents == each.opening_cents
        )

    def _leap(
        self, each: Balances, chain: Sequence[Balances], closings: set[int | None], upto: int
    ) -> None:
        """Something is missing before this statement."""
        opening = each.opening_cents or 0
        cents = opening - self._upto(each.first_day, whole=False) - self.running
        before = self.before
        if ends := _ends(chain):
            # Of several ends the one behind which the day closes as the books say.
            gaps = [(opening - (end.closing_cents or 0), end) for end in ends]
            fitting = [gap for gap in gaps if upto + self.running + gap[0] in closings]
            cents, before = (fitting or gaps)[-1]
        place = Place.GAP if before else Place.OPENING
        self.found.append(Mismatch(place, each, before, cents))
        self.running += cents

    def _close(self, end: Balances, upto: int) -> None:
        delta = (end.closing_cents or 0) - upto
        if delta != self.running:
            self.found.append(Mismatch(Place.INSIDE, end, None, delta - self.running))
            self.running = delta
        self.before = end

    def _upto(self, day: date, *, whole: bool = True) -> int:
        return self.sums[(bisect_right if whole else bisect_left)(self.days, day)]


def _first(left: Sequence[Balances]) -> Balances:
    """Of statements that go on from nowhere, one that none of the others leads to."""
    for each in left:
        others = [other for other in left if other is not each]
        if all(other.closing_cents != each.opening_cents for other in others):
            return each
    return left[0]


def _ends(chain: Sequence[Balances]) -> list[Balances]:
    """Where a day may have closed: behind what no other statement goes on from."""
    closing = [each for each in chain if each.closing_cents is not None]
    last = [
        each
        for each in closing
        if all(other is each or other.opening_cents != each.closing_cents for other in chain)
    ]
    return last or closing
