"""The log with person and role, corrections, requests that stop pressure, rules of contact."""

from datetime import datetime, time, timedelta

import pytest

from cases.claims.debtors import add_person, set_debtor_card
from cases.claims.models import HoldReason
from cases.claims.queries import list_debtors, list_open_holds
from cases.claims.reaching.allowed import Channel, ChannelRule, Reason
from cases.claims.services import set_hold
from cases.claims.timeline import list_events
from cases.contacts import errors
from cases.contacts.approach import approach
from cases.contacts.catalogue import outcomes, outcomes_of
from cases.contacts.corrections import Correction, correct_contact, corrected_ids
from cases.contacts.hours import CallingHours
from cases.contacts.house_rules import (
    ClosedDayWrong,
    HouseRules,
    RuleWrong,
    house_rules,
    set_house_rules,
)
from cases.contacts.models import (
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    NonPaymentReason,
)
from cases.contacts.queries import count_attempts
from cases.contacts.requests import (
    AnswerMissing,
    RequestAnswered,
    RequestKind,
    answer_by_letter,
    answer_request,
    list_open_requests,
)
from cases.contacts.services import ContactDetails, log_contact
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.letters.models import LetterKind
from cases.parties.debtor_contacts import ContactWish, list_debtor_contacts
from cases.parties.debtor_models import DebtorRole
from cases.parties.profiles import Card
from cases.worklist.models import WorkQueue
from cases.worklist.services import list_open_items
from tests.factories.records import make_agency, make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
HOURS = CallingHours()


@pytest.fixture
def case(database):
    with clock_at(NOW), transaction():
        make_agency()
        found, _ = make_case(accepted_by=make_user())
        yield found


def call(case, outcome=ContactOutcome.REFUSES, **fields):
    details = {
        "channel": ContactChannel.PHONE, "outcome": outcome, "identity_confirmed": True,
        "reason": NonPaymentReason.FORGOT, **fields,
    }  # fmt: skip
    return log_contact(case.id, ContactDetails(**details))


def set_card(case, **fields):
    debtor = list_debtors(case.id)[0].debtor
    return set_debtor_card(case.id, debtor.public_id, Card(**fields))


def test_every_outcome_stands_in_the_catalogue_and_every_channel_offers_some():
    assert set(outcomes()) == set(ContactOutcome)
    assert [outcome.value for outcome in outcomes_of(ContactChannel.PHONE)] == [
        "reached_pays", "promise", "instalments", "objection", "call_back", "refuses",
        "wrong_number", "not_reached",
    ], "keys 1 to 8 of the call"  # fmt: skip
    assert all(outcomes_of(channel) for channel in ContactChannel)


def test_who_decides_is_confirmed_with_the_day_of_the_call(case):
    debtor = list_debtors(case.id)[0].debtor
    wish = ContactWish(DebtorRole.PAYABLES, "Petra Hartwig", "040 5550182", how_known="Anruf")
    person = add_person(case.id, debtor.public_id, wish)
    assert person.phone == "+49 40 5550182"
    contact = call(case, contact=person, right_person=True, seconds=125)
    assert (contact.role, person.right_person_on) == (DebtorRole.PAYABLES, contact.occurred_on)
    assert list_debtor_contacts(debtor.id)[0] is person
    attempts = count_attempts(case.id)
    assert (attempts.tried, attempts.right_person, attempts.seconds) == (1, 1, 125)


def test_an_outcome_of_another_channel_is_refused(case):
    with pytest.raises(errors.OutcomeOfOtherChannel):
        call(case, ContactOutcome.CASH)


def test_a_wrong_entry_is_put_right_by_a_new_one(case):
    wrong = call(case, note="Herr Weber")
    right = Correction(ContactOutcome.REFUSES, reason=NonPaymentReason.CANNOT_PAY, note="Frau W.")
    newer = correct_contact(wrong.public_id, case.id, right)
    assert (wrong.note, newer.note, newer.at) == ("Herr Weber", "Frau W.", wrong.at)
    assert corrected_ids(case.id, [wrong.id, newer.id]) == {wrong.id}
    assert count_attempts(case.id).tried == 1
    with pytest.raises(errors.AlreadyCorrected):
        correct_contact(wrong.public_id, case.id, right)
    with pytest.raises(errors.NothingCorrected):
        correct_contact(newer.public_id, case.id, right)
    with pytest.raises(errors.NonPaymentReasonMissing):
        correct_contact(newer.public_id, case.id, Correction(ContactOutcome.REFUSES))


def test_a_request_stops_pressure_until_it_is_answered(case):
    details = ContactDetails(
        ContactChannel.EMAIL, ContactDirection.INBOUND, ContactOutcome.QUESTION,
        note="Bitte um Auskunft", request=RequestKind.INFORMATION, chaser=True,
    )  # fmt: skip
    log_contact(case.id, details)
    (request,) = list_open_requests(case.id)
    assert request.due_on.isoformat() == "2026-11-26", "three working days of the house"
    assert [hold.reason for hold in list_open_holds(case.id)] == [HoldReason.REQUEST]
    assert WorkQueue.ANSWER in {item.queue for item in list_open_items(case.id)}
    assert count_attempts(case.id).chasers == 1
    answer_by_letter(case, LetterKind.REQUEST_ANSWER)
    assert list_open_requests(case.id) == [request], "that letter answers other questions"
    with pytest.raises(AnswerMissing):
        answer_request(request, " ")
    answer_by_letter(case, LetterKind.INFORMATION)
    assert (list_open_requests(case.id), list_open_holds(case.id)) == ([], [])
    assert "question_asked" not in {item.reason for item in list_open_items(case.id)}
    with pytest.raises(RequestAnswered):
        answer_request(request, "Am Telefon")


def test_the_fourth_call_in_seven_days_needs_somebody_who_may_and_a_reason(case):
    for hours in (3, 2, 1):
        with clock_at(NOW - timedelta(days=4, hours=hours - 2)):
            call(case, ContactOutcome.NOT_REACHED)
    with pytest.raises(errors.ApproachNotAllowed):
        call(case, ContactOutcome.NOT_REACHED)
    contact = call(case, ContactOutcome.NOT_REACHED, overridden_because="Bat um Rückruf heute")
    assert contact.overridden_because
    told = next(e for e in list_events(case.id) if e.kind == "contact.overridden")
    assert told.params["rule_code"] == "too_often"


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        pytest.param(lambda case: set_hold(case, HoldReason.DECEASED), Reason.DECEASED, id="died"),
        pytest.param(
            lambda case: set_hold(case, HoldReason.INSOLVENCY), Reason.INSOLVENT, id="insolvent"
        ),
        pytest.param(lambda case: set_card(case, minor=True), Reason.MINOR, id="a minor"),
        pytest.param(
            lambda case: set_card(case, consent_reserved=True), Reason.GUARDIAN, id="guardian"
        ),
        pytest.param(
            lambda case: set_card(case, opted_out=("phone", "email", "sms", "visit")),
            Reason.OPTED_OUT, id="not wanted",
        ),
    ],
)  # fmt: skip
def test_no_contact_leaves_against_a_hard_rule_by_any_way(case, prepare, reason):
    prepare(case)
    for channel in (ContactChannel.PHONE, ContactChannel.EMAIL, ContactChannel.SMS,
                    ContactChannel.VISIT, ContactChannel.MEETING):  # fmt: skip
        outcome = (
            None
            if channel in {ContactChannel.EMAIL, ContactChannel.SMS}
            else (ContactOutcome.REFUSES)
        )
        with pytest.raises(errors.ApproachNotAllowed):
            call(case, outcome, channel=channel, overridden_because="trotzdem")
        came_in = call(case, outcome, channel=channel, direction=ContactDirection.INBOUND)
        assert came_in.id
    assert reason in approach(case, Channel.EMAIL, NOW, HOURS).judgement.reasons


def test_the_house_enters_its_rules_and_closed_days(case):
    assert house_rules(HOURS).closed_days == ("12-24", "12-31")
    phone = ChannelRule(begins=time(9), most_in_7_days=1)
    set_house_rules(HouseRules({Channel.PHONE: phone}, ["11-23"]))
    found = approach(case, Channel.PHONE, NOW, HOURS)
    assert found.judgement.reasons == (Reason.HOUSE_CLOSED,)
    with pytest.raises(ClosedDayWrong):
        set_house_rules(HouseRules({}, ["30.2."]))
    with pytest.raises(RuleWrong):
        set_house_rules(HouseRules({Channel.PHONE: ChannelRule(most_in_7_days=0)}))
