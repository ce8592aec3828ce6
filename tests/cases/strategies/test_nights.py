"""Nights: cases move by themselves, once, never against anything, also after downtime."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cases.claims.models import HoldReason
from cases.claims.queries import list_claims, list_debtors
from cases.claims.services import send_to_court, set_hold
from cases.contacts.behaviour import payer_of
from cases.contacts.models import ContactChannel, ContactDirection, ContactOutcome
from cases.contacts.promises import settle_promises
from cases.contacts.services import ContactDetails, log_contact
from cases.core import audit, clock
from cases.core.database import db, transaction
from cases.core.outbox import carry_out, list_due_effects
from cases.letters.drafting import DemandWish
from cases.letters.models import Announcement, Letter
from cases.letters.services import release_first_demand
from cases.parties.debtor_models import DebtorRisk, DebtorSize, Organisation, PayerType
from cases.parties.profiles import Card, override_payer_type, set_card
from cases.strategies.errors import BreaksAnnouncements, ReleaseAsked, StrategyFaulty
from cases.strategies.facts import read_facts
from cases.strategies.models import (
    Attempt,
    CaseStrategy,
    Intention,
    IntentionState,
    NightCount,
    VersionState,
)
from cases.strategies.placing import place_cases
from cases.strategies.queries import list_stranded, next_of
from cases.strategies.running import advance, cases_due
from cases.strategies.steps import Conditions, Plan, read_plan
from cases.strategies.versions import (
    FINISH,
    MOVE_UNBOUND,
    ask_release,
    begin_draft,
    change_draft,
    find_version,
)
from cases.worklist.services import finish_all_items, finish_reasons, list_open_items
from tests.factories.casework import make_promise_of
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.factories.strategies import CONSUMER, make_live_strategy, put_in_force

DAY = date(2026, 11, 23)
PHONE = {"phone": "040 5550177"}


@pytest.fixture
def worker(app):
    with app.app_context(), clock.clock_at(DAY):
        with transaction():
            make_agency()
            user = make_user(name="Nora Petersen")
        yield user


def make(worker, name="Weber", **debtor):
    debtors = [debtor_details(name, **{**PHONE, **debtor})]
    case, _ = make_case(
        make_creditor(f"Werke {name}"), debtors=debtors, accepted_by=worker,
        claims=[claim_details(reminders=[date(2026, 9, 1)])],
    )  # fmt: skip
    return case


def night(day, cases=None):
    """One night: the set, then what it has given to workers."""
    with clock.clock_at(day):
        with transaction():
            keys = list(db.session.scalars(cases_due(day))) if cases is None else cases
            looked = advance(keys, day)
            found = [(each.standing.case_id, each.decision) for each in looked]
        for effect_id in list_due_effects():
            carry_out(effect_id)
    return dict(found)


def nights(first, days):
    """Some nights in a row: a step waits for a working day."""
    for number in range(days):
        night(first + timedelta(days=number))


def letters(case):
    return list(db.session.scalars(select(Letter).where(Letter.case_id == case.id)))


def standing(case):
    return db.session.get_one(CaseStrategy, case.id, populate_existing=True)


def test_a_case_goes_from_the_first_letter_to_the_recommendation_by_itself(worker):
    with transaction():
        make_live_strategy()
        case = make(worker)
    assert [i.reason for i in list_open_items(case.id)] == []  # No work for people.
    night(DAY)
    [first] = letters(case)
    assert first.released_by is None
    [announced] = db.session.scalars(select(Announcement)).all()
    assert announced.step == "reminder"
    assert night(DAY + timedelta(days=1)) == {}  # Nothing before the payment day.
    nights(first.pay_by + timedelta(days=3), 5)
    second = letters(case)[1]
    assert second.kind.value == "reminder"
    assert second.content["next_step"] == "call"
    db.session.refresh(announced)
    assert announced.kept_at is not None
    day = second.pay_by + timedelta(days=4)
    nights(day, 5)
    [item] = list_open_items(case.id)
    assert item.reason == "strategy_call"
    day += timedelta(days=4)
    with clock.clock_at(day), transaction():
        log_contact(case.id, ContactDetails(
            ContactChannel.PHONE, ContactDirection.INBOUND, ContactOutcome.REACHED_PAYS,
            identity_confirmed=True, reason="forgot"))  # fmt: skip
    assert [i.reason for i in list_open_items(case.id)] == ["payment_expected"]
    assert night(day + timedelta(days=8))[case.id].why == "matter:payment_expected"
    with transaction():
        finish_reasons(case, "payment_expected")
    nights(day + timedelta(days=9), 6)
    last = letters(case)[-1]
    assert last.kind.value == "before_court"
    assert last.content["next_step"] == "court"
    nights(last.pay_by + timedelta(days=3), 5)
    [item] = list_open_items(case.id)
    assert item.reason == "court_recommended"
    assert standing(case).ended_why == "court"
    with clock.clock_at(last.pay_by + timedelta(days=9)), transaction():
        send_to_court(case.id, "Keine Zahlung")
    assert list_open_items(case.id) == []


def test_after_a_month_of_standstill_one_step_is_done_not_five(worker):
    with transaction():
        make_live_strategy()
        case = make(worker)
    night(DAY)
    nights(DAY + timedelta(days=120), 3)
    assert [each.kind.value for each in letters(case)] == ["first_demand", "reminder"]
    nights(DAY + timedelta(days=123), 2)
    assert len(letters(case)) == 2


def test_what_comes_up_between_the_night_and_the_worker_keeps_the_letter_in_the_house(worker):
    with transaction():
        make_live_strategy()
        case = make(worker)
        advance([case.id], DAY)
        set_hold(case, HoldReason.CREDITOR)
    for effect_id in list_due_effects():
        carry_out(effect_id)
    assert letters(case) == []
    [intention] = db.session.scalars(select(Intention)).all()
    assert intention.state is IntentionState.DROPPED


def test_the_set_does_what_one_after_the_other_does(worker):
    def world(tag):
        plain, held, promised, away, paid = (
            make(worker, f"{name} {tag}") for name in ("Ahrens", "Behn", "Carl", "Dorn", "Ebel")
        )
        set_hold(held, HoldReason.CREDITOR)
        make_promise_of(promised)
        set_hold(away, HoldReason.OBJECTION, claim_id=list_claims(away.id)[0].id)
        return [plain, held, promised, away, paid]

    with transaction():
        make_live_strategy()
        one, many = world("eins"), world("viele")
    with transaction():
        for case in one:
            advance([case.id], DAY)
    counted = {(n.act, n.why): n.cases for n in db.session.scalars(select(NightCount))}
    with transaction():
        advance([case.id for case in many], DAY)
    again = {
        (n.act, n.why): n.cases
        for n in db.session.scalars(select(NightCount).execution_options(populate_existing=True))
    }
    assert again == {key: 2 * cases for key, cases in counted.items()}
    for single, in_set in zip(one, many, strict=True):
        a, b = standing(single), standing(in_set)
        for name in ("next_key", "intensity", "next_on", "waits_for", "in_hand_until", "cycle"):
            assert getattr(a, name) == getattr(b, name)


def test_a_step_is_intended_once_however_often_the_night_runs(worker):
    with transaction():
        make_live_strategy()
        case = make(worker)
    for _ in range(3):
        with transaction():
            standing(case).next_on = DAY
            advance([case.id], DAY)
    assert len(db.session.scalars(select(Intention)).all()) == 1
    for _ in range(2):
        for effect_id in list_due_effects():
            carry_out(effect_id)
    assert len(letters(case)) == 1


def test_a_letter_that_lacks_something_is_told_and_tried_again(worker):
    with transaction():
        make_live_strategy()
        case = make(worker)
        claim = list_claims(case.id)[0]
        claim.description = None
    night(DAY)
    assert letters(case) == []
    [item] = list_open_items(case.id)
    assert item.reason == "letter_refused"
    [attempt] = db.session.scalars(select(Attempt)).all()
    assert attempt.outcome == "refused:LetterLacksDuties"
    with transaction():
        claim.description = "Lieferung von Strom"
    nights(DAY + timedelta(days=7), 2)
    assert len(letters(case)) == 1
    assert list_open_items(case.id) == []


def test_a_letter_sent_by_hand_is_the_step(worker):
    with transaction():
        make_live_strategy()
        case = make(worker)
        release_first_demand(case.id, DemandWish(DAY), worker.id)
    assert standing(case).next_key == "second"
    assert night(DAY) == {}


def test_a_case_that_had_letters_begins_behind_them(worker):
    with transaction():
        case = make(worker)
        release_first_demand(case.id, DemandWish(DAY), worker.id)
        make_live_strategy()
        assert place_cases([case.id], DAY) == 1
    assert standing(case).next_key == "second"
    assert standing(case).next_on == letters(case)[0].pay_by


def test_calls_in_vain_end_and_a_call_that_nobody_makes_expires(worker):
    plan = Plan((CONSUMER.steps[2], *CONSUMER.steps[3:]), CONSUMER.only)
    with transaction():
        make_live_strategy()
        called, forgotten = make(worker, "Anton"), make(worker, "Berta")
        for case in (called, forgotten):
            standing(case).next_key = plan.steps[0].key
    nights(DAY + timedelta(days=3), 1)
    for day in range(3):
        with clock.clock_at(DAY + timedelta(days=4 + day)), transaction():
            log_contact(called.id, ContactDetails(
                ContactChannel.PHONE, ContactDirection.INBOUND, ContactOutcome.NOT_REACHED,
            ))  # fmt: skip
    tries = [a.outcome for a in db.session.scalars(select(Attempt))]
    assert tries == ["contact:not_reached"] * 3
    assert standing(called).next_key == "last"
    night(DAY + timedelta(days=15))
    assert [each.kind.value for each in letters(forgotten)] == ["before_court"]
    assert "not_done" in {a.outcome for a in db.session.scalars(select(Attempt))}
    assert "strategy_call" not in {i.reason for i in list_open_items(forgotten.id)}


def test_a_broken_promise_hurries_the_next_step(worker):
    with transaction():
        make_live_strategy()
        case = make(worker)
    night(DAY)
    with clock.clock_at(DAY + timedelta(days=2)), transaction():
        promise = make_promise_of(case)
    assert night(DAY + timedelta(days=3))[case.id].why == "promise"
    broken_on = promise.due_on + timedelta(days=4)
    with clock.clock_at(broken_on), transaction():
        settle_promises(case.id, broken_on)
    assert standing(case).hurried
    night(broken_on + timedelta(days=(7 - broken_on.weekday()) % 7))
    assert len(letters(case)) == 2


def test_a_version_that_breaks_what_letters_announce_is_refused_with_them(worker):
    with transaction():
        strategy = make_live_strategy()
        case, other = make(worker, "Anton"), make(worker, "Berta")
    night(DAY)
    with transaction():
        version = begin_draft(strategy, worker.id)
        slower = read_plan(version.plan)
        steps = list(slower.steps)
        del steps[1]  # The second letter, which the first one announces.
        change_draft(version, Plan(tuple(steps), slower.only), strategy.name, 1, worker.id)
    with pytest.raises(BreaksAnnouncements) as refused:
        put_in_force(strategy)
    assert refused.value.params == {"letters": 2}
    with transaction():
        put_in_force(strategy, MOVE_UNBOUND)
    new = find_version(strategy.id, VersionState.LIVE)
    assert standing(case).version_id == standing(other).version_id != new.id
    with transaction():
        fresh = make(worker, "Clara")
    assert standing(fresh).version_id == new.id


def test_cases_finish_on_their_version_or_move_at_the_same_step(worker):
    with transaction():
        strategy = make_live_strategy()
        case = make(worker)
        old = standing(case).version_id
        for running in (FINISH, "move"):
            version = begin_draft(strategy, worker.id)
            plan = read_plan(version.plan)
            change_draft(version, Plan(plan.steps, plan.only, 20), strategy.name, 1, worker.id)
            put_in_force(strategy, running)
            assert (standing(case).version_id == old) is (running == FINISH)


def test_a_faulty_draft_is_not_released_and_one_that_waits_is_not_changed(worker):
    with transaction():
        strategy = make_live_strategy()
        version = begin_draft(strategy, worker.id)
        change_draft(version, Plan(()), strategy.name, 1, worker.id)
    with pytest.raises(StrategyFaulty):
        ask_release(version, "move")
    audit.set_actor(worker.id)
    change_draft(version, CONSUMER, strategy.name, 1, worker.id)
    ask_release(version, "move")
    with pytest.raises(ReleaseAsked):
        change_draft(version, CONSUMER, strategy.name, 1, worker.id)
    audit.set_actor(None)


def test_class_and_behaviour_of_the_debtor_are_read_in_sets(worker):
    with transaction():
        cases = [make(worker, name) for name in ("Ahrens", "Behn", "Carl")]
        ids = [list_debtors(case.id)[0].debtor.id for case in cases]
        set_card(ids[0], Card(size=DebtorSize.LARGE, risk=DebtorRisk.HIGH,
                              organisation=Organisation.LARGE))  # fmt: skip
        override_payer_type(ids[1], PayerType.LATE, "sagt es selbst")
        set_hold(cases[2], HoldReason.OBJECTION)
    plan = Plan((replace(CONSUMER.steps[0], only=Conditions(payer_type="late")),))
    facts = read_facts([case.id for case in cases], "DE-HH", [plan])
    first, second, third = (facts[case.id] for case in cases)
    assert (first.size, first.risk, first.organisation) == ("large", "high", "large")
    assert (second.payer_type, second.organisation) == ("late", "person")
    for debtor_id, each in zip(ids, (first, second, third), strict=True):
        assert each.payer_type == payer_of(debtor_id).payer_type
    assert third.payer_type is not None
    # Where no plan asks, nothing is counted.
    assert read_facts([cases[1].id], "DE-HH", [CONSUMER])[cases[1].id].payer_type is None


def test_a_case_without_a_next_step_is_found(worker):
    with transaction():
        case = make(worker)
        finish_all_items(case)
    assert [each.id for each in list_stranded()] == [case.id]
    assert next_of(case) is None
    with transaction():
        make_live_strategy()
        place_cases([case.id], DAY)
    assert list_stranded() == []
    assert next_of(case).decision.step.key == "first"
