"""The limitation of a claim follows every event of its proceeding, by the law's own function."""

from datetime import date

import pytest

from cases.claims.limitation import confirm_event, interest_limitation, list_limitation_events
from cases.claims.queries import get_case_by_id, list_claims
from cases.core import clock
from cases.core.clock import clock_at
from cases.filings.court_mail import applying
from cases.filings.proceedings.deadlines import list_of_proceeding
from cases.filings.proceedings.services import list_events, list_of_case, revoke_event
from cases.worklist.services import list_open_items
from legal.limitation_events import LimitationEventKind
from legal.proceeding import CourtEventKind as E
from tests.factories.court_cases import hand_over, make_court_case, make_ready_filing

TODAY = date(2026, 11, 23)
BARRED = date(2029, 1, 2)  # The next working day after 31 December 2028.


@pytest.fixture
def proceeding(house):
    """Applied for on 23 November 2026; without it barred after 31 December 2028, a Sunday."""
    case = make_court_case(house, invoiced_on=date(2025, 5, 2), due_on=date(2025, 6, 1))
    filing = make_ready_filing(house, case)
    hand_over(house, filing)
    return list_of_case(filing.case_id)[0]


def happen(proceeding, kind, on, **more):
    with clock_at(max(on, TODAY)):
        applying.record_event(proceeding, kind, on, **more)


def claim_of(proceeding):
    return list_claims(proceeding.case_id)[0]


def days(proceeding):
    claim = claim_of(proceeding)
    return claim.limitation_on, claim.limitation_conservative_on


def test_service_and_each_later_act_move_the_day(proceeding):
    happen(proceeding, E.ORDER_SERVED, date(2026, 12, 2))
    # Suspended from 23 November 2026 until six months after 2 December: 192 days more.
    assert days(proceeding) == (date(2029, 7, 11), BARRED)
    happen(proceeding, E.OPPOSED, date(2027, 4, 9), received_on=date(2027, 4, 9))
    # The opposition is an act too: until 9 October 2027, 321 days to Saturday 17 November.
    assert days(proceeding)[0] == date(2029, 11, 19)
    rows = list_limitation_events([claim_of(proceeding).id])
    assert [(row.kind, row.last_act_on) for row in rows] == [
        (LimitationEventKind.PAYMENT_ORDER, date(2027, 4, 9))
    ]
    case = get_case_by_id(proceeding.case_id)
    confirm_event(case, rows[0].public_id)
    assert days(proceeding)[1] == date(2029, 11, 19)


def test_withdrawn_application_ends_the_suspension_six_months_later(proceeding):
    happen(proceeding, E.ORDER_SERVED, date(2026, 12, 2))
    happen(proceeding, E.OPPOSED, date(2027, 4, 9), received_on=date(2027, 4, 9))
    happen(proceeding, E.WITHDRAWN, date(2027, 2, 1))
    # Until 1 August 2027: 252 days to Sunday 9 September.
    assert days(proceeding)[0] == date(2029, 9, 10)


def test_refused_application_holds_for_a_month(house):
    case = make_court_case(house, invoiced_on=date(2023, 5, 2), due_on=date(2023, 6, 1))
    filing = make_ready_filing(house, case)
    hand_over(house, filing)
    proceeding = list_of_case(filing.case_id)[0]
    happen(proceeding, E.REFUSED, date(2026, 12, 15))
    rows = list_limitation_events([claim_of(proceeding).id])
    assert [row.kind for row in rows] == [LimitationEventKind.REJECTED_APPLICATION]
    # § 691(2) ZPO: not before a month after the refusal was served, 15 January 2027.
    assert days(proceeding)[0] == date(2027, 1, 15)


def test_title_makes_it_thirty_years_and_three_for_later_interest(proceeding):
    happen(proceeding, E.ORDER_SERVED, date(2026, 12, 2))
    happen(proceeding, E.ENFORCEMENT_APPLIED, date(2026, 12, 17))
    happen(proceeding, E.ENFORCEMENT_ISSUED, date(2026, 12, 28))
    computed, careful = days(proceeding)
    assert computed == date(2056, 12, 28)
    assert careful == BARRED  # Contested, the order may still fall.
    happen(proceeding, E.ENFORCEMENT_SERVED, date(2027, 1, 4))
    happen(proceeding, E.BECAME_FINAL, date(2027, 1, 19))
    assert days(proceeding) == (date(2057, 1, 19), date(2057, 1, 19))
    claim, case = claim_of(proceeding), get_case_by_id(proceeding.case_id)
    assert interest_limitation(case, claim, date(2027, 6, 1)) == date(2030, 12, 31)


def test_partly_contested_claim_is_not_titled(proceeding):
    happen(proceeding, E.ORDER_SERVED, date(2026, 12, 2))
    happen(proceeding, E.OPPOSED, date(2026, 12, 10), partial=True)
    happen(proceeding, E.ENFORCEMENT_ISSUED, date(2026, 12, 28))
    assert claim_of(proceeding).titled_on is None


def test_claim_against_joint_debtors_is_titled_with_the_last_of_them(house):
    filing = make_ready_filing(house, joint=True)
    hand_over(house, filing)
    first, second = list_of_case(filing.case_id)
    for proceeding, issued in ((first, date(2026, 12, 28)), (second, date(2027, 2, 1))):
        assert claim_of(first).titled_on is None
        happen(proceeding, E.ORDER_SERVED, date(2026, 12, 2))
        happen(proceeding, E.ENFORCEMENT_ISSUED, issued)
    assert claim_of(first).titled_on == date(2027, 2, 1)


def test_revoked_service_takes_the_suspension_back(proceeding):
    happen(proceeding, E.ORDER_SERVED, date(2026, 12, 2))
    revoke_event(proceeding, list_events(proceeding.id)[-1].id, "wrong case")
    assert list_limitation_events([claim_of(proceeding).id]) == []
    assert days(proceeding)[0] == BARRED


def test_deadline_ends_with_the_local_day(proceeding):
    happen(proceeding, E.ORDER_SERVED, date(2026, 12, 2))
    last = next(d for d in list_of_proceeding(proceeding.id) if d.rule_id == "M11").last_day
    item = next(i for i in list_open_items(proceeding.case_id) if i.reason == "legal_deadline")
    assert clock.local(item.due_at).date() == last == date(2027, 6, 2)
    assert f"{clock.local(item.due_at):%H:%M}" == "23:59"
