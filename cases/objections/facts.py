"""What the file of a claim says beyond what it was handed in with: noted by us, or answered."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from cases.claims.models import Claim
from cases.core import audit, clock
from cases.core.database import db
from cases.core.many import one_of
from cases.objections.evidence_models import ClaimFact

#: Facts that people note, by the form of their value; all others are found in the records.
DAYS = (
    "delivered_on", "promised_on", "notice_sent_on", "discovered_on", "accepted_on",
    "instructed_on", "withdrawal_sent_on", "cancelled_on", "contract_ends_on",
    "guardian_asked_on", "invoice_returned_on", "authority_shown_on", "plan_agreed_on",
    "counterclaim_due_on",
)  # fmt: skip
FLAGS = (
    "goods", "merchants", "own_carrier", "delivery_note_signed", "hidden", "perishable",
    "invoice_received", "terms_included", "order_proven", "order_button", "price_agreed",
    "minor_at_contract", "guardian_consented", "police_report", "heir_named", "animal",
    "cancel_button",
)  # fmt: skip
AMOUNTS = ("repair_cents", "proof_cents")


def note_fact(
    claim: Claim, fact: str, value: date | bool | int, piece_id: int | None = None
) -> None:
    """Keep what the file says; the same again is not kept twice."""
    if known_facts([claim.id]).get(claim.id, {}).get(fact) == value:
        return
    kept = ClaimFact(
        claim_id=claim.id,
        creditor_id=claim.creditor_id,
        fact=fact,
        fact_on=value if isinstance(value, date) else None,
        fact_yes=value if isinstance(value, bool) else None,
        fact_cents=value if isinstance(value, int) and not isinstance(value, bool) else None,
        piece_id=piece_id,
        noted_at=clock.now(),
        noted_by=audit.actor_id(),
    )
    db.session.add(kept)
    db.session.flush()
    audit.record("claim.fact_noted", "claim", claim.id, creditor_id=claim.creditor_id, fact=fact)


def known_facts(claim_ids: Collection[int]) -> Mapping[int, dict[str, Any]]:
    """The newest value of every fact, by claim."""
    found: dict[int, dict[str, Any]] = {claim_id: {} for claim_id in claim_ids}
    query = select(ClaimFact).where(one_of(ClaimFact.claim_id, claim_ids)).order_by(ClaimFact.id)
    for row in db.session.scalars(query):
        values = (row.fact_on, row.fact_yes, row.fact_cents)
        found[row.claim_id][row.fact] = next(value for value in values if value is not None)
    return found


def delivered_late(claim_ids: Collection[int]) -> dict[int, tuple[date, date]]:
    """Claims whose delivery came after the promised day: promised and delivered."""
    return {
        claim_id: (facts["promised_on"], facts["delivered_on"])
        for claim_id, facts in known_facts(claim_ids).items()
        if "promised_on" in facts
        and "delivered_on" in facts
        and facts["promised_on"] < facts["delivered_on"]
    }
