"""The figures of the trade: every documented example, and what is wrong with a question."""

import importlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

DOCUMENT = Path(__file__).parents[3] / "docs/commands_figures.md"
SECTION = re.compile(r"^## recoup (\w+) (\w+)$", re.MULTILINE)
EXAMPLE = re.compile(r"\*\*(.+?)\*\*\n\n```json\n(.+?)```\n\n```json\n(.+?)```", re.DOTALL)


def run(noun, verb, question):
    command = importlib.import_module(f"agency.cli.{noun}").command
    result = CliRunner().invoke(command, [verb], input=json.dumps(question))
    return result.exit_code, json.loads(result.stdout) if result.stdout else None


def documented():
    parts = SECTION.split(DOCUMENT.read_text(encoding="utf-8"))
    for noun, verb, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        for title, question, answer in EXAMPLE.findall(text):
            yield pytest.param(
                noun, verb, json.loads(question), json.loads(answer), id=f"{noun}: {title}"
            )


EXAMPLES = list(documented())


STEPS = "contract.success_fee"


def test_every_section_has_an_example():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert {(p.values[0], p.values[1]) for p in EXAMPLES} == set(SECTION.findall(text))


@pytest.mark.parametrize(("noun", "verb", "question", "answer"), EXAMPLES)
def test_documented_example(noun, verb, question, answer):
    assert run(noun, verb, question) == (0, answer)


@pytest.mark.parametrize(("noun", "verb", "question", "answer"), EXAMPLES)
def test_a_list_is_answered_in_order_and_names_bad_elements(noun, verb, question, answer):
    code, answers = run(noun, verb, [question, {**question, "no_such_field": 1}, 7])
    assert code == 0
    assert answers[0] == answer
    assert answers[1]["error"]["field"] == "no_such_field"
    assert answers[2]["error"]["code"] == "not_an_object"


@pytest.mark.parametrize(
    ("noun", "verb", "place", "value", "field"),
    [
        ("remit", "settle", ("payments", 0, "on"), "30.11.2026", "payments[0].on"),
        (
            "remit",
            "settle",
            ("contract", "success_fee", 1, "until_cents"),
            7,
            "contract.success_fee",
        ),
        ("remit", "settle", ("contract", "vat_percent"), 19.5, None),
        ("report", "effectiveness", ("payments", 0, "debt"), "D7", "payments"),
        ("report", "effectiveness", ("months", 0), "2026-13", "months"),
        ("contact", "allowed", ("at",), "2026-12-24T25:00", "at"),
        ("contact", "allowed", ("place",), "Bayern", "place"),
        ("contact", "allowed", ("contacts", 0, "channel"), "fax", "contacts[0].channel"),
        ("plan", "schedule", ("first_on",), "2026-11-01", "first_on"),
        ("plan", "schedule", ("instalments",), 0, "instalments"),
        ("objection", "assess", ("file", "reminders", 0), "soon", "file.reminders[0]"),
        ("watch", "signals", ("customer", "reminders"), "often", "customer.reminders"),
    ],
)
def test_an_error_names_the_field(noun, verb, place, value, field):
    [question] = [
        json.loads(json.dumps(each.values[2]))
        for each in EXAMPLES
        if each.values[:2] == (noun, verb)
    ]
    inside = question
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    code, answer = run(noun, verb, question)
    if field is None:
        assert code == 0  # A JSON number is read as its digits.
    else:
        assert code == 2
        assert answer["error"]["field"] == field


def test_an_unknown_kind_counts_as_other():
    question = {"kind": "bad_weather", "raised_on": "2026-05-01", "as_of": "2026-06-01"}
    _, answer = run("objection", "assess", question)
    assert answer["notes"] == ['The kind "bad_weather" is not known; taken as "other".']


def test_a_plan_that_never_ends_carries_the_smallest_that_does():
    question = {
        "jurisdiction": "de", "principal_cents": 1_000_000, "interest_first_day": "2026-11-01",
        "debtor": "consumer", "agreed_on": "2026-11-28", "first_on": "2026-12-15",
        "instalment_cents": 1000,
    }  # fmt: skip
    _, answer = run("plan", "schedule", question)
    smallest = answer["error"]["smallest_instalment_cents"]
    code, answer = run("plan", "schedule", {**question, "instalment_cents": smallest})
    assert code == 0
    assert answer["instalments"][-1]["remaining_principal_cents"] == 0
