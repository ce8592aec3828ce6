"""The liability log: who changed a deadline or a filing date, when, before and after."""

from datetime import date
from typing import Any

from sqlalchemy import select

from cases.core import audit, clock
from cases.core.database import db
from cases.filings.proceedings.models import LegalDeadline, LiabilityEntry


def note(
    owner: Any,
    subject: str,
    action: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    deadline: LegalDeadline | None = None,
    reason: str | None = None,
) -> None:
    """Write one line; `owner` is any row that knows its case and creditor."""
    db.session.add(
        LiabilityEntry(
            case_id=owner.case_id,
            creditor_id=owner.creditor_id,
            deadline_id=deadline.id if deadline else None,
            subject=subject,
            action=action,
            before=_plain(before),
            after=_plain(after),
            reason=reason,
            at=clock.now(),
            by=audit.actor_id(),
        )
    )
    if deadline is not None:
        audit.record(
            f"deadline.{action}", "legal_deadline", deadline.id, creditor_id=owner.creditor_id
        )


def list_entries(case_id: int | None = None, limit: int = 500) -> list[LiabilityEntry]:
    """The log, newest first: of one case, or of the house."""
    query = select(LiabilityEntry).order_by(LiabilityEntry.id.desc()).limit(limit)
    if case_id is not None:
        query = query.where(LiabilityEntry.case_id == case_id)
    return list(db.session.scalars(query))


def _plain(values: dict[str, Any] | None) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in (values or {}).items()
    }
