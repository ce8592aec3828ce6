"""The proceeding: what is possible when, and which deadlines the events open and close."""

from datetime import date

import pytest

from legal.calendar import parse_period
from legal.court import Whose
from legal.de.court.eda.replies import read_file
from legal.de.court.proceeding.deadlines import final_on, find_open, list_deadlines
from legal.de.court.proceeding.enforcement_order import list_obstacles
from legal.de.court.proceeding.limitation import limitation_event
from legal.de.court.proceeding.message_events import list_proposals
from legal.de.court.proceeding.states import TRANSITIONS, take
from legal.de.limitation import LimitationKind, limitation
from legal.proceeding import (
    CourtEventKind,
    Event,
    MovesBackwards,
    NotPossibleNow,
    Proceeding,
    State,
)
from tests.factories import court_replies as court

K = CourtEventKind
APPLIED = date(2026, 5, 4)
SERVED = date(2026, 5, 21)


def make_proceeding(*events, place="DE-NW"):
    proceeding = Proceeding(APPLIED, place)
    for event in events:
        proceeding = take(proceeding, event if isinstance(event, Event) else Event(*event))
    return proceeding


def open_days(proceeding):
    return {d.rule_id: d.last_day for d in list_deadlines(proceeding) if d.is_open}


ISSUED = (K.ORDER_ISSUED, date(2026, 5, 11))
ORDER_SERVED = (K.ORDER_SERVED, SERVED)
PAID = (K.FEE_PAID, date(2026, 5, 20))


@pytest.mark.parametrize(
    ("events", "state"),
    [
        pytest.param([ISSUED], State.ORDER_ISSUED, id="issued"),
        pytest.param([ORDER_SERVED], State.ORDER_SERVED, id="the cost note may be missing"),
        pytest.param(
            [ISSUED, (K.ORDER_NOT_SERVED, SERVED)], State.ORDER_NOT_SERVED, id="not served"
        ),
        pytest.param(
            [
                ISSUED,
                (K.ORDER_NOT_SERVED, date(2026, 5, 15)),
                (K.ORDER_NEW_SERVICE, date(2026, 5, 18)),
                (K.ORDER_NOT_SERVED, SERVED),
            ],
            State.ORDER_NOT_SERVED,
            id="not served again after new service",
        ),
        pytest.param([ORDER_SERVED, (K.OPPOSED, date(2026, 6, 1))], State.OPPOSED, id="opposed"),
        pytest.param(
            [ORDER_SERVED, Event(K.OPPOSED, date(2026, 6, 1), partial=True)],
            State.PARTLY_OPPOSED,
            id="opposed in part",
        ),
        pytest.param(
            [
                ORDER_SERVED,
                (K.ENFORCEMENT_APPLIED, date(2026, 6, 8)),
                (K.OPPOSED, date(2026, 6, 9)),
            ],
            State.OPPOSED,
            id="opposed before the order",
        ),
        pytest.param(
            [
                ORDER_SERVED,
                (K.ENFORCEMENT_APPLIED, date(2026, 6, 8)),
                (K.ENFORCEMENT_ISSUED, date(2026, 6, 10)),
                (K.ENFORCEMENT_SERVED, date(2026, 6, 15)),
                (K.BECAME_FINAL, date(2026, 6, 30)),
            ],
            State.FINAL,
            id="all the way to the title",
        ),
        pytest.param(
            [
                ORDER_SERVED,
                (K.ENFORCEMENT_ISSUED, date(2026, 6, 10)),
                (K.PROTESTED, date(2026, 6, 20)),
                (K.REFERRED, date(2026, 6, 25)),
            ],
            State.REFERRED,
            id="protest and transfer",
        ),
        pytest.param(
            [ORDER_SERVED, (K.WITHDRAWN, date(2026, 6, 1))], State.WITHDRAWN, id="withdrawn"
        ),
        pytest.param([(K.REFUSED, date(2026, 5, 8))], State.REFUSED, id="refused"),
        pytest.param(
            [ISSUED, (K.QUERIED, date(2026, 5, 12))], State.ORDER_ISSUED, id="query stays"
        ),
    ],
)
def test_events_lead_to_the_state(events, state):
    assert make_proceeding(*events).state is state


@pytest.mark.parametrize(
    ("events", "late", "error"),
    [
        pytest.param([ORDER_SERVED], ISSUED, MovesBackwards, id="issued after served"),
        pytest.param(
            [ORDER_SERVED],
            (K.ORDER_SERVED, date(2026, 5, 22)),
            MovesBackwards,
            id="served on another day",
        ),
        pytest.param(
            [ORDER_SERVED, (K.OPPOSED, date(2026, 6, 1))],
            (K.ENFORCEMENT_APPLIED, date(2026, 6, 8)),
            MovesBackwards,
            id="opposed in full",
        ),
        pytest.param(
            [ORDER_SERVED, (K.WITHDRAWN, date(2026, 6, 1))],
            (K.OPPOSED, date(2026, 6, 8)),
            MovesBackwards,
            id="withdrawn",
        ),
        pytest.param(
            [ISSUED], (K.ENFORCEMENT_APPLIED, date(2026, 6, 8)), NotPossibleNow, id="not yet served"
        ),
        pytest.param([], (K.BECAME_FINAL, date(2026, 6, 8)), NotPossibleNow, id="no title"),
        pytest.param(
            [], (K.ORDER_ISSUED, date(2026, 5, 1)), NotPossibleNow, id="before the application"
        ),
        pytest.param(
            [ORDER_SERVED, (K.ENFORCEMENT_ISSUED, date(2026, 6, 10))],
            (K.OPPOSED, date(2026, 6, 12)),
            NotPossibleNow,
            id="too late: a protest",
        ),
    ],
)
def test_what_does_not_fit_is_refused(events, late, error):
    proceeding = make_proceeding(*events)
    with pytest.raises(error):
        take(proceeding, Event(*late))


def test_reading_a_message_again_changes_nothing():
    once = make_proceeding(ISSUED, ORDER_SERVED, (K.OPPOSED, date(2026, 6, 1)))
    for event in once.events:
        assert take(once, event) is once


def test_no_ended_proceeding_moves():
    ends = {State.WITHDRAWN, State.RESOLVED, State.FINAL}
    assert not any(set(sources) & ends for sources, _ in TRANSITIONS.values())


def test_every_event_has_its_transition():
    assert set(TRANSITIONS) == set(CourtEventKind)


def test_service_opens_opposition_and_both_ends_for_the_enforcement_order():
    # 2026-05-21 plus two weeks is Corpus Christi (4 June), a holiday at Hagen; six months end on
    # Saturday 21 November and move to Monday.
    days = open_days(make_proceeding(ORDER_SERVED))
    assert days == {"M09": date(2026, 6, 5), "M10": date(2026, 6, 6), "M11": date(2026, 11, 23)}
    # Corpus Christi is no holiday in Berlin.
    assert open_days(make_proceeding(ORDER_SERVED, place="DE-BE"))["M09"] == date(2026, 6, 4)


def test_period_set_by_the_court_for_service_abroad_counts():
    served = Event(K.ORDER_SERVED, SERVED, period=parse_period("1 month"))
    days = open_days(make_proceeding(served))
    assert days["M09"] == date(2026, 6, 22)  # 21 June is a Sunday.
    assert days["M10"] == date(2026, 6, 23)


def test_opposition_closes_them_and_starts_the_six_months_of_limitation():
    notice = Event(K.OPPOSED, date(2026, 6, 1), received_on=date(2026, 6, 8))
    proceeding = make_proceeding(ORDER_SERVED, notice)
    assert open_days(proceeding) == {"M14": date(2026, 12, 8)}
    closed = {d.rule_id: d.closed_by.kind for d in list_deadlines(proceeding) if not d.is_open}
    assert closed == {"M09": K.OPPOSED, "M10": K.OPPOSED, "M11": K.OPPOSED}


def test_each_further_act_starts_the_six_months_anew():
    proceeding = make_proceeding(
        ORDER_SERVED,
        (K.OPPOSED, date(2026, 6, 1)),
        (K.REFERRAL_REQUESTED, date(2026, 7, 1)),
        (K.REFERRED, date(2026, 8, 3)),
    )
    assert open_days(proceeding) == {"M14": date(2027, 2, 3)}


def test_partial_opposition_leaves_both_paths_open():
    partial = Event(K.OPPOSED, date(2026, 6, 1), partial=True)
    proceeding = make_proceeding(ORDER_SERVED, partial)
    assert set(open_days(proceeding)) == {"M09", "M10", "M11", "M14"}
    both = take(
        take(proceeding, Event(K.ENFORCEMENT_APPLIED, date(2026, 6, 8))),
        Event(K.REFERRED, date(2026, 6, 20)),
    )
    assert both.state is State.ENFORCEMENT_APPLIED
    assert set(open_days(both)) == {"M09", "M14"}


def test_enforcement_order_opens_the_strict_two_weeks_and_then_thirty_years():
    proceeding = make_proceeding(
        ORDER_SERVED,
        (K.ENFORCEMENT_APPLIED, date(2026, 6, 8)),
        (K.ENFORCEMENT_ISSUED, date(2026, 6, 10)),
        (K.ENFORCEMENT_SERVED, date(2026, 6, 15)),
    )
    assert open_days(proceeding) == {"M17": date(2026, 6, 29)}
    assert final_on(proceeding) == date(2026, 6, 30)
    final = take(proceeding, Event(K.BECAME_FINAL, date(2026, 6, 30)))
    assert open_days(final) == {"L04": date(2056, 6, 30)}


@pytest.mark.parametrize(
    ("event", "rule", "last_day", "closing"),
    [
        pytest.param(
            (K.REFUSED, date(2026, 5, 8)),
            "M06",
            date(2026, 6, 8),
            K.ACTION_FILED,
            id="refused: one month to sue",
        ),
        pytest.param(
            (K.QUERIED, date(2026, 5, 8)),
            "OWN",
            date(2026, 5, 22),
            K.QUERY_ANSWERED,
            id="query: the house's own period",
        ),
        pytest.param(
            (K.QUERIED, date(2026, 5, 8)),
            "OWN",
            date(2026, 5, 22),
            K.ORDER_ISSUED,
            id="query: a court that goes on asks no more",
        ),
        pytest.param(
            (K.ORDER_NOT_SERVED, date(2026, 5, 8)),
            "L12",
            date(2026, 6, 8),
            K.ORDER_NEW_SERVICE,
            id="not served: soon",
        ),
    ],
)
def test_event_opens_its_deadline_and_the_answer_closes_it(event, rule, last_day, closing):
    proceeding = make_proceeding(event)
    assert open_days(proceeding) == {rule: last_day}
    assert rule not in open_days(take(proceeding, Event(closing, date(2026, 5, 28))))


def test_statement_of_claim_is_due_two_weeks_after_the_request():
    proceeding = make_proceeding(
        ORDER_SERVED,
        (K.OPPOSED, date(2026, 6, 1)),
        (K.REFERRED, date(2026, 8, 3)),
        (K.STATEMENT_REQUESTED, date(2026, 8, 10)),
    )
    deadline = find_open(proceeding, "M15")
    assert (deadline.last_day, deadline.whose) == (date(2026, 8, 24), Whose.OURS)
    assert not deadline.is_missed(date(2026, 8, 24))
    assert deadline.is_missed(date(2026, 8, 25))


def test_withdrawal_closes_everything():
    assert open_days(make_proceeding(ORDER_SERVED, (K.WITHDRAWN, date(2026, 6, 1)))) == {}


@pytest.mark.parametrize(
    ("today", "events", "codes"),
    [
        pytest.param(
            date(2026, 6, 5), [ORDER_SERVED, PAID], ["too_early"], id="last day of opposition"
        ),
        pytest.param(date(2026, 6, 6), [ORDER_SERVED, PAID], [], id="first possible day"),
        pytest.param(date(2026, 6, 6), [ORDER_SERVED], ["court_fee_unpaid"], id="fee unpaid"),
        pytest.param(date(2026, 11, 23), [ORDER_SERVED, PAID], ["latest_day_near"], id="last day"),
        pytest.param(date(2026, 11, 24), [ORDER_SERVED, PAID], ["too_late"], id="a day too late"),
        pytest.param(date(2026, 6, 6), [ISSUED], ["not_served"], id="not served"),
        pytest.param(
            date(2026, 6, 6),
            [ORDER_SERVED, (K.OPPOSED, date(2026, 6, 1))],
            ["not_served"],
            id="opposed",
        ),
    ],
)
def test_enforcement_order_is_applied_for_in_its_window_only(today, events, codes):
    ordered = sorted((Event(*e) for e in events), key=lambda e: e.on)
    assert [f.code for f in list_obstacles(make_proceeding(*ordered), today)] == codes


GNRS = ["26000001111", "26000002222"]
SENT = date(2026, 5, 22)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        pytest.param(
            court.cost_note(SENT, GNRS, "R", principal_cents=1, court_fee_cents=38_00),
            [(GNRS[0], 0, K.ORDER_ISSUED, SENT), (GNRS[1], 1, K.ORDER_ISSUED, SENT)],
            id="cost note for each defendant",
        ),
        pytest.param(
            court.service_note(SENT, GNRS[0], "R", "05", served_on=SERVED),
            [(GNRS[0], 0, K.ORDER_SERVED, SERVED)],
            id="served",
        ),
        pytest.param(
            court.service_note(SENT, GNRS[0], "R", "06", reason_key="U"),
            [(GNRS[0], 0, K.ORDER_NOT_SERVED, SENT)],
            id="not served: the day of the file",
        ),
        pytest.param(
            court.referral(SENT, GNRS[0], "R"), [(GNRS[0], 0, K.REFERRED, SENT)], id="referred"
        ),
        pytest.param(
            court.query(SENT, GNRS, "R", [("012", "AGPLZ", "")], applied_on=APPLIED),
            [(GNRS[0], 0, K.QUERIED, SENT), (GNRS[1], 1, K.QUERIED, SENT)],
            id="query",
        ),
        pytest.param(
            court.enforcement_order_issued(
                SENT, GNRS[0], "R", principal_cents=1, court_fee_cents=0
            ),
            [(GNRS[0], 0, K.ENFORCEMENT_ISSUED, SENT)],
            id="enforcement order",
        ),
    ],
)
def test_messages_become_proposals(file, expected):
    (read,) = read_file(file.encode())
    proposals = [p for m in read.messages for p in list_proposals(m.message, read.header.date)]
    assert [(p.court_number, p.defendant, p.event.kind, p.event.on) for p in proposals] == expected
    assert all(p.own_ref == "R" for p in proposals)


@pytest.mark.parametrize(("extent", "partial"), [("1", False), ("2", True)])
def test_notice_of_opposition_by_post_is_deemed_received_on_the_fourth_day(extent, partial):
    file = court.opposition(
        SENT,
        GNRS[0],
        "R",
        extent=extent,
        contested_cents=100,
        value_cents=100,
        further_costs_cents=0,
        received_on=date(2026, 5, 20),
    )
    (read,) = read_file(file.encode())
    (proposal,) = list_proposals(read.messages[0].message, SENT, posted=True)
    assert proposal.event == Event(
        K.OPPOSED, date(2026, 5, 20), partial=partial, received_on=date(2026, 5, 26)
    )


def test_receipt_proposes_nothing():
    (read,) = read_file(court.receipt(SENT, "Datei eingegangen"))
    assert list(list_proposals(read.messages[0].message, SENT)) == []


def limitation_of(proceeding):
    # Due in March 2023: time-barred at the end of 2026 if nothing happens.
    events = [event] if (event := limitation_event(proceeding)) else []
    found = limitation(
        LimitationKind.REGULAR,
        date(2023, 3, 10),
        "DE-BE",
        known_on=date(2023, 3, 10),
        events=events,
    )
    return found.computed.unrolled


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # The suspension counts from the application (4 May, served soon) to six months after the
        # last act; that many days, both ends included, are added to the end of 2026.
        pytest.param([], date(2026, 12, 31), id="not served: nothing is suspended"),
        pytest.param([ORDER_SERVED], date(2027, 7, 21), id="served: six months from there"),
        pytest.param(
            [ORDER_SERVED, Event(K.OPPOSED, date(2026, 6, 1), received_on=date(2026, 6, 8))],
            date(2027, 8, 7),
            id="opposed: six months from the notice",
        ),
    ],
)
def test_proceeding_suspends_limitation(events, expected):
    assert limitation_of(make_proceeding(*events)) == expected


def test_refused_application_is_a_rejected_one_for_limitation():
    proceeding = make_proceeding((K.REFUSED, date(2026, 5, 8)), (K.ACTION_FILED, date(2026, 5, 20)))
    event = limitation_event(proceeding)
    assert event.kind == "rejected_application"
    assert (event.served_on, event.first_day) == (date(2026, 5, 8), date(2026, 5, 20))
