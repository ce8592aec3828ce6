"""The audit trail: who did what, when, to which record; append-only and hash-chained.

A row holds ids and field names and the salted digest of a detail row that may be erased (GDPR).
Rows are written last in their transaction under an advisory lock, so the chain never forks;
`UNIQUE (prev_hash)` proves it. A changed, removed, inserted or moved row is found by `verify`.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from cases.core import clock, locks
from cases.core.database import BEFORE_COMMIT, Base, db, portal_creditor_id
from cases.core.locks import Lock
from cases.core.retention import Retention

GENESIS = bytes(32)


class AuditEvent(Base):
    """One link of the chain. Ids and field names only, no personal data."""

    __tablename__ = "audit_events"
    __retention__ = Retention.TRAIL
    __table_args__ = (
        Index("ix_audit_events_record", "record_type", "record_id"),
        Index("uq_audit_events_prev_hash", "prev_hash", unique=True),
        Index("ix_audit_events_seq", "seq"),
    )

    # The day is part of the key so that the table can be partitioned by year.
    occurred_on: Mapped[date] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    occurred_at: Mapped[datetime]
    actor_id: Mapped[int | None]  # None: the program itself.
    creditor_id: Mapped[int | None]
    action: Mapped[str]
    record_type: Mapped[str]
    record_id: Mapped[int | None]
    fields: Mapped[list[str]]
    detail_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    prev_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditDetail(Base):
    """What exactly was changed; may be erased without breaking the chain."""

    __tablename__ = "audit_details"
    __retention__ = Retention.CASE

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    creditor_id: Mapped[int | None]
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    detail: Mapped[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Pending:
    """An audit row that waits for the end of its transaction."""

    action: str
    record_type: str
    record_id: int | None
    creditor_id: int | None
    detail: dict[str, Any]


def set_actor(user_id: int | None) -> None:
    """Name the user on whose behalf this session writes."""
    db.session().info["actor_id"] = user_id


def actor_id() -> int | None:
    """The user on whose behalf this session writes; None is the program itself."""
    found = db.session().info.get("actor_id")
    return None if found is None else int(found)


def record(
    action: str,
    record_type: str,
    record_id: int | None,
    *,
    creditor_id: int | None = None,
    **detail: Any,
) -> None:
    """Note an action (`case.accepted`); the row is chained when the transaction ends."""
    pending = Pending(action, record_type, record_id, creditor_id, detail)
    db.session().info.setdefault("audit", []).append(pending)


def last_change(record_type: str, record_id: int, actions: Sequence[str]) -> AuditEvent | None:
    """Who did that to a record last; None within the portal, which does not see the trail."""
    if portal_creditor_id() is not None:
        return None
    query = select(AuditEvent).where(
        AuditEvent.record_type == record_type,
        AuditEvent.record_id == record_id,
        AuditEvent.action.in_(actions),
    )
    return db.session.scalar(query.order_by(AuditEvent.seq.desc()).limit(1))


def _append_pending(session: Session) -> None:
    pending: list[Pending] = session.info.pop("audit", [])
    if not pending:
        return
    locks.take(Lock.AUDIT)
    # A function of the owner: the portal role may not read other creditors' rows.
    seq, prev_hash = session.execute(text("SELECT seq, hash FROM audit_head()")).one()
    for item in pending:
        seq += 1
        event, detail = _link(item, seq, bytes(prev_hash), session)
        session.add(event)
        if detail is not None:
            session.add(detail)
        prev_hash = event.hash
    session.flush()


def _link(
    item: Pending, seq: int, prev_hash: bytes, session: Session
) -> tuple[AuditEvent, AuditDetail | None]:
    creditor_id = item.creditor_id if item.creditor_id is not None else portal_creditor_id()
    salt, detail, digest = secrets.token_bytes(16), None, None
    if item.detail:
        content = json.loads(json.dumps(item.detail, default=str, sort_keys=True))
        detail = AuditDetail(seq=seq, creditor_id=creditor_id, salt=salt, detail=content)
        digest = digest_of(salt, content)
    event = AuditEvent(
        occurred_on=clock.today(),
        seq=seq,
        occurred_at=clock.now(),
        actor_id=session.info.get("actor_id"),
        creditor_id=creditor_id,
        action=item.action,
        record_type=item.record_type,
        record_id=item.record_id,
        fields=sorted(item.detail),
        detail_digest=digest,
        prev_hash=prev_hash,
    )
    event.hash = hash_of(event)
    return event, detail


def digest_of(salt: bytes, detail: dict[str, Any]) -> bytes:
    """The salted SHA-256 of a detail row."""
    return hashlib.sha256(salt + json.dumps(detail, sort_keys=True).encode()).digest()


def hash_of(event: AuditEvent) -> bytes:
    """SHA-256 over the previous hash and the canonical form of the row."""
    canonical = json.dumps(
        [
            event.occurred_on.isoformat(),
            event.seq,
            int(event.occurred_at.timestamp() * 1_000_000),
            event.actor_id,
            event.creditor_id,
            event.action,
            event.record_type,
            event.record_id,
            list(event.fields),
            event.detail_digest.hex() if event.detail_digest else None,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(bytes(event.prev_hash) + canonical.encode()).digest()


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    seq: int
    reason: str  # "changed", "gap", "unlinked", "detail_changed", "rewritten", "truncated"


def verify_tail(links: int) -> Iterator[Break]:
    """The last links only: quick enough for every minute."""
    last, _ = head()
    prev_hash: bytes | None = None
    query = select(AuditEvent).where(AuditEvent.seq > last - links).order_by(AuditEvent.seq)
    for event in db.session.scalars(query.execution_options(populate_existing=True)):
        if prev_hash is not None and bytes(event.prev_hash) != prev_hash:
            yield Break(event.seq, "unlinked")
        if hash_of(event) != bytes(event.hash):
            yield Break(event.seq, "changed")
        prev_hash = bytes(event.hash)


def verify(batch: int = 5_000, known_heads: Mapping[int, bytes] | None = None) -> Iterator[Break]:
    """Walk the whole chain and report every place where it does not hold.

    `known_heads` are heads (number and hash) noted outside the database: rows cut off at the end
    leave a chain that holds in itself, and only a head noted before the cut shows it.
    """
    expected_seq, prev_hash = 0, GENESIS
    heads = dict(known_heads or {})
    for event, detail in _walk(batch):
        expected_seq += 1
        if event.seq != expected_seq:
            yield Break(expected_seq, "gap")
            expected_seq = event.seq
        elif bytes(event.prev_hash) != prev_hash:
            yield Break(event.seq, "unlinked")
        if hash_of(event) != bytes(event.hash):
            yield Break(event.seq, "changed")
        if detail is not None and (
            event.detail_digest is None
            or digest_of(bytes(detail.salt), detail.detail) != bytes(event.detail_digest)
        ):
            yield Break(event.seq, "detail_changed")
        if heads.pop(event.seq, bytes(event.hash)) != bytes(event.hash):
            yield Break(event.seq, "rewritten")
        prev_hash = bytes(event.hash)
    for seq in sorted(heads):
        yield Break(seq, "truncated")


def _walk(batch: int) -> Iterator[tuple[AuditEvent, AuditDetail | None]]:
    after = -1
    while True:
        rows = db.session.execute(
            select(AuditEvent, AuditDetail)
            .outerjoin(AuditDetail, AuditDetail.seq == AuditEvent.seq)
            .where(AuditEvent.seq > after)
            .order_by(AuditEvent.seq)
            .limit(batch)
            .execution_options(populate_existing=True)
        ).all()
        if not rows:
            return
        yield from ((event, detail) for event, detail in rows)
        after = rows[-1][0].seq
        db.session.expunge_all()


def head() -> tuple[int, bytes]:
    """Number and hash of the last link; to be noted outside the database every day."""
    seq, last_hash = db.session.execute(text("SELECT seq, hash FROM audit_head()")).one()
    return int(seq), bytes(last_hash)


BEFORE_COMMIT.append(_append_pending)
