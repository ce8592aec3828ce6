"""The outbox: an effect is carried out by one worker at a time, and never forgotten."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from cases.core import outbox
from cases.core.database import db, transaction
from cases.core.outbox import (
    Effect,
    EffectQueue,
    EffectState,
    Handler,
    LeaseLost,
    carry_out,
    claim_effect,
    finish_effect,
    list_due_effects,
    register_effect,
)
from cases.parties.models import AgencyProfile
from tests.factories.records import make_agency


@pytest.fixture
def handler(app, monkeypatch):
    """Registers a handler for the kind "test"; returns the calls it got."""
    calls = []

    def register(act=lambda **details: calls.append(details), inside=True):
        monkeypatch.setitem(outbox.HANDLERS, "test", Handler(act, inside))
        return calls

    return register


def new_effect(**details):
    with transaction():
        return register_effect("test", f"test:{details}", **details)


def state_of(effect_id):
    db.session.expire_all()
    effect = db.session.get(Effect, effect_id)
    return effect.state, effect.attempts


def test_an_effect_is_carried_out_once(handler):
    calls = handler()
    effect_id = new_effect(letter_id=7)
    carry_out(effect_id)
    carry_out(effect_id)  # Woken up twice.
    assert calls == [{"key": "test:{'letter_id': 7}", "letter_id": 7}]
    assert state_of(effect_id) == (EffectState.DONE, 1)


def test_a_failure_leaves_nothing_behind_and_is_tried_again(handler):
    def fail(key):
        make_agency()
        raise ValueError("the printer is on fire")

    handler(fail)
    effect_id = new_effect()
    with pytest.raises(ValueError, match="fire"):
        carry_out(effect_id)
    assert db.session.scalar(select(func.count()).select_from(AgencyProfile)) == 0
    assert state_of(effect_id) == (EffectState.WAITING, 1)
    assert list_due_effects() == []  # Only after a while ...
    make_due(effect_id)
    assert list_due_effects() == [effect_id]
    calls = handler()
    carry_out(effect_id)
    assert len(calls) == 1


def test_after_the_last_attempt_somebody_has_to_look(handler):
    def fail(key):
        raise ValueError

    handler(fail)
    effect_id = new_effect()
    for _ in outbox.BACK_OFF_SECONDS:
        make_due(effect_id)
        with pytest.raises(ValueError):  # noqa: PT011 - the handler's own
            carry_out(effect_id)
    assert state_of(effect_id)[0] is EffectState.FAILED
    assert list_due_effects() == []


def test_a_lease_that_ran_out_belongs_to_the_next_worker(handler):
    handler()
    effect_id = new_effect()
    first = claim_effect(effect_id)
    assert claim_effect(effect_id) is None  # The first worker still holds it ...
    make_due(effect_id)
    second = claim_effect(effect_id)
    assert second is not None
    with pytest.raises(LeaseLost), transaction():
        finish_effect(first)  # ... and cannot finish it any more once it has lost it.
    with transaction():
        finish_effect(second)
    assert state_of(effect_id) == (EffectState.DONE, 2)


def register_and_fail():
    with transaction():
        register_effect("test", "never")
        raise RuntimeError


def test_an_effect_of_a_failed_transaction_does_not_exist(handler):
    handler()
    with pytest.raises(RuntimeError):
        register_and_fail()
    assert list_due_effects() == []


def test_the_same_effect_cannot_be_registered_twice(handler):
    from sqlalchemy.exc import IntegrityError

    new_effect(letter_id=1)
    with pytest.raises(IntegrityError), transaction():
        register_effect("test", "test:{'letter_id': 1}", letter_id=1)


def make_due(effect_id):
    with transaction():
        db.session.execute(
            update(Effect)
            .where(Effect.id == effect_id)
            .values(available_at=func.now() - timedelta(seconds=1))
        )


def test_a_worker_that_dies_has_used_up_its_attempt(handler):
    handler()
    effect_id = new_effect()
    for attempt in range(1, outbox.MAX_ATTEMPTS + 1):
        assert claim_effect(effect_id).attempts == attempt  # And nothing more: the worker is gone.
        make_due(effect_id)
    assert claim_effect(effect_id) is None
    assert state_of(effect_id) == (EffectState.FAILED, outbox.MAX_ATTEMPTS)
    assert db.session.get(Effect, effect_id).last_error == outbox.WORKER_DIED
    assert list_due_effects() == []


def test_what_people_wait_for_comes_before_the_night(handler, monkeypatch):
    handler()
    monkeypatch.setitem(
        outbox.HANDLERS, "test.night", Handler(lambda key: None, True, EffectQueue.NIGHT)
    )
    with transaction():
        night = register_effect("test.night", "night")
    day = new_effect()
    assert list_due_effects() == [day, night]


def test_an_effect_of_an_unknown_kind_is_a_failed_attempt(database):
    with transaction():
        effect_id = register_effect("of.a.newer.version", "new")
    with pytest.raises(KeyError):
        carry_out(effect_id)
    assert state_of(effect_id) == (EffectState.WAITING, 1)


def test_long_work_keeps_its_lease_by_itself(fresh_app, monkeypatch):
    monkeypatch.setattr(outbox, "LEASE_SECONDS", 0.3)
    taken_over = []

    def work(key):
        time.sleep(1)  # Three leases long, without a word.
        taken_over.append(claim_effect(effect_id))

    monkeypatch.setitem(outbox.HANDLERS, "test", Handler(work, inside=False))
    with fresh_app.app_context():
        effect_id = new_effect()
        carry_out(effect_id)
        assert taken_over == [None]
        assert state_of(effect_id) == (EffectState.DONE, 1)
        db.session.remove()


class Fatal(BaseException):
    """What the library that sets letters raises for an address it must not read."""


def test_what_is_no_ordinary_error_is_a_failed_attempt_too(handler):
    def break_off(**_: object) -> None:
        raise Fatal

    handler(break_off)
    effect_id = new_effect()
    with pytest.raises(outbox.EffectBroken):
        outbox.carry_out(effect_id)
    assert state_of(effect_id) == (EffectState.WAITING, 1)
    assert db.session.get(Effect, effect_id).last_error == "Fatal"
