"""Strategies by data: what may be released, and what is done on a day."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.strategies.checking import check
from cases.strategies.conditions import CaseFacts, funnel, left_out_because
from cases.strategies.planning import Act, Standing, announced_by, decide, due_on
from cases.strategies.shipped import SHIPPED
from cases.strategies.steps import (
    Conditions,
    Plan,
    Step,
    StepChannel,
    as_data,
    moved_key,
    new_key,
    read_plan,
)

MONDAY = date(2026, 11, 23)
FACTS = CaseFacts(
    case_id=1, creditor_id=1, amicable=True, open_cents=1_000_00, purpose="consumer",
    debtor_kind="natural_person", language="de", reminded=True, phone_known=True, visitable=True,
    post_possible=True, letters=1, place="DE-HH", owner_id=1,
)  # fmt: skip
CONSUMER = next(each for each in SHIPPED if each.code == "consumer").plan
START = Standing("first", 0, MONDAY)


def codes(plan):
    return {finding.code for finding in check(plan)}


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda each: each.code)
def test_what_ships_can_be_released_and_is_kept_as_it_is(shipped):
    assert codes(shipped.plan) == set()
    assert read_plan(as_data(shipped.plan)) == shipped.plan


def changed(place, **values):
    steps = list(CONSUMER.steps)
    steps[place] = replace(steps[place], **values)
    return replace(CONSUMER, steps=tuple(steps))


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (Plan(()), "no_steps"),
        (Plan(CONSUMER.steps[:-1]), "ends_openly"),
        (changed(4, only=Conditions(purpose="consumer")), "last_may_be_left_out"),
        (Plan((*CONSUMER.steps, Step("x", StepChannel.REVIEW, intensity=5))), "unreachable"),
        (changed(2, only=Conditions(amount_from_cents=2, amount_below_cents=1)), "never_matches"),
        (changed(2, only=Conditions(purpose="business")), "never_matches"),
        (changed(1, intensity=5), "weaker"),
        (changed(1, intensity=9), "intensity_unknown"),
        (changed(1, wait_days=-1), "wait_unknown"),
        (changed(1, template="nothing"), "letter_unknown"),
        (changed(0, template="reminder"), "first_letter_missing"),
        (changed(0, channel=StepChannel.EMAIL), "mail_unknown"),
        (changed(3, channel=StepChannel.EMAIL), "mail_unknown"),
        (replace(changed(2, only=Conditions(organisation="large")),
                 only=Conditions(organisation="small")), "never_matches"),
        (changed(1, template="first_demand"), "first_letter_again"),
        (Plan((CONSUMER.steps[0], CONSUMER.steps[-1])), "threatens_court_first"),
        (Plan((*CONSUMER.steps[:4], Step("r", StepChannel.REVIEW, 3, intensity=5))),
         "court_not_next"),
        (changed(2, wait_days=60), "announced_late"),
        (changed(4, reason=" "), "reason_missing"),
        (changed(2, tries=0), "tries_unknown"),
        (Plan(tuple(replace(CONSUMER.steps[1], key=f"k{n}") for n in range(30))),
         "too_many_steps"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(plan, code):
    assert code in codes(plan)


@pytest.mark.parametrize(
    ("facts", "act", "why"),
    [
        ({}, Act.DO, "due"),
        ({"hold": "creditor"}, Act.WAIT, "hold:creditor"),
        ({"promised_until": MONDAY}, Act.WAIT, "promise"),
        ({"matter": "question_asked"}, Act.WAIT, "matter:question_asked"),
        ({"post_possible": False}, Act.WAIT, "address"),
        ({"amicable": False}, Act.END, "phase"),
        ({"open_cents": 0}, Act.END, "paid"),
    ],
)
def test_what_stands_against_a_step_comes_before_it(facts, act, why):
    decision = decide(CONSUMER, START, replace(FACTS, **facts), MONDAY)
    assert (decision.act, decision.why) == (act, why)
    assert decision.act is not Act.WAIT or decision.on > MONDAY


def test_a_step_waits_for_working_days_and_for_the_rules_of_contact():
    call = Step("c", StepChannel.CALL, 1, working_days=True)
    plan, standing = Plan((call,)), Standing("c", 0, date(2026, 11, 20))
    assert due_on(call, date(2026, 11, 20), "DE-HH") == MONDAY
    assert decide(plan, standing, FACTS, MONDAY).act is Act.DO
    sunday = decide(plan, replace(standing, hurried=True), FACTS, date(2026, 11, 22))
    assert (sunday.why, sunday.on) == ("no_working_day", MONDAY)
    often = tuple(datetime.combine(date(2026, 11, 20), time(9 + n)) for n in range(3))
    decision = decide(plan, standing, replace(FACTS, approaches=often), MONDAY)
    assert decision.why == "rule:too_often"
    assert decision.on > MONDAY


def test_a_mail_is_sent_where_it_may_be_and_not_too_often():
    mail = Step("m", StepChannel.EMAIL, template="reminder")
    plan, standing = Plan((mail, CONSUMER.steps[1])), Standing("m", 0, MONDAY)
    reached = replace(FACTS, mailbox=True)
    assert decide(plan, standing, reached, MONDAY).step is mail
    passed = decide(plan, standing, FACTS, MONDAY)
    assert passed.left_out == (("m", "mailbox"),)
    days = (date(2026, 11, 19), date(2026, 11, 20))
    often = tuple(datetime.combine(day, time(9)) for day in days)
    waits = decide(plan, standing, replace(reached, mails=often), MONDAY)
    assert (waits.why, waits.on) == ("rule:too_often", date(2026, 11, 26))
    assert announced_by(Plan((CONSUMER.steps[0], mail)), CONSUMER.steps[0], reached) is mail


@pytest.mark.parametrize(
    "only",
    [
        {"organisation": "large"},
        {"payer_type": "late"},
        {"size": "medium"},
        {"risk": "high"},
        {"language": "en"},
    ],
    ids=str,
)
def test_a_step_is_for_debtors_of_a_class(only):
    [name] = only
    step = replace(CONSUMER.steps[1], only=Conditions(**only))
    assert left_out_because(step, FACTS) == name
    assert left_out_because(step, replace(FACTS, **only)) is None
    assert Plan((step,)).asks(name)


def test_a_letter_announces_what_this_case_gets_next():
    second = CONSUMER.steps[1]
    assert announced_by(CONSUMER, second, FACTS).channel is StepChannel.CALL
    small = replace(FACTS, open_cents=50_00)
    assert announced_by(CONSUMER, second, small).template == "before_court"
    mute = replace(FACTS, phone_known=False)
    assert announced_by(CONSUMER, second, mute).template == "before_court"
    assert left_out_because(CONSUMER.steps[2], mute) == "phone_known"


def test_conditions_are_counted_one_after_the_other():
    assert funnel(Conditions(1_00, None, "consumer")) == [
        Conditions(1_00), Conditions(1_00, None, "consumer")
    ]  # fmt: skip


def test_a_case_goes_on_at_the_same_step_of_a_new_version():
    new = Plan((CONSUMER.steps[0], CONSUMER.steps[3], CONSUMER.steps[4]))
    assert moved_key(CONSUMER, "second", new) == "last"
    assert moved_key(CONSUMER, "court", new) == "court"
    assert moved_key(CONSUMER, None, new) is None
    assert new_key(CONSUMER.steps) == "s1"


STEPS = st.builds(
    Step,
    key=st.uuids().map(str),
    channel=st.sampled_from([StepChannel.LETTER, StepChannel.CALL, StepChannel.VISIT]),
    wait_days=st.integers(0, 20),
    working_days=st.booleans(),
    intensity=st.integers(1, 5),
    template=st.just("reminder"),
    only=st.builds(Conditions, amount_from_cents=st.none() | st.integers(0, 2_000_00)),
)
NIGHTS = st.lists(
    st.tuples(
        st.integers(1, 40),  # Days until the program runs again: it may have stood still.
        st.sampled_from(["", "", "", "hold", "promise", "matter"]),
        st.integers(0, 3_000_00),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=8), NIGHTS)
def test_no_step_twice_none_on_hold_never_weaker_and_in_the_right_order(steps, nights):
    plan, today, standing = Plan(tuple(steps)), MONDAY, Standing(steps[0].key, 0, MONDAY)
    done = []
    for days, against, cents in nights:
        today += timedelta(days=days)
        facts = replace(
            FACTS,
            open_cents=cents,
            hold="creditor" if against == "hold" else None,
            promised_until=today if against == "promise" else None,
            matter="question_asked" if against == "matter" else None,
        )
        decision = decide(plan, standing, facts, today)
        if decision.act is Act.WAIT:
            assert decision.on > today
        if decision.act is not Act.DO:
            continue
        assert not against
        assert cents > 0
        assert due_on(decision.step, standing.from_on, facts.place) <= today
        done.append(decision.step)
        standing = Standing(plan.after(decision.step.key), decision.step.intensity, today)
    keys = [step.key for step in done]
    assert len(keys) == len(set(keys))
    assert keys == [step.key for step in steps if step.key in keys]
    assert [s.intensity for s in done] == sorted(s.intensity for s in done)
