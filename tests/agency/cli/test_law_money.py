"""The published money calculators: every example of the documentation, and strictness."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from agency.cli.law import command

DOCUMENT = Path(__file__).parents[3] / "docs/commands.md"
EXAMPLE = re.compile(r"\*\*(.+?)\*\*\n\n```json\n(.+?)```\n\n```json\n(.+?)```", re.DOTALL)
SECTION = re.compile(r"^## recoup law (\w+)$", re.MULTILINE)


def run(name, question):
    """Exit code and answer of one calculator."""
    text = question if isinstance(question, str) else json.dumps(question)
    result = CliRunner().invoke(command, [name], input=text)
    return result.exit_code, json.loads(result.stdout) if result.stdout else None


def documented_examples():
    parts = SECTION.split(DOCUMENT.read_text(encoding="utf-8"))
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        if name in {"deadline", "limitation"}:
            continue  # They have tests of their own.
        for title, question, answer in EXAMPLE.findall(text):
            yield pytest.param(
                name, json.loads(question), json.loads(answer), id=f"{name}: {title}"
            )


EXAMPLES = list(documented_examples())


@pytest.mark.parametrize(("name", "question", "answer"), EXAMPLES)
def test_examples_of_the_documentation(name, question, answer):
    assert run(name, question) == (0, answer)


def test_the_documentation_has_an_example_for_each_kind_of_case():
    names = [example.values[0] for example in EXAMPLES]
    assert {name: names.count(name) for name in names} == {
        "interest": 11,
        "costs": 11,
        "allocate": 7,
        "garnishment": 2,
    }


INTEREST = {
    "jurisdiction": "de",
    "principal_cents": 100_000,
    "first_day": "2025-07-01",
    "last_day": "2025-12-31",
    "debtor": "consumer",
}
COSTS = {
    "jurisdiction": "de",
    "law_date": "2026-01-15",
    "value_cents": 100_000,
    "items": [{"item": "VV2300", "rate": "0.9"}],
}
ALLOCATE = {
    "jurisdiction": "de",
    "order": "367",
    "principal_cents": 100_000,
    "interest_first_day": "2025-11-01",
    "debtor": "consumer",
    "costs": [["2026-01-15", 6636]],
    "payments": [["2026-02-01", 20_000]],
    "as_of": "2026-03-31",
}
BETWEEN = {
    "order": "366",
    "claims": [{"id": "A", "open_cents": 30_000, "due_on": "2026-03-01"}],
    "payment": ["2026-06-01", 20_000],
}
GARNISHMENT = {"jurisdiction": "de", "law_date": "2026-07-01", "net_monthly_cents": 200_000}


@pytest.mark.parametrize(
    ("name", "question", "change", "field"),
    [
        ("interest", INTEREST, {"principal_cents": -1}, "principal_cents"),
        ("interest", INTEREST, {"principal_cents": True}, "principal_cents"),
        ("interest", INTEREST, {"principal_cents": 1.0}, "principal_cents"),
        ("interest", INTEREST, {"principal_cents": "1"}, "principal_cents"),
        ("interest", INTEREST, {"principal_cents": None}, "principal_cents"),
        ("interest", INTEREST, {"principal_cents": 10**15 + 1}, "principal_cents"),
        ("interest", INTEREST, {"jurisdiction": "fr"}, "jurisdiction"),
        ("interest", INTEREST, {"first_day": "2025-02-29"}, "first_day"),
        ("interest", INTEREST, {"first_day": "20250701"}, "first_day"),
        ("interest", INTEREST, {"first_day": "2025-W01-1"}, "first_day"),
        ("interest", INTEREST, {"first_day": "٢٠٢٥-01-01"}, "first_day"),
        ("interest", INTEREST, {"last_day": "9999-12-31"}, "last_day"),
        ("interest", INTEREST, {"last_day": "2025-06-30"}, "last_day"),
        ("interest", INTEREST, {"last_day": None}, "last_day"),
        ("interest", INTEREST, {"debtor": None}, "debtor"),
        ("interest", INTEREST, {"debtor": "margin"}, "debtor"),
        ("interest", INTEREST, {"debtor": ["consumer"]}, "debtor"),
        ("interest", INTEREST, {"margin_points": "2.5"}, "debtor"),
        ("interest", INTEREST, {"debtor": None, "margin_points": "-1"}, "margin_points"),
        ("interest", INTEREST, {"debtor": None, "margin_points": "1e3"}, "margin_points"),
        ("interest", INTEREST, {"debtor": None, "fixed_rate_percent": True}, "fixed_rate_percent"),
        ("interest", INTEREST, {"debtor": None, "fixed_rate_percent": ""}, "fixed_rate_percent"),
        ("interest", INTEREST, {"debtor": None, "fixed_rate_percent": 1001}, "fixed_rate_percent"),
        ("interest", INTEREST, {"year_basis": "360"}, "year_basis"),
        ("interest", INTEREST, {"arose_on": "yesterday"}, "arose_on"),
        ("interest", INTEREST, {"years_basis": "365"}, "years_basis"),
        ("costs", COSTS, {"value_cents": 0}, "value_cents"),
        ("costs", COSTS, {"items": []}, "items"),
        ("costs", COSTS, {"items": {"item": "VV7002"}}, "items"),
        ("costs", COSTS, {"items": ["VV2300"]}, "items[0]"),
        ("costs", COSTS, {"items": [{"item": "VV9999"}]}, "items[0].item"),
        ("costs", COSTS, {"items": [{}]}, "items[0].item"),
        ("costs", COSTS, {"items": [{"item": "VV2300", "rates": "1"}]}, "items[0].rates"),
        ("costs", COSTS, {"items": [{"item": "VV2300", "rate": "11"}]}, "items[0].rate"),
        ("costs", COSTS, {"items": [{"item": "RVG", "credit": "RVG"}]}, "items[0].credit"),
        (
            "costs",
            COSTS,
            {"items": [{"item": "VV1000", "rate": "0.7", "value_share_percent": 0}]},
            "items[0].value_share_percent",
        ),
        (
            "costs",
            COSTS,
            {"items": [{"item": "VV1000", "rate": "0.7", "value_share_percent": 101}]},
            "items[0].value_share_percent",
        ),
        ("costs", COSTS, {"items": [{"item": "BGB288_5"}]}, "items[0].debtor"),
        ("costs", COSTS, {"contested": "no"}, "contested"),
        ("costs", COSTS, {"creditors": 0}, "creditors"),
        ("costs", COSTS, {"creditors": 1.5}, "creditors"),
        ("costs", COSTS, {"vat_percent": "101"}, "vat_percent"),
        ("costs", COSTS, {"law_date": "2013-07-31"}, "law_date"),
        ("allocate", ALLOCATE, {"order": "368"}, "order"),
        ("allocate", ALLOCATE, {"order": 367}, "order"),
        ("allocate", ALLOCATE, {"order": "designated", "designation": ["fees"]}, "designation"),
        ("allocate", ALLOCATE, {"payments": [["2026-02-01", 0]]}, "payments[0]"),
        ("allocate", ALLOCATE, {"payments": [["2026-02-01"]]}, "payments[0]"),
        ("allocate", ALLOCATE, {"payments": [["2026-02-30", 1]]}, "payments[0]"),
        ("allocate", ALLOCATE, {"costs": [["2026-02-01", -1]]}, "costs[0]"),
        ("allocate", ALLOCATE, {"as_of": None}, "as_of"),
        ("allocate", ALLOCATE, {"debtor": None}, "debtor"),
        ("allocate", ALLOCATE, {"payment_day_bears_interest": 1}, "payment_day_bears_interest"),
        ("allocate", BETWEEN, {"claims": []}, "claims"),
        ("allocate", BETWEEN, {"claims": ["A"]}, "claims[0]"),
        ("allocate", BETWEEN, {"claims": [{"id": 1}]}, "claims[0].id"),
        ("allocate", BETWEEN, {"claims": [{"id": "A", "open_cents": 1}]}, "claims[0].due_on"),
        ("allocate", BETWEEN, {"claims": BETWEEN["claims"] * 2}, "claims"),
        ("allocate", BETWEEN, {"designation": ["B"]}, "designation"),
        ("allocate", BETWEEN, {"designation": [[]]}, "designation"),
        ("allocate", BETWEEN, {"payment": None}, "payment"),
        ("allocate", BETWEEN, {"as_of": "2026-06-01"}, "as_of"),
        ("garnishment", GARNISHMENT, {"net_monthly_cents": -1}, "net_monthly_cents"),
        ("garnishment", GARNISHMENT, {"dependants": -1}, "dependants"),
        ("garnishment", GARNISHMENT, {"dependants": True}, "dependants"),
        ("garnishment", GARNISHMENT, {"law_date": "2027-07-01"}, "law_date"),
    ],
)
def test_a_wrong_field_is_named(name, question, change, field):
    assert run(name, question)[0] == 0
    code, answer = run(name, question | change)
    assert code == 2
    assert answer["error"]["field"] == field
    assert answer["error"]["message"]


def test_a_bad_element_of_a_list_answers_in_its_place():
    code, answers = run("interest", [INTEREST, INTEREST | {"principal_cents": -1}, INTEREST])
    assert code == 0
    assert [answer.get("interest_cents") for answer in answers] == [3161, None, 3161]
    assert answers[1]["error"]["code"] == "input_invalid"


@pytest.mark.parametrize("text", ["", "{", "3", '"de"', "null", "NaN"])
def test_what_is_no_question_exits_with_two(text):
    assert run("interest", text)[0] == 2


def test_amounts_up_to_ten_billion_euro_are_exact():
    code, answer = run("interest", INTEREST | {"principal_cents": 10**12})
    # 10^12 x 6.27 % x 184 / 365 = 31 607 671 232.87...
    assert (code, answer["interest_cents"]) == (0, 31_607_671_233)


def test_options_may_be_null_and_whole_rates_are_read():
    question = INTEREST | {"debtor": None, "fixed_rate_percent": 5, "year_basis": None}
    assert run("interest", question)[1]["interest_cents"] == 2521


def test_what_is_dated_after_the_key_date_does_not_count():
    later = ALLOCATE | {"as_of": "2026-01-14"}
    answer = run("allocate", later)[1]
    assert answer["allocations"] == []
    assert answer["open"]["costs_cents"] == 0


def test_surplus_and_notes_are_there_when_there_is_something_to_say():
    assert run("allocate", BETWEEN)[1] == {"claims": {"A": 20_000}}
    over = run("allocate", BETWEEN | {"payment": ["2026-06-01", 30_001]})[1]
    assert over == {"claims": {"A": 30_000}, "surplus_cents": 1}
    assert "notes" not in run("allocate", ALLOCATE)[1]
    assert len(run("allocate", ALLOCATE | {"as_of": "2027-03-31"})[1]["notes"]) == 1


def test_calculators_start_without_web_stack_or_database():
    names = ("interest", "costs", "allocate", "garnishment")
    program = (
        f"import sys\nfor name in {names!r}:\n    __import__('agency.cli.law.' + name)\n"
        "print(sorted({'flask', 'sqlalchemy', 'holidays'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)  # noqa: PLW1510
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
