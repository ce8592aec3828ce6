"""The contact rules: every reason on both sides, and the next minute by brute force."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.claims.reaching.allowed import (
    HOUSE_RULES,
    Addressee,
    Channel,
    ChannelRule,
    Person,
    Plan,
    Reason,
    _reasons_of_time,
    judge,
)

#: Local minutes of the debtor, so without a zone.
at = datetime.fromisoformat
WEDNESDAY = at("2026-11-25T10:00")


def reasons(moment=WEDNESDAY, channel=Channel.PHONE, **more):
    return judge(Plan(channel, moment, "DE-BY", **more)).reasons


@pytest.mark.parametrize(
    ("moment", "channel", "expected"),
    [
        pytest.param(at("2026-11-25T08:00"), Channel.PHONE, (), id="first minute"),
        pytest.param(at("2026-11-25T07:59"), Channel.PHONE, ("too_early",), id="before"),
        pytest.param(at("2026-11-25T19:59"), Channel.PHONE, (), id="last minute"),
        pytest.param(at("2026-11-25T20:00"), Channel.PHONE, ("too_late",), id="after"),
        pytest.param(at("2026-11-25T18:00"), Channel.VISIT, ("too_late",), id="visit"),
        pytest.param(at("2026-11-28T10:00"), Channel.PHONE, (), id="Saturday by phone"),
        pytest.param(at("2026-11-28T10:00"), Channel.VISIT, ("saturday",), id="Saturday"),
        pytest.param(
            at("2026-11-29T21:00"), Channel.PHONE, ("too_late", "sunday"), id="Sunday night"
        ),
        pytest.param(at("2026-12-25T10:00"), Channel.PHONE, ("holiday",), id="holiday"),
        pytest.param(at("2026-11-29T10:00"), Channel.SMS, (), id="SMS knows no Sunday"),
        pytest.param(at("2026-11-29T21:00"), Channel.SMS, ("too_late",), id="SMS at night"),
        pytest.param(at("2026-11-29T23:00"), Channel.EMAIL, (), id="e-mail at any time"),
        pytest.param(at("2026-11-29T03:00"), Channel.LETTER, (), id="letter at any time"),
    ],
)
def test_hours_and_days(moment, channel, expected):
    assert reasons(moment, channel) == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person(represented=True), ("represented",)),
        (Person(deceased=True), ("deceased",)),
        (Person(insolvent=True, guardian=True), ("insolvent", "guardian")),
        (Person(minor=True, opted_out=frozenset({Channel.PHONE})), ("opted_out", "minor")),
        (Person(opted_out=frozenset({Channel.SMS})), ()),
    ],
)
def test_reasons_of_the_person_stand_for_the_debtor_only(person, expected):
    assert reasons(person=person) == expected
    assert reasons(person=person, to=Addressee.REPRESENTATIVE) == ()


def test_nobody_opts_out_of_letters():
    everything = Person(opted_out=frozenset(Channel))
    assert reasons(channel=Channel.LETTER, person=everything) == ()


@pytest.mark.parametrize(
    ("hours_ago", "counts"), [(0, True), (167, True), (168, False), (-1, False)]
)
def test_seven_days_are_the_168_hours_before(hours_ago, counts):
    moments = [WEDNESDAY - timedelta(hours=hours_ago)] * 3
    assert (reasons(moments=moments) == (Reason.TOO_OFTEN,)) is counts


def test_a_reason_of_the_person_has_no_next_minute():
    judgement = judge(Plan(Channel.PHONE, WEDNESDAY, "DE-BY", person=Person(deceased=True)))
    assert judgement.next_at is None


def test_a_rule_that_never_opens_has_no_next_minute():
    never = {Channel.EMAIL: ChannelRule(most_in_7_days=0)}
    assert judge(Plan(Channel.EMAIL, WEDNESDAY, "DE", rules=never)).next_at is None


@settings(max_examples=60, deadline=None)
@given(
    channel=st.sampled_from(list(Channel)),
    begin=st.datetimes(at("2026-12-18T00:00"), at("2027-01-04T00:00")),
    ago=st.lists(st.integers(-60, 200), max_size=6),
)
def test_the_next_minute_is_the_first_one(channel, begin, ago):
    begin = begin.replace(second=0, microsecond=0)
    moments = [begin - timedelta(hours=hours) for hours in ago]
    plan = Plan(channel, begin, "DE-BY", moments=moments)
    found = judge(plan).next_at
    minute = begin
    while next(_reasons_of_time(plan, HOUSE_RULES, minute), None) is not None:
        minute += timedelta(minutes=1)
    assert found == minute
