"""Debtors who may be those of a case under another spelling, with their cases. Staff only."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.claims.models import Case
from cases.claims.queries import list_cases_of_debtors
from cases.parties.similar import SimilarDebtor, list_similar

SHOWN = 5


@dataclass(frozen=True, slots=True)
class SimilarInFile:
    """Somebody who may be the same, and where to look."""

    found: SimilarDebtor
    cases: Sequence[Case]


def load_similar(debtor_ids: Sequence[int]) -> list[SimilarInFile]:
    """The first few who are spelled alike."""
    found = list_similar(debtor_ids)[:SHOWN]
    cases = list_cases_of_debtors([one.debtor.id for one in found]) if found else {}
    return [SimilarInFile(one, cases.get(one.debtor.id, [])) for one in found]
