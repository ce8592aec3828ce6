"""What the entries of a case add up to: the copies that the case keeps."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cases.ledger.models import EntryKind
from cases.ledger.statement_parts import SETTLING, Posting
from legal.allocation import Component


@dataclass(frozen=True, slots=True)
class BookedBalances:
    """What the entries of a case add up to, interest that runs left out."""

    principal_cents: int = 0
    booked_open_cents: int = 0
    received_cents: int = 0


def sum_balances(sums: Iterable[tuple[Component, EntryKind, int]]) -> BookedBalances:
    """The balances of sums by component and kind, where a reversal has the kind it reverses."""
    principal = booked = received = 0
    for component, kind, cents in sums:
        settles = kind in SETTLING
        received -= cents if settles else 0
        if component is Component.PRINCIPAL and not settles:
            principal += cents
        if component is not Component.INTEREST:
            booked += cents
    return BookedBalances(principal, booked, received)


def balances_of(postings: Collection[Posting]) -> BookedBalances:
    """The balances of the entries of one case."""
    kinds = {posting.id: posting.kind for posting in postings}
    return sum_balances(
        (each.component, kinds[each.reverses_id or each.id], each.signed_cents) for each in postings
    )
