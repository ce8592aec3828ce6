"""The commands `law deadline` and `law limitation`: their documented examples, their errors."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from agency.cli import main
from agency.cli.answers import answer_one
from agency.cli.law import deadline, limitation

DOCS = Path(__file__).parents[3] / "docs" / "commands.md"
DEADLINE = {
    "jurisdiction": "de",
    "event_on": "2026-05-21",
    "place": "DE-NW",
    "period": "2 weeks",
}
LIMITATION = {
    "jurisdiction": "de",
    "place": "DE-BE",
    "kind": "regular",
    "due_on": "2023-03-10",
    "events": [],
}


def examples():
    """Question and answer, with the command of the section they stand in."""
    command, found = "", []
    for section in re.split(r"^## ", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE):
        command = section.splitlines()[0].removeprefix("recoup law ")
        if command not in {"deadline", "limitation"}:
            continue  # The calculators of money have tests of their own.
        blocks = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", section, re.DOTALL)]
        found += [
            pytest.param(command, question, answer, id=f"{command} {number}")
            for number, (question, answer) in enumerate(
                zip(blocks[::2], blocks[1::2], strict=True), start=1
            )
        ]
    return found


@pytest.mark.parametrize(("command", "question", "expected"), examples())
def test_documented_examples(command, question, expected):
    run = CliRunner().invoke(main, ["law", command], input=json.dumps(question))
    assert (run.exit_code, json.loads(run.stdout)) == (0, expected)


def test_both_commands_have_examples():
    assert {param.values[0] for param in examples()} == {"deadline", "limitation"}


def test_every_known_field_is_documented():
    text = DOCS.read_text(encoding="utf-8")
    for name in deadline.FIELDS | limitation.FIELDS | limitation.EVENT_FIELDS:
        assert f"`{name}`" in text, name


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"jurisdiction": "fr"}, "jurisdiction"),
        ({"jurisdiction": None}, "jurisdiction"),
        ({"event_on": "21.05.2026"}, "event_on"),
        ({"event_on": None}, "event_on"),
        ({"event_on": 5}, "event_on"),
        ({"place": None}, "place"),
        ({"place": "Köln"}, "place"),
        ({"place": ["DE-NW"]}, "place"),
        ({"period": "soon"}, "period"),
        ({"period": None}, "period"),
        ({"period": 14}, "period"),
        ({"rule": "M99"}, "rule"),
        ({"rule": ["M09"]}, "rule"),
        ({"rule": "M09", "period": "3 weeks"}, "period"),
        ({"roll": "yes"}, "roll"),
        ({"until": "2026-06-01"}, "until"),
    ],
)
def test_bad_questions_about_deadlines_name_their_field(changes, field):
    assert answer_one(deadline.calculate, DEADLINE | changes)["error"]["field"] == field


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "freight"}, "kind"),
        ({"kind": None}, "kind"),
        ({"due_on": "2023-02-30"}, "due_on"),
        ({"place": None}, "place"),
        ({"known_on": "yesterday"}, "known_on"),
        ({"events": {}}, "events"),
        ({"events": ["part_payment"]}, "events"),
        ({"events": [{"kind": "war"}]}, "kind"),
        ({"events": [{"kind": "part_payment"}]}, "from"),
        ({"events": [{"kind": "part_payment", "from": "2024-01-01", "paid": 5}]}, "paid"),
        ({"events": [{"kind": "part_payment", "from": "2024-01-01", "on": "2024-01-01"}]}, "on"),
        (
            {"events": [{"kind": "payment_order", "served_on": "2024-01-01", "served_soon": 1}]},
            "served_soon",
        ),
        ({"debtor": "consumer"}, "debtor"),
    ],
)
def test_bad_questions_about_limitation_name_their_field(changes, field):
    assert answer_one(limitation.calculate, LIMITATION | changes)["error"]["field"] == field


def test_a_payment_may_be_dated_by_on():
    happened = {"kind": "part_payment", "on": "2024-05-10", "until": None, "served_soon": None}
    answer = limitation.calculate(LIMITATION | {"events": [happened]})
    assert answer["last_day"] == "2027-05-10"


def test_a_suspension_without_an_end_answers_null():
    happened = {"kind": "insolvency", "from": "2024-05-10"}
    answer = limitation.calculate(LIMITATION | {"events": [happened]})
    assert (answer["unrolled"], answer["last_day"], answer["steps"][-1]["until"]) == (None,) * 3


def test_one_bad_question_of_a_list_leaves_the_others():
    questions = [DEADLINE, {"jurisdiction": "de"}, 5, DEADLINE]
    run = CliRunner().invoke(main, ["law", "deadline"], input=json.dumps(questions))
    answers = json.loads(run.stdout)
    assert run.exit_code == 0
    assert [("error" in answer) for answer in answers] == [False, True, True, False]


@pytest.mark.parametrize("command", ["deadline", "limitation"])
def test_unreadable_input_ends_with_two(command):
    run = CliRunner().invoke(main, ["law", command], input="{")
    assert run.exit_code == 2
    assert "not JSON" in run.stderr


def test_the_commands_start_without_web_stack_and_database():
    code = (
        "import sys; import agency.cli.law.deadline, agency.cli.law.limitation;"
        "import legal.de.doors, legal.ch.doors;"
        "print(sorted({'flask', 'sqlalchemy', 'redis', 'holidays'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
