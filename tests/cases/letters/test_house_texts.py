"""Texts of the house: nothing leaves out a duty, two people put one in force, letters begin so."""

from dataclasses import replace
from datetime import date

import pytest

from cases.core import audit, clock
from cases.core.database import transaction
from cases.letters.house_texts.examples import DAY, EXAMPLES, draft_example, faults
from cases.letters.house_texts.services import (
    TextAsked,
    TextFaulty,
    TextNoDraft,
    ask_text_release,
    begin_text,
    change_text,
    drop_text,
    text_for,
)
from cases.letters.models import LetterKind
from cases.letters.written.composing import WrittenWish
from cases.letters.written.kinds import ANNOUNCED, KINDS, WITHOUT_WRITER, shipped_text
from cases.letters.written.services import begin_letter
from cases.people import approvals
from cases.people.policy import Role
from tests.factories.records import make_case, make_user


def wish(kind, language="de", text=None):
    return WrittenWish(
        kind, language, shipped_text(kind, language) if text is None else text, DAY,
        next_step=ANNOUNCED.get(kind, "call"), contract_circumstances="Bestellung im Laden",
    )  # fmt: skip


def test_every_shipped_text_stands_every_example_in_both_languages():
    for kind in KINDS:
        for language in ("de", "en"):
            found = faults(wish(kind, language), written_by_nobody=kind in WITHOUT_WRITER)
            assert found == [], (kind, language)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_empty"),
        ("[each claim]\n{invoice_number}\n", "end_missing"),
        ("[each debtor]\nText\n[end]", "loop_unknown"),
        ("[each claim]\n" + "x" * 1_001 + "\n[end]", "loop_too_long"),
        ("Rechnung {invoice_number}", "only_in_loop"),
        ("[each claim]\n[if held]\nText\n[end]\n[end]", "if_inside_if"),
        ("{{ config }}{% for x in y %}", "brace_alone"),
        ("x" * 20_001, "text_too_long"),
        ("{nobody}", "placeholder_unknown"),
    ],
)
def test_what_cannot_be_read_is_named(text, code):
    found = faults(wish(LetterKind.REQUEST_ANSWER, text=text), written_by_nobody=False)
    assert code in {finding.code for finding in found}


def test_the_loop_goes_over_the_claims_and_an_endless_one_cannot_be_written():
    text = "# Liste\n[each claim]\n{invoice_number} vom {invoice_day}: {invoice_open}\n[end]\nEnde"
    many = next(each for each in EXAMPLES if each.code == "many")
    parts = draft_example(wish(LetterKind.REQUEST_ANSWER, text=text), many).content["parts"]
    assert len(parts) == 62
    assert parts[1]["text"] == "RE-00001 vom 01.07.2026: 500,00\xa0€"
    assert parts[-1]["text"] == "Ende"


def test_a_demand_without_a_duty_is_not_released_and_the_duty_is_named(database):
    kind = LetterKind.REMINDER
    text = replace(wish(kind), text=shipped_text(kind, "de").replace("[costs]", ""))
    found = faults(text, written_by_nobody=True)
    assert {(f.code, f.field) for f in found} == {("duty_missing", "costs_breakdown")}


def test_a_text_is_put_in_force_by_two_and_new_letters_begin_with_it(app):
    with app.app_context(), clock.clock_at(date(2026, 11, 23)), transaction():
        writer, second = make_user(Role.ADMIN), make_user(Role.LEGAL)
        case, _ = make_case(accepted_by=writer)
        old = begin_letter(case, LetterKind.REMINDER, "de", writer.id)
        draft = begin_text(LetterKind.REMINDER, "de", writer.id)
        assert begin_text(LetterKind.REMINDER, "de", writer.id).id == draft.id
        change_text(draft, "# Kurz", writer.id)
        with pytest.raises(TextFaulty):
            ask_text_release(draft, "Erinnerung")
        body = shipped_text(LetterKind.REMINDER, "de").replace("Zweite", "Weitere")
        change_text(draft, body, writer.id)
        audit.set_actor(writer.id)
        approval = ask_text_release(draft, "Erinnerung")
        with pytest.raises(TextAsked):
            change_text(draft, "anders", writer.id)
        with pytest.raises(approvals.NotSecondPerson):
            approvals.confirm(approval.public_id, writer.id)
        approvals.confirm(approval.public_id, second.id)
        audit.set_actor(None)
        assert text_for(LetterKind.REMINDER, "de") == body
        assert begin_letter(case, LetterKind.REMINDER, "de", writer.id).text == body
        assert old.text == shipped_text(LetterKind.REMINDER, "de")
        with pytest.raises(TextNoDraft):
            drop_text(draft)
