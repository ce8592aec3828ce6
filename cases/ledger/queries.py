"""Reads of the claim account."""

from datetime import date, datetime

from sqlalchemy import select

from cases.claims.default import interest_rule
from cases.claims.models import Claim
from cases.claims.queries import list_claims
from cases.core import clock
from cases.core.database import db
from cases.ledger.models import Entry
from cases.ledger.statement import (
    ClaimTerms,
    Convention,
    Posting,
    Statement,
    compute_statement,
)


def statement(
    case_id: int,
    as_of: date | None = None,
    known_at: datetime | None = None,
    convention: Convention | None = None,
) -> Statement:
    """The statement of a case on a day, as it was known at a moment; today and now by default."""
    return compute_statement(
        [terms_of(claim) for claim in list_claims(case_id)],
        list_postings(case_id),
        as_of or clock.today(),
        known_at or clock.now(),
        convention,
    )


def terms_of(claim: Claim) -> ClaimTerms:
    """What the statement has to know about a claim."""
    return ClaimTerms(
        claim_id=claim.id,
        invoice_number=claim.invoice_number,
        invoiced_on=claim.invoiced_on,
        due_on=claim.due_on,
        interest_first_day=claim.default_on,
        rule=interest_rule(claim),
        is_consumer_loan=claim.is_consumer_loan,
    )


def list_postings(case_id: int) -> list[Posting]:
    """The entries of a case, as the statement reads them."""
    query = select(Entry).where(Entry.case_id == case_id).order_by(Entry.value_on, Entry.id)
    return [
        Posting(
            id=entry.id,
            claim_id=entry.claim_id,
            journal_id=entry.journal_id,
            value_on=entry.value_on,
            booked_on=entry.booked_on,
            posted_at=entry.posted_at,
            direction=entry.direction,
            component=entry.component,
            kind=entry.kind,
            amount_cents=entry.amount_cents,
            bears_interest=entry.bears_interest,
            words=entry.words,
            reverses_id=entry.reverses_id,
        )
        for entry in db.session.scalars(query)
    ]
