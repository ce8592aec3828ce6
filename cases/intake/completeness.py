"""How complete the evidence of a claim is (Belegstand): what is there, what is missing.

What its objection needs counts twice. Terms count as known only with the day on which they were
handed over: towards a consumer not later than the contract. Law: BGB §§ 305(2), 310(1).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.claims.models import Claim, Purpose
from cases.documents.models import ClaimDocument, DocumentKind
from cases.documents.queries import Kept
from cases.objections.catalogue import labels, reason_of

#: What a complete file of a claim holds; any one of a group will do.
EXPECTED: tuple[tuple[DocumentKind, ...], ...] = (
    (DocumentKind.CONTRACT, DocumentKind.ORDER),
    (DocumentKind.DELIVERY_NOTE,),
    (DocumentKind.INVOICE,),
    (DocumentKind.TERMS,),
    (DocumentKind.REMINDER,),
    (DocumentKind.ACCOUNT_OPENING,),
)
NEEDED_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of evidence: whether it is there, and whether an objection needs it."""

    group: tuple[DocumentKind, ...]
    has: bool
    needed: bool
    doubt: bool = False  # Terms without the day, or handed over too late.

    @property
    def weight(self) -> int:
        """How much it counts."""
        return NEEDED_WEIGHT if self.needed else 1


@dataclass(frozen=True, slots=True)
class Meter:
    """The evidence of a claim in points."""

    claim: Claim
    items: tuple[Item, ...]

    @property
    def have(self) -> int:
        """Points that are there."""
        return sum(item.weight for item in self.items if item.has and not item.doubt)

    @property
    def total(self) -> int:
        """Points of a complete file."""
        return sum(item.weight for item in self.items)

    @property
    def missing(self) -> list[Item]:
        """What is not there, what an objection needs first."""
        lacking = [item for item in self.items if not item.has]
        return sorted(lacking, key=lambda item: not item.needed)


def meter_of(
    claim: Claim, documents: Iterable[Kept], invoiced: Collection[int], kinds: Sequence[str]
) -> Meter:
    """The meter of a claim; `kinds` are those of the objections against it."""
    own = [each.document for each in documents if each.document.claim_id in {None, claim.id}]
    there = {document.kind for document in own}
    if claim.id in invoiced:
        there.add(DocumentKind.INVOICE)
    if claim.reminders or claim.reminded_on:
        there.add(DocumentKind.REMINDER)
    wanted = [labels()[label] for code in kinds for label in reason_of(code).needs]
    needed = {kind for label in wanted for kind in label.documents}
    return Meter(
        claim,
        tuple(
            Item(
                group,
                has=not there.isdisjoint(group),
                needed=not needed.isdisjoint(group),
                doubt=DocumentKind.TERMS in group and not terms_known(claim, own),
            )
            for group in EXPECTED
        ),
    )


def terms_known(claim: Claim, documents: Iterable[ClaimDocument]) -> bool:
    """Whether it is shown that the customer had the terms in time."""
    days = [d.handed_on for d in documents if d.kind is DocumentKind.TERMS and d.handed_on]
    return bool(days) and (claim.purpose is Purpose.BUSINESS or _in_time(min(days), claim))


def _in_time(handed_on: date, claim: Claim) -> bool:
    return claim.contract_on is None or handed_on <= claim.contract_on
