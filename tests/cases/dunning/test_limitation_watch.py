"""Limitation of each claim: two days kept, warned of in time, each warning once."""

from datetime import date

import pytest
from sqlalchemy import func, select

from cases.claims.limitation import EventDays, confirm_event, note_event, set_limitation_day
from cases.claims.models import Claim
from cases.core import clock
from cases.core.database import db
from cases.dunning.limitation_watch import stage_of
from cases.worklist.models import WorkItem, WorkQueue
from legal.limitation_events import LimitationEventKind
from tests.factories.records import claim_details, make_case
from tests.factories.runs import run_now

TODAY = date(2026, 11, 23)
OLD = {"invoiced_on": date(2023, 5, 2), "due_on": date(2023, 6, 1), "contract_on": None}


@pytest.fixture(autouse=True)
def _today(database):
    with clock.clock_at(TODAY):
        yield


def watch_limitation():
    """Both runs of a night; answers how many warnings they added."""
    count = select(func.count()).where(WorkItem.queue == WorkQueue.LIMITATION)
    before = db.session.scalar(count)
    run_now("limitation.warnings")
    run_now("limitation.days")
    return db.session.scalar(count) - before


def warnings(case):
    query = select(WorkItem).where(
        WorkItem.case_id == case.id, WorkItem.queue == WorkQueue.LIMITATION
    )
    return list(db.session.scalars(query.order_by(WorkItem.id)))


def claim_of(claims):
    return db.session.get_one(Claim, claims[0].id, populate_existing=True)


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        pytest.param(date(2025, 12, 30), None, id="a year and a day ahead"),
        pytest.param(date(2025, 12, 31), 12, id="twelve months ahead"),
        pytest.param(date(2026, 7, 1), 6, id="less than six months"),
        pytest.param(date(2026, 10, 1), 3, id="three months"),
        pytest.param(date(2026, 11, 30), 1, id="one month"),
        pytest.param(date(2027, 1, 1), 1, id="too late"),
    ],
)
def test_warnings_come_in_stages(today, stage):
    assert stage_of(date(2026, 12, 31), today) == stage


def test_a_claim_due_in_2023_is_warned_of_once():
    case, claims = make_case(claims=[claim_details(**OLD)])
    assert watch_limitation() == 1
    assert watch_limitation() == 0
    # Three years from the end of 2023 (§§ 195, 199 BGB).
    assert claim_of(claims).limitation_conservative_on == date(2026, 12, 31)
    [item] = warnings(case)
    assert item.urgency == 0
    assert item.params["last_day_on"] == "2026-12-31"


def test_the_next_stage_takes_the_place_of_the_one_before():
    case, _ = make_case(claims=[claim_details(**OLD)])
    watch_limitation()
    with clock.clock_at(date(2026, 12, 1)):
        assert watch_limitation() == 1
        assert watch_limitation() == 0
    assert [item.done_at is None for item in warnings(case)] == [False, True]


def test_an_event_counts_for_the_conservative_day_once_legal_confirms_it():
    case, claims = make_case(claims=[claim_details(**OLD)])
    days = EventDays(first_day=date(2025, 3, 10))
    row = note_event(case, claims[0], LimitationEventKind.PART_PAYMENT, days)
    claim = claim_of(claims)
    assert claim.limitation_on == date(2028, 3, 10)
    assert claim.limitation_conservative_on == date(2026, 12, 31)
    confirm_event(case, row.public_id)
    assert claim_of(claims).limitation_conservative_on == date(2028, 3, 10)


def test_a_kind_without_a_rule_makes_legal_set_the_day():
    case, claims = make_case(claims=[claim_details(kind="other", **OLD)])
    assert watch_limitation() == 0
    query = select(WorkItem.reason).where(
        WorkItem.case_id == case.id, WorkItem.queue == WorkQueue.LEGAL
    )
    assert db.session.scalars(query).all() == ["limitation_day_needed"]
    set_limitation_day(case, claims[0], date(2026, 12, 15), "Fracht, § 439 HGB")
    assert watch_limitation() == 1
