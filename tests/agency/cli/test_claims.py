"""The published command `recoup claims read`."""

import json
from pathlib import Path

from click.testing import CliRunner

from agency.cli.claims import command

SAMPLES = Path(__file__).parents[2] / "samples"
LIST = SAMPLES / "open_items" / "rechnungsliste_allgemein_de.csv"
INVOICE = SAMPLES / "einvoice" / "XRECHNUNG_Einfach.cii.xml"


def run(*arguments):
    return CliRunner().invoke(command, ["read", "--as-of", "2026-11-23", *map(str, arguments)])


def test_one_file_answers_one_object_of_the_published_shape():
    answer = json.loads(run(LIST, "--json").stdout)
    assert (answer["kind"], answer["format"], answer["encoding"]) == ("list", "csv", "utf-8")
    row = answer["rows"][4]
    assert (row["line"], row["invoice_number"]) == (6, "RE-2026-1004")
    assert (row["invoiced_on"], row["due_on"], row["currency"]) == (
        "2026-04-16",
        "2026-05-16",
        "EUR",
    )
    assert (row["total_cents"], row["paid_cents"], row["open_cents"]) == (-240124, 0, -240124)
    assert row["debtor"]["name"] == "Österreicher & Söhne OG"
    assert row["iban"] is None
    assert row["creditor"]["name"] is None
    (finding,) = row["findings"]
    assert (finding["field"], finding["severity"]) == ("open_cents", "error")
    assert finding["code"] == "credit_note"
    assert "credit note" in finding["message"]


def test_several_files_answer_a_list_with_their_names():
    answers = json.loads(run(LIST, INVOICE, "--json").stdout)
    assert [each["file"] for each in answers] == [LIST.name, INVOICE.name]
    assert [each["kind"] for each in answers] == ["list", "e-invoice"]


def test_refused_file_is_an_answer_and_no_failure(tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    result = run(empty, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["findings"][0]["code"] == "file_empty"


def test_missing_file_exits_with_2(tmp_path):
    result = run(tmp_path / "none.csv", "--json")
    assert result.exit_code == 2
    assert "none.csv" in result.stderr


def test_without_json_it_reads_as_text():
    result = run(LIST)
    assert result.stdout.startswith(
        "rechnungsliste_allgemein_de.csv: list, csv, 24 rows, 21 usable"
    )
