"""Effects of the outbox for tests."""

from itertools import count

from cases.core.database import db
from cases.core.outbox import MAX_ATTEMPTS, Effect, EffectState

_serial = count(1)


def make_failed_effect(kind: str = "letter.send", error: str = "WorkerDied") -> Effect:
    """An effect that has used up its attempts and waits for a person."""
    effect = Effect(
        kind=kind,
        key=f"failed:{next(_serial)}",
        details={},
        creditor_id=None,
        state=EffectState.FAILED,
        attempts=MAX_ATTEMPTS,
        last_error=error,
    )
    db.session.add(effect)
    db.session.flush()
    return effect
