"""What a newer base rate changes: the recalculation report."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select

from cases.claims.law import HOME, law_of_jurisdiction
from cases.claims.models import Case, Claim, Phase
from cases.claims.queries import list_claims
from cases.core import clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.ledger.queries import house_convention, list_postings, terms_of
from cases.ledger.rates import house_rates
from cases.ledger.statement import Convention, compute_statement
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


def list_changed_cases(
    since: date, before: BaseRates, after: BaseRates, today: date, limit: int = 1000
) -> list[ChangedCase]:
    """Open cases whose interest to date differs between two tables, the largest change first."""
    if since > today:
        return []
    query = (
        select(Case)
        .where(
            Case.phase != Phase.CLOSED,
            Case.jurisdiction == HOME,
            Case.id.in_(_bearing()),
        )
        .order_by(Case.booked_open_cents.desc(), Case.id)
        .limit(limit)
    )
    convention = house_convention(law_of_jurisdiction())
    old, new = replace(convention, rates=before), replace(convention, rates=after)
    found = [
        ChangedCase(case, _interest(case.id, today, old), _interest(case.id, today, new))
        for case in db.session.scalars(query)
    ]
    changed = [row for row in found if row.difference_cents]
    return sorted(changed, key=lambda row: (-abs(row.difference_cents), row.case.id))


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


def _bearing() -> Select[int]:
    return select(Claim.case_id).where(
        Claim.default_on.is_not(None), Claim.agreed_rate_percent.is_(None)
    )


def _interest(case_id: int, day: date, convention: Convention) -> int:
    terms = [terms_of(claim) for claim in list_claims(case_id)]
    postings = list_postings(case_id)
    owed = compute_statement(terms, postings, day, clock.now(), convention)
    return owed.interest_open_cents
