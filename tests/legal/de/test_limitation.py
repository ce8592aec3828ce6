"""Limitation: each rule L01 to L22 on a day that can be checked by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legal.calendar import add_months
from legal.de.limitation import LimitationKind, limitation
from legal.de.limitation_events import law_of
from legal.de.tables import read_rows
from legal.errors import InputInvalid
from legal.limitation import WARNING_MONTHS, warning_months
from legal.limitation_events import LimitationEvent, LimitationEventKind

BERLIN = "DE-BE"


def day(text):
    return date.fromisoformat(text)


def event(kind, confirmed=True, **days):
    flags = {name: days.pop(name) for name in ("served_soon", "lifted") if name in days}
    parsed = {name: day(text) for name, text in days.items()}
    return LimitationEvent(LimitationEventKind(kind), confirmed=confirmed, **parsed, **flags)


def ends(kind, due_on, *events, known_on=None, as_of=None, place=BERLIN):
    return limitation(
        LimitationKind(kind),
        day(due_on),
        place,
        known_on=day(known_on) if known_on else None,
        events=events,
        as_of=day(as_of) if as_of else None,
    ).computed


@pytest.mark.parametrize(
    ("kind", "due_on", "known_on", "unrolled", "last_day"),
    [
        pytest.param("regular", "2023-03-10", None, "2026-12-31", "2026-12-31", id="L01, L02"),
        pytest.param("regular", "2023-12-31", None, "2026-12-31", "2026-12-31", id="due on 31 Dec"),
        pytest.param("regular", "2024-01-01", None, "2027-12-31", "2027-12-31", id="due on 1 Jan"),
        pytest.param(
            "regular", "2019-05-02", None, "2022-12-31", "2023-01-02", id="L22: a Saturday"
        ),
        pytest.param(
            "regular",
            "2020-05-02",
            "2022-02-01",
            "2025-12-31",
            "2025-12-31",
            id="knowledge comes later",
        ),
        pytest.param(
            "regular",
            "2022-05-02",
            "2020-02-01",
            "2025-12-31",
            "2025-12-31",
            id="knowledge of the debtor before the claim arose",
        ),
        pytest.param(
            "regular",
            "2013-03-10",
            "2022-05-01",
            "2023-03-10",
            "2023-03-10",
            id="L03: ten years to the day",
        ),
        pytest.param(
            "title", "2020-05-15", None, "2050-05-15", "2050-05-16", id="L04: thirty years"
        ),
        pytest.param(
            "title", "2024-02-29", None, "2054-02-28", "2054-03-02", id="title of a leap day"
        ),
        pytest.param("title_interest", "2023-03-10", None, "2026-12-31", "2026-12-31", id="L05"),
        pytest.param(
            "consumer_loan",
            "2015-03-10",
            None,
            "2028-03-10",
            "2028-03-10",
            id="L18: ten years suspended, then three",
        ),
    ],
)
def test_periods_without_events(kind, due_on, known_on, unrolled, last_day):
    expiry = ends(kind, due_on, known_on=known_on)
    assert (expiry.unrolled, expiry.last_day) == (day(unrolled), day(last_day))


@pytest.mark.parametrize(
    ("happened", "unrolled"),
    [
        pytest.param(
            [event("negotiations", first_day="2024-03-01", last_day="2024-05-31")],
            "2027-04-02",
            id="L08, L19: 92 days added",
        ),
        pytest.param(
            [event("negotiations", first_day="2023-05-01", last_day="2023-08-31")],
            "2026-12-31",
            id="negotiations before the period began add nothing",
        ),
        pytest.param(
            [event("negotiations", first_day="2023-12-15", last_day="2024-01-10")],
            "2027-01-10",
            id="only the days inside the period count",
        ),
        pytest.param(
            [event("negotiations", first_day="2026-12-30", last_day="2027-01-05")],
            "2027-04-05",
            id="L08: not before three months after their end",
        ),
        pytest.param(
            [event("negotiations", first_day="2027-01-01", last_day="2027-03-05")],
            "2026-12-31",
            id="negotiations after the expiry",
        ),
        pytest.param(
            [
                event("negotiations", first_day="2024-03-01", last_day="2024-03-31"),
                event("deferral", first_day="2024-03-15", last_day="2024-04-30"),
            ],
            "2027-03-02",
            id="overlapping suspensions count once: 61 days",
        ),
        pytest.param(
            [event("deferral", first_day="2025-01-01", last_day="2025-12-31")],
            "2027-12-31",
            id="L16: a year of deferral",
        ),
        pytest.param(
            [
                event(
                    "payment_order",
                    applied_on="2026-12-20",
                    served_on="2027-01-10",
                    last_act_on="2027-02-01",
                    served_soon=True,
                )
            ],
            "2027-08-13",
            id="L10, L11: twelve days left after six months of standstill",
        ),
        pytest.param(
            [
                event(
                    "payment_order",
                    applied_on="2026-12-20",
                    served_on="2027-01-10",
                    last_act_on="2027-02-01",
                    served_soon=False,
                )
            ],
            "2026-12-31",
            id="L12: served late and after the expiry",
        ),
        pytest.param(
            [
                event(
                    "payment_order",
                    applied_on="2026-12-20",
                    served_on="2027-01-31",
                    last_act_on="2027-02-01",
                )
            ],
            "2027-08-13",
            id="L12: a month after the end is soon by itself",
        ),
        pytest.param(
            [
                event(
                    "payment_order",
                    applied_on="2026-12-20",
                    served_on="2027-02-01",
                    last_act_on="2027-02-01",
                )
            ],
            "2026-12-31",
            id="L12: a day more is not",
        ),
        pytest.param(
            [event("payment_order", applied_on="2026-03-02", served_on="2026-03-16")],
            "2027-07-18",
            id="L11: without a later act it still from service: 199 days",
        ),
        pytest.param(
            [
                event(
                    "payment_order",
                    applied_on="2026-03-02",
                    served_on="2026-03-16",
                    served_soon=False,
                )
            ],
            "2027-07-04",
            id="counted from service only: 185 days",
        ),
        pytest.param(
            [event("payment_order", served_on="2026-12-31", last_day="2027-03-31")],
            "2027-10-01",
            id="one day left after the end of proceedings",
        ),
        pytest.param(
            [
                event(
                    "action", applied_on="2026-12-31", served_on="2027-01-14", last_day="2027-06-30"
                )
            ],
            "2027-12-31",
            id="L09: fourteen days are soon",
        ),
        pytest.param(
            [
                event(
                    "action", applied_on="2026-12-31", served_on="2027-01-15", last_day="2027-06-30"
                )
            ],
            "2026-12-31",
            id="L09: fifteen are not",
        ),
        pytest.param(
            [event("rejected_application", applied_on="2026-12-30", served_on="2027-01-20")],
            "2027-02-20",
            id="L13: a month from the refusal",
        ),
        pytest.param(
            [
                event(
                    "rejected_application",
                    applied_on="2026-12-30",
                    served_on="2027-01-20",
                    first_day="2027-02-10",
                    last_day="2027-06-30",
                )
            ],
            "2028-01-01",
            id="L13: action followed in time",
        ),
        pytest.param(
            [
                event(
                    "rejected_application",
                    applied_on="2026-12-30",
                    served_on="2027-01-20",
                    served_soon=False,
                )
            ],
            "2026-12-31",
            id="L13: nothing without soon service",
        ),
        pytest.param(
            [event("insolvency", applied_on="2025-01-10", last_day="2026-01-09")],
            "2028-06-29",
            id="L15: until six months after the end (546 days)",
        ),
        pytest.param(
            [event("force_majeure", first_day="2026-05-01", last_day="2026-07-10")],
            "2027-01-10",
            id="L17: only the last six months",
        ),
        pytest.param(
            [event("part_payment", first_day="2024-05-10")],
            "2027-05-10",
            id="L20: three years to the day, no year end",
        ),
        pytest.param(
            [event("acknowledgement", first_day="2026-12-31")],
            "2029-12-31",
            id="L20: on the last day",
        ),
        pytest.param(
            [event("acknowledgement", first_day="2027-01-01")], "2026-12-31", id="L20: a day late"
        ),
        pytest.param(
            [event("part_payment", first_day="2023-06-01")],
            "2026-12-31",
            id="a period that has not begun cannot start anew",
        ),
        pytest.param(
            [
                event("part_payment", first_day="2024-05-10"),
                event("part_payment", first_day="2025-02-03"),
            ],
            "2028-02-03",
            id="each payment starts it anew",
        ),
        pytest.param(
            [
                event("negotiations", first_day="2024-03-01", last_day="2024-05-31"),
                event("part_payment", first_day="2024-03-31"),
            ],
            "2027-05-31",
            id="a suspension that goes on holds the new period back",
        ),
        pytest.param(
            [
                event("part_payment", first_day="2024-03-31"),
                event("negotiations", first_day="2024-05-01", last_day="2024-05-31"),
            ],
            "2027-05-01",
            id="a suspension of the new period",
        ),
    ],
)
def test_events_in_a_regular_period(happened, unrolled):
    """Due on 2023-03-10: the period runs from 2024-01-01 to 2026-12-31."""
    assert ends("regular", "2023-03-10", *happened).unrolled == day(unrolled)


@pytest.mark.parametrize(
    ("kind", "happened", "unrolled"),
    [
        pytest.param(
            "title",
            event("enforcement", applied_on="2030-01-15"),
            "2060-01-15",
            id="L21: thirty years from the application",
        ),
        pytest.param(
            "title",
            event("enforcement", applied_on="2030-01-15", served_on="2030-03-01"),
            "2060-03-01",
            id="L21: the act itself starts it once more",
        ),
        pytest.param(
            "title",
            event("enforcement", applied_on="2030-01-15", lifted=True),
            "2050-05-15",
            id="L21: a lifted act counts for nothing",
        ),
        pytest.param(
            "title",
            event("part_payment", first_day="2030-01-15"),
            "2060-01-15",
            id="L20: a title starts anew for thirty years",
        ),
        pytest.param(
            "title_interest",
            event("part_payment", first_day="2022-01-15"),
            "2025-01-15",
            id="L20: its interest for three",
        ),
    ],
)
def test_events_after_a_title(kind, happened, unrolled):
    assert ends(kind, "2020-05-15", happened).unrolled == day(unrolled)


def test_the_end_of_a_payment_is_pointed_out_as_meaningless():
    paid = event("part_payment", first_day="2024-05-10", last_day="2024-06-10")
    expiry = ends("regular", "2023-03-10", paid)
    assert expiry.unrolled == day("2027-05-10")
    assert "only the day of an act counts" in expiry.steps[-1].message()


def test_a_filing_on_the_working_day_after_a_weekend_is_in_time():
    """BGH III ZR 146/07: 2022-12-31 was a Saturday, so 2023-01-02 is still in time."""
    filed = event("action", applied_on="2023-01-02", served_on="2023-01-10", last_day="2023-06-30")
    assert ends("regular", "2019-05-02", filed).unrolled == day("2023-12-31")


def test_a_consumer_loan_starts_anew_but_stays_suspended():
    """Its 1095 days, 2016-06-02 to 2019-06-01, follow the ten years, which end on 2025-03-10."""
    paid = event("part_payment", first_day="2016-06-01")
    assert ends("consumer_loan", "2015-03-10", paid).unrolled == day("2028-03-09")


def test_without_an_end_the_result_stays_open_or_moves_with_the_key_date():
    filed = event("insolvency", applied_on="2025-01-10")
    assert ends("regular", "2023-03-10", filed).last_day is None
    until_today = ends("regular", "2023-03-10", filed, as_of="2026-01-09")
    assert until_today.unrolled == day("2028-06-29")
    talks = event("negotiations", first_day="2026-11-01")
    assert ends("regular", "2023-03-10", talks, as_of="2026-12-31").unrolled == day("2027-03-31")


def test_unconfirmed_events_count_in_the_computed_day_only():
    paid = event("part_payment", confirmed=False, first_day="2024-05-10")
    filed = event("payment_order", served_on="2026-03-16")
    both = limitation(LimitationKind.REGULAR, day("2023-03-10"), BERLIN, events=[paid, filed])
    assert both.computed.unrolled == day("2027-05-10") + timedelta(days=185)
    assert both.conservative.unrolled == day("2026-12-31") + timedelta(days=185)


def test_steps_name_the_law_and_lead_to_the_result():
    paid = event("part_payment", first_day="2025-05-10")
    expiry = ends("regular", "2019-05-02", event("part_payment", first_day="2021-05-08"), paid)
    laws = ["BGB § 195; BGB § 199(1)", law_of("L20"), law_of("L20")]
    assert [step.law for step in expiry.steps] == laws
    assert "anew after 2021-05-08" in expiry.steps[1].message()
    assert "after the expiry" in expiry.steps[2].message()
    assert (expiry.unrolled, expiry.last_day) == (day("2024-05-08"), day("2024-05-08"))


def test_a_holiday_of_the_place_moves_the_last_day():
    paid = event("part_payment", first_day="2023-06-08")
    assert ends("regular", "2021-03-10", paid, place="DE-NW").last_day == day("2026-06-08")
    corpus_christi = event("part_payment", first_day="2023-06-04")
    in_hagen = ends("regular", "2021-03-10", corpus_christi, place="DE-NW")
    assert (in_hagen.unrolled, in_hagen.last_day) == (day("2026-06-04"), day("2026-06-05"))
    assert in_hagen.steps[-1].law == law_of("L22")
    assert ends("regular", "2021-03-10", corpus_christi).last_day == day("2026-06-04")


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        pytest.param(event("part_payment"), "from", id="a payment without a day"),
        pytest.param(
            event("negotiations", last_day="2024-01-01"), "from", id="talks without a start"
        ),
        pytest.param(
            event("negotiations", first_day="2024-02-01", last_day="2024-01-01"),
            "until",
            id="an end before the start",
        ),
        pytest.param(event("payment_order"), "served_on", id="an order without any day"),
        pytest.param(
            event("payment_order", applied_on="2024-02-01", served_soon=False),
            "served_on",
            id="an order served late, but when?",
        ),
        pytest.param(
            event("payment_order", served_on="2024-02-01", last_act_on="2024-01-01"),
            "last_act_on",
            id="an act before the service",
        ),
        pytest.param(
            event("rejected_application", applied_on="2024-02-01"),
            "served_on",
            id="a refusal without a day",
        ),
        pytest.param(event("enforcement"), "applied_on", id="enforcement without a day"),
    ],
)
def test_events_without_their_days_are_refused(broken, field):
    with pytest.raises(InputInvalid) as refused:
        ends("regular", "2023-03-10", broken)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("as_of", "months"),
    [
        ("2025-12-30", None),
        ("2025-12-31", 12),
        ("2026-06-29", 12),
        ("2026-06-30", 6),
        ("2026-09-30", 3),
        ("2026-11-30", 1),
        ("2026-12-31", 1),
        ("2027-01-01", 0),
    ],
)
def test_warnings_come_twelve_six_three_and_one_months_ahead(as_of, months):
    assert warning_months(day("2026-12-31"), day(as_of)) == months


def test_an_open_end_warns_of_nothing():
    assert warning_months(None, day("2026-12-31")) is None


def test_all_rules_are_in_the_table():
    assert [row["id"] for row in read_rows("limitation_rules.csv")] == [
        f"L{n:02}" for n in range(1, 26)
    ]


DAYS = st.dates(date(2018, 1, 1), date(2032, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 900))


@settings(max_examples=150, deadline=None)
@given(due_on=DAYS, spans=st.lists(SPANS, max_size=5), payments=st.lists(DAYS, max_size=3))
def test_events_never_shorten_a_period_and_order_does_not_matter(due_on, spans, payments):
    events = [
        LimitationEvent(LimitationEventKind.NEGOTIATIONS, begin, begin + timedelta(days=length))
        for begin, length in spans
    ] + [LimitationEvent(LimitationEventKind.PART_PAYMENT, paid_on) for paid_on in payments]
    plain = limitation(LimitationKind.REGULAR, due_on, BERLIN).computed.unrolled
    there = limitation(LimitationKind.REGULAR, due_on, BERLIN, events=events)
    back = limitation(LimitationKind.REGULAR, due_on, BERLIN, events=events[::-1])
    assert there.computed.unrolled >= plain
    assert there.computed.unrolled == back.computed.unrolled
    assert there.conservative.unrolled == plain


def test_every_due_day_of_thirty_years():
    """Reliability row 22: three full years after the year's end, and warnings in time."""
    due_on = date(2000, 1, 1)
    while due_on.year < 2030:
        expiry = limitation(LimitationKind.REGULAR, due_on, BERLIN).computed
        assert expiry.unrolled == date(due_on.year + 3, 12, 31)
        assert 0 <= (expiry.last_day - expiry.unrolled).days <= 3
        for months in WARNING_MONTHS:
            assert warning_months(expiry.last_day, add_months(expiry.last_day, -months)) == months
        due_on += timedelta(days=1)
