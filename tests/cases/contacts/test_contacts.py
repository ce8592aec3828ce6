"""The contact log: what must be said, what comes of it, and promises that are kept or broken."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cases.claims.ending import Ending, end_case, refuse_case
from cases.claims.models import Outcome
from cases.claims.notes import NoteGone, add_note, correct_note, withdraw_note
from cases.claims.queries import list_open_holds, lock_case
from cases.claims.services import CaseClosed, ReasonMissing
from cases.claims.timeline import list_events
from cases.contacts import errors
from cases.contacts.commitments import (
    CommitmentGiven,
    keep_commitment,
    make_commitment,
    move_commitment,
)
from cases.contacts.models import (
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    NonPaymentReason,
    Promise,
    PromiseState,
)
from cases.contacts.promises import PromiseGiven, settle_promises
from cases.contacts.queries import list_contacts, list_open_commitments, list_open_promises
from cases.contacts.services import ContactDetails, FollowUp, log_contact, set_follow_up
from cases.core import clock
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.core.errors import NotFound
from cases.ledger.queries import statement
from cases.ledger.services import allocate_by_law, owed_on, post_payment
from cases.payments.booking import Money, book_payment
from cases.worklist.by_hand import PromisedToDebtor, postpone_item
from cases.worklist.models import WorkQueue
from cases.worklist.services import finish_all_items, list_open_items
from tests.factories.casework import make_objection
from tests.factories.records import make_agency, make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def case(database):
    with clock_at(NOW), transaction():
        make_agency()
        found, _ = make_case(accepted_by=make_user())
        yield found


def reached(outcome: ContactOutcome, **fields) -> ContactDetails:
    details = {
        "channel": ContactChannel.PHONE,
        "outcome": outcome,
        "identity_confirmed": True,
        "person": "Jonas Weber",
        "right_person": True,
        "reason": NonPaymentReason.FORGOT,
    }
    return ContactDetails(**{**details, **fields})


def kinds(case) -> list[str]:
    return [event.kind for event in list_events(case.id)]


def queues(case) -> set[WorkQueue]:
    return {item.queue for item in list_open_items(case.id)}


def pay(case, cents: int, day: date) -> None:
    allocation = allocate_by_law(owed_on(case, day), cents, day)
    post_payment(case, allocation, amount_cents=cents, value_on=day)


def pay_all(case) -> None:
    today = clock.today()
    open_cents = statement(case.id, today).open_cents
    book_payment(lock_case(case.id), Money(open_cents, "EUR", today, today, None, "test"))


def test_a_promise_is_logged_with_its_contact(case):
    contact = log_contact(
        case.id,
        reached(ContactOutcome.PROMISE, note="Bank hat gewechselt"),
        promise=PromiseGiven(400_00, FRIDAY),
    )
    (promise,) = list_open_promises(case.id)
    assert (promise.amount_cents, promise.due_on) == (400_00, FRIDAY)
    assert promise.contact_id == contact.id
    assert kinds(case)[:2] == ["promise.made", "contact.phone"]


def test_notes_and_names_never_enter_the_timeline_that_creditors_read(case):
    log_contact(case.id, reached(ContactOutcome.REFUSES, note="war betrunken"))
    told = [event for event in list_events(case.id) if event.creditor_visible]
    assert not any("betrunken" in str(event.params) for event in told)
    assert not any("Weber" in str(event.params) for event in told)
    assert list_contacts(case.id)[0].note == "war betrunken"


@pytest.mark.parametrize(
    ("details", "more", "refusal"),
    [
        pytest.param(
            reached(ContactOutcome.REFUSES, reason=None), {}, errors.NonPaymentReasonMissing,
            id="reached, but not asked why",
        ),
        pytest.param(
            ContactDetails(ContactChannel.PHONE), {}, errors.OutcomeMissing,
            id="a call without an outcome",
        ),
        pytest.param(
            reached(ContactOutcome.PROMISE), {}, errors.PromiseIncomplete,
            id="a promise without amount and day",
        ),
        pytest.param(
            reached(ContactOutcome.PROMISE, identity_confirmed=False),
            {"promise": PromiseGiven(1_00, FRIDAY)}, errors.IdentityNotConfirmed,
            id="a promise by nobody knows whom",
        ),
        pytest.param(
            reached(ContactOutcome.PROMISE),
            {"promise": PromiseGiven(1_00, date(2026, 11, 22))}, errors.PromiseInPast,
            id="a promise for yesterday",
        ),
        pytest.param(
            reached(ContactOutcome.PROMISE),
            {"promise": PromiseGiven(9_999_00, FRIDAY)}, errors.PromiseTooHigh,
            id="more than what is owed",
        ),
        pytest.param(
            reached(ContactOutcome.CALL_BACK), {}, errors.CallBackIncomplete,
            id="a call back without a time",
        ),
        pytest.param(
            reached(ContactOutcome.CALL_BACK),
            {"commitment": CommitmentGiven("Rückruf", NOW - timedelta(hours=1))},
            errors.DueInPast,
            id="a call back an hour ago",
        ),
        pytest.param(
            reached(ContactOutcome.REFUSES),
            {"follow_up": FollowUp(date(2026, 11, 22))}, errors.DueInPast,
            id="a follow-up in the past",
        ),
    ],
)  # fmt: skip
def test_incomplete_contacts_are_refused(case, details, more, refusal):
    with pytest.raises(refusal):
        log_contact(case.id, details, **more)


@pytest.mark.parametrize("channel", [ContactChannel.PHONE, ContactChannel.VISIT])
@pytest.mark.parametrize("moment", ["2026-11-22T11:00:00+01:00", "2026-11-23T23:30:00+01:00"])
def test_calls_and_visits_have_their_hours_whoever_asks(case, channel, moment):
    details = reached(ContactOutcome.REFUSES, channel=channel)
    with clock_at(datetime.fromisoformat(moment)):
        with pytest.raises(errors.ApproachNotAllowed):
            log_contact(case.id, details)
        log_contact(case.id, replace(details, direction=ContactDirection.INBOUND))


def test_a_visit_is_logged_later_for_the_time_it_was_made(case):
    details = reached(ContactOutcome.REFUSES, channel=ContactChannel.VISIT)
    with clock_at(datetime.fromisoformat("2026-11-23T23:30:00+01:00")):
        contact = log_contact(case.id, replace(details, happened_at=NOW))
        assert (contact.at, contact.occurred_on) == (NOW, NOW.date())
        with pytest.raises(errors.HappenedLater):
            log_contact(case.id, replace(details, happened_at=NOW + timedelta(days=1)))


@pytest.mark.parametrize(
    ("outcome", "reason", "in_days"),
    [
        pytest.param(ContactOutcome.OBJECTION, "objection_unrecorded", 0, id="objects"),
        pytest.param(ContactOutcome.INSTALMENTS, "instalments_asked", 0, id="instalments"),
        pytest.param(ContactOutcome.REFUSES, "refuses_to_pay", 0, id="refuses"),
        pytest.param(ContactOutcome.REACHED_PAYS, "payment_expected", 7, id="will pay"),
    ],
)
def test_what_came_of_a_call_always_leaves_something_to_do(case, outcome, reason, in_days):
    log_contact(case.id, reached(outcome))
    item = next(item for item in list_open_items(case.id) if item.reason == reason)
    assert item.visible_on == NOW.date() + timedelta(days=in_days)


def test_an_objection_on_the_phone_holds_the_case_until_it_is_recorded(case):
    log_contact(case.id, reached(ContactOutcome.OBJECTION))
    (hold,) = list_open_holds(case.id)
    assert (hold.claim_id, hold.objection_id) == (None, None)
    log_contact(case.id, reached(ContactOutcome.OBJECTION))
    assert len(list_open_holds(case.id)) == 1
    objection = make_objection(case, 100_00)
    (hold,) = list_open_holds(case.id)
    assert (hold.objection_id, hold.amount_cents) == (objection.id, 100_00)
    assert "objection_unrecorded" not in [item.reason for item in list_open_items(case.id)]


def test_a_call_back_is_moved_with_a_reason_and_the_debtor_is_told(case):
    commitment = make_commitment(case, CommitmentGiven("Rückruf", NOW + timedelta(hours=1)))
    item = next(i for i in list_open_items(case.id) if i.queue is WorkQueue.COMMITMENT)
    with pytest.raises(PromisedToDebtor):
        postpone_item(item, FRIDAY, "keine Zeit")
    later = NOW + timedelta(days=1)
    with pytest.raises(ReasonMissing):
        move_commitment(commitment, later, " ", told=True)
    move_commitment(commitment, later, "Unterlagen fehlen", told=False)
    reasons = {item.reason: item for item in list_open_items(case.id)}
    assert reasons["call_back"].due_at == later
    assert "tell_moved" in reasons
    assert commitment.moved_reason == "Unterlagen fehlen"


@pytest.mark.parametrize("outcome", [ContactOutcome.NOT_REACHED, ContactOutcome.WRONG_NUMBER])
def test_who_was_not_reached_need_not_say_why(case, outcome):
    log_contact(case.id, ContactDetails(ContactChannel.PHONE, outcome=outcome))
    assert list_contacts(case.id)[0].reason is None


def test_a_message_in_writing_needs_no_outcome(case):
    details = ContactDetails(
        ContactChannel.EMAIL, ContactDirection.INBOUND, note="bittet um Kopien"
    )
    log_contact(case.id, details)
    assert kinds(case)[0] == "contact.written"


def test_a_new_promise_replaces_the_open_one(case):
    for cents in (300_00, 500_00):
        log_contact(case.id, reached(ContactOutcome.PROMISE), promise=PromiseGiven(cents, FRIDAY))
    assert [promise.amount_cents for promise in list_open_promises(case.id)] == [500_00]
    assert "promise.replaced" in kinds(case)


def test_a_call_back_is_our_commitment_until_it_is_kept(case):
    due_at = NOW + timedelta(hours=3)
    log_contact(
        case.id,
        reached(ContactOutcome.CALL_BACK),
        commitment=CommitmentGiven("Rückruf an Herrn Weber", due_at),
    )
    (commitment,) = list_open_commitments(case.id)
    assert WorkQueue.COMMITMENT in queues(case)
    keep_commitment(commitment)
    assert WorkQueue.COMMITMENT not in queues(case)
    with pytest.raises(errors.CommitmentKept):
        keep_commitment(commitment)


def test_a_follow_up_comes_up_on_its_day(case):
    set_follow_up(case.id, FollowUp(FRIDAY, "Zahlung prüfen"))
    item = next(item for item in list_open_items(case.id) if item.queue is WorkQueue.FOLLOW_UP)
    assert (item.visible_on, item.params["note"]) == (FRIDAY, "Zahlung prüfen")


def test_a_note_needs_words_and_is_ours_alone(case):
    with pytest.raises(ReasonMissing):
        add_note(case.id, "  ")
    add_note(case.id, "Spricht nur vormittags")
    assert list_events(case.id)[0].creditor_visible is False


def test_a_note_is_corrected_or_withdrawn_by_a_new_entry_once(case):
    wrong = add_note(case.id, "Zahlt am 3.")
    right = correct_note(case.id, wrong.id, "Zahlt am 13.")
    over = withdraw_note(case.id, right.id, "andere Akte")
    for gone in (wrong, right):
        with pytest.raises(NoteGone):
            correct_note(case.id, gone.id, "noch einmal")
    with pytest.raises(NotFound):
        withdraw_note(case.id, over.id, "keine Notiz")
    assert [(each.kind, each.creditor_visible) for each in list_events(case.id)[:3]] == [
        ("note.withdrawn", False), ("note.corrected", False), ("note.added", False)
    ]  # fmt: skip
    assert wrong.params["note"] == "Zahlt am 3."


@pytest.mark.parametrize(
    ("payments", "state"),
    [
        pytest.param([], PromiseState.BROKEN, id="nothing came"),
        pytest.param([(400_00, 25)], PromiseState.KEPT, id="all came in time"),
        pytest.param([(399_99, 25)], PromiseState.PART_KEPT, id="a cent too little"),
        pytest.param([(150_00, 25), (250_00, 27)], PromiseState.KEPT, id="in two parts"),
        pytest.param([(400_00, 29)], PromiseState.KEPT, id="booked two days later"),
        pytest.param([(400_00, 30)], PromiseState.BROKEN, id="too late"),
    ],
)
def test_the_nightly_look_finds_broken_promises(case, payments, state):
    log_contact(case.id, reached(ContactOutcome.PROMISE), promise=PromiseGiven(400_00, FRIDAY))
    promise = list_open_promises(case.id)[0]
    for cents, day in payments:
        with clock_at(date(2026, 11, day)):
            pay(case, cents, date(2026, 11, day))
    with clock_at(date(2026, 11, 29)):
        assert settle_promises(case.id, clock.today()) == 0, "the money may still be on its way"
    with clock_at(date(2026, 12, 1)):
        broken = settle_promises(case.id, clock.today())
        again = settle_promises(case.id, clock.today())
    assert (promise.state, broken) == (state, int(state is not PromiseState.KEPT))
    assert again == 0
    assert (WorkQueue.BROKEN_PROMISE in queues(case)) is (state is not PromiseState.KEPT)


def test_money_that_came_before_the_promise_does_not_keep_it(case, database):
    with clock_at(date(2026, 11, 20)):
        pay(case, 400_00, date(2026, 11, 20))
    log_contact(case.id, reached(ContactOutcome.PROMISE), promise=PromiseGiven(400_00, FRIDAY))
    with clock_at(date(2026, 12, 1)):
        settle_promises(case.id, clock.today())
    assert [promise.state for promise in database.query(Promise)] == [PromiseState.BROKEN]


def test_a_closed_case_takes_no_promise(database):
    with clock_at(NOW), transaction():
        case, _ = make_case()
        refuse_case(case.id, "Kein Auftrag")
        with pytest.raises(CaseClosed):
            log_contact(
                case.id, reached(ContactOutcome.PROMISE), promise=PromiseGiven(1_00, FRIDAY)
            )
        with pytest.raises(CaseClosed):
            set_follow_up(case.id, FollowUp(FRIDAY))


def left(case):
    """What stands in the worklist: reason and day."""
    return {item.reason: item.visible_on for item in list_open_items(case.id)}


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (ContactOutcome.OBJECTION, "objection_unrecorded"),
        (ContactOutcome.INSTALMENTS, "instalments_asked"),
        (ContactOutcome.REFUSES, "refuses_to_pay"),
        (ContactOutcome.REACHED_PAYS, "payment_expected"),
        (ContactOutcome.WRONG_NUMBER, "number_wrong"),
    ],
)
@pytest.mark.parametrize("channel", [ContactChannel.PHONE, ContactChannel.VISIT])
def test_every_outcome_leaves_something_to_do(case, outcome, reason, channel):
    if channel is ContactChannel.VISIT and outcome is ContactOutcome.WRONG_NUMBER:
        outcome, reason = ContactOutcome.MOVED, "address_gone"
    log_contact(case.id, reached(outcome, channel=channel))
    assert reason in left(case)


def test_every_message_that_asks_something_is_answered(case):
    for outcome in (ContactOutcome.QUESTION, ContactOutcome.INSTALMENTS):
        log_contact(
            case.id,
            ContactDetails(
                ContactChannel.LETTER, ContactDirection.INBOUND, outcome, identity_confirmed=True
            ),
        )
    assert {"question_asked", "instalments_asked"} <= set(left(case))


def test_who_was_not_reached_is_called_again_on_the_next_day(case):
    """The step that called for it waits; on Saturday the next day is Monday."""
    log_contact(case.id, reached(ContactOutcome.NOT_REACHED))
    assert left(case) == {"first_demand_due": date(2026, 11, 24)}
    with clock_at(datetime.fromisoformat("2026-11-28T10:00:00+01:00")):
        log_contact(
            case.id, reached(ContactOutcome.NOT_REACHED, direction=ContactDirection.INBOUND)
        )
        assert left(case) == {"first_demand_due": date(2026, 11, 30)}


def test_a_call_in_vain_without_an_occasion_is_an_occasion_itself(case):
    finish_all_items(case)
    log_contact(case.id, reached(ContactOutcome.NOT_REACHED))
    assert left(case) == {"not_reached": date(2026, 11, 24)}
    log_contact(case.id, reached(ContactOutcome.REFUSES))
    assert left(case) == {"refuses_to_pay": date(2026, 11, 23)}


def test_a_follow_up_takes_the_place_of_the_next_attempt(case):
    finish_all_items(case)
    log_contact(
        case.id, reached(ContactOutcome.NOT_REACHED), follow_up=FollowUp(date(2026, 11, 26))
    )
    assert left(case) == {"follow_up": date(2026, 11, 26)}


def test_what_comes_in_after_the_end_is_read_by_somebody(case):
    end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "Auftrag zurueckgenommen"))
    assert left(case) == {}
    log_contact(
        case.id, ContactDetails(ContactChannel.LETTER, ContactDirection.INBOUND, note="Quittung")
    )
    assert left(case) == {"contact_after_end": date(2026, 11, 23)}


@pytest.mark.parametrize("settled_first", [True, False], ids=["then paid", "paid, then looked at"])
def test_nobody_asks_about_a_broken_promise_once_all_is_paid(case, settled_first):
    log_contact(case.id, reached(ContactOutcome.PROMISE), promise=PromiseGiven(400_00, FRIDAY))
    promise = list_open_promises(case.id)[0]
    with clock_at(date(2026, 12, 1)):
        if settled_first:
            settle_promises(case.id, clock.today())
            assert WorkQueue.BROKEN_PROMISE in queues(case)
        pay_all(case)
        if not settled_first:
            settle_promises(case.id, clock.today())
    assert promise.state is PromiseState.BROKEN
    assert WorkQueue.BROKEN_PROMISE not in queues(case)
