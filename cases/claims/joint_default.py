"""Since when each joint debtor is in default with each claim.

Default works only against the joint debtor in whose person it came about: a reminder puts nobody
in default but who received it, while a payment day agreed in the contract binds everybody.
Law: BGB §§ 286, 425(2).

The claim itself keeps the earliest of these days, from which the claim account counts: what the
claim bears is owed by somebody. What one of them owes is computed from his own day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.claims.models import Claim, JointDefault
from cases.claims.queries import DebtorInCase, list_claims, list_debtors
from cases.core.database import db
from legal.default import Ground

#: Grounds that lie in the contract, which all of them made.
COMMON = frozenset({Ground.AGREED_DAY.value})


@dataclass(frozen=True, slots=True)
class Start:
    """Since when somebody is in default with a claim, and why; nothing if he is not."""

    default_on: date | None
    basis: str | None
    reminded_on: date | None = None


Starts = Mapping[int, Start]


def starts_of(case_id: int) -> dict[int, dict[int, Start]]:
    """For each debtor of a case, by his id: claim -> since when he is in default with it."""
    return starts_among(list_claims(case_id), list_debtors(case_id), list_joint_defaults([case_id]))


def starts_among(
    claims: Sequence[Claim], debtors: Sequence[DebtorInCase], known: Sequence[JointDefault]
) -> dict[int, dict[int, Start]]:
    """The same from what was read already."""
    own = {(row.claim_id, row.debtor_id): row for row in known}
    return {
        one.debtor.id: {
            claim.id: _start(claim, own.get((claim.id, one.debtor.id)), first=one is debtors[0])
            for claim in claims
        }
        for one in debtors
    }


def list_joint_defaults(case_ids: Sequence[int]) -> list[JointDefault]:
    """What is known of single joint debtors."""
    query = select(JointDefault).where(JointDefault.case_id.in_(case_ids))
    return list(db.session.scalars(query.order_by(JointDefault.id)))


def _start(claim: Claim, row: JointDefault | None, *, first: bool) -> Start:
    if row is not None:
        return Start(row.default_on, row.default_basis, row.reminded_on)
    # A reminder that the creditor named went to the first debtor, as far as anybody has said.
    if first or claim.default_basis in COMMON:
        return Start(claim.default_on, claim.default_basis, claim.reminded_on if first else None)
    return Start(None, None)
