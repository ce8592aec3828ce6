"""A client's relationship policy decides what happens next, in every strategy that ships."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.claims.asking import services as asking
from cases.claims.asking.models import Asked, AskedFor
from cases.claims.asking.policies import policy_of
from cases.claims.reaching.allowed import Channel, Reason
from cases.contacts.approach import approach
from cases.contacts.hours import CallingHours
from cases.core import clock
from cases.core.database import transaction
from cases.core.outbox import carry_out, list_due_effects
from cases.letters.errors import ClientNotAgreed
from cases.letters.models import LetterKind
from cases.letters.written.services import begin_letter, release_written
from cases.parties import relationship_rules as rules
from cases.parties.models import DebtorKind
from cases.parties.relationship import Policy, Tone, Way, strictest
from cases.strategies.conditions import CaseFacts
from cases.strategies.planning import Act, Standing, announced_by, decide
from cases.strategies.relationship import BEFORE_COURT
from cases.strategies.shipped import SHIPPED
from cases.strategies.steps import LAST, StepChannel
from cases.worklist.services import list_open_items
from tests.cases.strategies.test_nights import night, nights, standing
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.factories.strategies import make_live_strategy

MONDAY = date(2026, 11, 23)
FACTS = CaseFacts(
    case_id=1, creditor_id=1, amicable=True, open_cents=30_000_00, purpose="business",
    debtor_kind="company", language="de", reminded=True, phone_known=True, visitable=True,
    post_possible=True, letters=1, place="DE-HH", owner_id=1, mailbox=True,
)  # fmt: skip
POLICIES = st.builds(
    Policy,
    tone=st.sampled_from(Tone),
    without=st.frozensets(st.sampled_from([way.value for way in Way])),
    asks_court=st.booleans(),
    asks_visit=st.booleans(),
)
ANSWERS = st.sampled_from([None, *(state.value for state in Asked if state != "withdrawn")])


def course(plan, facts):
    """Every step that is done from the first to the end, each on its day."""
    at, done = Standing(plan.steps[0].key, 0, MONDAY, hurried=True), []
    day = MONDAY
    while True:
        found = decide(plan, at, facts, day)
        if found.act is Act.END or (found.act is Act.WAIT and found.why.startswith("client:")):
            return done, found
        if found.act is Act.WAIT:
            day = found.on
            continue
        done.append(found.step)
        if found.step.channel in LAST:
            return done, found
        strongest = max(at.intensity, found.step.intensity)
        at = Standing(plan.after(found.step.key), strongest, day, hurried=True)


@given(st.sampled_from(SHIPPED), POLICIES, ANSWERS, ANSWERS)
def test_nothing_happens_that_the_policy_does_not_want(shipped, policy, court, visit):
    facts = replace(FACTS, policy=policy, court_asked=court, visit_asked=visit)
    done, _ = course(shipped.plan, facts)
    for step in done:
        if step.channel is StepChannel.CALL:
            assert "phone" not in policy.without
        if step.channel is StepChannel.EMAIL:
            assert "email" not in policy.without
        if step.channel is StepChannel.VISIT:
            assert "visit" not in policy.without
            assert not policy.asks_visit or visit == "agreed"
        to_court = step.channel is StepChannel.COURT or step.template == BEFORE_COURT
        if to_court and policy.needs_court_approval:
            assert court == "agreed"
        if step.channel not in LAST and court != "agreed":
            assert step.intensity <= policy.strongest
        announced = announced_by(shipped.plan, step, facts)
        if announced is not None and announced.channel is StepChannel.COURT:
            assert not policy.needs_court_approval or court == "agreed"


@given(st.sampled_from(SHIPPED), POLICIES, POLICIES)
def test_a_stricter_policy_only_ever_takes_steps_away(shipped, policy, more):
    """And what it takes together does not depend on the order in which it was set."""
    both = policy.tightened(more)
    assert both == more.tightened(policy) == strictest([more, policy, both])
    before, _ = course(shipped.plan, replace(FACTS, policy=policy))
    after, end = course(shipped.plan, replace(FACTS, policy=both))
    assert {step.key for step in after} <= {step.key for step in before}
    if len(after) < len(before):  # Never silently: the client is asked, or a person decides.
        assert end.why.startswith("client:") or end.why == "exhausted" or end.step is not None


@pytest.fixture
def worker(app):
    with app.app_context(), clock.clock_at(MONDAY):
        with transaction():
            make_agency()
            user = make_user(name="Nora Petersen")
        yield user


@pytest.fixture
def case(worker):
    with transaction():
        make_live_strategy()
        found, _ = make_case(
            make_creditor("Werke"), accepted_by=worker,
            debtors=[debtor_details(phone="040 5550177")],
            claims=[claim_details(reminders=[date(2026, 9, 1)])],
        )  # fmt: skip
    return found


def carry_out_all():
    for effect_id in list_due_effects():
        carry_out(effect_id)


def test_a_changed_policy_takes_a_call_back_and_asks_before_court(worker, case):
    night(MONDAY)
    nights(MONDAY + timedelta(days=20), 12)
    day = MONDAY + timedelta(days=45)
    nights(day - timedelta(days=5), 6)
    [item] = list_open_items(case.id)
    assert item.reason == "strategy_call"
    with clock.clock_at(day):
        with transaction():
            rules.set_rule(case.creditor_id, rules.Scope(), Policy(Tone.SOFT, frozenset({"phone"})))
        carry_out_all()
        assert [each.reason for each in list_open_items(case.id)] == []
        found = approach(case, Channel.PHONE, clock.now(), CallingHours())
        assert Reason.CLIENT_WISH in found.hard
        night(day)
        assert standing(case).waits_for == "client:court"
        asked = asking.find_open(case.id, AskedFor.COURT)
        with transaction():
            letter = begin_letter(case, LetterKind.BEFORE_COURT, "de", worker.id)
        with pytest.raises(ClientNotAgreed), transaction():
            release_written(letter.id, worker.id)
        with transaction():
            asking.answer_in_portal(asked, worker.id, agrees=True, words="")
        carry_out_all()
    nights(day + timedelta(days=1), 6)
    assert standing(case).next_key == "court"  # The last letter before it has gone.


def test_silence_is_no_yes_and_a_person_decides(worker, case):
    with transaction():
        rules.set_rule(case.creditor_id, rules.Scope(), Policy(asks_court=True))
        asked = asking.ask_client(case, AskedFor.COURT, reason="Zwei Briefe ohne Antwort")
    late = asked.answer_by + timedelta(days=1)
    with clock.clock_at(late):
        with transaction():
            asking.settle_silent([asked.id], late)
        assert asked.state is Asked.SILENT
        assert not asking.has_agreed(case.id, AskedFor.COURT)
        with pytest.raises(asking.NobodyAsks), transaction():
            asking.note_answer(asked, agrees=True, words="zu spät")


def test_a_debtor_or_a_kind_is_only_ever_treated_more_softly(worker, case):
    with transaction():
        rules.set_rule(case.creditor_id, rules.Scope(), Policy(Tone.BALANCED))
        kind = rules.Scope(DebtorKind.NATURAL_PERSON)
        with pytest.raises(rules.NothingTightened):
            rules.set_rule(case.creditor_id, kind, Policy(Tone.FIRM))
        rule = rules.set_rule(
            case.creditor_id, kind, Policy(Tone.SOFT, frozenset({"visit"})), "Stammkunden"
        )
        company = rules.Scope(DebtorKind.COMPANY)
        rules.set_rule(case.creditor_id, company, Policy(Tone.SOFT, asks_visit=True))
    assert policy_of(case) == Policy(Tone.SOFT, frozenset({"visit"}))
    with transaction():
        rules.end_rule(case.creditor_id, rule.public_id)
    assert policy_of(case) == Policy(Tone.BALANCED)
