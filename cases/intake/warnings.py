"""What intake warned of when a claim came in, and what the creditor confirmed: kept for the case.

A row that became a claim cannot be changed any more, so its findings stand as they were when it
was handed over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from cases.claims.models import Claim
from cases.core.database import db
from cases.intake.models import SubmissionRow

#: About the upload alone, settled once the claim exists.
_OF_UPLOADS = frozenset({"in_other_upload"})


@dataclass(frozen=True, slots=True)
class Warned:
    """What was said of one claim: findings as kept, and the codes its creditor confirmed."""

    claim_id: int
    invoice_number: str
    findings: Sequence[Mapping[str, Any]]
    confirmed: Sequence[str]


def warnings_of_case(case_id: int) -> list[Warned]:
    """The claims of a case with a warning or a confirmation, in the order they came."""
    confirmed = func.jsonb_typeof(SubmissionRow.answers["confirmed"]) == "array"
    query = (
        select(Claim.id, Claim.invoice_number, SubmissionRow.findings, SubmissionRow.answers)
        .join(SubmissionRow, SubmissionRow.claim_id == Claim.id)
        .where(Claim.case_id == case_id, or_(SubmissionRow.warned, confirmed))
        .order_by(Claim.id)
    )
    found = [
        Warned(
            claim_id,
            number,
            [each for each in findings if each["code"] not in _OF_UPLOADS],
            answers.get("confirmed", []),
        )
        for claim_id, number, findings, answers in db.session.execute(query)
    ]
    return [each for each in found if each.findings or each.confirmed]
