"""What was changed about a client: who, when, before and after, read from the audit trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cases.core.audit import AuditDetail, AuditEvent
from cases.core.database import db

#: What of the trail concerns a client.
RECORDS = ("creditor", "creditor_contract")


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history; values are pairs of before and after where both are known."""

    at: datetime
    actor_id: int | None
    action: str
    detail: dict[str, Any]


def list_changes(creditor_id: int, limit: int = 100) -> list[Change]:
    """The last changes of a client and its contract, newest first."""
    query = (
        select(AuditEvent, AuditDetail)
        .outerjoin(AuditDetail, AuditDetail.seq == AuditEvent.seq)
        .where(AuditEvent.record_type.in_(RECORDS), AuditEvent.creditor_id == creditor_id)
        .order_by(AuditEvent.seq.desc())
        .limit(limit)
    )
    return [
        Change(event.occurred_at, event.actor_id, event.action, detail.detail if detail else {})
        for event, detail in db.session.execute(query)
    ]
