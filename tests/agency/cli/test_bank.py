"""`recoup bank read`: the published shape, one file or several, and what cannot be read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from agency.cli.bank import command

SAMPLES = Path(__file__).parents[2] / "samples"
CAMT = SAMPLES / "bank_camt" / "de_camt053_v08_synthetisch_1.xml"
MT940 = SAMPLES / "bank_mt940" / "deutschebank.txt"


def run(*arguments):
    return CliRunner().invoke(command, ["read", *map(str, arguments)])


def test_one_file_answers_the_published_object():
    result = run(CAMT, "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert answer["format"] == "camt.053.001.08"
    (statement,) = answer["statements"]
    assert {
        key: statement[key] for key in ("account", "currency", "opening_cents", "closing_cents")
    } == {
        "account": "DE89370400440532013000",
        "currency": "EUR",
        "opening_cents": 1000_00,
        "closing_cents": 1474_25,
    }
    returned = statement["entries"][4]
    assert {
        key: returned[key]
        for key in (
            "booked_on",
            "value_on",
            "amount_cents",
            "currency",
            "reversal",
            "return",
            "batch",
        )
    } == {
        "booked_on": "2026-11-03",
        "value_on": "2026-11-03",
        "amount_cents": -27_00,
        "currency": "EUR",
        "reversal": False,
        "return": True,
        "batch": False,
    }
    assert returned["counterparty"]["name"] == "Schuldner 3"
    assert returned["references"]["end_to_end"] == "SDD-3"
    assert returned["references"]["mandate"] == "M-4803"
    assert statement["entries"][2]["references"]["structured"] == "RF97AZ20264703"
    assert [each["amount_cents"] for each in statement["entries"][3]["details"]] == [
        20_00,
        21_00,
        22_00,
        23_00,
        24_00,
    ]
    assert answer["findings"] == []


def test_several_files_answer_a_list_with_their_names():
    answers = json.loads(run(CAMT, MT940, "--json").stdout)
    assert [each["file"] for each in answers] == [CAMT.name, MT940.name]
    assert [each["format"] for each in answers] == ["camt.053.001.08", "mt940"]


def test_findings_are_sentences_with_their_place():
    (finding,) = json.loads(run(MT940, "--json").stdout)["findings"]
    assert (finding["code"], finding["severity"], finding["line"]) == (
        "balance_mismatch",
        "warning",
        13,
    )
    assert finding["message"].endswith(".")


def test_text_is_for_people_and_obeys_no_control_characters(tmp_path):
    hostile = tmp_path / "hostile.xml"
    name = "\u202eX\u009b</Nm>".encode()
    hostile.write_bytes(CAMT.read_bytes().replace(b"Schuldner 3</Nm>", name))
    result = run(hostile)
    assert result.exit_code == 0
    assert "-27.00 EUR" in result.stdout
    assert "\u202e" not in result.stdout
    assert "\u009b" not in result.stdout


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"Hallo", "no bank statement", id="a word"),
        pytest.param(b"<!DOCTYPE a><a/>", "document type", id="a DOCTYPE"),
    ],
)
def test_only_file_that_cannot_be_read_exits_2_with_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "x"
    path.write_bytes(content)
    result = run(path, "--json")
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert json.loads(result.stdout)["findings"][0]["severity"] == "error"


def test_missing_file_exits_2():
    assert run("no-such-file", "--json").exit_code == 2
