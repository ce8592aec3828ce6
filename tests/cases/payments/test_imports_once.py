"""Reliability row 20: the same, overlapping and reordered statements; two workers at once."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from agency.effects import handlers
from cases.claims.references import make_case_number
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.core.outbox import HANDLERS, carry_out
from cases.ledger.models import Account, JournalLine
from cases.ledger.queries import statement
from cases.ledger.trust import prove_trust
from cases.payments import importing, placing
from cases.payments.importing import import_file, import_statement, receive_file
from cases.payments.models import BankEntry, BankFile, EntryState, Payment
from cases.payments.services import assign_entry
from tests.factories.bank_files import Transfer, camt053
from tests.factories.records import make_agency, make_case

TODAY = date(2026, 11, 23)
FIRST = date(2026, 10, 1)


@pytest.fixture
def house(database):
    with clock_at(TODAY):
        make_agency()
        yield make_case()[0]


def day_of_transfers(number: int):
    """What the bank books on one day: the same amounts, names and purposes often come twice."""
    transfer = st.builds(
        Transfer,
        st.sampled_from([10_00, 10_00, 25_50, -10_00]),
        st.sampled_from(["Rate", "", "CASE"]),
        st.just(FIRST + timedelta(days=number)),
        reference=st.just(""),
        end_to_end=st.sampled_from(["", "E2E-1"]),
        is_return=st.booleans(),
    )
    return st.lists(transfer, min_size=1, max_size=4)


@st.composite
def deliveries(draw):
    """Days of a month, and files that deliver runs of them: again, overlapping, reordered."""
    days = [draw(day_of_transfers(number)) for number in range(4)]
    runs = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=4))
    files = []
    for first, last in runs:
        chosen = [each for day in days[min(first, last) : max(first, last) + 1] for each in day]
        files.append(draw(st.permutations(chosen)))
    delivered = {number for run in runs for number in range(min(run), max(run) + 1)}
    return files, [each for number in sorted(delivered) for each in days[number]]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(delivery=deliveries())
def test_no_entry_is_booked_twice_however_it_is_delivered(house, delivery):
    check_booked_once(house, *delivery)


@pytest.mark.deep
@settings(
    max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(delivery=deliveries())
def test_no_double_booking_in_two_thousand_sets_of_files(house, delivery):
    check_booked_once(house, *delivery)


def check_booked_once(house, files, unique):
    """Import all files, then compare the books with what the bank booked; roll back."""
    outer = db.session.begin_nested()
    try:
        for number, transfers in enumerate(files):
            named = [_with_case(each, house.number) for each in transfers]
            import_statement(camt053(named, number=number), "statement.xml")
        assert db.session.scalar(select(func.count(BankEntry.id))) == len(unique)
        moved = sum(each.cents for each in unique)
        trust = select(func.sum(JournalLine.amount_cents)).where(
            JournalLine.account == Account.TRUST_BANK
        )
        assert (db.session.scalar(trust) or 0) == moved
        booked = sum(
            each.cents
            for each in unique
            if each.purpose == "CASE" and each.cents > 0 and not each.is_return
        )
        live = select(func.sum(Payment.amount_cents)).where(Payment.reversed_at.is_(None))
        assert (db.session.scalar(live) or 0) == booked
        assert all(proof.difference_cents == 0 for proof in prove_trust())
    finally:
        outer.rollback()
        db.session.expire_all()


def _with_case(transfer: Transfer, number: str) -> Transfer:
    return replace(transfer, purpose=number) if transfer.purpose == "CASE" else transfer


def at_once(app, *works):
    """Run works in threads with connections of their own; what one raises fails the test."""
    errors = []
    gate = threading.Barrier(len(works))

    def run(work):
        with app.app_context():
            try:
                gate.wait(10)
                work()
            except Exception as error:
                errors.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors


def test_two_workers_with_the_same_case_allocate_like_one(fresh_app):
    with fresh_app.app_context(), transaction():
        make_agency()
        together, alone = make_case()[0], make_case()[0]
        case_id, other_id, numbers = together.id, alone.id, (together.number, alone.number)
    days = [FIRST + timedelta(days=7 * week) for week in range(4)]

    def work(week):
        def post():
            with transaction():
                data = camt053(
                    [Transfer(150_00, numbers[0], on=days[week], name=str(week))], number=week
                )
                import_statement(data, "statement.xml")

        return post

    at_once(fresh_app, *(work(week) for week in (3, 1, 2, 0)))
    with fresh_app.app_context():
        with transaction():
            one_by_one = [Transfer(150_00, numbers[1], on=day, name="x") for day in days]
            import_statement(camt053(one_by_one, number=9), "statement.xml")
        live = (
            select(Payment.value_on, Payment.interest_cents, Payment.principal_cents)
            .where(Payment.reversed_at.is_(None))
            .order_by(Payment.value_on)
        )
        parallel = db.session.execute(live.where(Payment.case_id == case_id)).all()
        serial = db.session.execute(live.where(Payment.case_id == other_id)).all()
        assert parallel == serial
        assert len(parallel) == 4
        assert statement(case_id).open_cents == statement(other_id).open_cents
        assert all(proof.difference_cents == 0 for proof in prove_trust())


def test_the_same_file_sent_twice_at_once_is_booked_once(fresh_app):
    with fresh_app.app_context(), transaction():
        make_agency()
        case = make_case()[0]
        data = camt053([Transfer(10_00, case.number), Transfer(20_00, "?")])
        ids = [receive_file(data, "statement.xml").id for _ in range(2)]
    at_once(fresh_app, *(lambda file_id=file_id: import_file("", file_id) for file_id in ids))
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count(BankEntry.id))) == 2
        assert db.session.scalar(select(func.sum(Payment.amount_cents))) == 10_00
        assert {each.state.value for each in db.session.scalars(select(BankFile))} == {"done"}


def test_two_workers_with_one_file_and_an_assignment_by_hand_settle_it_once(fresh_app):
    with fresh_app.app_context(), transaction():
        make_agency()
        case = make_case()[0]
        number = case.number
        import_statement(camt053([Transfer(7_00, "?")]), "statement.xml")
        public_id = db.session.scalar(select(BankEntry.public_id))
        file_id = receive_file(
            camt053([Transfer(cents, number) for cents in range(1_00, 30_00, 1_00)], number=2),
            "statement.xml",
        ).id

    def assign():
        with transaction():
            assign_entry(public_id, number)

    at_once(fresh_app, lambda: import_file("", file_id), lambda: import_file("", file_id), assign)
    with fresh_app.app_context():
        live = db.session.execute(
            select(func.count(Payment.id), func.sum(Payment.amount_cents)).where(
                Payment.reversed_at.is_(None)
            )
        ).one()
        assert tuple(live) == (30, sum(range(1_00, 30_00, 1_00)) + 7_00)
        assert all(proof.difference_cents == 0 for proof in prove_trust())


def test_an_interrupted_import_goes_on_where_it_was(fresh_app, monkeypatch):
    with fresh_app.app_context():
        with transaction():
            make_agency()
            case = make_case()[0]
            rows = [Transfer(cents, case.number) for cents in range(1_00, 8_00, 1_00)]
            bank_file = receive_file(camt053(rows), "statement.xml")
            effect_id = db.session.scalar(text("SELECT id FROM outbox_effects"))
            file_id = bank_file.id
        HANDLERS.update(handlers())
        place = importing.place_batch
        calls = []

        def two_then_die(entry_ids):
            calls.append(1)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return place(entry_ids)

        monkeypatch.setattr(placing, "BATCH", 2)
        monkeypatch.setattr(importing, "place_batch", two_then_die)
        with pytest.raises(KeyboardInterrupt):
            carry_out(effect_id)
        waiting = select(func.count(BankEntry.id)).where(BankEntry.state == EntryState.WAITING)
        assert db.session.scalar(waiting) == 5
        assert all(proof.difference_cents == 0 for proof in prove_trust())
        monkeypatch.setattr(importing, "place_batch", place)
        with transaction():
            db.session.execute(text("UPDATE outbox_effects SET available_at = now()"))
        carry_out(effect_id)
        assert db.session.scalar(waiting) == 0
        assert db.session.scalar(select(func.count(Payment.id))) == 7
        assert db.session.get_one(BankFile, file_id).state.value == "done"


def test_a_wrong_check_digit_is_nobodys_money(house):
    number = house.number[:-1] + str((int(house.number[-1]) + 1) % 10)
    assert number != make_case_number(1, 2026)
    with transaction():
        import_statement(camt053([Transfer(10_00, number)]), "statement.xml")
    (entry,) = db.session.scalars(select(BankEntry))
    assert (entry.state.value, entry.reason) == ("suspense", "no_match")
