"""Effects that have used up their attempts: shown to a person, who lets them be tried again."""

from sqlalchemy import func, select

from cases.core import audit
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.outbox import Effect, EffectState, wake_after_commit

SHOWN = 50
#: Counted up to here; more is a matter of one cause.
COUNTED = 1000


def list_failed(limit: int = SHOWN) -> list[Effect]:
    """What has failed and waits for somebody, the oldest first."""
    query = select(Effect).where(Effect.state == EffectState.FAILED)
    return list(db.session.scalars(query.order_by(Effect.id).limit(limit)))


def count_failed() -> int:
    """How many effects have failed, counted up to a thousand."""
    some = select(Effect.id).where(Effect.state == EffectState.FAILED).limit(COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def retry_effect(public_id: str) -> None:
    """Let a failed effect begin anew, with all its attempts.

    Raises:
        NotFound: there is none of that id, or somebody else has done so already.
    """
    effect = db.session.scalar(
        select(Effect)
        .where(Effect.public_id == public_id, Effect.state == EffectState.FAILED)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if effect is None:
        raise NotFound
    _begin_anew(effect)


def retry_all() -> int:
    """Let everything that has failed begin anew, after its common cause is mended."""
    failed = list_failed(COUNTED)
    for effect in failed:
        _begin_anew(effect)
    return len(failed)


def _begin_anew(effect: Effect) -> None:
    effect.state, effect.attempts = EffectState.WAITING, 0
    effect.available_at = func.now()
    audit.record("effect.retried", "effect", effect.id, creditor_id=effect.creditor_id)
    wake_after_commit(effect.id, effect.kind)
