"""First letters of many cases: the same as one by one, an odd one stops nobody, never twice."""

from datetime import date

import pytest
from sqlalchemy import select

from cases.claims.models import HoldReason, TimelineEvent
from cases.claims.services import set_hold
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.outbox import Effect
from cases.ledger.models import Entry
from cases.letters.drafting import DemandWish
from cases.letters.many import carry_out_release, list_waiting, look_at, release_many, sums_of
from cases.letters.models import Announcement, Letter
from cases.letters.services import release_first_demand
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


def test_many_at_once_write_the_same_as_one_by_one(worker):
    with transaction():
        singly, together = world(worker, "Nord"), world(worker, "Nord")
    for case in singly:
        with transaction():
            release_first_demand(case.id, WISH, worker.id)
    ids = [case.id for case in together]
    carry_out_release("key", ids, DAY.isoformat(), WISH.next_step, worker.id)
    for one, other in zip(singly, together, strict=True):
        assert written(one) == written(other)


def test_an_odd_case_stops_nobody_and_repeating_sends_nothing_twice(worker):
    with transaction():
        good, _ = make_case(accepted_by=worker)
        odd, _ = make_case(claims=[claim_details(contract_on=None)], accepted_by=worker)
        last, _ = make_case(accepted_by=worker)
    ids = [good.id, odd.id, last.id]
    for _ in range(2):
        carry_out_release("key", ids, DAY.isoformat(), "call", worker.id)
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
        assert release_many(cases, WISH, worker.id) == 3
    effect = db.session.scalars(select(Effect).where(Effect.kind == "letters.release_many")).one()
    carry_out_release(effect.key, **effect.details)
    with transaction():
        assert release_many(cases, WISH, worker.id) == 0
