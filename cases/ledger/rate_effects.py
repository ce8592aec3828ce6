"""What a newer base rate changes: the recalculation report."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, func, select

from cases.claims.law import HOME, law_of_jurisdiction
from cases.claims.models import Case, Claim, Phase
from cases.claims.queries import list_claims_of_cases
from cases.core import clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.ledger.queries import house_convention, list_postings_of_cases, terms_of
from cases.ledger.rates import house_rates
from cases.ledger.statement import compute_statement
from legal.base_rates import BaseRates


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """One case with its interest before and after."""

    case: Case
    before_cents: int
    after_cents: int

    @property
    def difference_cents(self) -> int:
        """What the new rate adds."""
        return self.after_cents - self.before_cents


@dataclass(frozen=True, slots=True)
class RateReport:
    """What changes, and how many of the cases that bear interest were compared."""

    rows: list[ChangedCase]
    compared: int
    bearing: int


def rate_report(
    since: date, before: BaseRates, after: BaseRates, today: date, limit: int = 1000
) -> RateReport:
    """Open cases whose interest to date differs between two tables, the largest change first.

    The cases with the largest amounts are compared; claims and entries of all of them are read at
    once.
    """
    if since > today:
        return RateReport([], 0, 0)
    largest = _bearing().order_by(Case.booked_open_cents.desc(), Case.id).limit(limit)
    cases = list(db.session.scalars(largest))
    ids = [case.id for case in cases]
    claims, postings = list_claims_of_cases(ids), list_postings_of_cases(ids)
    convention, known_at = house_convention(law_of_jurisdiction()), clock.now()

    def interest(case: Case, rates: BaseRates) -> int:
        terms = [terms_of(claim) for claim in claims[case.id]]
        way = replace(convention, rates=rates)
        return compute_statement(terms, postings[case.id], today, known_at, way).interest_open_cents

    found = [ChangedCase(case, interest(case, before), interest(case, after)) for case in cases]
    changed = [row for row in found if row.difference_cents]
    changed.sort(key=lambda row: (-abs(row.difference_cents), row.case.id))
    return RateReport(
        changed, len(cases), _count(_bearing()) if len(cases) == limit else len(cases)
    )


def rates_before(valid_from: str) -> tuple[date, BaseRates]:
    """The house's table without the agency's own row of a half-year; raises NotFound."""
    try:
        day = date.fromisoformat(valid_from)
    except ValueError as wrong:
        raise NotFound from wrong
    rows = [row for row in house_rates().rows if row.valid_from != day or row.confidence != "house"]
    known = law_of_jurisdiction().base_rates()
    shipped = [row for row in known.rows if row.valid_from == day] if known else []
    kept = sorted([*rows, *(row for row in shipped if row not in rows)], key=lambda r: r.valid_from)
    until = next((i for i, row in enumerate(kept) if row.valid_from > day), len(kept))
    gap = not any(row.valid_from == day for row in kept)
    return day, BaseRates(kept[:until] if gap else kept)


def _bearing() -> Select[Case]:
    bears = select(Claim.case_id).where(
        Claim.default_on.is_not(None), Claim.agreed_rate_percent.is_(None)
    )
    return select(Case).where(
        Case.phase != Phase.CLOSED, Case.jurisdiction == HOME, Case.id.in_(bears)
    )


def _count(query: Select[Case]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
