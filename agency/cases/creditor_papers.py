"""What the creditor gave us about a case, and what each claim still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.documents.queries import Kept, missing_by_claim
from cases.intake.documents import list_invoiced, list_of_case
from portal.pages.document_words import group_word


@dataclass(frozen=True, slots=True)
class CreditorPapers:
    """The creditor's documents, and by claim what is missing, in words."""

    kept: Sequence[Kept]
    missing: Mapping[int, str]


def load_papers(case_id: int, claim_ids: Sequence[int]) -> CreditorPapers:
    """The documents of a case, and what is missing of each of its claims."""
    kept = list_of_case(case_id, claim_ids)
    missing = missing_by_claim(claim_ids, kept, list_invoiced(claim_ids))
    worded = {claim_id: "; ".join(map(group_word, groups)) for claim_id, groups in missing.items()}
    return CreditorPapers(kept, {claim_id: text for claim_id, text in worded.items() if text})
