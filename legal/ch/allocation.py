"""Orders of Swiss law: costs and interest before principal; several debts by OR 86 and 87."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from legal.allocation import Component, OpenClaim, check_designation

#: Costs and interest before principal. Law: OR 85(1).
ORDER = (Component.COSTS, Component.INTEREST, Component.PRINCIPAL)
ORDER_WORDS = {
    "de": "zuerst auf Kosten und Zinsen, dann auf die Hauptforderung (Art. 85 Abs. 1 OR)",
    "en": "to costs and interest first, then principal (art. 85(1) CO)",
}


def ranks_of_claims(
    claims: Sequence[OpenClaim], paid_on: date, designation: Sequence[str] = ()
) -> list[list[str]]:
    """The ids of the claims in the order in which a payment fills them; equals share a rank.

    Law: OR 86(1): the debtor's designation. OR 87: the debt that is due; of several, the one first
    due; those due on one day in proportion; if none is due, the least secured. Which debt was
    enforced first is not known here: one case is enforced as a whole.
    """
    check_designation(claims, designation)

    def rank(claim: OpenClaim) -> tuple[bool, bool, date]:
        due = claim.due_on <= paid_on
        return not due, not due and claim.secured, claim.due_on if due else date.max

    rest = sorted((claim for claim in claims if claim.id not in designation), key=rank)
    return [
        *([name] for name in designation),
        *([claim.id for claim in group] for _, group in groupby(rest, key=rank)),
    ]
