"""Advisory locks have one home and numbers of their own; the case is locked before the rest."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import text

from cases.core import locks
from cases.core.database import db, transaction
from cases.core.locks import Lock

ROOT = Path(__file__).parents[3]
#: Sessions of the machines' own, beside the program's transactions.
ELSEWHERE = {
    "agency/backup/taking.py",
    "agency/running/scheduling.py",
    "cases/core/locks.py",
}


def test_every_lock_has_a_number_of_its_own():
    assert len({lock.value for lock in Lock}) == len(Lock.__members__)


def test_no_other_module_takes_an_advisory_lock():
    found = {
        path.relative_to(ROOT).as_posix()
        for room in ("agency", "portal", "cases", "legal")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Constant) and "pg_advisory" in str(node.value))
        or (isinstance(node, ast.Constant) and "pg_try_advisory" in str(node.value))
    }  # fmt: skip
    assert found <= ELSEWHERE


def is_free(engine, lock):
    """Whether a booking of somebody else could go on at this moment."""
    with engine.begin() as other:
        query = text("SELECT pg_try_advisory_xact_lock_shared(:key)")
        return other.scalar(query, {"key": lock.value})


@pytest.mark.parametrize(
    ("taken", "free"), [(Lock.OPENING, Lock.PERIOD), (Lock.AUDIT, Lock.PERIOD)], ids=str
)
def test_bookings_go_on_while_another_lock_is_held(fresh_app, taken, free):
    with fresh_app.app_context():
        with transaction():
            locks.take(taken)
            assert not is_free(db.engine, taken)
            assert is_free(db.engine, free)
        db.session.remove()


def test_the_lock_of_a_name_is_never_one_of_the_numbers(fresh_app):
    with fresh_app.app_context():
        with transaction():
            locks.take_name("DE89370400440532013000")
            assert all(is_free(db.engine, lock) for lock in Lock)
        db.session.remove()


def statements_that_lock():
    """Every statement of the program that locks rows: where it stands, and its source."""
    for room in ("agency", "portal", "cases"):
        for path in (ROOT / room).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            if "with_for_update" not in source:
                continue
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.FunctionDef):
                    text_of = ast.get_source_segment(source, node)
                    if "with_for_update" in text_of:
                        yield f"{path.relative_to(ROOT).as_posix()}:{node.name}", text_of


def test_every_locking_read_spares_keys_and_reads_anew():
    found = dict(statements_that_lock())
    assert len(found) > 15
    for place, source in found.items():
        assert "key_share" in source or "NO_KEY_UPDATE" in source, place
        only_ids = "lock_case_rows" in place or "select(Run.id)" in source
        only_ids = only_ids or "select(Creditor.id)" in source
        assert "populate_existing" in source or "session.refresh" in source or only_ids, place
