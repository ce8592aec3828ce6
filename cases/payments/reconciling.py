"""The trust account's books against the bank: every statement's balances, one after the other.

A statement that opens at another balance than the books had leaves a gap: a statement before it is
missing. One that closes at another balance holds something that is not in the books. Each place is
named once, where the difference changes; camt.052 and .053 of one day count as one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
    kept = _one_for_each_day(statements, booked_cents)
    found: list[Mismatch] = []
    running, before = 0, None
    for each in kept:
        if each.opening_cents is not None:
            delta = each.opening_cents - _upto(booked_cents, each.first_day, whole=False)
            if delta != running and not _goes_on(each, before):
                place = Place.GAP if before else Place.OPENING
                found.append(Mismatch(place, each, before, delta - running))
                running = delta
        if each.closing_cents is not None:
            delta = each.closing_cents - _upto(booked_cents, each.last_day)
            if delta != running:
                found.append(Mismatch(Place.INSIDE, each, None, delta - running))
                running = delta
            before = each
    if otherwise_cents and kept:
        found.append(Mismatch(Place.BOOKS, None, None, -otherwise_cents))
    last = before
    bank = last.closing_cents or 0 if last else 0
    books = bank - running + otherwise_cents if last else 0
    return Reconciliation(currency, last.last_day if last else None, bank, books, tuple(found))


def _one_for_each_day(
    statements: Iterable[Balances], booked_cents: Mapping[date, int]
) -> list[Balances]:
    """Of several statements that end on one day, the one that agrees, else the last that came."""
    by_day: dict[date, list[Balances]] = {}
    for each in statements:
        by_day.setdefault(each.last_day, []).append(each)
    kept = [_best(group, _upto(booked_cents, day)) for day, group in sorted(by_day.items())]
    return sorted(kept, key=lambda each: (each.last_day, each.first_day))


def _best(group: Sequence[Balances], books_cents: int) -> Balances:
    """The statement of a day's end that speaks for it; the widest one knows the opening balance."""
    agree = [each for each in group if each.closing_cents == books_cents]
    closing = [each for each in group if each.closing_cents is not None]
    best = agree or closing[-1:] or list(group[-1:])
    return min(best, key=lambda each: each.first_day)


def _goes_on(each: Balances, before: Balances | None) -> bool:
    """Whether a statement of the same day, or one that overlaps it, was taken up in between."""
    return before is not None and (
        before.last_day >= each.first_day or before.closing_cents == each.opening_cents
    )


def _upto(booked_cents: Mapping[date, int], day: date, *, whole: bool = True) -> int:
    return sum(
        cents for booked, cents in booked_cents.items() if booked < day or (whole and booked == day)
    )
