"""The fixtures keep their promises: nothing survives a test, and constraints are checked."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from cases.core.database import PORTAL, db, transaction
from cases.core.outbox import list_due_effects, register_effect


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_was_committed_is_gone_in_the_next_test(database, turn):
    assert list_due_effects() == []
    with transaction():
        register_effect("test.nothing", key="the same key both times")
    assert len(list_due_effects()) == 1


def test_a_rolled_back_transaction_leaves_the_earlier_one(database):
    with transaction():
        register_effect("test.nothing", key="kept")
    with pytest.raises(ZeroDivisionError):
        fail_after_writing()
    assert len(list_due_effects()) == 1


def fail_after_writing():
    with transaction():
        register_effect("test.nothing", key="gone")
        raise ZeroDivisionError


def test_a_commit_checks_deferred_constraints(database):
    with transaction():
        db.session.execute(
            text(
                "CREATE TEMPORARY TABLE parent (id bigint PRIMARY KEY);"
                "CREATE TEMPORARY TABLE child (parent_id bigint"
                " REFERENCES parent DEFERRABLE INITIALLY DEFERRED)"
            )
        )
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(text("INSERT INTO child VALUES (1)"))


def test_the_application_role_is_no_superuser(database):
    row = db.session.execute(text("SELECT current_user, current_setting('is_superuser')")).one()
    assert tuple(row) == ("recoup_app", "off")


def test_a_fresh_database_takes_several_connections(fresh_app):
    with fresh_app.app_context():
        with transaction():
            register_effect("test.nothing", key="seen by others")
        with db.engines[None].connect() as other, db.engines[PORTAL].connect() as portal:
            assert other.scalar(text("SELECT count(*) FROM outbox_effects")) == 1
            assert portal.scalar(text("SELECT current_user")) == "recoup_portal"
