"""Who signed in, who was refused, and who looked at which file: what the privacy officer reads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.core.audit import AuditDetail, AuditEvent
from cases.core.database import db
from cases.people.models import User

PAGE = 50
CASE_READ, DOCUMENT_READ, REFUSED = "case.read", "document.read", "access.refused"
#: What of the audit trail is an access.
ACCESSES = (CASE_READ, DOCUMENT_READ, REFUSED, "sign_in.succeeded", "sign_in.refused", "feed.read")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accesses somebody wants to see; days are included."""

    first_day: date
    last_day: date
    action: str | None = None
    actor_id: int | None = None
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """One access: the row of the trail, who it was, and on which route or record."""

    event: AuditEvent
    person: User | None
    route: str | None
    records: Collection[str]


def list_accesses(wanted: Wanted, before: int | None = None, limit: int = PAGE) -> list[Access]:
    """Accesses of some days, the latest first; `before` is the number of the last one seen."""
    query = (
        select(AuditEvent, User, AuditDetail.detail)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .outerjoin(AuditDetail, AuditDetail.seq == AuditEvent.seq)
        .where(
            AuditEvent.occurred_on.between(wanted.first_day, wanted.last_day),
            AuditEvent.action.in_((wanted.action,) if wanted.action else ACCESSES),
        )
        .order_by(AuditEvent.seq.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(AuditEvent.seq < before)
    if wanted.actor_id is not None:
        query = query.where(AuditEvent.actor_id == wanted.actor_id)
    if wanted.case_id is not None:
        query = query.where(
            AuditEvent.record_type == "case", AuditEvent.record_id == wanted.case_id
        )
    return [
        Access(event, person, (detail or {}).get("route"), list((detail or {}).get("records", {})))
        for event, person, detail in db.session.execute(query)
    ]
