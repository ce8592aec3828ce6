"""What we promised (Zusage des Büros): made, moved with a reason, kept."""

from dataclasses import dataclass
from datetime import datetime

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import lock_case
from cases.claims.services import ReasonMissing, require_open
from cases.contacts.errors import (
    CommitmentKept,
    DueInPast,
)
from cases.contacts.models import (
    Commitment,
    CommitmentKind,
)
from cases.contacts.queries import get_commitment
from cases.core import audit, clock
from cases.core.database import db
from cases.core.locks import relock


@dataclass(frozen=True, slots=True)
class CommitmentGiven:
    """What we said we would do, and when."""

    what: str
    due_at: datetime
    kind: CommitmentKind = CommitmentKind.CALL_BACK


def make_commitment(case: Case, given: CommitmentGiven) -> Commitment:
    """Note what we promised (Zusage des Büros); the worklist reminds us."""
    require_open(case)
    if given.due_at < clock.now():
        raise DueInPast
    commitment = Commitment(
        case_id=case.id,
        creditor_id=case.creditor_id,
        kind=given.kind,
        what=given.what.strip(),
        due_at=given.due_at,
        owner_id=audit.actor_id(),
    )
    db.session.add(commitment)
    db.session.flush()
    timeline.record(
        case,
        "commitment.made",
        commitment_id=commitment.id,
        what=commitment.what,
        due_on=clock.local(given.due_at).date(),
        due_at=given.due_at.isoformat(),
    )
    return commitment


def lock_commitment(public_id: str) -> Commitment:
    """The commitment of that public id, locked, its case before it; raises NotFound."""
    found = get_commitment(public_id)
    lock_case(found.case_id)
    relock(found)
    return found


def move_commitment(commitment: Commitment, due_at: datetime, why: str, *, told: bool) -> None:
    """Move what we promised to a later time; a debtor who does not know it has to be told.

    Raises:
        ReasonMissing, DueInPast, CommitmentKept, CaseClosed.
    """
    case = lock_case(commitment.case_id)
    relock(commitment)
    require_open(case)
    if commitment.kept_at is not None or commitment.withdrawn_at is not None:
        raise CommitmentKept
    if not why.strip():
        raise ReasonMissing
    if due_at <= clock.now():
        raise DueInPast
    commitment.first_due_at = commitment.first_due_at or commitment.due_at
    commitment.due_at, commitment.moved_reason = due_at, why.strip()
    timeline.record(
        case,
        "commitment.moved",
        commitment_id=commitment.id,
        what=commitment.what,
        due_on=clock.local(due_at).date(),
        due_at=due_at.isoformat(),
        why=why.strip(),
        told="yes" if told else "no",
    )


def keep_commitment(commitment: Commitment) -> None:
    """Note that we did what we promised; raises CommitmentKept."""
    case = lock_case(commitment.case_id)
    relock(commitment)
    if commitment.kept_at is not None or commitment.withdrawn_at is not None:
        raise CommitmentKept
    commitment.kept_at = clock.now()
    timeline.record(case, "commitment.kept", commitment_id=commitment.id, what=commitment.what)
