"""Every service against every phase and hold of a case: it works, or says which fact forbids it.

No other exception may reach the edge, a closed case is left as it is, and after what works no part
of the statement is negative.
"""

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cases.claims import acceptance, debtors, ending, limitation, notes
from cases.claims import holds as claim_holds
from cases.claims import services as claims
from cases.claims.ending import REMAINDERS, Ending
from cases.claims.models import Case, HoldReason, Outcome, Phase, Purpose
from cases.claims.queries import list_claims, list_debtors, list_open_holds
from cases.contacts import commitments, promises
from cases.contacts import services as contacts
from cases.contacts.models import Commitment, ContactChannel, ContactOutcome, NonPaymentReason
from cases.contacts.queries import list_open_promises
from cases.core import clock
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.core.errors import Refusal
from cases.costs import booking, reduction
from cases.costs import by_hand as hand_costs
from cases.filings.applications import drafts
from cases.ledger import write_offs
from cases.ledger.models import EntryKind
from cases.ledger.queries import statement
from cases.letters import services as letters
from cases.letters.drafting import DemandWish
from cases.objections import services as objections
from cases.objections import verdicts
from cases.objections.mentions import Again
from cases.objections.models import Objection, Verdict
from cases.objections.verdicts import Decision
from cases.parties.changes import Person, Place
from cases.parties.models import AddressSource
from cases.payments import booking as payments
from cases.payments.booking import Money
from cases.payments.models import Payment
from legal.errors import LawError
from legal.limitation_events import LimitationEventKind
from tests.cases.matrix import later_acts
from tests.factories.casework import decide, make_objection, make_promise_of
from tests.factories.court_cases import KENNZIFFER
from tests.factories.records import claim_details, make_agency, make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
TODAY, SOON = NOW.date(), date(2026, 12, 10)
MODULES = (
    claims, acceptance, ending, claim_holds, debtors, limitation, notes, commitments, promises,
    contacts, objections, verdicts,
    letters, drafts,
    payments, booking, hand_costs, reduction, write_offs,
    *later_acts.MODULES,
)  # fmt: skip


@dataclass
class State:
    """A case with everything that a service may need."""

    case: Case
    decided: Objection
    open: Objection | None
    commitment: Commitment
    payment: Payment
    user_id: int

    @property
    def objection(self) -> Objection:
        """The one without a verdict if there is one."""
        return self.open or self.decided


def first_claim(s: State) -> Any:
    return list_claims(s.case.id)[0]


def a_note(s: State) -> int:
    return notes.add_note(s.case.id, "Zahlt am 3.").id


def first_debtor(s: State) -> str:
    return list_debtors(s.case.id)[0].debtor.public_id


def call(outcome: ContactOutcome, **more: Any) -> Callable[[State], object]:
    details = contacts.ContactDetails(
        ContactChannel.PHONE, outcome=outcome, identity_confirmed=True,
        reason=NonPaymentReason.FORGOT,
    )  # fmt: skip
    return lambda s: contacts.log_contact(s.case.id, details, **more)


def hand_amount(s: State) -> Any:
    return hand_costs.plan_amount(s.case, EntryKind.REMINDER_COSTS, 5_00, "Mahnung")


def take_back_hand_costs(s: State) -> object:
    journal = hand_costs.book_by_hand(s.case, hand_amount(s))
    return hand_costs.take_back_costs(s.case, journal.id, "Irrtum")


def lift_first(s: State) -> object:
    holds = list_open_holds(s.case.id)
    return claim_holds.lift_by_hand(holds[0].id, "erledigt") if holds else None


def of_draft(act: Callable[[Any], object]) -> Callable[[State], object]:
    return lambda s: act(drafts.recommend(s.case.id, "zahlt nicht"))


def verdict_of(verdict: Verdict) -> Callable[[State], object]:
    def act(s: State) -> object:
        if s.open is None:
            return verdicts.decide_objection(s.decided.id, Decision(verdict, "so"))
        part = {first_claim(s).id: 1_00}
        return decide(s.open, verdict, part)

    return act


PERSON, PLACE = Person("Weber", phone="040 1"), Place("Neue Straße 1", "21335", "Lüneburg")
SERVICES: dict[str, Callable[[State], object]] = {
    "add_claim": lambda s: claims.add_claim(s.case, claim_details()),
    "describe_claim": lambda s: claims.describe_claim(s.case, first_claim(s), "Strom", TODAY),
    "accept_case": lambda s: claims.accept_case(s.case.id, s.user_id),
    "withdraw_acceptance": lambda s: acceptance.withdraw_acceptance(s.case.id),
    "send_to_court": lambda s: claims.send_to_court(s.case.id, "zahlt nicht"),
    "return_from_court": lambda s: claims.return_from_court(s.case.id, "doch nicht"),
    "title_obtained": lambda s: claims.title_obtained(s.case.id, TODAY),
    "set_hold": lambda s: claims.set_hold(s.case, HoldReason.CREDITOR),
    "refuse_case": lambda s: ending.refuse_case(s.case.id, "keine Vollmacht"),
    "reopen_case": lambda s: ending.reopen_case(s.case.id, "doch"),
    "hold_case": lambda s: claim_holds.hold_case(
        s.case.id, claim_holds.HoldWish(HoldReason.HOSPITAL, SOON)
    ),
    "lift_by_hand": lift_first,
    "exclude_claim": lambda s: claim_holds.exclude_claim(s.case.id, first_claim(s).id, "später"),
    "include_claim": lambda s: claim_holds.include_claim(s.case.id, first_claim(s).id),
    "change_debtor": lambda s: debtors.change_debtor(
        s.case.id, first_debtor(s), PERSON, PLACE, "Anruf", AddressSource.DEBTOR
    ),
    "post_came_back": lambda s: debtors.post_came_back(s.case.id, first_debtor(s), TODAY),
    "ask_kind": lambda s: limitation.ask_kind(s.case, first_claim(s), "regular"),
    "note_event": lambda s: limitation.note_event(
        s.case, first_claim(s), LimitationEventKind.NEGOTIATIONS,
        limitation.EventDays(first_day=TODAY),
    ),
    "set_limitation_day": lambda s: limitation.set_limitation_day(
        s.case, first_claim(s), SOON, "Gutachten"
    ),
    "withdraw_limitation_day": lambda s: limitation.withdraw_limitation_day(
        s.case, first_claim(s)
    ),
    **{
        f"log_contact {outcome.value}": call(outcome)
        for outcome in (
            ContactOutcome.OBJECTION, ContactOutcome.INSTALMENTS, ContactOutcome.REFUSES,
            ContactOutcome.REACHED_PAYS, ContactOutcome.NOT_REACHED,
        )
    },
    "log_contact promise": call(
        ContactOutcome.PROMISE, promise=promises.PromiseGiven(1_00, SOON)
    ),
    "set_follow_up": lambda s: contacts.set_follow_up(s.case.id, contacts.FollowUp(SOON)),
    "add_note": lambda s: notes.add_note(s.case.id, "Notiz"),
    "correct_note": lambda s: notes.correct_note(s.case.id, a_note(s), "Notiz, berichtigt"),
    "withdraw_note": lambda s: notes.withdraw_note(s.case.id, a_note(s), "falsche Akte"),
    "make_commitment": lambda s: commitments.make_commitment(
        s.case, commitments.CommitmentGiven("Rückruf", NOW + timedelta(hours=2))
    ),
    "move_commitment": lambda s: commitments.move_commitment(
        s.commitment, NOW + timedelta(days=1), "keine Zeit", told=True
    ),
    "keep_commitment": lambda s: commitments.keep_commitment(s.commitment),
    "settle_promises": lambda s: promises.settle_promises(s.case.id, SOON),
    "record_objection": lambda s: make_objection(s.case, 1_00, again=Again.ANOTHER),
    "record_objection again": lambda s: make_objection(s.case, 1_00, again=Again.SOMETHING_NEW),
    "answer_questions": lambda s: objections.answer_questions(s.objection.id, {}),
    **{f"decide_objection {each.value}": verdict_of(each)
       for each in (Verdict.PRETEXT, Verdict.GENUINE, Verdict.PARTLY_GENUINE)},
    "reopen_objection": lambda s: verdicts.reopen_objection(s.objection.id, "neuer Beleg"),
    "release_first_demand": lambda s: letters.release_first_demand(
        s.case.id, DemandWish(TODAY), s.user_id
    ),
    "describe": lambda s: letters.describe(s.case.id, first_claim(s).id, "Strom", TODAY),
    "recommend": of_draft(lambda filing: filing),
    "enter": of_draft(lambda filing: drafts.enter(filing, {})),
    "give_reason": of_draft(lambda filing: drafts.give_reason(filing, "unknown", "so")),
    "drop": of_draft(lambda filing: drafts.drop(filing, "doch nicht")),
    "declare": lambda s: drafts.declare(s.case, "performance", "rendered", TODAY),
    "book_payment": lambda s: payments.book_payment(
        s.case, Money(5_00, "EUR", TODAY, TODAY, None, "test")
    ),
    "reverse_payment": lambda s: payments.reverse_payment(s.payment.id, "Irrtum"),
    "reallocate_payments": lambda s: payments.reallocate_payments(s.case, date(2026, 1, 1)),
    "plan_first_costs": lambda s: booking.plan_first_costs(s.case, TODAY),
    "book_first_costs": lambda s: booking.book_first_costs(s.case, TODAY),
    "raise_fee": lambda s: booking.raise_fee(s.case, TODAY),
    "take_back_step": lambda s: booking.take_back_step(s.case, "bezahlt"),
    "plan_amount": hand_amount,
    "plan_lump_sum": lambda s: hand_costs.plan_lump_sum(s.case, first_claim(s)),
    "book_by_hand": lambda s: hand_costs.book_by_hand(s.case, hand_amount(s)),
    "take_back_costs": take_back_hand_costs,
    "write_off": lambda s: write_offs.write_off(s.case, "so vereinbart"),
    "settle_remainder": lambda s: write_offs.settle_remainder(s.case, TODAY, "Vergleich"),
    **{
        f"end_case {outcome.value} {remainder.value}": (
            lambda s, o=outcome, r=remainder: ending.end_case(s.case.id, Ending(o, r, "so"))
        )
        for outcome in Outcome
        for remainder in REMAINDERS[outcome]
    },
}  # fmt: skip
#: Public functions of these modules that are no act of their own upon one case.
NO_ACTS = {
    "open_case": "It makes the case.",
    "build_claim": "Pure.",
    "debtor_place": "A read.",
    "is_unrecorded": "A read.",
    "last_days": "A read.",
    "book_payments": "book_payment for many; tests/cases/payments/test_in_sets.py.",
    "lift_hold": "Part of lift_by_hand and of verdicts.",
    "require_open": "The check itself.",
    "require_known_rate": "A check before there is a case.",
    "connect": "Assembly.",
    "give_promise": "Part of log_contact.",
    "settle_promise": "Part of log_contact and settle_promises.",
    "send_letter": "Carried out by the worker for a letter; tests/cases/claims/test_ending.py.",
    "post_costs": "Part of book_by_hand and of the court's costs.",
    "post_plan": "Part of book_first_costs.",
    "costs_follow": "Part of a verdict.",
    "costs_fall": "Part of a verdict on the costs alone.",
    "require_decidable": "The check itself.",
    "require_fitting": "The check itself.",
    "restore_costs": "Part of a verdict's reopening.",
    "take_up": "Part of reopening an objection, and of recording it anew.",
    "foresee": "Writes nothing.",
    "draft_filing": "Begins at a proceeding; tests/cases/filings.",
    "set_title": "Begins at a title; tests/cases/filings.",
    "keep_event_of": "Begins at a proceeding; tests/cases/filings.",
    "confirm_event": "Begins at a noted event; tests/agency/limitation.",
    "refresh_limitation": "Part of every act on limitation.",
    "check_drafts": "A nightly run over the house.",
    "enter_letter": "Part of the release of a letter.",
    "next_number": "A serial of the house.",
    "name_spokesperson": "Of a debtor in all his cases; tests/cases/claims/test_spokespersons.py.",
    "end_spokesperson": "Of a debtor in all his cases; tests/cases/claims/test_spokespersons.py.",
    "move_debtor": "Of a debtor in all his cases; tests/cases/contacts/test_guide_and_payer.py.",
    "set_debtor_card": "Of a debtor in all his cases; tests/agency/cases/test_people_and_log.py.",
    "set_payer_type": "Of a debtor in all his cases; tests/agency/cases/test_people_and_log.py.",
    "add_person": "Of a debtor in all his cases; tests/agency/cases/test_people_and_log.py.",
    "end_person": "Of a debtor in all his cases; tests/agency/cases/test_people_and_log.py.",
    "keep_paid_promises": "Follows a payment; tests/cases/contacts/test_guide_and_payer.py.",
    "reopen_unpaid": "Follows a payment that went back; tests/cases/dunning/test_paid_in_time.py.",
    **later_acts.NO_ACTS,
}  # fmt: skip
READS = ("get_", "find_", "list_", "lock_", "explain_", "compute_", "interest_", "kinds_",
         "days_of", "place_at", "cases_with_", "reference_of", "money_of", "current_rate",
         "rate_when", "as_postings", "plan_again", "owed_", "legal_costs",
         "remainder_shares", "plan_from_nothing")  # fmt: skip
#: In a closed case only these still do something: data, reads, money that comes and goes, notes.
WORK_WHEN_CLOSED = {
    "reopen_case", "describe_claim", "describe", "change_debtor", "add_note", "correct_note",
    "withdraw_note", "declare",
    "ask_kind", "note_event", "set_limitation_day", "withdraw_limitation_day", "lift_by_hand",
    "settle_promises", "reverse_payment", "reallocate_payments", "plan_first_costs",
    "book_first_costs", "raise_fee", "take_back_step", "write_off", "settle_remainder",
    "log_contact refuses", "log_contact reached_pays", "log_contact not_reached",
    "log_contact instalments", "log_contact objection",
    *later_acts.WORK_WHEN_CLOSED,
}  # fmt: skip


def test_every_public_act_stands_in_the_matrix():
    acts = (*SERVICES, *later_acts.SERVICES)
    known = {name.split()[0] for name in acts} | set(NO_ACTS)
    found = {
        name
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith(("_", *READS))
    }
    assert found - known == set()
    assert set(NO_ACTS) - found == set()


def make_state(phase: Phase, hold: HoldReason | None) -> State:
    make_agency(kennziffer=KENNZIFFER)
    user = make_user()
    details = [claim_details(purpose=Purpose.BUSINESS), claim_details(principal_cents=500_00)]
    case, _ = make_case(claims=details)
    if phase is not Phase.NEW:
        claims.accept_case(case.id, user.id)
    booking.book_first_costs(case, TODAY)
    decided = decide(make_objection(case, 50_00), Verdict.PARTLY_GENUINE,
                     {list_claims(case.id)[0].id: 20_00})  # fmt: skip
    payment = payments.book_payment(case, Money(90_00, "EUR", TODAY, TODAY, None, "test"))
    commitment = commitments.make_commitment(
        case, commitments.CommitmentGiven("Rückruf", NOW + timedelta(hours=1))
    )
    make_promise_of(case)
    still_open = (
        make_objection(case, 30_00, again=Again.ANOTHER) if hold is HoldReason.OBJECTION else None
    )
    if hold is not None and still_open is None:
        claims.set_hold(case, hold)
    if phase in {Phase.COURT, Phase.ENFORCEMENT}:
        claims.send_to_court(case.id, "zahlt nicht")
    if phase is Phase.ENFORCEMENT:
        claims.title_obtained(case.id, TODAY)
    if phase is Phase.CLOSED:
        ending.end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "zurück"))
    return State(case, decided, still_open, commitment, payment, user.id)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back."""
    savepoint = db.session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        db.session.expire_all()


def negative_parts(case: Case) -> list[str]:
    owed = statement(case.id)
    parts = {
        "costs": owed.costs_open_cents,
        **{f"interest {c.terms.claim_id}": c.interest_open_cents for c in owed.claims},
        **{f"principal {c.terms.claim_id}": c.principal_open_cents for c in owed.claims},
    }
    return [f"{name}: {cents}" for name, cents in parts.items() if cents < 0]


def corners(holds: Collection[HoldReason]) -> Iterator[Any]:
    """Every phase with every hold; the quick run takes some holds, in one phase each, by turns."""
    phases = list(Phase)
    for phase in phases:
        for place, hold in enumerate((None, *HoldReason)):
            turn = hold in holds and phases[place % len(phases)] is phase
            plain = hold is None or turn
            yield pytest.param(
                phase, hold, id=f"{phase}-{hold or 'no hold'}",
                marks=() if plain else pytest.mark.deep,
            )  # fmt: skip


@pytest.mark.parametrize(("phase", "hold"), list(corners(tuple(HoldReason))))
def test_each_service_works_or_says_what_forbids_it(database, phase, hold):
    assert trouble_with(SERVICES, phase, hold) == ""


@pytest.mark.parametrize(("phase", "hold"), list(corners({HoldReason.OBJECTION})))
def test_each_later_service_works_or_says_what_forbids_it(database, phase, hold):
    assert trouble_with(later_acts.SERVICES, phase, hold) == ""


def trouble_with(
    acts: Mapping[str, Callable[[State], object]], phase: Phase, hold: HoldReason | None
) -> str:
    """Which of these acts breaks, leaves something negative, or works on a closed case."""
    trouble = []
    with clock_at(NOW), transaction():
        state = make_state(phase, hold)
        for name, act in acts.items():
            with undone():
                try:
                    act(state)
                    db.session.flush()
                except (Refusal, LawError) as refused:
                    if not str(refused).strip():
                        trouble.append(f"{name}: {type(refused).__name__} says nothing")
                    continue
                except Exception as broken:
                    trouble.append(f"{name}: {type(broken).__name__}: {broken}"[:300])
                    continue
                trouble += [f"{name}: {part} cents" for part in negative_parts(state.case)]
                if phase is Phase.CLOSED and name not in WORK_WHEN_CLOSED:
                    trouble.append(f"{name}: works on a closed case")
    return "\n".join(trouble)


def test_the_state_has_all_that_services_need(database):
    with clock_at(NOW), transaction():
        state = make_state(Phase.AMICABLE, None)
        assert list_open_promises(state.case.id)
        assert clock.today() == TODAY
        assert negative_parts(state.case) == []
