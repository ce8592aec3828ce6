"""Entries of the contact log are never changed: what was wrong is put right by a new entry."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from cases.claims import timeline
from cases.claims.queries import lock_case
from cases.contacts.catalogue import was_reached
from cases.contacts.errors import AlreadyCorrected, NonPaymentReasonMissing, NothingCorrected
from cases.contacts.models import Contact, ContactChannel, ContactOutcome, NonPaymentReason
from cases.core import audit
from cases.core.database import db
from cases.core.errors import NotFound
from cases.parties.debtor_models import DebtorRole

#: What a correction may change; when, by which way and by whom stay as they were.
CORRECTED = ("outcome", "person", "role", "right_person", "reason", "note", "next_step")
_KEPT = (
    "occurred_on", "case_id", "creditor_id", "debtor_id", "at", "channel", "direction",
    "number_used", "debtor_contact_id", "chaser", "file_id", "guide", "seconds",
    "overridden_because",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Correction:
    """How the entry should have read."""

    outcome: ContactOutcome | None = None
    person: str | None = None
    role: DebtorRole | None = None
    right_person: bool | None = None
    reason: NonPaymentReason | None = None
    note: str | None = None
    next_step: str | None = None


def correct_contact(public_id: str, case_id: int, correction: Correction) -> Contact:
    """Write the entry anew; the wrong one stays beside it. What came of it is changed by itself.

    Raises:
        NotFound, NothingCorrected, AlreadyCorrected, NonPaymentReasonMissing.
    """
    case = lock_case(case_id)
    wrong = get_contact(case_id, public_id)
    if corrected_ids(case_id, [wrong.id]):
        raise AlreadyCorrected
    if all(getattr(correction, name) == getattr(wrong, name) for name in CORRECTED):
        raise NothingCorrected
    spoken = wrong.channel in {ContactChannel.PHONE, ContactChannel.VISIT, ContactChannel.MEETING}
    if spoken and was_reached(correction.outcome) and correction.reason is None:
        raise NonPaymentReasonMissing
    right = Contact(
        corrects_id=wrong.id,
        user_id=audit.actor_id(),
        **{name: getattr(wrong, name) for name in _KEPT},
        **{name: getattr(correction, name) for name in CORRECTED},
    )
    db.session.add(right)
    db.session.flush()
    timeline.record(case, "contact.corrected", contact_id=right.id, corrects_id=wrong.id)
    return right


def get_contact(case_id: int, public_id: str) -> Contact:
    """An entry of a case's log; raises NotFound."""
    found = db.session.scalar(
        select(Contact).where(Contact.case_id == case_id, Contact.public_id == public_id)
    )
    if found is None:
        raise NotFound
    return found


def corrected_ids(case_id: int, ids: list[int]) -> set[int]:
    """Which of these entries were put right by another one."""
    newer = aliased(Contact)
    query = select(newer.corrects_id).where(newer.case_id == case_id, newer.corrects_id.in_(ids))
    return {found for found in db.session.scalars(query) if found is not None}
