"""Orders of German law: within one debt § 367 or § 497(3), between several debts § 366."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from legal.allocation import (
    ClaimsAllocation,
    Component,
    OpenClaim,
    allocate_in_ranks,
    check_designation,
)
from legal.errors import InputInvalid

#: Costs, then interest, then principal. Law: BGB § 367(1).
GENERAL_ORDER = (Component.COSTS, Component.INTEREST, Component.PRINCIPAL)
#: Consumer loans: principal before interest. Law: BGB § 497(3) sentence 1.
CONSUMER_LOAN_ORDER = (Component.COSTS, Component.PRINCIPAL, Component.INTEREST)
ORDER_WORDS = {
    "de": "zuerst auf Kosten, dann auf Zinsen, dann auf die Hauptforderung (§ 367 Abs. 1 BGB)",
    "en": "to costs first, then interest, then principal (section 367(1) BGB)",
}
LOAN_ORDER_WORDS = {
    "de": "zuerst auf Kosten, dann auf die Hauptforderung, dann auf Zinsen (§ 497 Abs. 3 BGB)",
    "en": "to costs first, then principal, then interest (section 497(3) BGB)",
}


def designated_order(designation: Sequence[Component]) -> tuple[Component, ...]:
    """The debtor's own order first, what he left open by the general one.

    Law: BGB § 367(2): the creditor may refuse a payment so designated; keeping it accepts it.
    """
    if len(set(designation)) != len(designation):
        raise InputInvalid("The designation names a component twice.", field="designation")
    rest = [component for component in GENERAL_ORDER if component not in designation]
    return (*designation, *rest)


def ranks_of_claims(
    claims: Sequence[OpenClaim], paid_on: date, designation: Sequence[str] = ()
) -> list[list[str]]:
    """The ids of the claims in the order in which a payment fills them; equals share a rank.

    Law: BGB § 366(1): the debtor's designation. § 366(2): the debt that is due; of several, the
    one with the lesser security, the more burdensome, the older; equals in proportion.
    """
    check_designation(claims, designation)

    def rank(claim: OpenClaim) -> tuple[bool, bool, Decimal, date]:
        return claim.due_on > paid_on, claim.secured, -claim.rate_percent, claim.due_on

    rest = sorted((claim for claim in claims if claim.id not in designation), key=rank)
    return [
        *([name] for name in designation),
        *([claim.id for claim in group] for _, group in groupby(rest, key=rank)),
    ]


def allocate_between(
    payment_cents: int, paid_on: date, claims: Sequence[OpenClaim], designation: Sequence[str] = ()
) -> ClaimsAllocation:
    """Spread one payment over several claims. Law: BGB § 366."""
    open_cents = {claim.id: claim.open_cents for claim in claims}
    if len(open_cents) != len(claims):
        raise InputInvalid("Two claims have the same id.", field="claims")
    return allocate_in_ranks(
        payment_cents, open_cents, ranks_of_claims(claims, paid_on, designation)
    )
