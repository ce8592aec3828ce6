"""What the creditor gave us about a case, and what each claim still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.claims.models import Claim
from cases.documents.queries import Kept, missing_by_claim, proofs_of_reminders
from cases.intake.documents import list_invoiced, list_of_case
from portal.pages.document_words import group_word


@dataclass(frozen=True, slots=True)
class CreditorPapers:
    """The creditor's documents; by claim what is missing, in words, and its reminders' letters."""

    kept: Sequence[Kept]
    missing: Mapping[int, str]
    reminders: Mapping[int, Sequence[tuple[date, Kept | None]]]


def load_papers(case_id: int, claims: Sequence[Claim]) -> CreditorPapers:
    """The documents of a case, and what is missing of each of its claims."""
    claim_ids = [claim.id for claim in claims]
    kept = list_of_case(case_id, claim_ids)
    missing = missing_by_claim(claim_ids, kept, list_invoiced(claim_ids))
    worded = {claim_id: "; ".join(map(group_word, groups)) for claim_id, groups in missing.items()}
    return CreditorPapers(
        kept,
        {claim_id: text for claim_id, text in worded.items() if text},
        {claim.id: proofs_of_reminders(claim.id, claim.reminders, kept) for claim in claims},
    )
