"""The outbox: every outward effect is first a row, written with its cause.

A worker claims a row in a short transaction (lease, token, attempt), acts, and finishes it in
another one that checks the token. Effects inside our database run in the finishing transaction,
so they happen exactly once; effects outside happen at least once with a stable key.
RQ only wakes workers up: losing Redis loses nothing, the sweeper finds what is due.
"""

import secrets
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, func, or_, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import AFTER_COMMIT, Base, db, portal_creditor_id, transaction
from cases.core.retention import Retention

LEASE_SECONDS = 60.0
#: Seconds until the next attempt, by number of attempts made; then the effect has failed.
BACK_OFF_SECONDS = (5, 30, 120, 600, 3600, 4 * 3600)


class EffectState(StrEnum):
    """Where an effect is."""

    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    FAILED = "failed"  # All attempts used up; somebody has to look.


class Effect(Base):
    """One outward effect: a letter to render, a mail to send, an upload to parse."""

    __tablename__ = "outbox_effects"
    __retention__ = Retention.WORK
    __table_args__ = (
        Index(
            "ix_outbox_effects_due",
            "available_at",
            postgresql_where=text("state IN ('waiting', 'leased')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    creditor_id: Mapped[int | None]  # Whose request caused it; None: staff or the program.
    key: Mapped[str] = mapped_column(unique=True)  # Stable: the other side recognises a repeat.
    details: Mapped[dict[str, Any]]
    state: Mapped[EffectState] = mapped_column(default=EffectState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    token: Mapped[str | None]
    # Leases use the database's clock, so that machines need not agree on the time.
    available_at: Mapped[datetime] = mapped_column(server_default=func.now())
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Claimed:
    """An effect that this worker holds the lease of."""

    id: int
    kind: str
    key: str
    details: dict[str, Any]
    token: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Handler:
    """How one kind of effect is carried out."""

    act: Callable[..., None]  # Called with key and the details.
    inside: bool  # True: only our database and files change, in the finishing transaction.


HANDLERS: dict[str, Handler] = {}
#: The effect that this thread is carrying out, for long work that has to keep its lease.
_CARRIED_OUT: ContextVar[Claimed | None] = ContextVar("carried_out", default=None)


class LeaseLost(Exception):
    """Another worker has taken the effect over."""


def register_effect(kind: str, key: str, **details: Any) -> int:
    """Write an effect with its cause; a worker is woken after the commit."""
    effect = Effect(kind=kind, key=key, details=details, creditor_id=portal_creditor_id())
    db.session.add(effect)
    db.session.flush()
    db.session().info.setdefault("wake", []).append(effect.id)
    return effect.id


def claim_effect(effect_id: int, lease_seconds: float | None = None) -> Claimed | None:
    """Take the lease of an effect that is due, or None if it is done or somebody else's."""
    token = secrets.token_hex(16)
    lease = LEASE_SECONDS if lease_seconds is None else lease_seconds
    with transaction():
        row = db.session.execute(
            update(Effect)
            .where(
                Effect.id == effect_id,
                Effect.state.in_([EffectState.WAITING, EffectState.LEASED]),
                Effect.available_at <= func.now(),
            )
            .values(
                state=EffectState.LEASED,
                token=token,
                attempts=Effect.attempts + 1,
                available_at=func.now() + text(f"interval '{lease:f} seconds'"),
            )
            .returning(Effect.id, Effect.kind, Effect.key, Effect.details, Effect.attempts)
        ).one_or_none()
    if row is None:
        return None
    return Claimed(row.id, row.kind, row.key, row.details, token, row.attempts)


def renew_lease(claimed: Claimed, lease_seconds: float | None = None) -> None:
    """Keep the lease during long work; raises LeaseLost when it is somebody else's by now."""
    lease = LEASE_SECONDS if lease_seconds is None else lease_seconds
    with transaction():
        _update_leased(claimed, available_at=func.now() + text(f"interval '{lease:f} seconds'"))


def keep_lease() -> None:
    """Keep the lease of the effect that is being carried out here, between two of its steps.

    Raises:
        LeaseLost: another worker has taken over; what was committed so far stays.
    """
    claimed = _CARRIED_OUT.get()
    if claimed is not None:
        renew_lease(claimed)


def carry_out(effect_id: int) -> None:
    """Carry out one effect: claim it, act, finish; a lost lease leaves it to another worker."""
    claimed = claim_effect(effect_id)
    if claimed is None:
        return
    handler = HANDLERS[claimed.kind]
    try:
        if handler.inside:
            with transaction():
                _update_leased(claimed)  # Locks the row: nobody else can finish it meanwhile.
                handler.act(key=claimed.key, **claimed.details)
                finish_effect(claimed)
        else:
            running = _CARRIED_OUT.set(claimed)
            try:
                handler.act(key=claimed.key, **claimed.details)
            finally:
                _CARRIED_OUT.reset(running)
            with transaction():
                finish_effect(claimed)
    except LeaseLost:
        db.session.rollback()
    except Exception as error:
        db.session.rollback()
        _record_failure(claimed, error)
        raise


def finish_effect(claimed: Claimed) -> None:
    """Mark the effect done, only while the token is still ours."""
    _update_leased(claimed, state=EffectState.DONE, token=None, finished_at=func.now())


def _record_failure(claimed: Claimed, error: Exception) -> None:
    last = claimed.attempts >= len(BACK_OFF_SECONDS)
    wait = BACK_OFF_SECONDS[min(claimed.attempts, len(BACK_OFF_SECONDS)) - 1]
    try:
        with transaction():
            _update_leased(
                claimed,
                state=EffectState.FAILED if last else EffectState.WAITING,
                token=None,
                available_at=func.now() + text(f"interval '{wait} seconds'"),
                last_error=type(error).__name__,  # The name only: messages may hold personal data.
            )
    except LeaseLost:
        pass


def _update_leased(claimed: Claimed, **values: Any) -> None:
    held = db.session.execute(
        update(Effect)
        .where(Effect.id == claimed.id, Effect.token == claimed.token)
        .values(**(values or {"token": claimed.token}))
    )
    if held.rowcount != 1:  # type: ignore[attr-defined] # An UPDATE always has a row count.
        raise LeaseLost


def list_due_effects(limit: int = 500) -> list[int]:
    """Effects that wait, or whose lease has run out, oldest first."""
    return [effect_id for effect_id, _ in list_due_attempts(limit)]


def list_due_attempts(limit: int = 500) -> list[tuple[int, int]]:
    """Due effects with the number of attempts made so far (the sweeper's list)."""
    return [
        (row.id, row.attempts)
        for row in db.session.execute(
            select(Effect.id, Effect.attempts)
            .where(
                or_(Effect.state == EffectState.WAITING, Effect.state == EffectState.LEASED),
                Effect.available_at <= func.now(),
            )
            .order_by(Effect.available_at)
            .limit(limit)
        )
    ]


#: Set by the shell: tells the queue that there is work. Errors are its own affair.
WAKE: list[Callable[[int], None]] = []


def _wake_workers(info: dict[Any, Any]) -> None:
    for effect_id in info.pop("wake", []):
        for wake in WAKE:
            wake(effect_id)


AFTER_COMMIT.append(_wake_workers)
