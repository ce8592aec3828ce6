"""The life of a plan: from first to last instalment, broken, lapsed, and put back by a return."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from cases.claims.asking.services import answer_in_portal, find_of_plan
from cases.claims.ending import Ending, end_case
from cases.claims.holds import HoldEndsWithPlan, lift_by_hand
from cases.claims.limitation import list_limitation_events
from cases.claims.models import HoldReason, Outcome, Phase
from cases.claims.queries import get_case_by_id, list_claims, list_open_holds, lock_case
from cases.claims.services import lift_hold, set_hold
from cases.core import audit, clock
from cases.core.database import db, transaction
from cases.core.outbox import carry_out, list_due_effects
from cases.costs.booking import book_first_costs
from cases.dunning.plan_watch import cases_with_plans_due, watch_all
from cases.ledger.queries import statement
from cases.letters.models import Letter, LetterKind
from cases.parties.models import AgencyProfile, CreditorContract
from cases.parties.queries import get_creditor
from cases.payments.booking import Money, book_payment, reverse_payment
from cases.payments.models import Payment
from cases.people import approvals
from cases.people.policy import Role
from cases.plans.errors import (
    AcceptanceLate,
    AgreementUnconfirmed,
    FirstDayPast,
    InstalmentTooSmall,
    LetGoUnexplained,
    PlanOpen,
    SettlementBelowPaid,
    SettlementTooHigh,
)
from cases.plans.models import AcceptedBy, EndedBy, PlanKind, PlanState
from cases.plans.queries import get_plan, list_instalments, view_plan
from cases.plans.running import give_time, revoke
from cases.plans.services import Acceptance, accept_offer, lock_plan, note_client_decision
from cases.worklist.services import list_open_items
from legal.limitation_events import LimitationEventKind
from tests.factories.plans import make_plan_of
from tests.factories.records import make_agency, make_case, make_user

TODAY = date(2026, 11, 23)


@pytest.fixture
def case(app):
    """An accepted case of a client who lets us grant a year and let go of a tenth."""
    with clock.clock_at(TODAY), transaction():
        make_agency(let_go_alone_cents=500_00)
        worker = make_user(Role.CASE_WORKER)
        found, _ = make_case(accepted_by=worker)
        db.session.execute(
            update(CreditorContract).values(
                instalment_months=12, discount_percent=10, discount_cents=500_00
            )
        )
        return found


@pytest.fixture(autouse=True)
def today(app):
    with clock.clock_at(TODAY):
        yield


def client_of(case):
    return make_user(Role.CREDITOR, creditor=get_creditor(case.creditor_id)).id


def owed(case, day):
    with clock.clock_at(day + timedelta(days=9)):
        return statement(case.id, day).open_cents


def reasons(case):
    return {item.reason for item in list_open_items(case.id)}


def on(day, case):
    """The night of a day, as the run does it."""
    with clock.clock_at(day), transaction():
        due = list(db.session.scalars(cases_with_plans_due(day)))
        watch_all([each for each in due if each == case.id], day)
    return case.id in due


def paid(case, cents, day):
    with clock.clock_at(day + timedelta(days=1)), transaction():
        book_payment(lock_case(case.id), Money(cents, "EUR", day, day, None, "test"))


def test_a_plan_runs_from_its_first_to_its_last_instalment(case):
    with transaction():
        plan = make_plan_of(case, number=4)
    assert plan.state is PlanState.RUNNING
    assert [hold.reason for hold in list_open_holds(case.id)] == [HoldReason.PLAN]
    letter = db.session.scalars(select(Letter).where(Letter.kind == LetterKind.PLAN_OFFER)).one()
    assert letter.content["total_cents"] == view_plan(plan).total_cents
    dues = list_instalments(plan.id)
    for number, due in enumerate(dues, start=1):
        assert not on(due.due_on - timedelta(days=1), case)
        paid(case, due.amount_cents, due.due_on)
        with clock.clock_at(due.due_on + timedelta(days=1)):
            assert view_plan(get_plan(plan.public_id)).progress.paid_number == number
    assert get_plan(plan.public_id).state is PlanState.FULFILLED
    assert owed(case, dues[-1].due_on) == 0
    assert "paid_in_full" in reasons(case)
    assert not list_open_holds(case.id)


def test_a_missed_instalment_is_reminded_of_then_breaks_the_plan(case):
    with transaction():
        plan = make_plan_of(case)
    due = list_instalments(plan.id)[0]
    assert on(due.due_on + timedelta(days=4), case)
    on(due.due_on + timedelta(days=5), case)
    asked = db.session.scalars(select(Letter).where(Letter.kind == LetterKind.PLAN_REMINDER))
    assert [letter.content["missing_cents"] for letter in asked] == [due.amount_cents]
    on(due.due_on + timedelta(days=10), case)
    assert get_plan(plan.public_id).state is PlanState.RUNNING
    on(due.due_on + timedelta(days=11), case)
    assert get_plan(plan.public_id).state is PlanState.BROKEN
    assert "plan_broken" in reasons(case)
    assert not list_open_holds(case.id)
    later = due.due_on + timedelta(days=12)
    with clock.clock_at(later), transaction():
        give_time(lock_plan(plan), plan, later + timedelta(days=5))
    assert get_plan(plan.public_id).state is PlanState.RUNNING
    assert "plan_broken" not in reasons(case)
    on(later + timedelta(days=6), case)
    assert get_plan(plan.public_id).state is PlanState.BROKEN


@pytest.mark.parametrize("reason", [each for each in HoldReason if each is not HoldReason.PLAN])
def test_nobody_is_reminded_while_something_else_stands_still(case, reason):
    with transaction():
        plan = make_plan_of(case)
        hold = set_hold(lock_case(case.id), reason)
    due = list_instalments(plan.id)[0]
    asked = select(Letter).where(Letter.kind == LetterKind.PLAN_REMINDER)
    on(due.due_on + timedelta(days=5), case)
    assert db.session.scalars(asked).all() == []
    assert list_instalments(plan.id)[0].asked_again_on is None
    with transaction():
        lift_hold(lock_case(case.id), hold)
    on(due.due_on + timedelta(days=6), case)
    assert len(db.session.scalars(asked).all()) == 1


def test_a_trifle_short_is_tolerated_but_for_the_last(case):
    with transaction():
        db.session.execute(update(AgencyProfile).values(plan_tolerance_cents=100))
        plan = make_plan_of(case, number=2)
    first, last = list_instalments(plan.id)
    paid(case, first.amount_cents - 1_00, first.due_on)
    on(first.due_on + timedelta(days=20), case)
    assert get_plan(plan.public_id).state is PlanState.RUNNING
    paid(case, last.amount_cents - 1_00, last.due_on)
    on(last.due_on + timedelta(days=11), case)
    assert get_plan(plan.public_id).state is PlanState.BROKEN


def test_an_agreement_with_a_consumer_waits_for_legal_and_then_for_text_form(case):
    with pytest.raises(AgreementUnconfirmed), transaction():
        make_plan_of(case, kind=PlanKind.AGREEMENT)
    with transaction():
        db.session.execute(update(AgencyProfile).values(plan_consumer_agreements=True))
        plan = make_plan_of(case, kind=PlanKind.AGREEMENT)
    assert plan.state is PlanState.OFFERED
    assert not list_open_holds(case.id)
    with clock.clock_at(TODAY + timedelta(days=3)), transaction():
        accept_offer(plan, Acceptance(TODAY + timedelta(days=2), AcceptedBy.EMAIL))
    claims = [claim.id for claim in list_claims(case.id)]
    event = list_limitation_events(claims)[0]
    assert (event.kind, event.first_day) == (
        LimitationEventKind.DEFERRAL, TODAY + timedelta(days=2),
    )  # fmt: skip
    assert event.confirmed_at is None
    with clock.clock_at(TODAY + timedelta(days=5)), transaction():
        revoke(lock_plan(plan), plan, EndedBy.REVOKED, "Der Schuldner hat Vermögen verschwiegen")
    assert list_limitation_events(claims)[0].last_day == TODAY + timedelta(days=5)
    assert plan.state is PlanState.ENDED


def test_an_offer_that_nobody_accepts_lapses(case):
    with transaction():
        db.session.execute(update(AgencyProfile).values(plan_consumer_agreements=True))
        plan = make_plan_of(case, kind=PlanKind.AGREEMENT)
    assert not on(TODAY + timedelta(days=14), case)
    late = TODAY + timedelta(days=15)
    with clock.clock_at(late), pytest.raises(AcceptanceLate), transaction():
        accept_offer(plan, Acceptance(late, AcceptedBy.LETTER))
    assert on(late, case)
    assert (plan.state, plan.ended_as) == (PlanState.ENDED, EndedBy.LAPSED)
    assert "plan_lapsed" in reasons(case)


def settle(case, less=50_00, number=1, **wish):
    open_cents = statement(case.id).open_cents
    return make_plan_of(
        case,
        number=number,
        settles=True,
        settlement_cents=open_cents - less,
        reason="Ratgeber rät",
        **wish,
    )


def test_a_settlement_lets_go_with_its_last_part_and_not_before(case):
    with transaction():
        plan = settle(case, number=2)
    first, last = list_instalments(plan.id)
    paid(case, first.amount_cents, first.due_on)
    assert get_case_by_id(case.id).phase is Phase.AMICABLE
    paid(case, last.amount_cents, last.due_on)
    closed = get_case_by_id(case.id)
    assert (closed.phase, closed.outcome) == (Phase.CLOSED, Outcome.SETTLED)
    assert owed(case, last.due_on + timedelta(days=1)) == 0
    assert get_plan(plan.public_id).state is PlanState.FULFILLED
    # The bank takes the last part back: what was let go is owed again, and the plan runs on.
    payment = db.session.scalars(select(Payment).order_by(Payment.id.desc())).first()
    later = last.due_on + timedelta(days=8)
    with clock.clock_at(later), transaction():
        reverse_payment(payment.id, "returned")
    assert get_case_by_id(case.id).phase is Phase.AMICABLE
    again = get_plan(plan.public_id)
    assert (again.state, again.grace_until) == (PlanState.RUNNING, later + timedelta(days=10))
    assert owed(case, later) > last.amount_cents
    assert "plan_returned" in reasons(case)
    on(later + timedelta(days=11), case)
    assert get_plan(plan.public_id).state is PlanState.BROKEN


def test_an_unpaid_settlement_lapses_and_everything_is_owed(case):
    with transaction():
        plan = settle(case)
    due = list_instalments(plan.id)[0].due_on
    on(due + timedelta(days=11), case)
    assert get_plan(plan.public_id).state is PlanState.BROKEN
    paid(case, plan.agreed_cents, due + timedelta(days=12))
    assert owed(case, due + timedelta(days=12)) >= 50_00
    assert get_case_by_id(case.id).phase is Phase.AMICABLE


def test_waived_interest_is_let_go_when_the_last_instalment_is_paid(case):
    with transaction():
        plan = make_plan_of(case, number=3, interest_runs=False, reason="Härte")
    for due in list_instalments(plan.id):
        paid(case, due.amount_cents, due.due_on)
    closed = get_case_by_id(case.id)
    assert (closed.phase, closed.outcome) == (Phase.CLOSED, Outcome.PAID)
    assert plan.let_go_cents > 0


def test_beyond_his_limits_the_client_is_asked_and_his_click_offers_the_plan(case):
    with transaction():
        plan = make_plan_of(case, number=20)
    assert plan.state is PlanState.ASKED
    assert reasons(case) >= {"plan_waits"}
    assert not db.session.scalars(select(Letter).where(Letter.kind == LetterKind.PLAN_OFFER)).all()
    with clock.clock_at(TODAY + timedelta(days=2)):
        with transaction():
            answer_in_portal(
                find_of_plan(plan.id),
                make_user(Role.CREDITOR_ADMIN, creditor=get_creditor(case.creditor_id)).id,
                agrees=True,
                words="",
            )
        for effect_id in list_due_effects():
            carry_out(effect_id)
    again = get_plan(plan.public_id)
    assert (again.state, again.made_on) == (PlanState.RUNNING, TODAY + timedelta(days=2))
    assert "plan_waits" not in reasons(case)


def test_a_click_that_comes_too_late_waits_for_a_person(case):
    with transaction():
        plan = make_plan_of(case, number=20)
    with clock.clock_at(TODAY + timedelta(days=8)):
        with transaction():
            answer_in_portal(
                find_of_plan(plan.id),
                make_user(Role.CREDITOR_ADMIN, creditor=get_creditor(case.creditor_id)).id,
                agrees=True,
                words="",
            )
        for effect_id in list_due_effects():
            carry_out(effect_id)
    assert get_plan(plan.public_id).state is PlanState.ASKED
    assert "plan_to_offer" in reasons(case)


def test_the_client_refuses_on_the_phone(case):
    with transaction():
        plan = settle(case, less=400_00)
        note_client_decision(plan, agrees=False, words="Frau Kern am Telefon: zu wenig")
    assert (plan.state, plan.ended_as) == (PlanState.ENDED, EndedBy.CLIENT_REFUSED)
    assert "plan_refused" in reasons(case)


def test_our_own_costs_need_a_second_person(case):
    contract = db.session.scalars(select(CreditorContract)).one()
    with transaction():
        contract.fee_terms = {**contract.fee_terms, "costs_owner": "agency"}
        db.session.execute(
            update(CreditorContract).values(discount_percent=100, discount_cents=5000_00)
        )
    worker, second = make_user(Role.CASE_WORKER), make_user(Role.LEGAL)
    with transaction():
        book_first_costs(case, TODAY)
        # Costs are paid first: only a settlement that does not reach them lets go of ours.
        plan = settle(case, less=statement(case.id).open_cents - 1_00)
    assert (plan.state, plan.needs_client, plan.needs_second) == (PlanState.ASKED, False, True)
    waiting = approvals.find_open("plan.let_go", plan.id)
    with pytest.raises(approvals.MayNotConfirm):
        approvals.confirm(waiting.public_id, worker.id)
    with transaction():
        audit.set_actor(second.id)
        approvals.confirm(waiting.public_id, second.id)
    assert get_plan(plan.public_id).state is PlanState.RUNNING


def test_what_cannot_be_agreed_is_refused_with_what_works(case):
    open_cents = statement(case.id).open_cents
    with transaction():
        day = TODAY - timedelta(days=1)
        book_payment(lock_case(case.id), Money(100_00, "EUR", day, day, None, "test"))
    for wish, refusal in (
        ({"settles": True, "settlement_cents": open_cents, "reason": "x"}, SettlementTooHigh),
        (
            {"settles": True, "settlement_cents": 90_00, "counts_paid": True, "reason": "x"},
            SettlementBelowPaid,
        ),
        ({"settles": True, "settlement_cents": open_cents - 200_00}, LetGoUnexplained),
        ({"first_on": TODAY}, FirstDayPast),
        ({"instalment_cents": 1}, InstalmentTooSmall),
    ):
        with pytest.raises(refusal), transaction():
            make_plan_of(case, **wish)
    with transaction():
        make_plan_of(case)
    with pytest.raises(PlanOpen), transaction():
        make_plan_of(case)
    hold = list_open_holds(case.id)[0]
    with pytest.raises(HoldEndsWithPlan), transaction():
        lift_by_hand(hold.id, "doch")


def test_the_end_of_a_case_ends_its_plan(case):
    with transaction():
        plan = make_plan_of(case)
        end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "Rücknahme"))
    assert (plan.state, plan.ended_as) == (PlanState.ENDED, EndedBy.CASE_ENDED)
