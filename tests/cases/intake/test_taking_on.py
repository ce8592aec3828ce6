"""Many orders accepted with one click: the same as one by one, and taken back without a trace."""

from datetime import date

import pytest
from sqlalchemy import select

from cases.claims.acceptance import AcceptanceUsed, withdraw_acceptance
from cases.claims.models import Case, Phase, TimelineEvent
from cases.claims.queries import list_claims
from cases.claims.services import accept_case
from cases.contacts.services import FollowUp, set_follow_up
from cases.core import clock
from cases.core.database import db, transaction
from cases.intake.taking_on import accept_many, plain_orders, take_acceptances_back
from cases.worklist.bulk import UNDO_FOR, TooLateToUndo
from cases.worklist.services import list_open_items
from tests.factories.records import claim_details, make_agency, make_case, make_user

DAY = date(2026, 11, 23)


@pytest.fixture
def worker(app):
    with app.app_context(), clock.clock_at(DAY):
        with transaction():
            make_agency()
            user = make_user()
        yield user


def state(case):
    case = db.session.get(Case, case.id, populate_existing=True)
    items = [(item.reason, item.queue, item.owner_id) for item in list_open_items(case.id)]
    return case.phase, case.accepted_at, case.owner_id, items


def kinds(case):
    query = select(TimelineEvent.kind).where(TimelineEvent.case_id == case.id)
    return list(db.session.scalars(query.order_by(TimelineEvent.id)))


def test_many_at_once_are_accepted_as_one_by_one(worker):
    with transaction():
        single = make_case()[0]
        many = [make_case()[0] for _ in range(3)]
        accept_case(single.id, worker.id)
        accept_many([case.id for case in many], worker.id)
    for case in many:
        assert state(case) == state(single)
        assert kinds(case) == kinds(single)


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({"known_dispute": "Ware mangelhaft"}, id="disputed"),
        pytest.param({"performed": False}, id="nothing was performed"),
        pytest.param({"excluded_reason": "wird noch geprueft"}, id="left out"),
        pytest.param({"limitation_conservative_on": date(2026, 11, 22)}, id="time-barred"),
    ],
)
def test_what_has_something_to_be_read_is_not_accepted_unread(worker, odd):
    with transaction():
        plain, case = make_case()[0], make_case()[0]
        claim = list_claims(case.id)[0]
        for name, value in odd.items():
            setattr(claim, name, value)
        db.session.flush()
        action = accept_many([plain.id, case.id], worker.id)
    assert action.case_ids == [plain.id]
    assert case.phase is Phase.NEW
    assert plain_orders([case.id]) == set()


def test_the_last_day_of_limitation_is_still_a_day(worker):
    with transaction():
        case = make_case()[0]
        list_claims(case.id)[0].limitation_conservative_on = DAY
        db.session.flush()
    assert plain_orders([case.id]) == {case.id}


def test_undo_leaves_the_orders_as_they_were(worker):
    with transaction():
        cases = [make_case(claims=[claim_details(), claim_details(invoice_number="B")])[0]
                 for _ in range(2)]  # fmt: skip
        before = [state(case) for case in cases]
        action = accept_many([case.id for case in cases], worker.id)
    with transaction():
        assert take_acceptances_back(action) == 2
    assert [state(case) for case in cases] == before
    with pytest.raises(TooLateToUndo), transaction():
        take_acceptances_back(action)


def test_undo_leaves_alone_what_somebody_has_worked_on(worker):
    with transaction():
        cases = [make_case()[0] for _ in range(2)]
        action = accept_many([case.id for case in cases], worker.id)
        set_follow_up(cases[0].id, FollowUp(date(2026, 12, 1)))
        assert take_acceptances_back(action) == 1
    assert [case.phase for case in cases] == [Phase.AMICABLE, Phase.NEW]


def test_undo_has_its_time(worker):
    with transaction():
        case = make_case()[0]
        action = accept_many([case.id], worker.id)
    with clock.clock_at(clock.now() + UNDO_FOR), pytest.raises(TooLateToUndo), transaction():
        take_acceptances_back(action)
    assert case.phase is Phase.AMICABLE


def test_only_an_acceptance_can_be_taken_back(worker):
    with transaction():
        case = make_case()[0]
    with pytest.raises(AcceptanceUsed), transaction():
        withdraw_acceptance(case.id)


def test_nothing_ticked_accepts_nothing(worker):
    with transaction():
        assert accept_many([], worker.id) is None
