"""What is only not due yet is never credited; what was said before is one object; costs in part."""

from datetime import date, datetime, timedelta

import pytest

from cases.claims.holds import HoldNeedsVerdict, lift_by_hand
from cases.claims.models import HoldReason, Outcome, Phase
from cases.claims.queries import list_open_holds
from cases.core import audit
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.costs.booking import book_first_costs
from cases.costs.noting_default import note_reminder
from cases.ledger.books.verifying import verify_ledger
from cases.ledger.queries import statement
from cases.objections import errors
from cases.objections.evidence_models import ObjectionPhase
from cases.objections.mentions import Again, list_mentions
from cases.objections.models import ObjectionKind, Verdict
from cases.objections.queries import list_disputed, list_earlier_verdicts, list_objections
from cases.objections.replies.replying import reply_text
from cases.objections.second_person import VERDICT_KINDS, decide_or_ask
from cases.objections.services import Disputed, ObjectionDetails, record_objection
from cases.objections.settings import change_settings
from cases.objections.verdicts import Decision, decide_objection, reopen_objection
from cases.payments.booking import Money, book_payment
from cases.worklist.services import list_open_items
from tests.factories.casework import answer_all, decide
from tests.factories.records import claim_details, debtor_details, make_agency, make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
TODAY = NOW.date()
LATER = TODAY + timedelta(days=90)


@pytest.fixture
def file(database):
    """An accepted case with claims of 1,000 and 500 euro, and the first costs booked."""
    with clock_at(NOW), transaction():
        make_agency()
        details = [claim_details(), claim_details(principal_cents=500_00)]
        case, claims = make_case(claims=details, accepted_by=make_user())
        book_first_costs(case, TODAY)
        yield case, claims


def said(case, claims, kind, cents=None, **fields):
    details = {
        "kind": kind, "words": "So war es.", "contests": True, "channel": "letter",
        "raised_on": date(2026, 11, 17),
        "disputed": [Disputed(one.id, cents or one.principal_cents) for one in claims],
    }  # fmt: skip
    return record_objection(case.id, ObjectionDetails(**{**details, **fields}))


def verdict(objection, found=Verdict.GENUINE, **fields):
    answer_all(objection)
    given = {"no_evidence": "steht in der Akte", "again_on": LATER, **fields}
    return decide_objection(objection.id, Decision(found, "Vereinbarung vom 3. März", **given))


def sums(case):
    now = statement(case.id)
    interest = sum(one.interest_open_cents for one in now.claims)
    return now.principal_open_cents, interest, now.costs_open_cents


@pytest.mark.parametrize(
    "kind",
    [ObjectionKind.INSTALMENTS_AGREED, ObjectionKind.RETENTION, ObjectionKind.INVOICE_NOT_RECEIVED],
)
def test_what_is_not_due_yet_waits_and_nothing_is_credited(file, kind):
    """§§ 271, 273, 320 BGB: no default, so neither interest nor costs; the claim itself stands."""
    case, claims = file
    before = sums(case)
    assert before[0] == 1_500_00
    assert min(before) > 0
    objection = said(case, claims, kind)
    answer_all(objection)
    with pytest.raises(errors.AgainMissing):
        verdict(objection, again_on=None)
    verdict(objection)
    assert sums(case) == (1_500_00, 0, 0)
    assert case.phase is not Phase.CLOSED
    holds = list_open_holds(case.id)
    assert {(h.reason, h.until_on, h.amount_cents) for h in holds} == {
        (HoldReason.OTHER, LATER, None)
    }
    ends = {i.visible_on for i in list_open_items(case.id) if i.reason == "hold_ends"}
    assert ends == {LATER}
    text = reply_text(case, objection, "de")
    assert "fordern wir 1.500,00" in text.replace("\xa0", " ")
    assert "verringert" not in text
    reopen_objection(objection.id, "Die Vereinbarung war eine andere")
    assert sums(case) == before
    assert {h.reason for h in list_open_holds(case.id)} == {HoldReason.OBJECTION}
    with pytest.raises(HoldNeedsVerdict):
        lift_by_hand(list_open_holds(case.id)[0].id, "weiter")
    assert not list(verify_ledger())


def test_a_part_that_is_not_due_waits_and_the_rest_goes_on(file):
    case, claims = file
    before = sums(case)
    objection = said(case, claims[:1], ObjectionKind.RETENTION, 400_00)
    verdict(objection, Verdict.PARTLY_GENUINE, genuine_cents={claims[0].id: 150_00})
    assert sums(case) == before
    (hold,) = list_open_holds(case.id)
    assert (hold.amount_cents, hold.rest_waits) == (150_00, False)
    lift_by_hand(hold.id, "Die Leistung ist erbracht")
    assert list_open_holds(case.id) == []


def test_after_it_a_reminder_begins_a_new_default(file):
    case, claims = file
    verdict(said(case, claims, ObjectionKind.INSTALMENTS_AGREED))
    debtor = case_debtor(case)
    with clock_at(datetime.fromisoformat("2027-03-10T10:00:00+01:00")):
        note_reminder(case.id, debtor, [claims[0].public_id], date(2027, 3, 1), "Einschreiben")
    assert claims[0].default_on == date(2027, 3, 2)
    assert claims[1].default_on is None


def case_debtor(case):
    from cases.claims.queries import list_debtors

    return list_debtors(case.id)[0].debtor.public_id


def test_costs_that_are_too_high_are_lowered_to_the_cent(file):
    case, _ = file
    before = sums(case)
    objection = said(case, [], ObjectionKind.COSTS_ONLY)
    for wrong in (None, 0, before[2], before[2] + 1):
        with pytest.raises(errors.GenuineCostsWrong):
            verdict(objection, Verdict.PARTLY_GENUINE, genuine_costs_cents=wrong)
    verdict(objection, Verdict.PARTLY_GENUINE, genuine_costs_cents=20_01)
    assert sums(case) == (before[0], before[1], before[2] - 20_01)
    assert "20,01" in reply_text(case, objection, "de")
    reopen_objection(objection.id, "Die Gebühr stimmt doch")
    assert sums(case) == before
    assert not list(verify_ledger())


def test_only_the_costs_never_touch_the_claim_whatever_is_ticked(file):
    case, claims = file
    objection = said(case, claims, ObjectionKind.COSTS_ONLY)
    assert list_disputed(objection.id) == []
    assert [hold.claim_id for hold in list_open_holds(case.id)] == [None]
    verdict(objection)
    assert statement(case.id).principal_open_cents == 1_500_00


def test_what_is_time_barred_is_not_pursued_and_what_was_paid_stays_paid(file):
    """§§ 214, 217 BGB."""
    case, claims = file
    book_payment(case, Money(600_00, "EUR", date(2026, 11, 20), TODAY, None, "test"))
    before = sums(case)
    barred, other = (one.principal_open_cents for one in statement(case.id).claims)
    objection = said(case, claims[:1], ObjectionKind.TIME_BARRED, barred)
    verdict(objection)
    now = statement(case.id)
    assert [one.principal_open_cents for one in now.claims] == [0, other]
    assert now.claims[0].interest_open_cents == 0
    assert case.phase is not Phase.CLOSED
    assert "nicht mehr" in reply_text(case, objection, "de")
    reopen_objection(objection.id, "Die Frist war gehemmt")
    assert sums(case) == before
    verdict(objection)
    verdict(said(case, claims[1:], ObjectionKind.TIME_BARRED, other))
    assert (case.phase, case.outcome) == (Phase.CLOSED, Outcome.TIME_BARRED)
    assert [item.reason for item in list_open_items(case.id)] == ["objection_decided"]
    assert not list(verify_ledger())


def test_one_of_several_debtors_is_freed_and_the_claim_stands(database):
    """§ 425 BGB: a letter to all would demand from him who does not owe."""
    with clock_at(NOW), transaction():
        make_agency()
        case, claims = make_case(
            accepted_by=make_user(), debtors=[debtor_details(), debtor_details(name="Kern")]
        )
        objection = said(case, claims, ObjectionKind.MINOR)
        verdict(objection)
        assert statement(case.id).principal_open_cents == 1_000_00
        ((hold),) = list_open_holds(case.id)
        assert (hold.claim_id, hold.until_on) == (None, TODAY + timedelta(days=14))


def test_a_second_person_confirms_the_day_and_the_costs_too(file):
    case, claims = file
    change_settings(second_person_cents=1_00)
    objection = said(case, claims, ObjectionKind.RETENTION)
    answer_all(objection)
    decision = Decision(Verdict.GENUINE, "Es fehlt noch die Montage", no_evidence="im Protokoll",
                        again_on=LATER, told_creditor="Bitte erst montieren")  # fmt: skip
    audit.set_actor(case.owner_id)
    VERDICT_KINDS["objection.verdict"].carry_out(decide_or_ask(objection.id, decision))
    assert {hold.until_on for hold in list_open_holds(case.id)} == {LATER}


def test_one_object_from_the_first_question_to_the_court(file):
    """A query before the due date, the objection, the opposition with reasons: one history."""
    case, claims = file
    first = said(case, claims[:1], ObjectionKind.DEFECT, 300_00, phase=ObjectionPhase.QUERY,
                 raised_on=date(2026, 7, 20))  # fmt: skip
    told = said(case, claims[:1], ObjectionKind.DEFECT, 300_00, phase=ObjectionPhase.CREDITOR)
    decide(first, Verdict.PRETEXT)
    with pytest.raises(errors.AgainUnclear):
        said(case, claims[:1], ObjectionKind.DEFECT, 300_00)
    in_court = said(case, claims[:1], ObjectionKind.DEFECT, 350_00, phase=ObjectionPhase.COURT,
                    again=Again.SOMETHING_NEW, words="Gutachten liegt bei.")  # fmt: skip
    assert {first.id, told.id, in_court.id} == {first.id}
    assert [one.phase for one in list_mentions(first.id)] == [
        ObjectionPhase.QUERY, ObjectionPhase.CREDITOR, ObjectionPhase.COURT,
    ]  # fmt: skip
    assert first.is_open
    assert [one.reopened_because for one in list_earlier_verdicts(first.id)] == [
        "Gutachten liegt bei."
    ]
    assert [hold.amount_cents for hold in list_open_holds(case.id)] == [350_00]
    assert [one.item.amount_cents for one in list_disputed(first.id)] == [350_00]


def test_another_matter_of_the_same_kind_is_an_objection_of_its_own(file):
    case, claims = file
    first = decide(said(case, claims[:1], ObjectionKind.DEFECT, 300_00), Verdict.GENUINE)
    second = said(case, claims[:1], ObjectionKind.DEFECT, 100_00, again=Again.ANOTHER)
    assert second.id != first.id
    assert len(list_objections(case.id)) == 2
    assert statement(case.id).claims[0].principal_open_cents == 700_00


def test_what_was_credited_comes_back_where_it_is_taken_up_again(file):
    case, claims = file
    first = decide(said(case, claims[:1], ObjectionKind.DEFECT, 300_00), Verdict.GENUINE)
    said(case, claims[:1], ObjectionKind.DEFECT, 300_00, again=Again.SOMETHING_NEW)
    assert first.is_open
    assert statement(case.id).claims[0].principal_open_cents == 1_000_00
    assert [hold.amount_cents for hold in list_open_holds(case.id)] == [300_00]
