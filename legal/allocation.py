"""Allocation of a payment (Tilgungsverrechnung): which debts it extinguishes.

The order is the law of a country; filling up in that order is the same everywhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from legal.errors import InputInvalid, LawError
from legal.rounding import round_cumulatively


class AmountNotPositive(LawError):
    """A payment must be more than zero."""


class Component(StrEnum):
    """The part of a debt an amount belongs to."""

    PRINCIPAL = "principal"  # Hauptforderung
    INTEREST = "interest"  # Zinsen
    COSTS = "costs"  # Kosten


@dataclass(frozen=True, slots=True)
class Allocation:
    """How one payment was spread; the surplus (Überzahlung) belongs to the debtor."""

    paid_cents: Mapping[Component, int]
    surplus_cents: int


def allocate(
    payment_cents: int, open_cents: Mapping[Component, int], order: Sequence[Component]
) -> Allocation:
    """Fill the open components one after another until the payment is used up.

    Raises:
        AmountNotPositive: the payment is zero or negative.
    """
    if payment_cents <= 0:
        raise AmountNotPositive
    remaining = payment_cents
    paid: dict[Component, int] = {}
    for component in order:
        paid[component] = min(remaining, open_cents[component])
        remaining -= paid[component]
    return Allocation(paid, surplus_cents=remaining)


@dataclass(frozen=True, slots=True)
class ClaimsAllocation:
    """How one payment was spread over several claims; every claim has its share, maybe zero."""

    paid_cents: Mapping[str, int]
    surplus_cents: int


def allocate_in_ranks(
    payment_cents: int, open_cents: Mapping[str, int], ranks: Iterable[Sequence[str]]
) -> ClaimsAllocation:
    """Fill rank after rank; claims of one rank share in proportion to what is open on them.

    Raises:
        AmountNotPositive: the payment is zero or negative.
    """
    if payment_cents <= 0:
        raise AmountNotPositive
    remaining = payment_cents
    paid: dict[str, int] = {}
    for rank in ranks:
        shares = _in_proportion(remaining, [open_cents[claim] for claim in rank])
        paid.update(zip(rank, shares, strict=True))
        remaining -= sum(shares)
    return ClaimsAllocation(paid, surplus_cents=remaining)


def _in_proportion(amount_cents: int, open_cents: Sequence[int]) -> list[int]:
    total = sum(open_cents)
    if amount_cents >= total:
        return list(open_cents)
    # Rounded cumulatively, so that the shares add up; none exceeds what is open on its claim.
    return round_cumulatively((amount_cents * part for part in open_cents), total)


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """What the order of several debts looks at."""

    id: str
    open_cents: int
    due_on: date
    secured: bool = False
    rate_percent: Decimal = Decimal(0)  # The higher the interest, the more burdensome the debt.


def check_designation(claims: Iterable[OpenClaim], designation: Sequence[str]) -> None:
    """Refuse a debtor's order that names an unknown claim, or one twice.

    Raises:
        InputInvalid: with the field.
    """
    ids = {claim.id for claim in claims}
    if unknown := [name for name in designation if name not in ids]:
        raise InputInvalid(
            f"The designation names no claim of the list: {unknown[0]}.", field="designation"
        )
    if len(set(designation)) != len(designation):
        raise InputInvalid("The designation names a claim twice.", field="designation")
