"""The outbox: every outward effect is first a row, written with its cause.

A worker claims a row in a short transaction (lease, token, attempt), acts, and finishes it in
another one that checks the token. Effects inside our database run in the finishing transaction,
so they happen exactly once; effects outside happen at least once with a stable key.
RQ only wakes workers up: losing Redis loses nothing, the sweeper finds what is due.

An effect lives as long as it needs: a heartbeat keeps its lease, and nothing else ends it. An
attempt counts when it is claimed, so that an effect that kills its worker has failed, and is shown
to a person, after as many attempts as one that raises.
"""

import secrets
from collections.abc import Callable, Collection
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, func, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import (
    AFTER_COMMIT,
    Base,
    db,
    new_public_id,
    portal_creditor_id,
    transaction,
)
from cases.core.heartbeat import heartbeat
from cases.core.queues import EffectQueue
from cases.core.retention import Cleaning, Retention
from cases.core.retrying import retrying

LEASE_SECONDS = 60.0
#: Seconds until the next attempt, by number of attempts made; then the effect has failed.
BACK_OFF_SECONDS = (5, 30, 120, 600, 3600, 4 * 3600)
MAX_ATTEMPTS = len(BACK_OFF_SECONDS)
#: What is noted when the worker was gone at the end of its lease: out of memory, killed, no power.
WORKER_DIED = "WorkerDied"
#: What is noted when it took more time or memory than an effect of its queue may.
TOOK_TOO_MUCH = "TookTooMuch"


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
    __cleaning__ = Cleaning("finished_at", days=30)
    __table_args__ = (
        Index(
            "ix_outbox_effects_due",
            "available_at",
            postgresql_where=text("state IN ('waiting', 'leased')"),
        ),
        Index("ix_outbox_effects_failed", "id", postgresql_where=text("state = 'failed'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
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
    queue: EffectQueue = EffectQueue.NOW
    #: Answers in words what took too much; called like `act`, in the finishing transaction.
    give_up: Callable[..., None] | None = None


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
    wake_after_commit(effect.id, kind)
    return effect.id


def put_off_effect(effect_id: int, seconds: float) -> None:
    """Let an effect of this transaction wait; the sweeper finds it when its time has come."""
    db.session.execute(
        update(Effect).where(Effect.id == effect_id).values(available_at=_in_seconds(seconds))
    )


def wake_after_commit(effect_id: int, kind: str) -> None:
    """Let a worker be woken for an effect once this transaction is committed."""
    db.session().info.setdefault("wake", []).append((effect_id, kind))


def claim_effect(effect_id: int, lease_seconds: float | None = None) -> Claimed | None:
    """Take the lease of an effect that is due, or None if it is done or somebody else's.

    One whose worker has died as often as there are attempts has failed instead.
    """
    lease = LEASE_SECONDS if lease_seconds is None else lease_seconds
    with transaction():
        effect = db.session.scalar(
            select(Effect)
            .where(Effect.id == effect_id, *_DUE)
            # A worker that is finishing it holds the row: it is none of our business then.
            .with_for_update(skip_locked=True, key_share=True)
            .execution_options(populate_existing=True)
        )
        if effect is None:
            return None
        died = effect.state is EffectState.LEASED
        if died:
            effect.last_error = WORKER_DIED
        if effect.attempts >= MAX_ATTEMPTS:
            effect.state, effect.token = EffectState.FAILED, None
            return None
        effect.state, effect.token = EffectState.LEASED, secrets.token_hex(16)
        effect.attempts += 1
        effect.available_at = _in_seconds(lease)
        db.session.flush()
        return Claimed(
            effect.id, effect.kind, effect.key, effect.details, effect.token, effect.attempts
        )


def renew_lease(claimed: Claimed, lease_seconds: float | None = None) -> None:
    """Keep the lease during long work; raises LeaseLost when it is somebody else's by now."""
    lease = LEASE_SECONDS if lease_seconds is None else lease_seconds
    with transaction():
        _update_leased(claimed, available_at=_in_seconds(lease))


def keep_lease() -> None:
    """Keep the lease of the effect that is being carried out here, between two of its steps.

    Raises:
        LeaseLost: another worker has taken over; what was committed so far stays.
    """
    claimed = _CARRIED_OUT.get()
    if claimed is not None:
        renew_lease(claimed)


class EffectBroken(Exception):
    """What carries an effect out has ended it with something that is no ordinary error."""


def carry_out(effect_id: int) -> None:
    """Carry out one effect: claim it, act, finish; a lost lease leaves it to another worker."""
    claimed = claim_effect(effect_id)
    if claimed is None:
        return
    try:
        handler = HANDLERS[claimed.kind]
        retrying(lambda: (_act_inside if handler.inside else _act_outside)(claimed, handler.act))
    except LeaseLost:
        db.session.rollback()
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise  # The worker is told to stop: another one takes over when the lease has run out.
    except BaseException as error:
        db.session.rollback()
        _record_failure(claimed, error)
        if isinstance(error, Exception):
            raise
        raise EffectBroken(type(error).__name__) from error


def _act_inside(claimed: Claimed, act: Callable[..., None]) -> None:
    with transaction():
        _update_leased(claimed)  # Locks the row: nobody else can take or finish it meanwhile.
        act(key=claimed.key, **claimed.details)
        finish_effect(claimed)


def _act_outside(claimed: Claimed, act: Callable[..., None]) -> None:
    running = _CARRIED_OUT.set(claimed)
    try:
        with heartbeat(db.engine, claimed.id, claimed.token, LEASE_SECONDS):
            act(key=claimed.key, **claimed.details)
    finally:
        _CARRIED_OUT.reset(running)
    with transaction():
        finish_effect(claimed)


def finish_effect(claimed: Claimed) -> None:
    """Mark the effect done, only while the token is still ours."""
    _update_leased(claimed, state=EffectState.DONE, token=None, finished_at=func.now())


def give_up(effect_id: int) -> None:
    """End an effect that took more than it may: no further attempt would end otherwise.

    Its kind answers in words, or somebody has to look at it.
    """
    with transaction():
        effect = db.session.scalar(
            select(Effect)
            .where(Effect.id == effect_id, Effect.state == EffectState.LEASED)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
        if effect is None:
            return
        handler = HANDLERS[effect.kind]
        effect.token, effect.last_error = None, TOOK_TOO_MUCH
        effect.state = EffectState.FAILED
        if handler.give_up:
            handler.give_up(key=effect.key, **effect.details)
            effect.state, effect.finished_at = EffectState.DONE, func.now()


def _record_failure(claimed: Claimed, error: BaseException) -> None:
    last = claimed.attempts >= MAX_ATTEMPTS
    wait = BACK_OFF_SECONDS[min(claimed.attempts, MAX_ATTEMPTS) - 1]
    try:
        with transaction():
            _update_leased(
                claimed,
                state=EffectState.FAILED if last else EffectState.WAITING,
                token=None,
                available_at=_in_seconds(wait),
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


#: Waits, or its worker has let the lease run out.
_DUE = (
    Effect.state.in_([EffectState.WAITING, EffectState.LEASED]),
    Effect.available_at <= func.now(),
)


def list_due_effects(
    limit: int = 500, queues: Collection[EffectQueue] = frozenset(EffectQueue)
) -> list[int]:
    """Effects that wait, or whose lease has run out: the night's last, else the oldest first."""
    return [effect_id for effect_id, _, _ in list_due_attempts(limit, queues)]


def list_due_attempts(
    limit: int = 500, queues: Collection[EffectQueue] = frozenset(EffectQueue)
) -> list[tuple[int, str, int]]:
    """Due effects with their kind and the number of attempts made so far (the sweeper's list)."""
    others = _kinds_of(set(EffectQueue) - set(queues))
    query = (
        select(Effect.id, Effect.kind, Effect.attempts)
        .where(*_DUE, Effect.kind.not_in(others))
        .order_by(Effect.kind.in_(_kinds_of({EffectQueue.NIGHT})), Effect.available_at, Effect.id)
        .limit(limit)
    )
    return [(row.id, row.kind, row.attempts) for row in db.session.execute(query)]


def _kinds_of(queues: Collection[EffectQueue]) -> list[str]:
    return [kind for kind in HANDLERS if queue_of(kind) in queues]


def queue_of(kind: str) -> EffectQueue:
    """Which queue effects of a kind wait in."""
    handler = HANDLERS.get(kind)
    return handler.queue if handler else EffectQueue.NOW


def _in_seconds(seconds: float) -> Any:
    """A moment from now, by the database's clock."""
    return func.now() + text(f"interval '{seconds:f} seconds'")


#: Set by the shell: tells the queue that there is work. Errors are its own affair.
WAKE: list[Callable[[int, str], None]] = []


def _wake_workers(info: dict[Any, Any]) -> None:
    for effect_id, kind in info.pop("wake", []):
        for wake in WAKE:
            wake(effect_id, kind)


AFTER_COMMIT.append(_wake_workers)
