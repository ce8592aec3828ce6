"""Objections: what is held, what a verdict does to the account, and what stays as it is."""

from datetime import date, datetime

import pytest

from cases.claims.models import Outcome, Phase
from cases.claims.queries import held_cents, list_open_holds
from cases.claims.timeline import list_events
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.ledger.queries import statement
from cases.objections import errors
from cases.objections.checklist import QUESTIONS, questions_for
from cases.objections.indicators import SpeaksFor
from cases.objections.models import ObjectionKind, Verdict
from cases.objections.queries import list_checks, list_disputed, list_open_objections
from cases.objections.services import (
    Answer,
    Disputed,
    ObjectionDetails,
    answer_questions,
    record_objection,
)
from cases.objections.verdicts import Decision, decide_objection
from cases.worklist.models import WorkQueue
from cases.worklist.services import list_open_items
from tests.factories.casework import answer_all, decide
from tests.factories.records import claim_details, make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")


@pytest.fixture
def file(database):
    """A case with claims of 1,000 and 500 euro, and the clock at NOW."""
    with clock_at(NOW), transaction():
        details = [claim_details(), claim_details(principal_cents=500_00)]
        yield make_case(claims=details, accepted_by=make_user())


def raised(case, *disputed: Disputed, **fields):
    details = {
        "kind": ObjectionKind.DEFECT,
        "words": "Die Anlage funktioniert nicht richtig.",
        "contests": True,
        "channel": "email",
        "raised_on": date(2026, 11, 17),
        "disputed": disputed,
    }
    return record_objection(case.id, ObjectionDetails(**{**details, **fields}))


def held(case, claims) -> list[int]:
    holds = list_open_holds(case.id)
    return [held_cents(holds, claim, claim.principal_cents) for claim in claims]


def open_principal(case) -> list[int]:
    return [claim.principal_open_cents for claim in statement(case.id).claims]


def queues(case) -> list[WorkQueue]:
    return [item.queue for item in list_open_items(case.id)]


def test_the_disputed_part_stands_still_and_nothing_else(file):
    case, (first, _) = file
    objection = raised(case, Disputed(first.id, 300_00))
    assert held(case, file[1]) == [300_00, 0]
    assert WorkQueue.OBJECTION in queues(case)
    assert [one.objection.id for one in list_open_objections()] == [objection.id]
    assert list_open_objections()[0].disputed_cents == 300_00


def test_the_whole_claim_stands_still_without_an_amount(file):
    case, claims = file
    raised(case, Disputed(claims[0].id, 1_000_00))
    assert [hold.amount_cents for hold in list_open_holds(case.id)] == [None]
    assert held(case, claims) == [1_000_00, 0]


@pytest.mark.parametrize(
    ("cents", "fields", "refusal"),
    [
        pytest.param(300_00, {"words": "  "}, errors.WordsMissing, id="no words"),
        pytest.param(None, {}, errors.NothingDisputed, id="no claim"),
        pytest.param(0, {}, errors.DisputedTooHigh, id="nothing of a claim"),
        pytest.param(1_000_01, {}, errors.DisputedTooHigh, id="more than is open"),
        pytest.param(1_00, {"raised_on": date(2026, 11, 24)}, errors.RaisedInFuture, id="tomorrow"),
    ],
)
def test_incomplete_objections_are_refused(file, cents, fields, refusal):
    case, (first, _) = file
    disputed = [] if cents is None else [Disputed(first.id, cents)]
    with pytest.raises(refusal):
        raised(case, *disputed, **fields)


def test_a_claim_of_another_case_cannot_be_disputed(file):
    other, (foreign, *_) = make_case()
    assert other.id != file[0].id
    with pytest.raises(errors.NothingDisputed):
        raised(file[0], Disputed(foreign.id, 1_00))


@pytest.mark.parametrize(
    ("verdict", "genuine", "still_open", "still_held"),
    [
        pytest.param(Verdict.PRETEXT, {}, 1_000_00, 0, id="pretext: dunning goes on"),
        pytest.param(Verdict.GENUINE, {}, 700_00, 0, id="genuine: the disputed part is credited"),
        pytest.param(Verdict.PARTLY_GENUINE, {0: 120_00}, 880_00, 0, id="partly: the rest goes on"),
        pytest.param(Verdict.UNDECIDED, {}, 1_000_00, 300_00, id="undecided: the hold stays"),
    ],
)
def test_what_a_verdict_does(file, verdict, genuine, still_open, still_held):
    case, claims = file
    objection = raised(case, Disputed(claims[0].id, 300_00))
    parts = {claims[index].id: cents for index, cents in genuine.items()}
    again_on = date(2026, 12, 2) if verdict is Verdict.UNDECIDED else None
    answer_all(objection)
    decision = Decision(verdict, "Bericht liegt vor", parts, again_on, "liegt beim Gläubiger")
    decide_objection(objection.id, decision)
    assert open_principal(case) == [still_open, 500_00]
    assert held(case, claims) == [still_held, 0]
    assert case.phase is Phase.AMICABLE
    assert case.booked_open_cents == still_open + 500_00
    event = next(e for e in list_events(case.id) if e.kind == "objection.decided")
    assert event.params["verdict_code"] == verdict.value
    assert event.creditor_visible
    assert "Bericht" not in str(event.params)


def test_no_interest_ever_ran_on_what_was_not_owed(file):
    case, claims = file
    objection = raised(case, Disputed(claims[0].id, 1_000_00))
    before = statement(case.id).claims[0].interest_open_cents
    decide(objection, Verdict.GENUINE)
    assert before > 0
    assert statement(case.id).claims[0].interest_open_cents == 0


def test_a_case_in_which_nothing_is_left_is_closed_as_unfounded(file):
    case, claims = file
    parts = [Disputed(claim.id, claim.principal_cents) for claim in claims]
    objection = raised(case, *parts, kind=ObjectionKind.NOT_ORDERED)
    decide(objection, Verdict.GENUINE)
    assert (case.phase, case.outcome) == (Phase.CLOSED, Outcome.UNFOUNDED)
    # Whoever was right is told so.
    assert [each.reason for each in list_open_items(case.id)] == ["objection_decided"]


def test_an_open_verdict_comes_up_again_and_can_be_decided_later(file):
    case, claims = file
    objection = raised(case, Disputed(claims[0].id, 300_00))
    again_on = date(2026, 12, 2)
    decide_objection(
        objection.id, Decision(Verdict.UNDECIDED, "Lieferschein fehlt", again_on=again_on)
    )
    item = next(i for i in list_open_items(case.id) if i.queue is WorkQueue.OBJECTION)
    assert (item.visible_on, item.reason) == (again_on, "objection_undecided")
    decide(objection, Verdict.PRETEXT)
    assert WorkQueue.OBJECTION not in queues(case)
    assert WorkQueue.TASK in queues(case), "the debtor gets a reply"


def test_the_debtor_contests_whatever_the_verdict(file):
    case, claims = file
    objection = raised(case, Disputed(claims[0].id, 300_00))
    decide(objection, Verdict.PRETEXT)
    assert objection.contests


@pytest.mark.parametrize(
    ("decision", "refusal"),
    [
        pytest.param(Decision(Verdict.PRETEXT, " "), errors.VerdictReasonMissing, id="no reason"),
        pytest.param(
            Decision(Verdict.UNDECIDED, "fehlt"), errors.AgainMissing, id="open without a day"
        ),
        pytest.param(
            Decision(Verdict.UNDECIDED, "fehlt", again_on=date(2026, 11, 23)),
            errors.AgainMissing,
            id="open until today",
        ),
        pytest.param(
            Decision(Verdict.PARTLY_GENUINE, "halb"), errors.GenuineAmountWrong, id="partly: none"
        ),
    ],
)
def test_incomplete_verdicts_are_refused(file, decision, refusal):
    case, claims = file
    objection = raised(case, Disputed(claims[0].id, 300_00))
    with pytest.raises(refusal):
        decide_objection(objection.id, decision)
    assert held(case, claims) == [300_00, 0]


@pytest.mark.parametrize("cents", [-1, 300_00, 300_01])
def test_partly_means_more_than_nothing_and_less_than_all(file, cents):
    case, claims = file
    objection = raised(case, Disputed(claims[0].id, 300_00))
    with pytest.raises(errors.GenuineAmountWrong):
        decide_objection(
            objection.id, Decision(Verdict.PARTLY_GENUINE, "halb", {claims[0].id: cents})
        )


def test_a_verdict_is_given_once(file):
    case, claims = file
    objection = raised(case, Disputed(claims[0].id, 300_00))
    decide(objection, Verdict.GENUINE)
    with pytest.raises(errors.AlreadyDecided):
        decide_objection(objection.id, Decision(Verdict.PRETEXT, "doch nicht"))
    assert list_disputed(objection.id)[0].item.genuine_cents == 300_00


def test_lifting_one_objection_leaves_the_hold_of_another(file):
    case, claims = file
    first = raised(case, Disputed(claims[0].id, 300_00))
    raised(case, Disputed(claims[1].id, 500_00), kind=ObjectionKind.NOT_DELIVERED)
    decide(first, Verdict.PRETEXT)
    assert held(case, claims) == [0, 500_00]


def test_the_checklist_keeps_what_was_found_out(file):
    case, claims = file
    objection = raised(case, Disputed(claims[0].id, 300_00))
    answer = Answer("138 Tage nach der Lieferung", SpeaksFor.PRETEXT)
    answer_questions(objection.id, {"first_raised": answer, "unknown": answer})
    found = dict(list_checks(objection))
    assert list(found) == list(questions_for(ObjectionKind.DEFECT))
    assert found["first_raised"].finding == answer.finding
    assert found["defect_named"] is None
    answer_questions(objection.id, {"first_raised": Answer("", SpeaksFor.OPEN)})
    assert dict(list_checks(objection))["first_raised"] is None


@pytest.mark.parametrize("kind", list(ObjectionKind))
def test_every_kind_has_questions_with_words(kind):
    questions = questions_for(kind)
    assert len(set(questions)) == len(questions) > 4
    assert set(questions) <= set(QUESTIONS)
