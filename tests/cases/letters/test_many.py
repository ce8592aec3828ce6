"""First letters of many cases: the same as one by one, an odd one stops nobody, never twice."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from cases.claims.models import HoldReason, TimelineEvent
from cases.claims.services import set_hold
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.outbox import Effect, list_due_effects
from cases.ledger.models import Entry
from cases.letters.drafting import DemandWish
from cases.letters.many import carry_out_release, list_waiting, look_at, release_many, sums_of
from cases.letters.models import Announcement, Letter
from cases.letters.queries import list_letters
from cases.letters.services import release_first_demand
from cases.worklist.bulk import UNDO_FOR, TooLateToUndo, note_bulk, take_back
from cases.worklist.models import BulkKind
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)

DAY = date(2026, 11, 23)
WISH = DemandWish(DAY)


@pytest.fixture
def worker(app):
    with app.app_context(), clock.clock_at(DAY):
        with transaction():
            make_agency()
            user = make_user()
        yield user


def world(worker, tag):
    """Six cases: plain, two claims, joint debtors, partly held, business, without default."""
    creditor = make_creditor(f"Stadtwerke {tag} GmbH", deducts_input_tax=False)
    made = []
    for number, (claims, debtors) in enumerate([
        ([claim_details(invoice_number="A")], None),
        ([claim_details(invoice_number="B1"), claim_details(invoice_number="B2")], None),
        ([claim_details(invoice_number="C")], [debtor_details(), debtor_details(given_name="Mia")]),
        ([claim_details(invoice_number="D")], None),
        ([claim_details(invoice_number="E", purpose="business")], None),
        ([claim_details(invoice_number="F", due_basis="invoice")], None),
    ]):  # fmt: skip
        people = debtors or [debtor_details(f"Weber {'abcdef'[number]}")]
        case, added = make_case(creditor, claims=claims, debtors=people, accepted_by=worker)
        if number == 3:
            set_hold(case, HoldReason.OBJECTION, claim_id=added[0].id, amount_cents=300_00)
        made.append(case)
    return made


def written(case):
    """All that a release writes for a case, without ids and numbers."""
    letters = db.session.scalars(
        select(Letter).where(Letter.case_id == case.id).order_by(Letter.id)
    ).all()
    entries = db.session.scalars(select(Entry).where(Entry.case_id == case.id).order_by(Entry.id))
    events = db.session.scalars(
        select(TimelineEvent).where(TimelineEvent.case_id == case.id).order_by(TimelineEvent.id)
    )
    contents = []
    for letter in letters:
        content = dict(letter.content)
        for name in ("letter_number", "case_number", "girocode", "creditor", "source_words"):
            content.pop(name)
        contents.append((letter.state, letter.demanded_cents, letter.pay_by, content))
    announced = db.session.scalars(
        select(Announcement).where(Announcement.case_id == case.id).order_by(Announcement.id)
    )
    return (
        contents,
        [(e.kind, e.component, e.amount_cents, e.value_on, e.words) for e in entries],
        [event.kind for event in events],
        [(a.step, a.due_on) for a in announced],
    )


def set_out_for(ids, worker):
    """What the worker does once nobody can take the click back any more."""
    with transaction():
        action_id = note_bulk(BulkKind.FIRST_LETTERS, ids, worker.id).id
    carry_out_release("key", action_id, ids, DAY.isoformat(), WISH.next_step, worker.id)


def test_many_at_once_write_the_same_as_one_by_one(worker):
    with transaction():
        singly, together = world(worker, "Nord"), world(worker, "Nord")
    for case in singly:
        with transaction():
            release_first_demand(case.id, WISH, worker.id)
    set_out_for([case.id for case in together], worker)
    for one, other in zip(singly, together, strict=True):
        assert written(one) == written(other)


def test_an_odd_case_stops_nobody_and_repeating_sends_nothing_twice(worker):
    with transaction():
        good, _ = make_case(accepted_by=worker)
        odd, _ = make_case(claims=[claim_details(contract_on=None)], accepted_by=worker)
        last, _ = make_case(accepted_by=worker)
    ids = [good.id, odd.id, last.id]
    for _ in range(2):
        set_out_for(ids, worker)
    counts = [
        len(db.session.scalars(select(Letter).where(Letter.case_id == each)).all()) for each in ids
    ]
    assert counts == [1, 0, 1]
    assert [case.id for case in list_waiting()] == [odd.id]


def test_the_sums_are_those_of_what_may_leave_each_currency_apart(worker):
    with transaction():
        make_case(accepted_by=worker)
        make_case(claims=[claim_details(currency="CHF")], accepted_by=worker)
        make_case(claims=[claim_details(description=None)], accepted_by=worker)
    looked = look_at(list_waiting(), WISH, worker.id)
    found = {each.currency: (each.cases, each.total_cents) for each in sums_of(looked)}
    assert found == {"EUR": (1, 1_076_34), "CHF": (1, 1_020_54)}
    assert sum(not each.sendable for each in looked) == 1


def test_one_click_is_one_effect_and_a_second_one_finds_nothing_new(worker):
    with transaction():
        cases = [make_case(accepted_by=worker)[0] for _ in range(3)]
        action = release_many(cases, WISH, worker.id)
    assert action.case_ids == sorted(case.id for case in cases)
    assert list_waiting() == [], "what is on its way is not released a second time"
    effect = the_effect()
    carry_out_release(effect.key, **effect.details)
    with transaction():
        assert release_many(cases, WISH, worker.id) is None


def the_effect():
    query = select(Effect).where(Effect.kind == "letters.release_many")
    return db.session.scalars(query).one()


def test_no_worker_sets_out_while_the_click_can_be_taken_back(worker):
    with transaction():
        case, _ = make_case(accepted_by=worker)
        release_many([case], WISH, worker.id)
    assert the_effect().id not in list_due_effects()
    waits = the_effect().available_at - db.session.scalar(select(func.now()))
    assert timedelta(seconds=100) < waits <= UNDO_FOR


def test_what_was_taken_back_never_leaves_and_is_due_again(worker):
    with transaction():
        case, _ = make_case(accepted_by=worker)
        action = release_many([case], WISH, worker.id)
    with transaction():
        take_back(action)
    effect = the_effect()
    carry_out_release(effect.key, **effect.details)
    assert list_letters(case.id) == []
    assert [each.id for each in list_waiting()] == [case.id]
    with pytest.raises(TooLateToUndo), transaction():
        take_back(action)


@pytest.mark.parametrize("late", ["over", "begun"])
def test_what_a_worker_has_begun_cannot_be_taken_back(worker, late):
    with transaction():
        action = release_many([make_case(accepted_by=worker)[0]], WISH, worker.id)
    if late == "begun":
        effect = the_effect()
        carry_out_release(effect.key, **effect.details)
        moment = clock.now()
    else:
        moment = action.undo_until
    with clock.clock_at(moment), pytest.raises(TooLateToUndo), transaction():
        take_back(action)
