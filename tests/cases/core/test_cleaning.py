"""Technical tables are cleaned by a run; what is not done, and what the law keeps, stays."""

from datetime import timedelta

from sqlalchemy import Date, func, select

from cases import tables
from cases.core import clock
from cases.core.cleaning import cleaned_tables
from cases.core.database import Base, db, transaction
from cases.core.outbox import Effect, EffectState
from cases.core.retention import TECHNICAL
from cases.people.models import LoginAttempt, LoginSession
from cases.worklist.models import WorkItem
from tests.factories.records import make_case, make_user
from tests.factories.runs import run_now

#: Tables without a rule of their own -> what takes their rows along.
WITH_ANOTHER = {"run_batches": "They go with their run (ON DELETE CASCADE)."}
LONG_AGO = timedelta(days=400)


def test_every_technical_table_says_when_its_rows_go_and_no_other_table_does():
    assert tables.METADATA.tables
    technical = {
        mapper.class_.__tablename__
        for mapper in Base.registry.mappers
        if mapper.class_.__retention__ in TECHNICAL
    }
    assert {model.__tablename__ for model, _ in cleaned_tables()} == technical - set(WITH_ANOTHER)


def test_every_rule_names_a_moment_of_its_table():
    for model, rule in cleaned_tables():
        kind = model.__table__.c[rule.moment].type
        assert isinstance(kind, Date) or kind.timezone, model


def effect(key, **fields):
    db.session.add(Effect(kind="test", key=key, details={}, creditor_id=None, **fields))


def test_what_is_old_and_done_goes_and_the_rest_stays(database):
    now = clock.now()
    with transaction():
        user, (case, _) = make_user(), make_case()
        effect("old", state=EffectState.DONE, finished_at=now - LONG_AGO)
        effect("new", state=EffectState.DONE, finished_at=now)
        effect("failed", state=EffectState.FAILED, available_at=now - LONG_AGO)
        for moment in (now - LONG_AGO, now):
            db.session.add(LoginAttempt(subject="x", at=moment))
            db.session.add(LoginSession(
                token_digest=str(moment), user_id=user.id, created_at=moment, last_seen_at=moment,
                device="",
            ))  # fmt: skip
        item = db.session.scalar(select(WorkItem).where(WorkItem.case_id == case.id))
        item.created_at = now - LONG_AGO  # Long open is not done.
    assert run_now("cleaning") == (len(cleaned_tables()), 0)
    left = select(Effect.key).where(Effect.kind == "test").order_by(Effect.key)
    assert db.session.scalars(left).all() == ["failed", "new"]
    counts = [
        db.session.scalar(select(func.count()).select_from(model))
        for model in (LoginAttempt, LoginSession, WorkItem)
    ]
    assert counts == [1, 1, 1]
