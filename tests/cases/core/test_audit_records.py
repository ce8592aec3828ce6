"""What the audit trail names must be there as it was; thousands of tamperings are all found."""

import ast
import random
from datetime import date
from pathlib import Path

import psycopg
import pytest

from agency.running.database_roles import plain_url
from cases import audit_heads
from cases.audit_records import MAY_GO, TABLES, WITHOUT_ID, verify_records
from cases.claims.queries import lock_cases
from cases.core import audit, clock
from cases.core.database import db, transaction
from cases.core.files import store_file
from cases.payments.booking import Order, book_payments
from cases.payments.case_book import Money
from cases.payments.models import Payment
from cases.tables import METADATA
from tests.factories.records import make_case, make_creditor, make_user

ROOT = Path(__file__).parents[3]
QUICK, DEEP = 200, 10_000


def recorded_kinds():
    """The second argument of every `audit.record` in the program."""
    for room in ("agency", "portal", "cases"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                    kind = node.args[1]
                    assert isinstance(kind, ast.Constant), f"{path}: say the kind in the call"
                    yield kind.value


def test_every_kind_of_record_can_be_looked_for():
    assert set(recorded_kinds()) == set(TABLES) | MAY_GO | WITHOUT_ID
    for table in TABLES.values():
        assert "id" in METADATA.tables[table].columns, table


@pytest.fixture
def house(fresh_app, fresh_database):
    """A house with a case, its booking and a file, and the owner's connection."""
    with fresh_app.app_context():
        with transaction():
            make_case(accepted_by=make_user())
            store_file(b"kept", "kept.txt", "text/plain", None)
        url = plain_url(fresh_database.admin_url)
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute("SET session_replication_role = replica")  # No trigger is in the way.
            yield owner
        db.session.remove()


def found():
    db.session.rollback()
    broken = {(each.seq, each.reason) for each in (*audit.verify(), *verify_records())}
    db.session.rollback()
    return broken


def row_of(action, *, last=False):
    query = db.select(audit.AuditEvent.seq).where(audit.AuditEvent.action == action)
    seqs = db.session.scalars(query.order_by(audit.AuditEvent.seq)).all()
    return seqs[-1 if last else 0]


def test_an_untouched_house_holds(house):
    assert found() == set()


def test_a_booking_deleted_with_all_its_traces_is_named(house):
    seq = row_of("ledger.principal")
    for table in ("ledger_entries", "journal_lines"):
        house.execute(f"DELETE FROM {table}")
    house.execute("DELETE FROM journals")
    house.execute("UPDATE cases SET booked_open_cents = 0")
    assert found() == {(seq, "record_missing"), (seq, "booking_changed")}


@pytest.mark.parametrize(
    ("statement", "action", "reason"),
    [
        pytest.param("UPDATE journal_lines SET amount_cents = 2 * amount_cents",
                     "ledger.principal", "booking_changed", id="another amount on both sides"),
        pytest.param("UPDATE journals SET booked_on = booked_on - 1",
                     "ledger.principal", "booking_changed", id="another day"),
        pytest.param("UPDATE stored_files SET sha256 = repeat('0', 64)",
                     "file.stored", "file_changed", id="another file"),
        pytest.param("DELETE FROM stored_files", "file.stored", "record_missing", id="no file"),
    ],
)  # fmt: skip
def test_a_changed_record_is_named(house, statement, action, reason):
    house.execute(statement)
    assert (row_of(action), reason) in found()


@pytest.fixture
def booked_set(house):
    """Three payments booked as one set, and one that comes before two of them."""
    with transaction():
        creditor = make_creditor()
        cases = [make_case(creditor)[0].id for _ in range(3)]
        pay(cases, date(2026, 10, 2))
        pay(cases[:2], date(2026, 10, 1))
    return house


def pay(case_ids, day):
    money = Money(10_00, "EUR", day, day, None, "test")
    booked = book_payments([Order(case, money) for case in lock_cases(case_ids).values()])
    assert all(isinstance(each, Payment) for each in booked)


def test_a_set_of_payments_holds(booked_set):
    assert found() == set()


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("payment", "ledger.payment"),
        ("payment.reversed", "ledger.payment.reversed"),
    ],
)
def test_a_booking_deleted_among_a_set_is_named(booked_set, kind, action):
    last = "SELECT max(id) FROM journals WHERE kind = %s"
    gone = booked_set.execute(last, [kind]).fetchone()[0]
    for statement in (
        "DELETE FROM payments WHERE journal_id = %s",
        "DELETE FROM ledger_entries WHERE journal_id = %s",
        "DELETE FROM journal_lines WHERE journal_id = %s",
        "DELETE FROM journals WHERE id = %s",
    ):
        booked_set.execute(statement, [gone])
    assert (row_of(action, last=True), "booking_changed") in found()


def test_a_payment_deleted_among_a_set_is_named(booked_set):
    booked_set.execute("DELETE FROM payments WHERE id = (SELECT max(id) FROM payments)")
    assert found() == {(row_of("payment.booked", last=True), "record_missing")}


TAMPERINGS = (
    "UPDATE audit_events SET {column} = {value} WHERE seq = {seq}",
    "DELETE FROM audit_events WHERE seq = {seq}",
    "DELETE FROM audit_events WHERE seq >= {seq}",
    "UPDATE audit_events SET seq = 900 + seq WHERE seq = {seq}",
    "UPDATE audit_events SET hash = sha256(hash) WHERE seq = {seq}",
    "UPDATE audit_events SET prev_hash = sha256(prev_hash) WHERE seq = {seq}",
    "UPDATE audit_details SET detail = detail || '{{\"note\": {number}}}' WHERE seq = {seq}",
    "UPDATE audit_details SET salt = sha256(salt) WHERE seq = {seq}",
    (
        "INSERT INTO audit_events SELECT occurred_on, {last} + 1, occurred_at, actor_id,"
        " creditor_id, action, record_type, record_id, fields, NULL, sha256('{number}'),"
        " sha256('a{number}') FROM audit_events WHERE seq = {seq}"
    ),
)
COLUMNS = {
    "actor_id": "{number}", "creditor_id": "{number}", "action": "'a{number}'",
    "record_type": "'r{number}'", "record_id": "{number}", "fields": "ARRAY['f{number}']",
    "occurred_at": "occurred_at + {number} * interval '1 microsecond'",
    "occurred_on": "occurred_on + {number}", "detail_digest": "sha256('{number}')",
}  # fmt: skip


def tamper(house, chance, last):
    """One tampering by the owner of the database; answers what was done and from which row on."""
    while True:
        seq, number = chance.randint(1, last), chance.randint(1000, 10**6)
        column = chance.choice(sorted(COLUMNS))
        values = {"seq": seq, "number": number, "last": last, "column": column}
        value = COLUMNS[column].format(**values)
        statement = chance.choice(TAMPERINGS).format(value=value, **values)
        if house.execute(statement).rowcount:  # Not every row has a detail.
            return statement, seq


def tamper_and_look(house, number, seed):
    chance = random.Random(seed)
    with transaction():
        for each in range(12):
            audit.record("case.noted", "case", 1, note=f"n{each}")
    last, digest = audit.head()
    for table in ("audit_events", "audit_details"):
        house.execute(f"CREATE TABLE {table}_kept AS TABLE {table}")
    for _ in range(number):
        statement, seq = tamper(house, chance, last)
        db.session.rollback()
        breaks = list(audit.verify(known_heads={last: digest}))
        db.session.rollback()  # Else the owner would wait for this reader below.
        assert breaks, f"{statement} was not found (seed {seed})"
        assert min(broken.seq for broken in breaks) in (seq, seq + 1, last, last + 1), statement
        for table in ("audit_events", "audit_details"):
            house.execute(f"DELETE FROM {table}; INSERT INTO {table} TABLE {table}_kept")
    assert found() == set()


def test_two_hundred_tamperings_are_all_found(house):
    tamper_and_look(house, QUICK, seed=random.randrange(10**6))


@pytest.mark.deep
def test_ten_thousand_tamperings_are_all_found(house):
    tamper_and_look(house, DEEP, seed=random.randrange(10**6))


def test_a_noted_head_is_signed_by_the_house(fresh_app, tmp_path):
    path = tmp_path / "heads.jsonl"
    audit_heads.note_head(7, b"\1" * 32, clock.now(), path)
    assert audit_heads.read_heads(path) == {7: b"\1" * 32}
    path.write_text(path.read_text("utf-8").replace("01", "02", 1), "utf-8")
    with pytest.raises(ValueError, match="line 1: not signed"):
        audit_heads.read_heads(path)


def test_the_head_is_noted_every_night(fresh_app):
    from tests.factories.runs import run_now

    with fresh_app.app_context():
        with transaction():
            audit.record("case.noted", "case", 1)
        seq, digest = audit.head()
        assert run_now("audit.heads") == (1, 0)
        assert audit_heads.read_heads()[seq] == digest
        db.session.remove()
