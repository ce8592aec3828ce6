"""Claim accounts in memory: read for many cases at once, drafted on, and written together.

Whoever books in sets holds the cases locked, so that nobody else changes an account meanwhile.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from cases.claims.law import law_of
from cases.claims.models import Case, Claim
from cases.claims.queries import list_claims_of_cases
from cases.ledger.posting import ClaimEntry
from cases.ledger.queries import house_convention, list_postings_of_cases, terms_of
from cases.ledger.statement import ClaimTerms, Convention, Statement, compute_statement
from cases.ledger.statement_parts import Posting

#: What is only supposed counts behind all that is drafted, of whatever number.
SUPPOSED = 2**62 + 2**61


@dataclass(slots=True)
class ClaimAccount:
    """What is booked on one case, drafts included."""

    case: Case
    claims: list[Claim]
    postings: list[Posting]
    convention: Convention
    terms: list[ClaimTerms]

    def owed(self, day: date, known_at: datetime) -> Statement:
        """What is owed on a day, without rows; raises LawError."""
        return compute_statement(
            self.terms, self.postings, day, known_at, self.convention, with_rows=False
        )

    @contextmanager
    def supposing(self) -> Iterator[None]:
        """What is supposed inside is forgotten behind it."""
        booked = len(self.postings)
        try:
            yield
        finally:
            del self.postings[booked:]

    def suppose(self, entries: Sequence[ClaimEntry], day: date, known_at: datetime) -> None:
        """Count entries as if they were booked: no draft is made of them."""
        self.postings += [
            Posting(
                SUPPOSED + len(self.postings) + place, entry.claim_id, 0, entry.value_on or day,
                day, known_at, entry.direction, entry.component, entry.kind, entry.amount_cents,
                entry.bears_interest,
            )
            for place, entry in enumerate(entries)
        ]  # fmt: skip


def open_accounts(cases: Mapping[int, Case]) -> dict[int, ClaimAccount]:
    """The claim accounts of cases that are locked, by case."""
    claims = list_claims_of_cases(cases)
    postings = list_postings_of_cases(cases)
    laws = {case.jurisdiction: law_of(case) for case in cases.values()}
    conventions = {code: house_convention(law) for code, law in laws.items()}
    return {
        case_id: ClaimAccount(
            case,
            claims[case_id],
            postings[case_id],
            conventions[case.jurisdiction],
            [terms_of(claim) for claim in claims[case_id]],
        )
        for case_id, case in cases.items()
    }
