"""`recoup court` as other programs call it."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from agency.cli import main
from tests.factories import court_replies as court
from tests.legal.de.court.eda_samples import GENUINE, SAMPLES, change, eda, facts

SENT = court.datetime.date(2026, 10, 20)
HEADER = {
    "tkezi": "07799999",
    "date": "2026-10-01",
    "edaid": "ABC012",
    "software": "R",
    "software_version": "1",
}


def run(*arguments, stdin=None):
    data = stdin if isinstance(stdin, str | bytes | None) else json.dumps(stdin)
    return CliRunner().invoke(main, ["court", *arguments], input=data)


@pytest.mark.parametrize("name", GENUINE)
def test_encode_writes_the_genuine_bytes(name):
    result = run("encode", stdin=facts(name))
    assert result.exit_code == 0
    assert result.stdout_bytes == eda(name)
    assert result.stderr == ""


def test_encode_writes_a_file(tmp_path):
    out = tmp_path / "ABC012.EDA"
    result = run("encode", "--out", str(out), stdin=facts(GENUINE[0]))
    assert (result.exit_code, result.stdout_bytes) == (0, b"")
    assert out.read_bytes() == eda(GENUINE[0])


@pytest.mark.parametrize("marked", [False, True])
def test_encode_says_its_warnings_and_writes_all_the_same(marked):
    data = facts(GENUINE[0])
    other = {**data["defendants"][0], "n1": "Zweite"}
    data = change(data, "defendants", [data["defendants"][0], other])
    data = change(data, "kennsatz.joint_debtors", True) if marked else data
    result = run("encode", stdin=data)
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"AA")
    told = json.loads(result.stderr)["warnings"] if result.stderr else []
    assert ("joint_debtors_not_said" in {each["code"] for each in told}) is not marked


def test_encode_puts_a_list_into_one_transmission():
    result = run("encode", stdin=[facts(GENUINE[0]), facts(GENUINE[1])])
    assert result.stdout_bytes == eda(GENUINE[0]) + eda(GENUINE[1])


def test_encode_says_all_problems_with_field_and_remedy():
    data = change(facts("03-ag-gmbh-co-kg"), "applicants.0.representatives", [])
    result = run("encode", stdin=change(data, "claims.0.no", 47))
    assert result.exit_code == 3
    assert result.stdout_bytes == b""
    problems = json.loads(result.stderr)["problems"]
    assert [(p["field"], p["code"]) for p in problems] == [
        ("applicants[0].representatives", "representative_missing"),
        ("claims[0].no", "catalogue_number_unknown"),
    ]
    assert all(p["message"] and p["remedy"] for p in problems)


def test_encode_writes_unconfirmed_fields_only_when_told():
    data = change(facts("12-ohne-kennziffer"), "ancillary", {"INKB": "63.00"})
    refused = run("encode", stdin=data)
    assert refused.exit_code == 3
    assert json.loads(refused.stderr)["problems"][0]["field"] == "ancillary.INKB.amount"
    assert run("encode", "--confirmed", "C32.INKBET", stdin=data).exit_code == 0
    assert run("encode", "--confirmed", "C99.X", stdin=data).exit_code == 2


@pytest.mark.parametrize("stdin", ["", "{", "[]", "3", "[1]", '"x"'])
def test_encode_refuses_what_is_no_application(stdin):
    result = run("encode", stdin=stdin)
    assert result.exit_code == 2
    assert "Standard input" in result.stderr


@pytest.mark.parametrize(
    ("belart", "application", "records"),
    [
        pytest.param(
            "07",
            {
                "gnr": "26000001111",
                "own_ref": "R-1",
                "enquiry_costs": "5.00",
                "defendant": {
                    "n1": "Max",
                    "n2": "Schuldner",
                    "street": "Neue Str. 3",
                    "plz": "04109",
                    "place": "Leipzig",
                },
            },
            ["07KS   000779999926000001111R-1", "07AG   01Max", "07AG   03"],
            id="07",
        ),
        pytest.param(
            "08",
            {
                "gnr": "26000001111",
                "own_ref": "R-1",
                "date": "2026-10-01",
                "service": "own",
                "payments": [{"date": "2026-09-01", "amount": "50.00"}],
            },
            ["08KS   000779999926000001111R-1" + " " * 27 + "26100122", "08ZAHL 00260901"],
            id="08",
        ),
        pytest.param(
            "20",
            {
                "gnr": "26000001111",
                "own_ref": "R-1",
                "date": "2026-10-01",
                "items": [{"fschl": "012", "feldn": "AGPLZ", "index1": "01", "inhalt": "04109"}],
            },
            ["20KS   0007799999R-1", "20MO   00012AGPLZ"],
            id="20",
        ),
        pytest.param(
            "25",
            {"gnr": "26000001111", "own_ref": "R-1", "kind": "resolved", "original": "machine"},
            ["25KS   0007799999R-1" + " " * 32 + "EJ26000001111E"],
            id="25",
        ),
        pytest.param(
            "29",
            {"gnr": "26000001111", "own_ref": "R-1"},
            ["29KS   000779999926000001111R-1" + " " * 32 + "X"],
            id="29",
        ),
    ],
)
def test_later_applications_are_encoded_and_read_back(belart, application, records, tmp_path):
    question = {"file": HEADER, "belart": belart, "applications": [application]}
    result = run("encode", stdin=question)
    assert result.exit_code == 0, result.stderr
    data = result.stdout_bytes
    lines = [data[i : i + 128].decode("cp858") for i in range(0, len(data), 128)]
    assert all(line.startswith(start) for line, start in zip(lines[1:-1], records, strict=True))
    assert lines[-1][45:60] == "000000000000011"
    path = tmp_path / "x.eda"
    path.write_bytes(data)
    answer = json.loads(run("read", "--json", str(path)).stdout)
    assert answer["belart"] == belart
    given = {k: v for k, v in application.items() if k != "items"}
    assert {k: answer["applications"][0][k] for k in given} == given


@pytest.mark.parametrize("name", GENUINE)
def test_read_answers_the_facts(name):
    result = run("read", "--json", str(SAMPLES / f"{name}.eda"))
    assert json.loads(result.stdout) == facts(name)


def test_read_answers_a_list_for_several_files():
    paths = [str(SAMPLES / f"{name}.eda") for name in GENUINE[:2]]
    answers = json.loads(run("read", "--json", *paths).stdout)
    assert [a["file_name"] for a in answers] == [f"{name}.eda" for name in GENUINE[:2]]


def test_what_read_answers_can_be_encoded_again():
    paths = [str(SAMPLES / f"{name}.eda") for name in GENUINE]
    read = run("read", "--json", *paths).stdout
    assert run("encode", stdin=read).stdout_bytes == b"".join(eda(name) for name in GENUINE)


def test_read_shows_german_text():
    result = run("read", str(SAMPLES / f"{GENUINE[0]}.eda"))
    assert result.exit_code == 0
    assert "Antrag auf Mahnbescheid" in result.stdout
    assert "5.000,00 €" in result.stdout


def test_read_reports_damage_and_reads_the_rest(tmp_path):
    path = tmp_path / "damaged.eda"
    data = court.service_note(SENT, "26000001111", "R-1", "05", served_on=SENT).encode()
    path.write_bytes(data[:300] + data[310:])
    answer = json.loads(run("read", "--json", str(path)).stdout)
    assert answer["messages"][0]["gnr"] == "26000001111"
    assert [f["record"] for f in answer["findings"]] == [3]
    assert answer["findings"][0]["message"].startswith("This record has 116 bytes")


def test_read_of_a_missing_file_is_unreadable(tmp_path):
    result = run("read", str(tmp_path / "none.eda"))
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


def test_command_needs_neither_web_nor_database():
    code = (
        "import sys; from agency.cli import main\n"
        "try: main(['court', '--help'])\n"
        "except SystemExit: pass\n"
        "import agency.cli.court\n"
        "heavy = {'flask', 'sqlalchemy', 'redis', 'weasyprint'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
