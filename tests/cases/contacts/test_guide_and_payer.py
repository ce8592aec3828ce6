"""The talking guide speaks in every case; the payer type follows rules that explain themselves."""

from datetime import date, datetime
from itertools import product

import pytest

from cases.claims import timeline
from cases.claims.queries import list_debtors
from cases.contacts.behaviour import payer_of
from cases.contacts.commitments import CommitmentGiven, make_commitment, move_commitment
from cases.contacts.guide import ANY, PLACEHOLDERS, filled, resolve, rows
from cases.contacts.learning import Learned, learn
from cases.contacts.models import (
    ContactChannel,
    ContactOutcome,
    NonPaymentReason,
    Promise,
    PromiseState,
)
from cases.contacts.payer_type import Behaviour, compute
from cases.contacts.promises import PromiseGiven, keep_paid_promises
from cases.contacts.queries import kept_rate
from cases.contacts.services import ContactDetails, log_contact
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.ledger.services import allocate_by_law, owed_on, post_payment
from cases.parties.debtor_contacts import list_debtor_contacts
from cases.parties.debtor_models import Organisation, PayerType
from cases.parties.profiles import override_payer_type
from cases.parties.queries import find_address
from tests.factories.records import make_agency, make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")


@pytest.fixture
def case(database):
    with clock_at(NOW), transaction():
        make_agency()
        found, _ = make_case(accepted_by=make_user())
        yield found


def test_every_combination_has_its_words_and_nothing_is_named_before_the_check():
    for each in product(Organisation, PayerType, NonPaymentReason):
        guide = resolve(*each)
        parts = (guide.opening, guide.aim, guide.say, *guide.replies)
        assert all(row.text for row in parts)
        assert len(guide.replies) == 3, each
        assert all(row.answer for row in guide.replies)
        assert guide.fallback is False, each
        for secret in ("{open}", "{creditor}", "{invoices}"):
            assert secret not in guide.opening.text
    assert resolve(Organisation.SMALL, None, NonPaymentReason.FORGOT).fallback


def test_rows_name_only_what_is_known():
    for row in rows():
        for text in (row.text, row.answer):
            assert "{" not in filled(text, dict.fromkeys(PLACEHOLDERS, "x")), row
        assert row.organisation in {ANY, *Organisation}
        assert row.reason in {ANY, *NonPaymentReason}
        assert row.payer in {ANY, *PayerType}
        assert row.key in {"", *"12345678"}


@pytest.mark.parametrize(
    ("behaviour", "payer"),
    [
        pytest.param(Behaviour(), None, id="nothing is known"),
        pytest.param(Behaviour(objections=1, refusals=3), PayerType.DISPUTING, id="disputes first"),
        pytest.param(Behaviour(refusals=1, broken=1), PayerType.WILL_NOT, id="refused and broke"),
        pytest.param(Behaviour(cannot_pay=1, broken=1), PayerType.CANNOT, id="no money"),
        pytest.param(Behaviour(paid_late=2), PayerType.LATE, id="twice late"),
        pytest.param(Behaviour(paid_soon=3), PayerType.PROMPT, id="always soon"),
        pytest.param(Behaviour(paid_soon=1, paid_late=1), PayerType.FORGETFUL, id="late once"),
        pytest.param(Behaviour(forgot=1), PayerType.FORGETFUL, id="forgot"),
    ],
)
def test_the_first_rule_that_holds_decides(behaviour, payer):
    computed = compute(behaviour)
    assert computed.payer_type is payer
    assert bool(computed.because) is (payer is not None)


def test_the_payer_type_is_computed_over_all_cases_and_overridden_with_a_reason(case):
    debtor = list_debtors(case.id)[0].debtor
    other, _ = make_case()
    assert list_debtors(other.id)[0].debtor.id == debtor.id
    assert payer_of(debtor.id).payer_type is None
    refuses = ContactDetails(
        ContactChannel.PHONE, outcome=ContactOutcome.REFUSES, reason=NonPaymentReason.CANNOT_PAY
    )
    log_contact(other.id, refuses)
    payer = payer_of(debtor.id)
    assert (payer.payer_type, payer.computed.because) == (PayerType.CANNOT, (("cannot_pay", 1),))
    override_payer_type(debtor.id, PayerType.LATE, "Zahlt am Quartalsende")
    payer = payer_of(debtor.id)
    assert (payer.payer_type, payer.computed.payer_type) == (PayerType.LATE, PayerType.CANNOT)


def test_a_call_teaches_a_number_and_an_address_and_the_old_ones_stay(case):
    debtor = list_debtors(case.id)[0].debtor
    learn(case.id, debtor, Learned(phone="040 5550182", person="Anna Weber"), "Anruf")
    (person,) = list_debtor_contacts(debtor.id)
    assert (person.name, person.phone) == ("Anna Weber", "+49 40 5550182")
    new = Learned(
        street="Neue Str. 2", postcode="20257", city="Hamburg", wrong_number="04055 50182"
    )
    learn(case.id, debtor, new, "Anruf")
    assert find_address(debtor.id).street == "Neue Str. 2"
    assert list_debtor_contacts(debtor.id) == []
    assert len(list_debtor_contacts(debtor.id, earlier=True)) == 1


def test_a_promise_is_kept_as_soon_as_the_money_is_there(case):
    promised = ContactDetails(
        ContactChannel.PHONE, outcome=ContactOutcome.PROMISE, identity_confirmed=True,
        reason=NonPaymentReason.FORGOT,
    )  # fmt: skip
    log_contact(case.id, promised, promise=PromiseGiven(400_00, date(2026, 12, 4)))
    day = date(2026, 11, 23)
    allocation = allocate_by_law(owed_on(case, day), 400_00, day)
    post_payment(case, allocation, amount_cents=400_00, value_on=day)
    keep_paid_promises(case)
    assert db.session.query(Promise).one().state is PromiseState.KEPT
    assert "promise.kept" in {event.kind for event in timeline.list_events(case.id)}


def test_a_moved_commitment_counts_by_its_first_day(case):
    given = CommitmentGiven("Kopie der Rechnung", datetime.fromisoformat("2026-11-23T12:00+01:00"))
    commitment = make_commitment(case, given)
    later = datetime.fromisoformat("2026-11-25T12:00+01:00")
    move_commitment(commitment, later, "Gläubiger schweigt", told=True)
    with clock_at(later):
        rate = kept_rate(None, date(2026, 11, 1))
    assert (rate.due, rate.kept) == (1, 0)
