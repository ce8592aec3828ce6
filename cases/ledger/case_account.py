"""What stands still while money is booked on a case: read once, however often it is computed."""

from dataclasses import dataclass
from datetime import date, datetime

from cases.claims.models import Case
from cases.claims.queries import list_claims
from cases.ledger.queries import convention_of, list_postings, terms_of
from cases.ledger.statement import ClaimTerms, Convention, Statement, compute_statement


@dataclass(frozen=True, slots=True)
class CaseAccount:
    """The claims of a locked case and the way its house computes them; entries are read anew."""

    case: Case
    terms: tuple[ClaimTerms, ...]
    convention: Convention

    @property
    def first_day(self) -> date:
        """The day of the first invoice: earlier there is no debt."""
        return min(each.invoiced_on for each in self.terms)

    def statement(self, as_of: date, known_at: datetime) -> Statement:
        """What is owed on a day by the entries that are there now."""
        postings = list_postings(self.case.id)
        return compute_statement(self.terms, postings, as_of, known_at, self.convention)


def load_account(case: Case) -> CaseAccount:
    """The account of a case that is locked."""
    terms = tuple(terms_of(claim) for claim in list_claims(case.id))
    return CaseAccount(case, terms, convention_of(case))
