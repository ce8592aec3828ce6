"""Reads of the claim account."""

from collections.abc import Collection
from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import ARRAY, BigInteger, any_, case, func, literal, select

from cases.claims.default import interest_rule
from cases.claims.law import law_of
from cases.claims.models import Case, Claim
from cases.claims.queries import get_case_by_id, list_claims
from cases.core import clock
from cases.core.database import db
from cases.core.many import one_of
from cases.ledger.models import ClosedPeriod, Direction, Entry, LawRate
from cases.ledger.rates import rates_of, rates_with_rows
from cases.ledger.statement import (
    ClaimTerms,
    Convention,
    Posting,
    Statement,
    compute_statement,
)
from cases.parties.models import AgencyProfile
from legal.allocation import Component
from legal.jurisdiction import Jurisdiction


def statement(
    case_id: int,
    as_of: date | None = None,
    known_at: datetime | None = None,
    convention: Convention | None = None,
) -> Statement:
    """The statement of a case on a day, as it was known at a moment; today and now by default."""
    return compute_statement(
        list_terms(case_id),
        list_postings(case_id),
        as_of or clock.today(),
        known_at or clock.now(),
        convention or convention_of(get_case_by_id(case_id)),
    )


def shown_statement(
    case_id: int, as_of: date | None = None, known_at: datetime | None = None
) -> Statement:
    """The statement for a screen: a claim that cannot be computed is named in `failures`.

    One odd claim never closes a page or a list; what is booked or demanded uses `statement`.
    """
    return compute_statement(
        list_terms(case_id),
        list_postings(case_id),
        as_of or clock.today(),
        known_at or clock.now(),
        convention_of(get_case_by_id(case_id)),
        lenient=True,
    )


def convention_of(case: Case) -> Convention:
    """How a case is computed: its law, and the settings of this house."""
    return house_convention(law_of(case))


def house_convention(law: Jurisdiction) -> Convention:
    """The settings of this house where practice knows two ways, and its table of a law's rates."""
    query = (
        select(AgencyProfile.payment_day_bears_interest, AgencyProfile.all_interest_first, LawRate)
        .outerjoin(LawRate, LawRate.jurisdiction == law.code)
        .order_by(LawRate.id)
    )
    rows = db.session.execute(query).all()  # One statement, because every booking asks.
    if not rows:
        return Convention(law=law, rates=rates_of(law))
    return Convention(
        payment_day_bears_interest=rows[0].payment_day_bears_interest,
        all_interest_first=rows[0].all_interest_first,
        law=law,
        rates=rates_with_rows(law, [row.LawRate for row in rows if row.LawRate is not None]),
    )


def list_terms(case_id: int) -> list[ClaimTerms]:
    """The claims of a case, as the statement reads them."""
    return [terms_of(claim) for claim in list_claims(case_id)]


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
    return [_as_posting(entry) for entry in db.session.scalars(query)]


def list_postings_of_cases(case_ids: Collection[int]) -> dict[int, list[Posting]]:
    """The entries of many cases, by case."""
    found: dict[int, list[Posting]] = {case_id: [] for case_id in case_ids}
    ids = literal(list(case_ids), ARRAY(BigInteger))
    columns = (getattr(Entry, field.name) for field in fields(Posting))
    query = select(Entry.case_id, *columns).where(Entry.case_id == any_(ids))
    for case_id, *values in db.session.execute(query.order_by(Entry.value_on, Entry.id)):
        found[case_id].append(Posting(*values))
    return found


def _as_posting(entry: Entry) -> Posting:
    return Posting(
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


def find_last_closed_day() -> date | None:
    """The end of the last closed period, if one was closed."""
    return db.session.scalar(select(func.max(ClosedPeriod.last_day)))


def open_principals(claim_ids: Collection[int]) -> dict[int, int]:
    """What is open of the principal of claims, by claim."""
    signed = case(
        (Entry.direction == Direction.DEBIT, Entry.amount_cents), else_=-Entry.amount_cents
    )
    query = (
        select(Entry.claim_id, func.sum(signed))
        .where(one_of(Entry.claim_id, claim_ids), Entry.component == Component.PRINCIPAL)
        .group_by(Entry.claim_id)
    )
    return {claim_id: int(cents) for claim_id, cents in db.session.execute(query)}
