"""The statement (Forderungsaufstellung): what is owed on a day, as it was known at a moment.

A pure function of the entries. Interest runs on the principal that is open, from the first day of
default to the key date, both counted, and on titled costs from their value date.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from cases.ledger.accrual import Span, accrue, per_day_cents, rate_on
from cases.ledger.statement_parts import (
    SETTLING,
    ClaimBalance,
    ClaimTerms,
    Convention,
    CostsBalance,
    Posting,
    Row,
    Statement,
)
from cases.ledger.statement_rows import make_rows
from legal.allocation import Component
from legal.errors import LawError
from legal.findings import Finding
from legal.interest import InterestPeriod

__all__ = [
    "SETTLING", "ClaimBalance", "ClaimTerms", "Convention", "CostsBalance", "Posting", "Row",
    "Statement", "compute_statement",
]  # fmt: skip


def compute_statement(
    terms: Sequence[ClaimTerms],
    postings: Iterable[Posting],
    as_of: date,
    known_at: datetime,
    convention: Convention | None = None,
    *,
    lenient: bool = False,
    with_rows: bool = True,
) -> Statement:
    """Compute the statement from what was known at a moment and counts by the key date.

    `lenient` is for showing only: a claim that the law's tables do not answer for is there with
    its failure and without interest. Whoever books or demands computes strictly, and who only
    asks for balances leaves the rows out.

    Raises:
        LawError: such a claim, if not lenient.
    """
    convention = convention or Convention()
    known = sorted(
        (p for p in postings if p.value_on <= as_of and p.posted_at <= known_at),
        key=lambda posting: (posting.value_on, posting.id),
    )
    settling = _settling_ids(known)
    by_claim: dict[int | None, list[Posting]] = {}
    for posting in known:
        by_claim.setdefault(posting.claim_id, []).append(posting)
    claims = [
        _claim_balance(
            claim, by_claim.get(claim.claim_id, []), settling, as_of, convention, lenient=lenient
        )
        for claim in terms
    ]
    costs = _costs_balance(known, settling, as_of, convention)
    return Statement(
        as_of=as_of,
        known_at=known_at,
        claims=tuple(claims),
        rows=make_rows(known, settling, claims, costs) if with_rows else (),
        costs=costs,
        all_interest_first=convention.all_interest_first,
        law=convention.law,
    )


def _settling_ids(known: Sequence[Posting]) -> set[int]:
    """The entries on the paid side; a reversal belongs where its original does."""
    settling = {posting.id for posting in known if posting.kind in SETTLING}
    reversals = {p.id for p in known if p.reverses_id in settling}
    return settling | reversals


def _sum(postings: Iterable[Posting]) -> int:
    return sum(posting.signed_cents for posting in postings)


def _claim_balance(
    terms: ClaimTerms,
    own: Sequence[Posting],
    settling: Collection[int],
    as_of: date,
    convention: Convention,
    *,
    lenient: bool,
) -> ClaimBalance:
    principal = [p for p in own if p.component is Component.PRINCIPAL]
    interest = [p for p in own if p.component is Component.INTEREST]
    failure: LawError | None = None
    try:
        spans = accrue(principal, terms.interest_first_day, terms.rule, as_of, convention)
        rate = rate_on(terms.interest_first_day, terms.rule, as_of, convention)
    except LawError as unknown:
        if not lenient:
            raise
        spans, rate, failure = [], Decimal(0), unknown
    return ClaimBalance(
        terms=terms,
        principal_cents=_sum(p for p in principal if p.id not in settling),
        principal_open_cents=_sum(principal),
        interest_accrued_cents=_accrued(spans) + _sum(p for p in interest if p.id not in settling),
        interest_paid_cents=-_sum(p for p in interest if p.id in settling),
        per_day_cents=per_day_cents(principal, spans),
        periods=_periods(spans),
        bases_cents=_bases(spans),
        notes=_notes(spans),
        rate_percent=rate,
        failure=failure,
    )


def _costs_balance(
    known: Sequence[Posting], settling: Collection[int], as_of: date, convention: Convention
) -> CostsBalance:
    costs = [p for p in known if p.component is Component.COSTS]
    bearing = [p for p in costs if p.bears_interest]
    # Interest that belongs to no claim is that on titled costs.
    interest = [p for p in known if p.component is Component.INTEREST and p.claim_id is None]
    first_day = min((p.value_on for p in bearing), default=None)
    rule = convention.law.costs_rule
    spans = accrue(bearing, first_day, rule, as_of, convention) if rule else []
    return CostsBalance(
        owed_cents=_sum(p for p in costs if p.id not in settling),
        paid_cents=-_sum(p for p in costs if p.id in settling),
        bearing_open_cents=_sum(bearing),
        interest_accrued_cents=_accrued(spans) + _sum(p for p in interest if p.id not in settling),
        interest_paid_cents=-_sum(p for p in interest if p.id in settling),
        per_day_cents=per_day_cents(bearing, spans),
        periods=_periods(spans),
        bases_cents=_bases(spans),
        notes=_notes(spans),
    )


def _accrued(spans: Sequence[Span]) -> int:
    return sum(interest.interest_cents for _, interest in spans)


def _periods(spans: Sequence[Span]) -> tuple[InterestPeriod, ...]:
    return tuple(period for _, interest in spans for period in interest.periods)


def _bases(spans: Sequence[Span]) -> tuple[int, ...]:
    return tuple(base for base, interest in spans for _ in interest.periods)


def _notes(spans: Sequence[Span]) -> tuple[Finding, ...]:
    return tuple(note for _, interest in spans[-1:] for note in interest.notes)
