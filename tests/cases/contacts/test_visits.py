"""Visits: planned within the rules, announced, reported once, with cash under a number."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cases.claims.asking import services as asking
from cases.claims.asking.models import Asked, AskedFor
from cases.claims.debtors import set_debtor_card
from cases.claims.ending import Ending, end_case
from cases.claims.models import HoldReason, Outcome
from cases.claims.queries import list_debtors
from cases.claims.services import set_hold
from cases.claims.timeline import list_events
from cases.contacts import errors as contact_errors
from cases.contacts.models import ContactOutcome
from cases.contacts.queries import list_contacts, list_open_promises
from cases.contacts.visits import errors
from cases.contacts.visits.letters import begin_visit_letter
from cases.contacts.visits.models import PaperKind, VisitState
from cases.contacts.visits.planning import cancel_visit, move_visit, plan_visit
from cases.contacts.visits.queries import list_papers, safety_notes_of
from cases.contacts.visits.reporting import Cost, NewPaper, VisitReport, report_visit
from cases.contacts.visits.route import route_calendar, route_of, route_pdf
from cases.contacts.visits.safety import set_safety_note
from cases.core import audit, clock, outbox
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.core.files import get_file_by_id, read_bytes
from cases.ledger.models import Account
from cases.ledger.trust import prove_trust
from cases.letters.pdf import count_pages
from cases.letters.written.services import release_written
from cases.parties.profiles import Card
from cases.payments.cash import errors as cash_errors
from cases.payments.cash.models import CashReceipt
from cases.payments.cash.queries import cases_with_cash_on_hand, cash_of, list_on_hand
from cases.payments.cash.services import CashGiven, pay_in, receive_cash, take_back_cash
from cases.remittances.preparing import prepare
from cases.worklist.services import list_open_items
from tests.factories.documents import PDF
from tests.factories.planned_visits import (
    HOURS,
    REACHED,
    make_visit_of,
    visit_wish,
    window,
)
from tests.factories.records import (
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
TUESDAY = date(2026, 12, 1)
THEN = datetime.fromisoformat("2026-12-01T14:30:00+01:00")
SUNDAY = date(2026, 11, 29)


@pytest.fixture
def case(database):
    with clock_at(NOW), transaction():
        make_agency()
        worker = make_user(name="Erika Muster")
        audit.set_actor(worker.id)
        found, _ = make_case(accepted_by=worker)
        yield found


def reasons(case):
    return {item.reason for item in list_open_items(case.id)}


def balance(account):
    query = "SELECT coalesce(sum(amount_cents), 0) FROM journal_lines WHERE account = :a"
    return db.session.scalar(db.text(query), {"a": account.value})


def test_outside_hours_sundays_holidays_and_frequency_nobody_is_sent(case):
    def against(day, first=14, last=15, **wish):
        with pytest.raises(errors.VisitNotAllowed) as refusal:
            make_visit_of(case, window=window(day, first, last), **wish)
        return refusal.value.finding.code, refusal.value.hard

    assert against(SUNDAY) == ("visit_sunday", False)
    assert against(date(2026, 12, 25)) == ("visit_holiday", False)
    assert against(date(2026, 11, 28)) == ("visit_saturday", False)
    assert against(TUESDAY, 6, 8) == ("visit_too_early", False)
    assert against(TUESDAY, 17, 22) == ("visit_too_late", False), "the end of the window counts"
    for wrong, refusal in (
        (window(TUESDAY, 15, 14), errors.VisitWindowWrong),
        (window(TUESDAY, 8, 18), errors.VisitWindowWrong),
        (window(date(2026, 11, 23), 8, 9), errors.VisitInPast),
    ):
        with pytest.raises(refusal):
            make_visit_of(case, window=wrong)
    make_visit_of(case, window=window(TUESDAY))
    assert against(date(2026, 12, 3)) == ("too_often", False), "a planned one counts"


def test_a_soft_rule_is_set_aside_with_a_reason_and_a_hard_one_never(case):
    visit = make_visit_of(case, window=window(SUNDAY), overridden_because="Er bat darum")
    assert visit.overridden_because == "Er bat darum"
    kinds = [event.kind for event in list_events(case.id)]
    assert kinds.count("contact.overridden") == 1
    debtor = list_debtors(case.id)[0].debtor
    set_debtor_card(case.id, debtor.public_id, Card(opted_out=("visit",)))
    set_hold(case, HoldReason.DECEASED)
    with pytest.raises(errors.VisitNotAllowed) as refusal:
        make_visit_of(case, window=window(date(2026, 12, 15)), overridden_because="Trotzdem")
    assert (refusal.value.hard, refusal.value.finding.code) == (True, "deceased")


def test_planned_moved_cancelled_and_what_is_left_to_do(case):
    visit = make_visit_of(case, window=window(TUESDAY))
    item = next(item for item in list_open_items(case.id) if item.reason == "visit_due")
    assert (item.visible_on, item.owner_id) == (TUESDAY, visit.visitor_id)
    with pytest.raises(errors.VisitReasonMissing):
        move_visit(visit, window(date(2026, 12, 2)), visit.visitor_id, " ", HOURS)
    move_visit(visit, window(date(2026, 12, 2)), visit.visitor_id, "Er ist krank", HOURS)
    item = next(item for item in list_open_items(case.id) if item.reason == "visit_due")
    assert item.visible_on == date(2026, 12, 2)
    cancel_visit(visit, "Er hat gezahlt")
    assert reasons(case) >= {"visit_cancelled"}
    assert "visit_due" not in reasons(case)
    with pytest.raises(errors.VisitNotOpen):
        cancel_visit(visit, "Noch einmal")
    other = make_visit_of(case, window=window(TUESDAY))
    assert "visit_cancelled" not in reasons(case)
    end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "Zurückgezogen"))
    assert other.state is VisitState.CANCELLED


def test_the_letter_names_day_time_and_place_and_follows_a_move(case):
    visit = make_visit_of(case, window=window(TUESDAY))
    set_safety_note(visit.debtor_id, "Hund im Hof")
    worker = make_user(phone="040 5550123")
    draft = begin_visit_letter(visit, worker.id)
    assert begin_visit_letter(visit, worker.id) is draft
    assert "Dienstag, 1. Dezember 2026 zwischen 14:00 und 15:00 Uhr" in draft.appointment
    move_visit(visit, window(date(2026, 12, 2)), visit.visitor_id, "Er ist krank", HOURS)
    assert "Mittwoch, 2. Dezember 2026" in draft.appointment
    (letter,) = release_written(draft.id, worker.id)
    told = str(letter.content)
    assert "Mittwoch, 2. Dezember 2026" in told
    assert "Lindenallee 7" in told
    assert "Hund" not in told
    move_visit(visit, window(date(2026, 12, 3)), visit.visitor_id, "Wieder krank", HOURS)
    assert visit.letter_draft_id is None, "what has left says the old time: another is needed"


def test_cash_is_booked_once_under_its_number_and_the_rest_is_promised(case):
    visit = make_visit_of(case, window=window(TUESDAY))
    number = db.session.get_one(CashReceipt, visit.receipt_id).number
    owed = case.booked_open_cents
    report = VisitReport(
        REACHED,
        cash_cents=300_00,
        rest_on=date(2026, 12, 11),
        papers=[NewPaper(PDF, "Quittung.pdf", PaperKind.RECEIPT)],
        cost=Cost(12_60, "42 km"),
    )
    with clock_at(THEN):
        report_visit(visit, report, HOURS)
        with pytest.raises(errors.VisitNotOpen):
            report_visit(visit, report, HOURS)
        assert case.received_cents == 300_00
        assert case.booked_open_cents < owed
        (promise,) = list_open_promises(case.id)
        assert promise.due_on == date(2026, 12, 11)
        assert promise.amount_cents >= case.booked_open_cents, "with the interest to that day"
        assert (balance(Account.CASH_ON_HAND), balance(Account.SUSPENSE)) == (300_00, 0)
        assert [proof.difference_cents for proof in prove_trust()] == [0]
        assert [paper.kind for paper in list_papers(visit.id)] == [PaperKind.RECEIPT]
        assert (visit.state, visit.cost_cents) == (VisitState.REPORTED, 12_60)
        (contact,) = list_contacts(case.id)
        assert (contact.outcome, visit.contact_id) == (ContactOutcome.CASH, contact.id)
        assert "visit_due" not in reasons(case)
        for effect in outbox.list_due_effects():
            outbox.carry_out(effect)
        receipt = db.session.get_one(CashReceipt, visit.receipt_id)
        assert (receipt.number, receipt.amount_cents, receipt.payer) == (
            number, 300_00, "Jonas Weber",
        )  # fmt: skip
        assert receipt.file_id is not None
        assert count_pages(read_bytes(get_file_by_id(receipt.file_id))) == 1


def test_cash_waits_with_its_case_until_it_is_paid_in(case):
    me = audit.actor_id()
    receipt = receive_cash(case, CashGiven(200_00, "Weber"), date(2026, 11, 23))
    assert list_on_hand()[0].amount_cents == cash_of(me, "EUR") == 200_00
    assert cases_with_cash_on_hand(case.creditor_id) == {case.id}
    assert prepare(case.creditor_id, date(2026, 11, 23), "EUR") is None
    with pytest.raises(cash_errors.OtherCash):
        pay_in(me, "EUR", date(2026, 11, 23), 100_00)
    pay_in(me, "EUR", date(2026, 11, 23), 200_00)
    assert (balance(Account.CASH_ON_HAND), balance(Account.TRUST_IN_TRANSIT)) == (0, 200_00)
    assert [proof.difference_cents for proof in prove_trust()] == [0]
    assert prepare(case.creditor_id, date(2026, 11, 23), "EUR") is not None
    with pytest.raises(cash_errors.CashPaidIn):
        take_back_cash(receipt, "Falscher Betrag")
    with pytest.raises(cash_errors.NoCashOnHand):
        pay_in(me, "EUR", date(2026, 11, 23), 200_00)
    wrong = receive_cash(case, CashGiven(50_00), date(2026, 11, 23))
    with pytest.raises(cash_errors.CashReasonMissing):
        take_back_cash(wrong, " ")
    take_back_cash(wrong, "Falscher Betrag")
    assert case.received_cents == 200_00
    assert (balance(Account.CASH_ON_HAND), balance(Account.SUSPENSE)) == (0, 0)
    assert wrong.serial == receipt.serial + 1


def test_every_outcome_of_a_report_leaves_something_to_do(case):
    outcomes = {
        ContactOutcome.NOT_REACHED: "not_reached",
        ContactOutcome.MOVED: "address_gone",
        ContactOutcome.REFUSES: "refuses_to_pay",
        ContactOutcome.OBJECTION: "objection_unrecorded",
        ContactOutcome.CASH: "rest_after_cash",
    }
    for outcome, reason in outcomes.items():
        debtors = [debtor_details(f"Weber {outcome.value}")]
        other, _ = make_case(debtors=debtors, accepted_by=make_user())
        for item in list_open_items(other.id):
            item.done_at = NOW
        db.session.flush()
        visit = make_visit_of(other, window=window(TUESDAY))
        with clock_at(THEN):
            details = replace(REACHED, outcome=outcome)
            report_visit(visit, VisitReport(details, cash_cents=100_00), HOURS)
            assert reason in reasons(other), outcome
    visit = make_visit_of(case, window=window(date(2026, 12, 15)))
    early = replace(REACHED, outcome=ContactOutcome.NOT_REACHED, happened_at=THEN)
    with pytest.raises(contact_errors.HappenedLater):
        report_visit(visit, VisitReport(early), HOURS)
    with clock_at(THEN), pytest.raises(errors.PaperKindMissing):
        report_visit(
            visit, VisitReport(REACHED, cash_cents=1, papers=[NewPaper(PDF, "a.pdf", None)]), HOURS
        )
    with clock_at(THEN), pytest.raises(cash_errors.CashAmountMissing):
        report_visit(visit, VisitReport(REACHED), HOURS)


def test_where_the_contract_says_so_the_client_is_asked_first(case):
    creditor = make_creditor("Vorsichtige GmbH", visits_need_approval=True)
    other, _ = make_case(creditor, accepted_by=make_user())
    visit = plan_visit(other.id, visit_wish(other, window=window(date(2027, 1, 12))), HOURS)
    assert visit.state is VisitState.ASKED
    assert "visit_waits" in reasons(other)
    with pytest.raises(errors.VisitWaits), clock_at(THEN):
        report_visit(visit, VisitReport(REACHED, cash_cents=1_00), HOURS)
    asked = asking.find_open(other.id, AskedFor.VISIT)
    assert (asked.subject_id, asked.answer_by) == (visit.id, clock.today() + timedelta(days=14))
    with pytest.raises(asking.WordsMissing):
        asking.answer_in_portal(asked, make_user().id, agrees=False, words="")
    asking.answer_in_portal(asked, make_user().id, agrees=True, words="")
    for effect in outbox.list_due_effects():
        outbox.carry_out(effect)
    assert visit.state is VisitState.PLANNED
    assert "visit_due" in reasons(other)
    third, _ = make_case(creditor, accepted_by=make_user())
    refused = plan_visit(third.id, visit_wish(third, window=window(date(2027, 2, 2))), HOURS)
    said = asking.find_open(third.id, AskedFor.VISIT)
    asking.follow(asking.note_answer(said, agrees=False, words="Am Telefon: kein Besuch"), said)
    assert (refused.state, "visit_unwanted" in reasons(third)) == (VisitState.REFUSED, True)


def test_the_client_is_asked_once_and_silence_is_no_yes(case):
    creditor = make_creditor("Vorsichtige GmbH", visits_need_approval=True)
    first, _ = make_case(creditor, accepted_by=make_user())
    far = window(date(2027, 1, 12))
    visit = plan_visit(first.id, visit_wish(first, window=far), HOURS)
    asked = asking.find_open(first.id, AskedFor.VISIT)
    cancel_visit(visit, "Doch am Telefon erreicht")
    assert asked.state is Asked.WITHDRAWN
    visit = plan_visit(first.id, visit_wish(first, window=far), HOURS)
    asked = asking.find_open(first.id, AskedFor.VISIT)
    late = asked.answer_by + timedelta(days=1)
    with clock_at(datetime.combine(late, THEN.timetz())):
        asking.settle_silent([asked.id], late)
    assert visit.state is VisitState.CANCELLED
    assert "client_silent" in reasons(first)
    other, _ = make_case(creditor, accepted_by=make_user())
    general = asking.ask_client(other, AskedFor.VISIT, reason="Drei Anrufe ohne Erfolg")
    asking.answer_in_portal(general, make_user().id, agrees=True, words="")
    visit = plan_visit(other.id, visit_wish(other, window=far), HOURS)
    assert visit.state is VisitState.PLANNED  # He has said so already.
    assert asking.find_open(other.id, AskedFor.VISIT) is None


def test_the_route_of_a_day_names_no_danger_and_the_calendar_no_debtor(case):
    visit = make_visit_of(case, window=window(TUESDAY), place_note="Werkstatt im Hof")
    set_safety_note(visit.debtor_id, "Hund im Hof")
    assert safety_notes_of([visit.debtor_id]) == {visit.debtor_id: "Hund im Hof"}
    route = route_of(visit.visitor_id, TUESDAY)
    assert [stop.times for stop in route.stops] == ["14:00–15:00"]
    told = route_calendar(route).decode()
    assert "DTSTART:20261201T130000Z" in told
    assert "LOCATION:Lindenallee 7\\, 20259 Hamburg" in told
    assert "Weber" not in told
    assert "Hund" not in told
    assert count_pages(route_pdf(route)) == 1
    assert route_of(visit.visitor_id, SUNDAY).stops == []
    set_safety_note(visit.debtor_id, " ")
    assert safety_notes_of([visit.debtor_id]) == {}
