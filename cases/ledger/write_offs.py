"""Letting go of what is still open: waived, settled or written off, always with the reason.

A waiver (Verzicht) and a settlement (Vergleich) let the debtor off; a write-off (Ausbuchung) only
ends our pursuit. Principal and interest are the creditor's, so the caller has his authority.
"""

from collections.abc import Collection, Sequence
from datetime import date

from cases.claims import timeline
from cases.claims.models import Case
from cases.core import clock
from cases.ledger.allocation import Share
from cases.ledger.errors import WhyMissing
from cases.ledger.models import Direction, EntryKind, Journal
from cases.ledger.queries import convention_of, list_postings, list_terms
from cases.ledger.services import open_shares, owed_on, post_correction
from cases.ledger.statement import Posting, Statement, compute_statement
from legal.allocation import Component

ALL_PARTS = frozenset(Component)


def write_off(
    case: Case,
    why: str,
    *,
    kind: EntryKind = EntryKind.WRITE_OFF,
    day: date | None = None,
    claim_id: int | None = None,
    parts: Collection[Component] = ALL_PARTS,
    reference: str | None = None,
) -> Journal | None:
    """Let go of all that is open on a day; None when nothing is.

    `claim_id` limits it to one claim, `parts` to some components. The case must be locked.

    Raises:
        WhyMissing: no reason was given.
        NotACorrection: the kind is none of waiver, settlement, credit note and write-off.
    """
    if not why.strip():
        raise WhyMissing
    day = day or clock.today()
    shares = [
        share
        for share in remainder_shares(case, day, parts)
        if claim_id is None or share.claim_id == claim_id
    ]
    if not shares:
        return None
    journal = post_correction(case, kind, shares, day, why.strip(), reference)
    timeline.record(
        case,
        "remainder.let_go",
        amount_cents=sum(share.cents for share in shares),
        why=why.strip(),
        how=kind.value,
        journal_id=journal.id,
        open_cents=owed_on(case, day).open_cents,
    )
    return journal


def settle_remainder(case: Case, day: date, words: str) -> Journal | None:
    """Let go of all that is still open after a settlement (Vergleich) was fulfilled."""
    return write_off(case, words, kind=EntryKind.SETTLEMENT, day=day)


def remainder_shares(
    case: Case, day: date, parts: Collection[Component] = ALL_PARTS
) -> list[Share]:
    """What is open on a day, part by part, as it is once the interest-bearing parts are gone.

    What is let go bears no interest on its own day, so interest is counted without that day where
    the principal goes too; the account then comes out at zero and not below.
    """
    shares = [share for share in open_shares(owed_on(case, day)) if share.component in parts]
    bearing = [s for s in shares if s.component is Component.PRINCIPAL or s.bears_interest]
    if not bearing or Component.INTEREST not in parts:
        return shares
    others = [share for share in shares if share.component is not Component.INTEREST]
    after = open_shares(_without(case, bearing, day))
    return others + [share for share in after if share.component is Component.INTEREST]


def _without(case: Case, shares: Sequence[Share], day: date) -> Statement:
    """The statement as it will be when these parts are gone."""
    now = clock.now()
    gone = [
        Posting(
            id=0,
            claim_id=share.claim_id,
            journal_id=0,
            value_on=day,
            booked_on=day,
            posted_at=now,
            direction=Direction.CREDIT,
            component=share.component,
            kind=EntryKind.WAIVER,
            amount_cents=share.cents,
            bears_interest=share.bears_interest,
        )
        for share in shares
    ]
    return compute_statement(
        list_terms(case.id), [*list_postings(case.id), *gone], day, now, convention_of(case)
    )
