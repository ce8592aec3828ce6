"""Evidence, facts, repeated objections, the rest of a case, clocks: what is around it."""

from datetime import date, datetime, timedelta

import pytest

from cases.claims.queries import list_open_holds
from cases.core import audit
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.costs.booking import book_first_costs
from cases.dunning.objection_watch import cases_to_watch, watch_case
from cases.ledger.queries import statement
from cases.letters.drafting import DemandWish, draft_first_demand
from cases.letters.errors import EverythingHeld, RestWaits
from cases.letters.models import LetterKind
from cases.letters.written.composing import WrittenWish
from cases.letters.written.drafting import draft_written
from cases.letters.written.kinds import KINDS
from cases.objections import errors
from cases.objections.evidence import (
    AnswerMissing,
    EvidenceAnswered,
    NothingToAsk,
    PieceAnswer,
    answer,
    ask,
    explain,
    list_needs,
    list_pieces,
    unmet,
)
from cases.objections.facts import delivered_late, known_facts, note_fact
from cases.objections.gathering import raised_of
from cases.objections.holding import release_rest
from cases.objections.indicators import RuleUnreadable, SpeaksFor, Weight, find_indicators
from cases.objections.mentions import Again, first_contested, list_mentions
from cases.objections.models import ObjectionKind, Verdict
from cases.objections.proof import burden_of
from cases.objections.queries import list_disputed, list_objections
from cases.objections.replies.replying import begin_reply, begin_request, reply_text
from cases.objections.second_person import VERDICT_KINDS, decide_or_ask, needs_second
from cases.objections.services import Disputed, ObjectionDetails, record_objection
from cases.objections.settings import NewRule, add_rule, change_settings, end_rule, house_rules
from cases.objections.standing import standing_of
from cases.objections.verdicts import Decision, decide_objection, reopen_objection
from cases.people.models import Approval
from cases.worklist.models import WorkQueue
from cases.worklist.services import list_open_items
from tests.factories.casework import answer_all, decide, make_objection
from tests.factories.records import claim_details, make_agency, make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture
def file(database):
    """A house, and an accepted case with claims of 1,000 and 500 euro."""
    with clock_at(NOW), transaction():
        make_agency()
        details = [claim_details(), claim_details(principal_cents=500_00)]
        yield make_case(claims=details, accepted_by=make_user())


def said(case, claims, kind=ObjectionKind.DEFECT, cents=300_00, **fields):
    details = {
        "kind": kind, "words": "Kaputt.", "contests": True, "channel": "email",
        "raised_on": date(2026, 11, 17),
        "disputed": [Disputed(claim.id, cents) for claim in claims],
    }  # fmt: skip
    return record_objection(case.id, ObjectionDetails(**{**details, **fields}))


def reasons(case):
    return [item.reason for item in list_open_items(case.id)]


def test_evidence_is_asked_once_answered_once_and_states_a_fact(file):
    case, claims = file
    objection = said(case, claims[:1], ObjectionKind.NOT_DELIVERED)
    assert [need.label.code for need in unmet(list_needs(objection))] == ["proof_of_delivery"]
    (piece,) = ask(objection.id, [])
    assert piece.due_on == TODAY + 7 * DAY
    with pytest.raises(NothingToAsk):
        ask(objection.id, [])
    with pytest.raises(AnswerMissing):
        answer(piece.id, PieceAnswer())
    answer(piece.id, PieceAnswer(yes=True, words="unterschrieben von Frau Kern"))
    with pytest.raises(EvidenceAnswered):
        answer(piece.id, PieceAnswer(yes=False))
    assert known_facts([claims[0].id])[claims[0].id] == {"delivery_note_signed": True}
    assert unmet(list_needs(objection)) == []
    assert "delivery_note_signed" in {f.code for f in find_indicators(raised_of(objection))}
    assert standing_of(raised_of(objection)).stands.value == "pretext"
    assert "evidence_arrived" in reasons(case)


def test_no_verdict_while_a_label_is_empty_and_unexplained(file):
    case, claims = file
    objection = said(case, claims[:1])
    answer_all(objection)
    for piece in list_pieces(objection.id):
        piece.explained = None
    with pytest.raises(errors.EvidenceOpen) as refusal:
        decide_objection(objection.id, Decision(Verdict.PRETEXT, "Bericht", no_evidence="keiner"))
    assert refusal.value.params["missing"] == 3
    for need in unmet(list_needs(objection)):
        explain(objection.id, need.label.code, "hat niemand")
    decide_objection(objection.id, Decision(Verdict.PRETEXT, "Bericht", no_evidence="keiner"))
    assert all(piece.closed_at for piece in list_pieces(objection.id))


def test_the_same_again_is_joined_and_more_of_it_is_held(file):
    case, claims = file
    first = said(case, claims[:1])
    again = said(case, claims[:1], cents=400_00, raised_on=date(2026, 11, 20), words="Immer noch.")
    assert again.id == first.id
    assert [one.item.amount_cents for one in list_disputed(first.id)] == [400_00]
    assert [hold.amount_cents for hold in list_open_holds(case.id)] == [400_00]
    assert [one.words for one in list_mentions(first.id)] == ["Kaputt.", "Immer noch."]
    other = said(case, claims[1:])
    assert other.id != first.id


def test_what_was_decided_and_brings_nothing_new_is_referred_to(file):
    case, claims = file
    objection = decide(said(case, claims[:1]), Verdict.PRETEXT)
    due_on = objection.answer_due_on
    again = said(case, claims[:1], again=Again.NOTHING_NEW, raised_on=TODAY)
    assert again.id == objection.id
    assert objection.answer_due_on == due_on
    assert list_open_holds(case.id) == []
    assert "objection_repeated" in reasons(case)
    objection.answered_at = NOW
    assert "Neue Tatsachen" in reply_text(case, objection, "de")
    assert len(list_objections(case.id)) == 1


def test_the_day_of_the_first_contest_never_changes(file):
    case, claims = file
    said(case, claims[:1])
    said(case, claims[:1], raised_on=date(2026, 11, 1), words="Schon am Ersten gesagt.")
    said(case, claims, ObjectionKind.WRONG_AMOUNT, raised_on=date(2026, 10, 1))
    assert first_contested([claim.id for claim in claims]) == {
        claims[0].id: date(2026, 11, 17),
        claims[1].id: date(2026, 10, 1),
    }


def test_no_demand_leaves_by_any_letter_until_the_verdict_or_a_release(file):
    """Every kind of letter, with an objection against all, a part, and against the costs only.

    What nobody writes is tried elsewhere: the reminder of an instalment in
    tests/cases/plans/test_life.py, debits and their notice in tests/cases/remittances.
    """
    case, claims = file
    user = case.owner_id
    for kind, disputed in (
        (ObjectionKind.DEFECT, [Disputed(claims[0].id, 300_00)]),
        (ObjectionKind.NOT_ORDERED, [Disputed(c.id, c.principal_cents) for c in claims]),
        (ObjectionKind.COSTS_ONLY, []),
    ):
        objection = said(case, [], kind, disputed=disputed)
        with pytest.raises(EverythingHeld):
            draft_first_demand(case.id, DemandWish(TODAY), user)
        for letter in KINDS:
            wish = WrittenWish(letter, "de", "# Zahlung\n\n[payment]", TODAY)
            try:
                drafts = draft_written(case.id, wish, user)
            except EverythingHeld:
                continue
            assert not any(draft.draft.total_cents for draft in drafts if draft.demands), letter
        # What asks or answers about it may leave.
        answering = WrittenWish(LetterKind.OBJECTION_REPLY, "de", reply_words(objection), TODAY)
        assert not any(draft.demands for draft in draft_written(case.id, answering, user))
        decide(objection, Verdict.PRETEXT)


def reply_words(objection):
    return f"# Ihr Einwand\n\n{{salutation}},\n\nwir prüfen ihn noch. {objection.words}"


def test_the_rest_is_demanded_after_its_release_and_only_the_rest(file):
    case, claims = file
    objection = said(case, claims[:1])
    with pytest.raises(RestWaits):
        draft_first_demand(case.id, DemandWish(TODAY), case.owner_id)
    release_rest(objection.id, "Die zweite Rechnung ist unstreitig")
    ((_, draft),) = draft_first_demand(case.id, DemandWish(TODAY), case.owner_id)
    assert draft.content["principal_cents"] == 1_200_00
    costs = said(case, [], ObjectionKind.COSTS_ONLY)
    with pytest.raises(errors.NothingToRelease):
        release_rest(costs.id, "geht nicht")


def test_costs_that_were_never_owed_go_and_come_back_with_a_reopening(file):
    case, _ = file
    book_first_costs(case, TODAY)
    before = statement(case.id).costs_open_cents
    assert before > 0
    objection = decide(said(case, [], ObjectionKind.COSTS_ONLY), Verdict.GENUINE)
    assert statement(case.id).costs_open_cents == 0
    assert statement(case.id).principal_open_cents == 1_500_00
    reopen_objection(objection.id, "Die Mahnung ist gefunden")
    assert statement(case.id).costs_open_cents == before


def test_above_the_limit_a_second_person_confirms(file):
    case, claims = file
    change_settings(second_person_cents=300_00)
    objection = said(case, claims[:1])
    answer_all(objection)
    decision = Decision(Verdict.PARTLY_GENUINE, "Gutachten", {claims[0].id: 100_00},
                        no_evidence="liegt vor", told_creditor="Ein Teil trifft zu")  # fmt: skip
    assert needs_second(objection, decision)
    audit.set_actor(case.owner_id)
    asked = decide_or_ask(objection.id, decision)
    assert isinstance(asked, Approval)
    assert objection.is_open
    VERDICT_KINDS["objection.verdict"].carry_out(asked)
    assert objection.verdict is Verdict.PARTLY_GENUINE
    assert statement(case.id).claims[0].principal_open_cents == 900_00
    assert objection.told_creditor == "Ein Teil trifft zu"
    below = said(case, claims[1:], cents=299_99)
    assert not needs_second(below, decision)


def test_an_indicator_added_as_data_appears_without_a_change_of_code(file):
    case, claims = file
    objection = said(case, claims[:1])
    rule = NewRule("*", "days_after_due>=1", SpeaksFor.PRETEXT, Weight.WEAK, "", "Late.", "Spät.")
    added = add_rule(rule)
    found = {f.code: f for f in find_indicators(raised_of(objection), house_rules())}
    assert found[f"house_{added.id}"].rule.words.german == "Spät."
    end_rule(added.public_id)
    assert house_rules() == []
    for wrong in ("weather>=1", "", "days_after_due>=x", "days_after_due >= 1"):
        with pytest.raises(RuleUnreadable):
            add_rule(NewRule("*", wrong, SpeaksFor.OPEN, Weight.WEAK, "", "A.", "B."))


def test_the_burden_follows_the_noted_facts(file):
    case, claims = file
    objection = said(case, claims[:1])
    note_fact(claims[0], "merchants", value=False)
    note_fact(claims[0], "delivered_on", date(2025, 11, 17))
    note_fact(claims[0], "promised_on", date(2025, 11, 16))
    assert burden_of(raised_of(objection)).rule.code == "defect_presumed"
    note_fact(claims[0], "delivered_on", date(2025, 11, 16))
    assert burden_of(raised_of(objection)).rule.code == "defect_late"
    assert delivered_late([claims[0].id]) == {}
    note_fact(claims[0], "delivered_on", date(2025, 11, 17))
    assert delivered_late([claims[0].id]) == {
        claims[0].id: (date(2025, 11, 16), date(2025, 11, 17))
    }


def test_the_night_reminds_once_then_asks_a_person_and_puts_limitation_first(file):
    case, claims = file
    objection = said(case, claims[:1], ObjectionKind.NOT_DELIVERED)
    (piece,) = ask(objection.id, [])
    watch_case(case.id, piece.due_on)
    assert piece.reminded_at is None
    watch_case(case.id, piece.due_on + DAY)
    assert piece.reminded_at is not None
    assert "evidence_silent" not in reasons(case)
    watch_case(case.id, piece.due_on + DAY)
    assert "evidence_silent" in reasons(case)
    assert "objection_limitation" not in reasons(case)
    claims[0].limitation_conservative_on = TODAY + 60 * DAY
    from cases.core.database import db

    db.session.flush()
    assert case.id in set(db.session.scalars(cases_to_watch(TODAY)))
    watch_case(case.id, TODAY)
    first = list_open_items(case.id)[0]
    assert (first.queue, first.reason) == (WorkQueue.LIMITATION, "objection_limitation")
    watch_case(case.id, objection.answer_due_on + DAY)
    assert "objection_answer_late" in reasons(case)
    decide(objection, Verdict.PRETEXT)
    left = {"evidence_silent", "objection_limitation"} & set(reasons(case))
    assert left == set()


def test_replies_argue_cite_and_never_judge(file):
    """Every reason and verdict, in both languages; the words of the debtor may hold anything."""
    case, claims = file
    made = []
    for kind in ObjectionKind:
        objection = said(case, claims[1:], kind, cents=1_00, words="{pay_by} [payment] Ist so!")
        for verdict in (Verdict.PRETEXT, Verdict.GENUINE, Verdict.PARTLY_GENUINE):
            objection.verdict, objection.verdict_reason = verdict, "x"
            for language in ("de", "en"):
                made.append(reply_text(case, objection, language))
        objection.verdict, objection.verdict_reason = Verdict.UNDECIDED, "x"
    for text in made:
        assert not any(w in text for w in ("Schutzbehauptung", "entschieden", "decided", "pretext"))
        assert "{{pay_by}}" in text
    assert len(set(made)) > len(ObjectionKind) * 4
    objection.verdict, objection.verdict_reason = Verdict.PRETEXT, "Bericht"
    wish = WrittenWish(LetterKind.OBJECTION_REPLY, "de", made[0], TODAY)
    codes = {f.code for draft in draft_written(case.id, wish, case.owner_id)
             for f in draft.draft.findings}  # fmt: skip
    assert not codes & {"judging_words", "brace_alone", "block_unknown", "placeholder_unknown"}
    judging = WrittenWish(LetterKind.OBJECTION_REPLY, "de", "Wir haben entschieden.", TODAY)
    ((found,),) = [draft_written(case.id, judging, case.owner_id)]
    assert "judging_words" in {f.code for f in found.draft.findings}


def test_drafts_of_reply_and_request_begin_with_their_text(file):
    case, _ = file
    objection = make_objection(case)
    ask(objection.id, [])
    assert "Beschreibung des Mangels" in begin_request(objection, "de", case.owner_id).text
    with pytest.raises(errors.NotDecided):
        begin_reply(objection, "de", case.owner_id)
    decide(objection, Verdict.PRETEXT)
    assert "prüfen" in begin_reply(objection, "de", case.owner_id).text
