"""Complaints: recorded, routed to the creditor with a day, answered; causes noted and counted."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import lock_case
from cases.claims.services import require_open
from cases.contacts.models import NonPaymentReason
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.outbox import register_effect
from cases.objections.complaints.models import Cause, Complaint, RootCause
from cases.objections.errors import RaisedInFuture, WordsMissing
from cases.objections.settings import get_settings

EFFECT = "complaint.answered"


class ComplaintAnswerMissing(Invalid):
    """Please write what you did or will do; we pass it on in the case."""


class ComplaintAnswered(Conflict):
    """This complaint is answered already."""


def record_complaint(case_id: int, words: str, raised_on: date) -> Complaint:
    """Keep a complaint; the creditor finds it in his portal with the day of his answer.

    Raises:
        WordsMissing, RaisedInFuture, CaseClosed.
    """
    case = lock_case(case_id)
    require_open(case)
    if not words.strip():
        raise WordsMissing
    if raised_on > clock.today():
        raise RaisedInFuture
    kept = Complaint(
        case_id=case.id,
        creditor_id=case.creditor_id,
        words=words.strip(),
        raised_on=raised_on,
        due_on=clock.today() + timedelta(days=get_settings().evidence_days),
        recorded_at=clock.now(),
        recorded_by=audit.actor_id(),
    )
    db.session.add(kept)
    db.session.flush()
    timeline.record(case, "complaint.recorded", complaint_id=kept.id, due_on=kept.due_on)
    return kept


def answer_in_portal(complaint: Complaint, words: str) -> None:
    """Keep the creditor's answer; a worker tells the staff.

    Raises:
        ComplaintAnswerMissing, ComplaintAnswered.
    """
    if complaint.answered_at is not None:
        raise ComplaintAnswered
    if not words.strip():
        raise ComplaintAnswerMissing
    complaint.answer = words.strip()
    complaint.answered_at, complaint.answered_by = clock.now(), audit.actor_id()
    db.session.flush()
    audit.record("complaint.answered", "complaint", complaint.id, creditor_id=complaint.creditor_id)
    register_effect(EFFECT, f"complaint:{complaint.id}", complaint_id=complaint.id)


def tell_answer(key: str, complaint_id: int) -> None:
    """Carry out the effect: the answer is back in the case."""
    complaint = db.session.get_one(Complaint, complaint_id)
    case = lock_case(complaint.case_id)
    audit.set_actor(complaint.answered_by)
    timeline.record(case, "complaint.answered", complaint_id=complaint.id)


def get_complaint(public_id: str) -> Complaint:
    """The complaint of that public id. For a creditor only its own exist; raises NotFound."""
    query = select(Complaint).where(Complaint.public_id == public_id)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def list_complaints(case_id: int) -> list[Complaint]:
    """The complaints of a case, newest first."""
    query = select(Complaint).where(Complaint.case_id == case_id)
    return list(db.session.scalars(query.order_by(Complaint.id.desc())))


def list_open_complaints(limit: int = 200) -> list[Complaint]:
    """What the creditor still owes an answer to, the earliest day first."""
    query = select(Complaint).where(Complaint.answered_at.is_(None))
    return list(db.session.scalars(query.order_by(Complaint.due_on, Complaint.id).limit(limit)))


def note_cause(
    case: Case,
    cause: Cause,
    *,
    objection_id: int | None = None,
    complaint_id: int | None = None,
    reason: NonPaymentReason | None = None,
) -> None:
    """Say why it came to an objection, a complaint or a failure to pay."""
    db.session.add(
        RootCause(
            case_id=case.id,
            creditor_id=case.creditor_id,
            objection_id=objection_id,
            complaint_id=complaint_id,
            reason=reason,
            cause=cause,
            noted_at=clock.now(),
            noted_by=audit.actor_id(),
        )
    )
    db.session.flush()
    audit.record("cause.noted", "case", case.id, creditor_id=case.creditor_id, cause=cause.value)


@dataclass(frozen=True, slots=True)
class CountedCause:
    """One cause with how often it stood behind something, and the newest cases."""

    cause: Cause
    count: int
    cases: list[Case]


def cause_of(objection_id: int) -> Cause | None:
    """The cause of an objection, if somebody noted one."""
    query = select(RootCause.cause).where(RootCause.objection_id == objection_id)
    return db.session.scalar(query.order_by(RootCause.id.desc()).limit(1))


def count_causes(since: date, most: int = 10) -> list[CountedCause]:
    """Causes by how often they came, since a day; the portal counts its own creditor's only."""
    query = select(RootCause).where(
        RootCause.noted_at >= clock.end_of(since - timedelta(days=1)), _newest()
    )
    rows = list(db.session.scalars(query.order_by(RootCause.id.desc())))
    found = []
    for cause in Cause:
        own = [row for row in rows if row.cause is cause]
        ids = list(dict.fromkeys(row.case_id for row in own))[:most]
        cases = list(db.session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id)))
        if own:
            found.append(CountedCause(cause, len(own), cases))
    return sorted(found, key=lambda each: -each.count)


def _newest() -> ColumnElement[bool]:
    """A cause that was corrected counts once."""
    newest = select(func.max(RootCause.id)).group_by(
        RootCause.case_id, RootCause.objection_id, RootCause.complaint_id, RootCause.reason
    )
    return RootCause.id.in_(newest)
