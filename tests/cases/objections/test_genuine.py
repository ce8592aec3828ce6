"""What a genuine objection takes with it: costs, interest paid on it, and the case itself."""

from datetime import date, datetime

import pytest

from cases.claims.ending import reopen_case
from cases.claims.models import Outcome, Phase
from cases.claims.queries import list_open_holds
from cases.claims.services import CaseClosed
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.costs.booking import book_first_costs
from cases.costs.by_hand import book_by_hand, plan_amount
from cases.ledger.books.verifying import verify_ledger
from cases.ledger.models import EntryKind
from cases.ledger.queries import statement
from cases.objections import errors
from cases.objections.models import Verdict
from cases.objections.services import Disputed
from cases.objections.verdicts import Decision, decide_objection, reopen_objection
from cases.payments.booking import Money, book_payment
from tests.factories.casework import decide, make_objection
from tests.factories.records import claim_details, make_agency, make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
TODAY = NOW.date()


def case_of(*cents: int, **fields):
    details = [claim_details(principal_cents=each, **fields) for each in cents]
    return make_case(claims=details, accepted_by=make_user())


def costs(case) -> int:
    return statement(case.id).costs_open_cents


def pay(case, cents: int, day: date):
    return book_payment(case, Money(cents, "EUR", day, TODAY, None, "test"))


@pytest.fixture(autouse=True)
def house(database):
    with clock_at(NOW), transaction():
        make_agency()
        yield


def test_the_costs_go_with_the_claim_and_the_case_ends_as_unfounded():
    case, (claim,) = case_of(1_000_00)
    book_first_costs(case, TODAY)
    assert costs(case) > 0
    objection = make_objection(case, disputed=[Disputed(claim.id, 1_000_00)])
    decide(objection, Verdict.GENUINE)
    assert (costs(case), statement(case.id).open_cents) == (0, 0)
    assert (case.phase, case.outcome) == (Phase.CLOSED, Outcome.UNFOUNDED)


def test_costs_booked_by_hand_go_too():
    case, (claim,) = case_of(1_000_00)
    book_by_hand(case, plan_amount(case, EntryKind.REMINDER_COSTS, 5_00, "zwei Mahnungen"))
    decide(make_objection(case, disputed=[Disputed(claim.id, 1_000_00)]), Verdict.GENUINE)
    assert costs(case) == 0


def test_of_two_claims_the_other_bears_the_costs_of_its_own_value():
    case, (first, second) = case_of(3_000_00, 500_00)
    book_first_costs(case, TODAY)
    alone, _ = case_of(500_00)
    book_first_costs(alone, TODAY)
    decide(make_objection(case, disputed=[Disputed(first.id, 3_000_00)]), Verdict.GENUINE)
    assert costs(case) == costs(alone) > 0
    assert case.phase is Phase.AMICABLE
    assert statement(case.id).claims[1].terms.claim_id == second.id


def test_a_hold_on_the_rest_takes_no_costs_away():
    case, (first, second) = case_of(3_000_00, 500_00)
    book_first_costs(case, TODAY)
    alone, _ = case_of(500_00)
    book_first_costs(alone, TODAY)
    make_objection(case, disputed=[Disputed(second.id, 500_00)])
    decide(make_objection(case, disputed=[Disputed(first.id, 3_000_00)]), Verdict.GENUINE)
    assert costs(case) == costs(alone)


def test_payments_that_came_later_are_allocated_anew():
    """The figures of the review: interest on 5,000 that was never owed is not kept."""
    case, (claim,) = case_of(
        10_000_00, invoiced_on=date(2025, 1, 2), due_on=date(2025, 1, 31),
    )  # fmt: skip
    pay(case, 1_500_00, date(2026, 11, 20))
    decide(make_objection(case, disputed=[Disputed(claim.id, 5_000_00)]), Verdict.GENUINE)
    owed = statement(case.id).claims[0]
    half, _ = case_of(5_000_00, invoiced_on=date(2025, 1, 2), due_on=date(2025, 1, 31))
    pay(half, 1_500_00, date(2026, 11, 20))
    expected = statement(half.id).claims[0]
    assert owed.principal_open_cents == expected.principal_open_cents
    assert owed.interest_open_cents == expected.interest_open_cents >= 0


def test_what_was_paid_on_it_is_the_debtors_again():
    case, (claim,) = case_of(1_000_00)
    objection = make_objection(case, disputed=[Disputed(claim.id, 1_000_00)])
    payment = pay(case, 300_00, TODAY)
    assert payment.surplus_cents == 0
    decide(objection, Verdict.GENUINE)
    assert statement(case.id).open_cents == 0
    assert case.received_cents == 0
    assert list(verify_ledger()) == []


def test_a_verdict_on_a_closed_case_is_refused():
    case, (claim,) = case_of(1_000_00)
    objection = make_objection(case, disputed=[Disputed(claim.id, 100_00)])
    decide(make_objection(case, disputed=[Disputed(claim.id, 1_000_00)]), Verdict.GENUINE)
    assert case.phase is Phase.CLOSED
    with pytest.raises(CaseClosed):
        decide_objection(objection.id, Decision(Verdict.GENUINE, "stimmt"))


def test_a_reopened_verdict_brings_claim_costs_and_hold_back():
    case, (claim, _) = case_of(3_000_00, 500_00)
    book_first_costs(case, TODAY)
    objection = make_objection(case, disputed=[Disputed(claim.id, 3_000_00)])
    pay(case, 400_00, TODAY)
    before = statement(case.id)
    decide(objection, Verdict.GENUINE)
    with pytest.raises(errors.AlreadyDecided):
        decide(objection, Verdict.PRETEXT)
    reopen_objection(objection.id, "Lieferschein gefunden")
    after = statement(case.id)
    assert (after.open_cents, after.costs_open_cents) == (
        before.open_cents, before.costs_open_cents,
    )  # fmt: skip
    assert [hold.objection_id for hold in list_open_holds(case.id)] == [objection.id]
    with pytest.raises(errors.NotDecided):
        reopen_objection(objection.id, "noch einmal")


def test_reopened_twice_it_is_still_the_same_sum():
    case, (claim,) = case_of(1_000_00)
    book_first_costs(case, TODAY)
    before = statement(case.id).open_cents
    objection = make_objection(case, disputed=[Disputed(claim.id, 1_000_00)])
    for _ in range(2):
        decide(objection, Verdict.GENUINE)
        assert statement(case.id).open_cents == 0
        reopen_case(case.id, "Irrtum")
        reopen_objection(objection.id, "Irrtum")
        assert statement(case.id).open_cents == before
