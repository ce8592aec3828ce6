"""The audit trail: chained without forks by many writers, and every tampering found."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from agency.running.database_roles import plain_url
from cases.core import audit
from cases.core.database import db, transaction


@pytest.fixture
def chain(fresh_app, fresh_database):
    """An application whose chain has twelve links with details, and the owner's connection."""
    with fresh_app.app_context():
        for number in range(12):
            with transaction():
                audit.record("case.accepted", "case", number + 1, creditor_id=7, note=f"n{number}")
        owner_url = plain_url(fresh_database.environment["MIGRATION_DATABASE_URL"])
        with psycopg.connect(owner_url, autocommit=True) as owner:
            yield fresh_app, owner
        db.session.remove()


def breaks(known_heads=None):
    db.session.rollback()
    return [(found.seq, found.reason) for found in audit.verify(5, known_heads)]


def tamper(owner, statement):
    owner.execute("ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only")
    owner.execute(statement)


def test_an_untouched_chain_holds(chain):
    assert breaks() == []
    assert audit.head()[0] == 12


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        pytest.param(
            "UPDATE audit_events SET action = 'case.refused' WHERE seq = 5", (5, "changed"),
            id="a changed action",
        ),
        pytest.param(
            "UPDATE audit_events SET actor_id = 99 WHERE seq = 1", (1, "changed"),
            id="another person",
        ),
        pytest.param(
            "UPDATE audit_events SET occurred_at = occurred_at + interval '1 second' WHERE seq = 3",
            (3, "changed"), id="another moment",
        ),
        pytest.param(
            "DELETE FROM audit_events WHERE seq = 6", (6, "gap"), id="a removed row",
        ),
        pytest.param(
            "UPDATE audit_events SET seq = 99 WHERE seq = 4", (4, "gap"), id="a moved row",
        ),
        pytest.param(
            "UPDATE audit_details SET detail = '{\"note\": \"other\"}' WHERE seq = 8",
            (8, "detail_changed"), id="a changed detail",
        ),
        pytest.param(
            "INSERT INTO audit_events SELECT occurred_on, 13, occurred_at, actor_id, creditor_id,"
            " action, record_type, record_id, fields, NULL, decode(repeat('ab', 32), 'hex'),"
            " decode(repeat('cd', 32), 'hex') FROM audit_events WHERE seq = 12",
            (13, "unlinked"), id="an inserted row",
        ),
    ],
)  # fmt: skip
def test_the_owner_of_the_database_cannot_tamper_unseen(chain, statement, found):
    _, owner = chain
    tamper(owner, statement)
    assert found in breaks()


def test_a_cut_end_is_seen_by_a_head_noted_before(chain):
    _, owner = chain
    seq, digest = audit.head()
    tamper(owner, "DELETE FROM audit_events WHERE seq > 9")
    assert breaks() == []  # The rest holds in itself ...
    assert breaks({seq: digest}) == [(12, "truncated")]


def test_details_may_be_erased_without_breaking_the_chain(chain):
    _, owner = chain
    owner.execute("DELETE FROM audit_details WHERE seq < 5")
    assert breaks() == []


def test_the_program_itself_can_change_nothing(fresh_app):
    with fresh_app.app_context():
        for statement in ("UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events",
                          "TRUNCATE audit_events"):  # fmt: skip
            with pytest.raises(Exception, match=r"permission denied|append-only"), transaction():
                db.session.execute(db.text(statement))


def test_many_writers_never_fork_the_chain(fresh_app):
    def write(number):
        with fresh_app.app_context():
            for _ in range(10):
                with transaction():
                    audit.record("case.accepted", "case", number)
            db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    with fresh_app.app_context():
        assert audit.head()[0] == 80
        assert list(audit.verify()) == []


def record_and_fail():
    with transaction():
        audit.record("case.accepted", "case", 1)
        raise RuntimeError


def test_a_failed_transaction_leaves_no_link(app):
    before = audit.head()
    with pytest.raises(RuntimeError):
        record_and_fail()
    with transaction():
        pass
    assert audit.head() == before
