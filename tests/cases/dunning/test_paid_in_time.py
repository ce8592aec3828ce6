"""Who pays in time what the letter demands is done: both sides of the day, the cent, the limits."""

from datetime import date

import pytest
from sqlalchemy import select, update

from cases.claims.models import Outcome, Phase, TimelineEvent
from cases.claims.queries import get_case_by_id, list_claims
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.outbox import carry_out, list_due_effects
from cases.costs.booking import post_costs
from cases.ledger.models import Entry, EntryKind
from cases.ledger.queries import statement
from cases.letters.drafting import DemandWish
from cases.letters.services import release_first_demand
from cases.letters.statement_document import describe, invoices_of
from cases.parties.models import AgencyProfile, CreditorContract
from cases.payments.booking import Money, book_payment, reverse_payment
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry, Payment
from cases.payments.services import assign_entry
from cases.people.models import User
from cases.people.policy import Role
from cases.remittances.preparing import prepare
from cases.worklist.services import list_open_items
from tests.factories.bank_files import Transfer, camt053
from tests.factories.records import make_agency, make_case, make_user

SENT_ON = date(2026, 11, 2)
IMPORTED_ON = date(2026, 11, 30)


@pytest.fixture
def letter(app):
    """A first demand of 2 November; the client lets go of up to 5.00 of interest."""
    with clock.clock_at(SENT_ON), transaction():
        make_agency()
        worker = make_user(Role.CASE_WORKER)
        case, _ = make_case(accepted_by=worker)
        db.session.execute(update(CreditorContract).values(interest_waiver_cents=5_00))
        return release_first_demand(case.id, DemandWish(SENT_ON), worker.id)[0]


def limits(his=None, house=None, owner=None):
    with transaction():
        if his is not None:
            db.session.execute(update(CreditorContract).values(interest_waiver_cents=his))
        if house is not None:
            db.session.execute(update(AgencyProfile).values(costs_waiver_cents=house))
        if owner is not None:
            contract = db.session.scalars(select(CreditorContract)).one()
            contract.fee_terms = {**contract.fee_terms, "costs_owner": owner}


def bank(letter, cents, value_on, purpose=None):
    """The bank's statement comes at the end of the month."""
    with clock.clock_at(IMPORTED_ON):
        number = get_case_by_id(letter.case_id).number if purpose is None else purpose
        file = camt053([Transfer(cents, number, on=value_on, value_on=value_on)])
        with transaction():
            import_statement(file, "statement.xml")
        settle()


def settle():
    for _ in range(5):
        for effect_id in list_due_effects():
            carry_out(effect_id)
    db.session.expire_all()


def waived(letter):
    query = select(Entry).where(
        Entry.case_id == letter.case_id, Entry.kind == EntryKind.PAID_IN_TIME
    )
    return list(db.session.scalars(query))


def case_of(letter):
    return get_case_by_id(letter.case_id)


def open_cents(letter):
    with clock.clock_at(IMPORTED_ON):
        return statement(letter.case_id).open_cents


def test_the_sum_of_the_letter_on_its_last_day_ends_the_case(letter):
    bank(letter, letter.demanded_cents, letter.pay_by)
    case = case_of(letter)
    assert (case.phase, case.outcome) == (Phase.CLOSED, Outcome.PAID)
    # 1,000.00 at 6.52 % a year: 17 days from 3 to 19 November are 3.04.
    assert sum(entry.amount_cents for entry in waived(letter)) == 3_04
    assert open_cents(letter) == 0
    assert list_open_items(case.id) == []


def test_a_day_late_the_interest_stays_owed(letter):
    bank(letter, letter.demanded_cents, date.fromordinal(letter.pay_by.toordinal() + 1))
    assert waived(letter) == []
    assert case_of(letter).phase is Phase.AMICABLE
    assert open_cents(letter) > 3_04


def test_a_cent_short_the_interest_stays_owed(letter):
    bank(letter, letter.demanded_cents - 1, letter.pay_by)
    assert waived(letter) == []
    assert open_cents(letter) > 3_05


def test_in_two_parts_in_time_is_in_time(letter):
    bank(letter, letter.demanded_cents - 100_00, date(2026, 11, 10))
    assert waived(letter) == []
    bank(letter, 100_00, letter.pay_by)
    assert case_of(letter).outcome is Outcome.PAID


def test_by_hand_out_of_suspense_counts_the_same(letter):
    bank(letter, letter.demanded_cents, letter.pay_by, "Rechnung vom Sommer")
    assert waived(letter) == []
    with clock.clock_at(IMPORTED_ON), transaction():
        entry = db.session.scalars(select(BankEntry)).one()
        assign_entry(entry.public_id, case_of(letter).number)
    assert case_of(letter).outcome is Outcome.PAID


@pytest.mark.parametrize(("limit", "ends"), [(3_04, True), (3_03, False), (0, False)])
def test_the_client_s_limit_decides(letter, limit, ends):
    limits(his=limit)
    bank(letter, letter.demanded_cents, letter.pay_by)
    assert (case_of(letter).phase is Phase.CLOSED) is ends


@pytest.mark.parametrize(
    ("owner", "his", "house", "ends"),
    [
        pytest.param("agency", 0, 3_04, True, id="the house's costs, the house's limit"),
        pytest.param("agency", 9_00, 3_03, False, id="the client's limit is not for them"),
        pytest.param("creditor", 3_04, 0, True, id="the client's costs, the client's limit"),
        pytest.param("creditor", 0, 9_00, False, id="the house cannot waive what is the client's"),
    ],
)
def test_costs_fall_under_the_limit_of_whom_they_belong_to(letter, owner, his, house, ends):
    limits(his, house, owner)
    # On the principal first, as the debtor wants it: costs are what is left.
    bank(letter, letter.demanded_cents, letter.pay_by, "Nur auf die Hauptforderung")
    with clock.clock_at(IMPORTED_ON), transaction():
        entry = db.session.scalars(select(BankEntry)).one()
        number = list_claims(letter.case_id)[0].invoice_number
        case_number = case_of(letter).number
        assign_entry(entry.public_id, case_number, [number], principal_first=True)
    assert (case_of(letter).phase is Phase.CLOSED) is ends
    assert {entry.component.value for entry in waived(letter)} == ({"costs"} if ends else set())


def test_new_costs_are_no_interest(letter):
    with clock.clock_at(date(2026, 11, 12)), transaction():
        post_costs(case_of(letter), EntryKind.OUTLAYS, 2_00, date(2026, 11, 12), "Auskunft")
    bank(letter, letter.demanded_cents, letter.pay_by)
    assert waived(letter) == []


def test_what_was_known_before_the_letter_does_not_pay_it_twice(letter):
    """A payment that the letter has taken off already counts towards its sum no more."""
    with clock.clock_at(SENT_ON), transaction():
        case, _ = make_case(accepted_by=db.session.get_one(User, letter.released_by))
        book_payment(case, Money(100_00, "EUR", SENT_ON, SENT_ON, None, "test"))
        second = release_first_demand(case.id, DemandWish(SENT_ON), letter.released_by)[0]
    bank(second, second.demanded_cents - 1, second.pay_by)
    assert waived(second) == []


def test_a_return_brings_everything_back(letter):
    bank(letter, letter.demanded_cents, letter.pay_by)
    with clock.clock_at(IMPORTED_ON):
        with transaction():
            reverse_payment(db.session.scalars(select(Payment)).one().id, "returned")
        case = case_of(letter)
        assert (case.phase, case.outcome) == (Phase.AMICABLE, None)
        assert [item.reason for item in list_open_items(case.id)] == ["case_unpaid_again"]
        # The letter's sum and the interest from 3 to 30 November: 28 days at 6.52 %.
        assert open_cents(letter) == letter.demanded_cents + 5_00


def test_the_client_reads_it_in_the_case_and_in_the_settlement(letter):
    bank(letter, letter.demanded_cents, letter.pay_by)
    case = case_of(letter)
    event = db.session.scalars(
        select(TimelineEvent).where(TimelineEvent.kind == "remainder.paid_in_time")
    ).one()
    assert event.creditor_visible
    assert event.params["amount_cents"] == 3_04
    with clock.clock_at(IMPORTED_ON):
        prepared = prepare(case.creditor_id, IMPORTED_ON, "EUR")
        rows = statement(case.id).rows
    assert prepared is not None
    assert prepared.cases[case.id][0].waived == 3_04
    invoices = invoices_of(case.id)
    words = [describe(row, invoices, "de") for row in rows]
    assert any(
        line.startswith("Erlass nach Zahlung in der Frist") and letter.number in line
        for line in words
    )
